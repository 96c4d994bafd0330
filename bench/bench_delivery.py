"""What it costs to find who follows a story, to write their alerts, and to compose digests.

    python bench/bench_delivery.py [--sizes 100000 1000000] [--matching 100000] [--database sqlite postgresql]

Subscriptions are made in bulk: two thousand different ones of other sectors, départements, companies and words, a
tenth of them « everything in another département », shared out among as many readers as asked, all of whom want
alerts. One story arrives:

- few: ten readers follow it; how long is it until they are found?
- many: as many more as asked; until they are found, until their alerts are written and committed, and again when
  a second outlet joins the story and all have their alert already.

The growth is that of « few », from the smallest number of subscriptions that do not match to the largest.

Digests: readers of a morning's digest of sixty stories, with two hundred different subscriptions, as the service
strikes for them, composing and committing; then as many as there are different ones, each composed for one reader.

Memory is how much the largest size of this process grew meanwhile (Linux); a PostgreSQL server's is not in it.
"""

import argparse
import logging
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from bench_stories import SOURCE, Opened, postgres_address, postgresql, settle, sqlite
from sqlalchemy import text

from comtoise.digests import Schedule, alert_due, slot_for
from comtoise.model import Entry, Match, Rhythm, Story, Subscription, TopicKind, Understanding
from comtoise.service.striking import DigestDesk, Striker
from comtoise.store import articles, fanout, sources, stories, watch, words

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
PROFILES = 2_000
DIGESTS = 200  #: different subscriptions to digests
STORIES = 60
_CHOICES = ("sectors", "clusters", "departements", "signals", "companies", "words", "exclusions")
_KINDS = ("sector", "cluster", "departement", "signal", "company", "word", "exclusion")

_READERS = """
    INSERT INTO reader (id, channel, address, language, timezone, paused, strikes, bounce_score, created_at,
                        confirmed_at, last_contact_at, rhythms, quiet_from, quiet_to, alerts_per_day, worth_min)
    WITH {numbers}
    SELECT n, 'telegram', 'chat ' || n, 'fr', 'Europe/Paris', {false}, 0, 0, :at, :at, :at, :rhythms,
           CASE n % 4 WHEN 0 THEN '20:00' WHEN 1 THEN '22:00' END,
           CASE n % 4 WHEN 0 THEN '07:30' WHEN 1 THEN '06:00' END, 5, 1
    FROM numbers
"""
_NUMBERS = {
    "sqlite": "RECURSIVE numbers (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)",
    "postgresql": "numbers (n) AS (SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint)))",
}


class Subscribers:
    """Fills the database; the same seed makes the same subscriptions."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._random = random.Random(6)  # not for secrets
        self.count = 0
        with opened.bulk() as connection:
            connection.execute(text("CREATE TABLE made_follow (profile INTEGER, kind TEXT, topic TEXT)"))
            connection.execute(text("CREATE TABLE made_watch (profile INTEGER, door BIGINT)"))

    def others(self, count: int) -> Sequence[Subscription]:
        """Subscriptions that do not match the story."""
        return [self._other(number) for number in range(count)]

    def _other(self, number: int) -> Subscription:
        some = partial(self._some, number)
        if number % 10 == 0:
            return Subscription(
                reader_id=0, departements=some("", 3, of=90), rhythms=frozenset({Rhythm.INSTANT})
            )
        return Subscription(
            reader_id=0,
            sectors=some("filière ", 3, of=20),
            companies=some("entreprise ", 3, of=5_000),
            words=some("mot ", 2, of=20_000) if number % 5 == 0 else frozenset(),
            exclusions=frozenset({"régleur"}) if number % 3 == 0 else frozenset(),
            departements=some("", 2, of=90) if number % 2 else frozenset(),
            rhythms=frozenset({Rhythm.INSTANT}),
        )

    def _some(self, _number: int, name: str, most: int, *, of: int) -> frozenset[str]:
        return frozenset(
            f"{name}{self._random.randrange(10, of + 10)}" for _ in range(self._random.randint(1, most))
        )

    def add(self, profiles: Sequence[Subscription], count: int, *, rhythm: Rhythm = Rhythm.INSTANT) -> None:
        """Add readers, who share out these subscriptions."""
        first, last = self.count + 1, self.count + count
        self.count = last
        follows = [
            {"profile": number, "kind": kind, "topic": topic}
            for number, profile in enumerate(profiles)
            for kind, topic in _follows(profile)
        ]
        doors = [
            {"profile": number, "door": door}
            for number, profile in enumerate(profiles)
            for door in sorted(watch.doors_of(profile))
        ]
        at = str(NOW.replace(tzinfo=None) - timedelta(days=30)) if self._opened.kind == "sqlite" else NOW
        with self._opened.bulk() as connection:
            for table in ("made_follow", "made_watch"):
                connection.execute(text(f"DELETE FROM {table}"))
            connection.execute(text("INSERT INTO made_follow VALUES (:profile, :kind, :topic)"), follows)
            if doors:
                connection.execute(text("INSERT INTO made_watch VALUES (:profile, :door)"), doors)
            query = _READERS.format(numbers=_NUMBERS[self._opened.kind], false="false")
            connection.execute(text(query), {"first": first, "last": last, "at": at, "rhythms": rhythm.value})
            of = {"first": first, "profiles": len(profiles)}
            for table, columns in (("follow", "kind, topic"), ("watch", "door, 1")):
                names = columns.replace("1", "worth_min")
                connection.execute(
                    text(
                        f"INSERT INTO {table} ({names}, reader_id) SELECT {columns}, id FROM reader"
                        f" JOIN made_{table} ON profile = (id - :first) % :profiles"
                        f" WHERE id >= :first ORDER BY {columns.split(',')[0]}, id"
                    ),
                    of,
                )
        settle(self._opened)


def _follows(wanted: Subscription) -> list[tuple[str, str]]:
    found = [
        (kind, topic)
        for name, kind in zip(_CHOICES, _KINDS, strict=True)
        for topic in sorted(getattr(wanted, name))
    ]
    return (
        found
        if any(kind not in ("departement", "exclusion") for kind, _ in found)
        else [*found, ("all", "*")]
    )


def tell(opened: Opened, number: int, *topics: tuple[TopicKind, str], worth: int = 2) -> Story:
    """A story of one article that is understood to be about these topics, and has some readers' words in it."""
    address = f"https://gazette.example/{number}"
    found = articles.Found(
        entry=Entry(url=address, guid=address, title=f"Une usine s'agrandit, n° {number}"),
        canonical=address,
        address=address,
        extract="Vingt embauches.",
        text="Vingt embauches.",
        wants_page=False,
    )
    with opened.database.write() as tx:
        (article_id,) = articles.keep(tx, SOURCE.id, [found], now=NOW, silent=False).new
        story_id = stories.start(tx, seen=NOW - timedelta(hours=1, minutes=number), worth=worth, saga=None)
        matches = tuple(
            Match(kind=kind, topic=topic, label=topic, score=0.9, evidence=()) for kind, topic in topics
        )
        articles.understood(
            tx,
            article_id,
            Understanding(matches=matches, worth=worth),
            story_id=story_id,
            because=None,
            features="{}",
            at=NOW,
        )
        said = [
            Match(kind=TopicKind.WORD, topic=word, score=1.0, evidence=()) for word in ("moule", "régleur")
        ]
        words.use(tx, ["moule", "régleur"])
        words.stand(tx, article_id, said, again=False)
        (story,) = words.enriched(tx, stories.load(tx, [story_id]))
    return story


def timed(work: Callable[[], int], times: int = 1) -> tuple[float, int]:
    """The median time of *work* in milliseconds, and what it gave."""
    costs, given = [], 0
    for _ in range(times):
        start = time.perf_counter()
        given = work()
        costs.append(1_000 * (time.perf_counter() - start))
    return statistics.median(costs), given


def measure(opened: Opened, sizes: Sequence[int], matching: int) -> None:
    """Fill step by step; print a line for each measure."""
    with opened.database.write() as tx:
        sources.sync_cards(tx, [SOURCE], NOW)
    subscribers = Subscribers(opened)
    mine = Subscription(
        reader_id=0,
        sectors=frozenset({"plasturgie"}),
        departements=frozenset({"01"}),
        rhythms=frozenset({Rhythm.INSTANT}),
    )
    subscribers.add([mine], 10)
    topics = (
        (TopicKind.SECTOR, "plasturgie"),
        (TopicKind.DEPARTEMENT, "01"),
        (TopicKind.SIGNAL, "extension"),
        (TopicKind.COMPANY, "moulabelle"),
    )
    story = tell(opened, 1, *topics)
    profiles = subscribers.others(PROFILES)

    def found() -> int:
        with opened.database.read() as tx:
            return len(watch.followers(tx, story))

    few: list[float] = []
    for size in sizes:
        start = time.perf_counter()
        subscribers.add(profiles, size - subscribers.count)
        filled = time.perf_counter() - start
        cost, count = timed(found, 50)
        few.append(cost)
        _print(opened, f"find {count} among {size:,}", cost, f"filled in {filled:.0f} s")
    print(
        f"{opened.kind}: {few[-1] / few[0]:.2f} times the time for {sizes[-1] / sizes[0]:.0f} times the subscriptions"
    )
    with_word = replace(mine, sectors=frozenset(), words=frozenset({"moule"}), departements=frozenset())
    subscribers.add([mine, with_word], matching)
    cost, count = timed(found, 5)
    _print(opened, f"find {count:,} among {subscribers.count:,}", cost, f"{count / cost:,.0f} rows a ms")
    memory = Memory()

    def alert() -> int:
        with opened.database.write() as tx:
            return fanout.alert(
                tx,
                story,
                watch.followers(tx, story),
                lambda wanted, zone, sent: alert_due(story, wanted, NOW, sent, tz=zone),
                told_as=[int(story.id)],
                told_since=NOW - timedelta(days=8),
                now=NOW,
            )

    cost, count = timed(alert)
    _print(
        opened,
        f"alert {count:,}",
        cost,
        f"{1_000 * count / cost:,.0f} rows a second, {memory.grown:.0f} MiB more",
    )
    cost, again = timed(alert)
    _print(opened, "the same again", cost, f"{again} rows")


def measure_digests(opened: Opened, count: int) -> None:
    """Strike a morning for *count* readers."""
    subscribers = Subscribers(opened)
    with opened.database.write() as tx:
        sources.sync_cards(tx, [SOURCE], NOW)
    for number in range(STORIES):
        sector = (TopicKind.SECTOR, f"filière {number % 20 + 10}")
        tell(opened, number, sector, (TopicKind.DEPARTEMENT, str(number % 8 + 10)))
    for readers, different in ((count, DIGESTS), (DIGESTS * 5, DIGESTS * 5)):
        profiles = [
            replace(
                profile, departements=frozenset(), companies=frozenset({f"e{number}"}), exclusions=frozenset()
            )
            for number, profile in enumerate(subscribers.others(different))
        ]
        subscribers.add(profiles, readers, rhythm=Rhythm.DAILY)
        desk = DigestDesk(schedule=Schedule(), labels={}, zone="Bourgogne-Franche-Comté")
        striker = Striker(opened.database, desk, clock=lambda: NOW)
        slot = slot_for(Rhythm.DAILY, at=NOW + timedelta(days=1), schedule=Schedule(), tz=PARIS)
        memory = Memory()
        cost, made = timed(partial(striker.strike, slot))
        _print(
            opened,
            f"compose for {readers:,}, {different} different",
            cost,
            f"{1_000 * made / cost:,.0f} digests a second, {memory.grown:.0f} MiB more",
        )


def _print(opened: Opened, what: str, cost: float, note: str) -> None:
    print(f"{opened.kind:<11} {what:<40}{cost:>12,.1f} ms   {note}", flush=True)


class Memory:
    """How much the largest size of this process has grown since; where the kernel can forget it, on Linux."""

    def __init__(self) -> None:
        try:
            Path("/proc/self/clear_refs").write_text("5")  # proc_pid_clear_refs(5): the peak begins anew
        except OSError:
            print("the peak of memory is that since the start: it grows less than it should say")
        self._before = self._peak()

    @property
    def grown(self) -> float:
        """In MiB."""
        return self._peak() - self._before

    @staticmethod
    def _peak() -> float:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--matching", type=int, default=100_000)
    parser.add_argument("--digests", type=int, default=20_000)
    parser.add_argument(
        "--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with ExitStack() as stack:
        url = postgres_address(stack) if "postgresql" in arguments.database else None
        for kind in arguments.database:
            if kind == "postgresql" and url is None:
                print("postgresql   no binaries found")
                continue
            for number, work in enumerate(
                (
                    partial(measure, sizes=arguments.sizes, matching=arguments.matching),
                    partial(measure_digests, count=arguments.digests),
                )
            ):
                with tempfile.TemporaryDirectory() as folder:
                    made = (
                        partial(postgresql, url or "", f"delivery_{number}")
                        if kind == "postgresql"
                        else partial(sqlite, Path(folder))
                    )
                    with made() as opened:
                        work(opened)


if __name__ == "__main__":
    main()
