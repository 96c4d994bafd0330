"""What grouping costs as the store grows: per article at 10,000, 100,000 and 1,000,000 stored ones.

    python bench/bench_stories.py [--sizes 10000 100000 1000000] [--database sqlite postgresql] [--arrivals 300]

The articles are made here, 500 a day: companies, names and places drawn as unevenly as in the press
(Zipf), a fifth of the arrivals copies or retellings of recent ones. Arrivals come on the last day. The cost of
one is all that grouping adds to understanding it: its features and keys, the look-up of the stories that share a
key within fourteen days, the decision, and the new rows. Beside it, where datasketch is installed, its in-memory
MinHashLSH given the same texts: the look-up and insertion alone.

The table is the one the store needs for these figures: keys as 64-bit numbers, clustered by fortnight, then key:
a look-up reads three fortnights, a new article writes into one, and what is older costs nothing but disk.
"""

import argparse
import importlib
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.engine import Connection, Engine

from comtoise.model import Article, Evidence, Match, Part, TopicKind, Understanding
from comtoise.stories import (
    Candidate,
    Features,
    WordStats,
    candidate_keys,
    features,
    fingerprint,
    group,
    key_number,
    shortlist,
    telling_keys,
)

ROOT = Path(__file__).resolve().parent.parent
LAST = date(2026, 11, 25).toordinal()
PER_DAY = 500
FORTNIGHT = 14  #: days: the window within which stories are looked for
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MEMBERS = 12  #: articles of a story that are compared
BATCH = 5_000
_TABLES = MetaData()
_KEY = Table(
    "story_key",
    _TABLES,
    Column("fortnight", Integer, primary_key=True, autoincrement=False),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("story_id", Integer, nullable=False),
    sqlite_with_rowid=False,
)
_ARTICLE = Table(
    "article",
    _TABLES,
    Column("id", Integer, primary_key=True),
    Column("story_id", Integer, index=True, nullable=False),
    Column("features", Text, nullable=False),
)


# --- the articles --------------------------------------------------------------------------------------------


class Press:
    """Makes articles; the same seed makes the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # not for secrets
        self._syllables = [c + v for c in "bcdfglmnprstv" for v in ("a", "e", "i", "o", "ou", "an")]
        self._words = [self._invent() for _ in range(6_000)]
        self._firms = [f"{self._invent().capitalize()} {self._invent().capitalize()}" for _ in range(3_000)]
        self._people = [f"{self._invent().capitalize()} {self._invent().capitalize()}" for _ in range(8_000)]
        self._towns = [self._invent().capitalize() for _ in range(1_500)]
        self._signals = [
            "investissement",
            "recrutement",
            "procedure-collective",
            "extension",
            "nomination",
            "salon",
        ]

    def _invent(self) -> str:
        return "".join(self.random.choices(self._syllables, k=self.random.randint(2, 4)))

    def _one(self, of: Sequence[str]) -> str:
        """Drawn unevenly, after Zipf and Mandelbrot: the first of 3,000 firms is in one article of 150."""
        return of[min(int(30 * ((len(of) / 30) ** self.random.random() - 1)), len(of) - 1)]

    def article(self, number: int, day: int) -> tuple[Article, Understanding]:
        """An article about a firm of the region, or about anything else."""
        firm, town, person = self._one(self._firms), self._one(self._towns), self._one(self._people)
        signal = self.random.choice(self._signals)
        words = iter(self.random.choices(self._words, k=70))
        millions, posts = self.random.randint(2, 90), self.random.randint(5, 300)
        title = f"{firm} : {next(words)} {next(words)} à {town}"
        body = " ".join(words)
        facts = f"{millions} millions d'euros et {posts} emplois, dit {person}."
        text = f"À {town}, {firm} {body[:200]} {facts} {body[200:]}"
        moment = datetime.combine(date.fromordinal(day), datetime.min.time(), UTC) + timedelta(hours=9)
        article = Article(id=str(number), url=None, title=title, text=text, published=moment)
        return article, self._understood(firm, town, signal)

    def retold(
        self, number: int, article: Article, understanding: Understanding
    ) -> tuple[Article, Understanding]:
        """The same event by another outlet: copied with a note, or told in other words."""
        title, text = article.title, f"{article.text} Avec agence."
        if self.random.random() < 0.5:
            words = article.text.split()
            self.random.shuffle(words)
            title, text = (
                title.replace(" : ", ", "),
                " ".join(words[:30] + self.random.choices(self._words, k=30)),
            )
        return replace(article, id=str(number), title=title, text=text), understanding

    def _understood(self, firm: str, town: str, signal: str) -> Understanding:
        seen = Evidence(words=firm, part=Part.TITLE, start=0, end=len(firm), why="company")
        slug = firm.lower().replace(" ", "-")
        return Understanding(
            matches=(
                Match(kind=TopicKind.COMPANY, topic=slug, label=firm, score=0.9, evidence=(seen,)),
                Match(kind=TopicKind.COMMUNE, topic=town.lower(), label=town, score=0.9, evidence=()),
                Match(kind=TopicKind.SIGNAL, topic=signal, label=signal, score=0.9, evidence=()),
            )
        )  # fmt: skip

    def stored(self, count: int) -> Iterator[tuple[int, int, list[int], str]]:
        """*count* articles of the past as rows: number, day, keys, features.

        Features are dear to make and only those of the window are ever read: older articles carry those of a
        pool, under keys drawn like theirs.
        """
        pool = [self._row(number, LAST) for number in range(400)]
        for number in range(count):
            day = LAST - (count - number) // PER_DAY
            if day >= LAST - 3 * FORTNIGHT:
                keys, kept = self._row(number, day)
            else:
                keys, kept = self.random.choice(pool)
                fresh = len(fingerprint("a", "b").bands)
                keys = [self.random.getrandbits(63) for _ in range(fresh)] + keys[fresh:]
            yield number, day, keys, kept

    def _row(self, number: int, day: int) -> tuple[list[int], str]:
        facts = features(*self.article(number, day))
        return [key_number(key) for key in candidate_keys(facts)], facts.to_json()


# --- the store -----------------------------------------------------------------------------------------------


def fill(engine: Engine, press: Press, count: int) -> None:
    """Store *count* articles, each a story of its own, and let the database take note."""
    _TABLES.create_all(engine)
    rows: list[tuple[int, int, list[int], str]] = []
    for row in press.stored(count):
        rows.append(row)
        if len(rows) == BATCH:
            _store(engine, rows)
            rows.clear()
    _store(engine, rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":  # what a database that grew slowly has behind it
            connection.execute(text("VACUUM (ANALYZE)"))
            connection.execute(text("CHECKPOINT"))
        else:
            connection.execute(text("ANALYZE"))


def _store(engine: Engine, rows: Iterable[tuple[int, int, list[int], str]]) -> None:
    rows = list(rows)
    keys = sorted(
        (day // FORTNIGHT, key, number, number) for number, day, keys, _ in rows for key in set(keys)
    )
    articles = [(number, number, kept) for number, _, _, kept in rows]
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        if engine.dialect.name == "sqlite":
            driver.executemany("INSERT INTO article VALUES (?, ?, ?)", articles)
            driver.executemany("INSERT INTO story_key VALUES (?, ?, ?, ?)", keys)
        else:
            for table, values in (("article", articles), ("story_key", keys)):
                with driver.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    for value in values:
                        copy.write_row(value)


def arrive(
    connection: Connection, number: int, news: tuple[Article, Understanding], corpus: WordStats
) -> bool:
    """All that grouping adds to an article; whether it joined a story."""
    facts = features(*news)
    keys = [key_number(key) for key in candidate_keys(facts)]
    fortnight = (facts.period.first if facts.period else LAST) // FORTNIGHT
    near = _KEY.c.fortnight.in_((fortnight - 1, fortnight, fortnight + 1))
    counts = connection.execute(
        select(_KEY.c.key, func.count()).where(_KEY.c.key.in_(keys), near).group_by(_KEY.c.key)
    )
    rare = telling_keys(dict(map(tuple, counts)))
    hits = connection.execute(select(_KEY.c.key, _KEY.c.story_id).where(_KEY.c.key.in_(rare), near))
    found = shortlist((str(key), str(story)) for key, story in hits)
    members: dict[int, list[Features]] = {int(story): [] for story in found}
    kept = connection.execute(
        select(_ARTICLE.c.story_id, _ARTICLE.c.features).where(_ARTICLE.c.story_id.in_(list(members)))
    )
    for story, row in kept:
        read = Features.from_json(row)
        if read is not None and len(members[story]) < MEMBERS:
            members[story].append(read)
    candidates = [Candidate(story_id=str(story), articles=tuple(facts)) for story, facts in members.items()]
    decision = group(facts, candidates, NOW, corpus)
    story = int(decision.story_id) if decision.story_id else number
    connection.execute(insert(_ARTICLE), [{"id": number, "story_id": story, "features": facts.to_json()}])
    connection.execute(
        insert(_KEY),
        [{"fortnight": fortnight, "key": key, "article_id": number, "story_id": story} for key in set(keys)],
    )
    connection.commit()
    return decision.story_id is not None


def arrivals(press: Press, first: int, count: int) -> list[tuple[Article, Understanding]]:
    """The news of the last day; every fifth retells one that came before."""
    made: list[tuple[Article, Understanding]] = []
    for number in range(first, first + count):
        if len(made) > 5 and number % 5 == 0:
            made.append(press.retold(number, *press.random.choice(made)))
        else:
            made.append(press.article(number, LAST))
    return made


# --- the databases -------------------------------------------------------------------------------------------


@contextmanager
def sqlite(folder: Path) -> Iterator[tuple[Engine, Callable[[], int]]]:
    path = folder / "stories.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA journal_mode=WAL"))
    yield engine, lambda: path.stat().st_size
    engine.dispose()


@contextmanager
def postgresql(url: str, name: str) -> Iterator[tuple[Engine, Callable[[], int]]]:
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = create_engine(url.replace("/postgres?", f"/{name}?"))

    def size() -> int:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())

    yield engine, size
    engine.dispose()
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))


def measure(kind: str, engine: Engine, size: Callable[[], int], count: int, arriving: int) -> float:
    """Fill, let articles arrive, print one line; return the median cost in milliseconds."""
    press = Press()
    with engine.connect():
        empty = size()
    start = time.perf_counter()
    fill(engine, press, count)
    filled = time.perf_counter() - start
    corpus = WordStats.of(features(*press.article(number, LAST)) for number in range(3_000))
    news = arrivals(press, count, arriving)
    costs: list[float] = []
    joined = 0
    before = _memory_mib()
    with engine.connect() as connection:
        for number, article in enumerate(news, start=count):
            start = time.perf_counter()
            joined += arrive(connection, number, article, corpus)
            costs.append(1_000 * (time.perf_counter() - start))
    per_article = (size() - empty) / (count + arriving)
    mean, median, high = (
        statistics.fmean(costs),
        statistics.median(costs),
        statistics.quantiles(costs, n=20)[18],
    )
    print(
        f"{kind:<11}{count:>9,}{mean:>9.2f}{median:>9.2f}{high:>9.2f}{per_article:>12,.0f}"
        f"{_memory_mib() - before:>12.0f}{joined:>9}{filled:>10.0f}",
        flush=True,
    )
    return mean


def _memory_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_datasketch(count: int, arriving: int) -> None:
    """The same texts in datasketch's LSH: what must stay in memory, and be built again at each start."""
    try:
        lsh_module = importlib.import_module("datasketch")
    except ModuleNotFoundError:
        print("datasketch   not installed: pip install datasketch to compare")
        return
    press = Press()
    index = lsh_module.MinHashLSH(threshold=0.55, num_perm=64)
    pool = [press.article(number, LAST)[0] for number in range(400)]
    before, start = _memory_mib(), time.perf_counter()
    prepared = [_minhash(lsh_module, article) for article in pool]
    generator = press.random
    with index.insertion_session(buffer_size=BATCH) as session:
        for number in range(count):
            hashed = prepared[number % len(prepared)].copy()
            # Another article each time, without the cost of hashing a million texts.
            hashed.hashvalues[:] = [generator.getrandbits(32) for _ in range(64)]
            session.insert(number, hashed, check_duplication=False)
    filled = time.perf_counter() - start
    costs: list[float] = []
    for number, (article, _) in enumerate(arrivals(press, count, arriving), start=count):
        start = time.perf_counter()
        hashed = _minhash(lsh_module, article)
        index.query(hashed)
        index.insert(number, hashed)
        costs.append(1_000 * (time.perf_counter() - start))
    high = statistics.quantiles(costs, n=20)[18]
    mean, median = statistics.fmean(costs), statistics.median(costs)
    print(
        f"{'datasketch':<11}{count:>9,}{mean:>9.2f}{median:>9.2f}{high:>9.2f}{'—':>12}"
        f"{_memory_mib() - before:>12.0f}{'—':>9}{filled:>10.0f}",
        flush=True,
    )


def _minhash(module: Any, article: Article) -> Any:
    hashed = module.MinHash(num_perm=64)
    words = f"{article.title} {article.text}".split()
    hashed.update_batch([" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)])
    return hashed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument(
        "--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    parser.add_argument("--arrivals", type=int, default=300)
    arguments = parser.parse_args()
    print(
        f"{'':<11}{'stored':>9}{'mean ms':>9}{'median':>9}{'p95':>9}"
        f"{'bytes/art.':>12}{'MiB grown':>12}{'joined':>9}{'fill s':>10}"
    )
    with ExitStack() as stack:
        url = _postgresql_url(stack) if "postgresql" in arguments.database else None
        for kind in arguments.database:
            if kind == "postgresql" and url is None:
                print("postgresql   no binaries found")
                continue
            costs: list[float] = []
            for count in arguments.sizes:
                with tempfile.TemporaryDirectory() as folder:
                    opened = (
                        partial(postgresql, url or "", f"stories_{count}")
                        if kind == "postgresql"
                        else partial(sqlite, Path(folder))
                    )
                    with opened() as (engine, size):
                        costs.append(measure(kind, engine, size, count, arguments.arrivals))
            if len(costs) > 1:
                print(
                    f"{kind}: {costs[-1]:.2f} ms at the largest, {costs[-1] / costs[-2]:.2f} times the size before"
                )
    for count in arguments.sizes:
        measure_datasketch(count, arguments.arrivals)


def _postgresql_url(stack: ExitStack) -> str | None:
    """A server of the tests' making, stopped at the end."""
    sys.path.insert(0, str(ROOT / "tests"))
    servers = importlib.import_module("conftest")
    binaries = servers._postgres_binaries()
    return None if binaries is None else str(stack.enter_context(servers._postgres_server(binaries)))


if __name__ == "__main__":
    main()
