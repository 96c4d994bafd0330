"""What grouping costs as the store grows: per article at 10,000, 100,000 and 1,000,000 stored ones.

    python bench/bench_stories.py [--sizes 10000 100000 1000000] [--database sqlite postgresql] [--arrivals 500]

The store is the service's own, at its own schema. It is filled with articles made here, 500 a day: companies,
names and places drawn as unevenly as in the press (Zipf). The last six weeks are made one by one, by the code of
the service; what is older repeats them within the database, six weeks earlier each time, under other
fingerprints: the same companies and names come back for years, no text does.

Then articles arrive on the last day, a fifth of them copies or retellings, one by one:

- « arrival » is all that the service does for each but understand its text and alert (`bench_delivery.py`): the entry
  is kept (one transaction), taken up, its features made, its candidates looked up, the decision taken and everything
  written (another); and the words of the last 3,000 articles are counted again every 500 articles.
- « commit » is the end of the first of these transactions alone, within the arrival; the second costs about as much.
- « grouping » is what datasketch does too, for other arrivals: look up the candidates of known features, decide,
  write the keys.

« cpu » is the processor time of this process, which neighbours on the machine disturb less than the time that passes
(« wall »); « server » that of all processes of the PostgreSQL server, which writes to disk without waiting for it
(fsync off). SQLite is set as the service sets it (WAL, synchronous=NORMAL). Memory is that of this process over the
arrivals that are counted.

Beside them datasketch's in-memory MinHashLSH, given the same texts: hashing, look-up and insertion alone.
Where it is not installed it is, in an environment of its own (`--cache`).
"""

import argparse
import importlib
import logging
import os
import random
import resource
import site
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import create_engine, text

from comtoise.knowledge import load
from comtoise.model import Article, Entry, Evidence, Match, Part, Source, SourceKind, TopicKind, Understanding
from comtoise.service.understanding import RECOUNT_EVERY, Understander, candidates
from comtoise.store import Database, Tx, articles, sources, stories
from comtoise.stories import Features, WordStats, candidate_keys, features, group, key_number
from comtoise.topics import Rules, compile_rules

ROOT = Path(__file__).resolve().parent.parent
LAST = date(2026, 11, 25).toordinal()
PER_DAY = 500
FORTNIGHT = 14  #: days: the window within which stories are looked for
BLOCK_DAYS = 3 * FORTNIGHT
BLOCK = BLOCK_DAYS * PER_DAY
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WARM_UP = 25  #: arrivals not counted: statements are compiled, pages read
TICKS_S = os.sysconf("SC_CLK_TCK")  #: of the kernel's count of processor time, to a second
SOURCE = Source(id="gazette", name="Gazette", kind=SourceKind.FEED, url="https://gazette.example/feed")


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

    def arrivals(self, first: int, count: int) -> list[tuple[Article, Understanding]]:
        """The news of the last day; every fifth retells one that came before."""
        made: list[tuple[Article, Understanding]] = []
        for number in range(first, first + count):
            if len(made) > 5 and number % 5 == 0:
                made.append(self.retold(number, *self.random.choice(made)))
            else:
                made.append(self.article(number, LAST))
        return made


# --- the store -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """A database under measure."""

    kind: str
    database: Database
    url: str
    size: Callable[[], int]  #: bytes on disk
    server: Path | None = None  #: where a server keeps its data

    @contextmanager
    def bulk(self) -> Iterator[Any]:
        """A connection for loading, whose transaction ends well or not at all."""
        engine = create_engine(self.url)
        with engine.begin() as connection:
            yield connection
        engine.dispose()


#: How each database writes the same thing.
_SQL = {
    "sqlite": {
        "earlier": "datetime(moment, '-' || (:n * 42) || ' days')",
        "xor": "((key | :salt) - (key & :salt))",
        "tab": "char(9)",
        "true": "1",
        "false": "0",
    },
    "postgresql": {
        "earlier": "moment - make_interval(days => :n * 42)",
        "xor": "(key # :salt)",
        "tab": "chr(9)",
        "true": "true",
        "false": "false",
    },
}
_MADE = """
    CREATE TABLE made_article (id BIGINT PRIMARY KEY, day INTEGER, title TEXT, extract TEXT, features TEXT,
                               moment {moment});
    CREATE TABLE made_key (fortnight INTEGER, key BIGINT, id BIGINT, fresh INTEGER,
                           PRIMARY KEY (fortnight, key, id));
"""
_STORIES = """
    INSERT INTO story (id, first_seen, last_seen, tellable_at, worth)
    SELECT id - :back, {earlier}, {earlier}, {earlier}, 2 FROM made_article WHERE id > :back ORDER BY id
"""
_ARTICLES = """
    INSERT INTO article (id, identity, url, source_id, title, extract, language, published, first_seen, paywalled,
                         silent, page_state, page_attempts, understood_at, worth, story_id, features)
    SELECT id - :back, 'https://gazette.example/' || (id - :back), 'https://gazette.example/' || (id - :back),
           'gazette', title, extract, 'fr', {earlier}, {earlier}, {false}, {false}, 'none', 0, {earlier}, 2, id - :back,
           replace(features, day || {tab} || day, (day - :n * 42) || {tab} || (day - :n * 42))
    FROM made_article WHERE id > :back ORDER BY id
"""
_KEYS = """
    INSERT INTO story_key (fortnight, key, article_id, story_id)
    SELECT fortnight - :n * 3, CASE WHEN fresh = 1 THEN {xor} ELSE key END, id - :back, id - :back
    FROM made_key WHERE id > :back ORDER BY 1, 2, 3
"""


def fill(opened: Opened, press: Press, count: int) -> None:
    """Store *count* articles, each a story of its own, and let the database take note."""
    with opened.database.write() as tx:
        sources.sync_cards(tx, [SOURCE], NOW)
    with opened.bulk() as connection:
        _make(opened.kind, connection, press, count)
    indexes = _drop_indexes(opened) if opened.kind == "postgresql" else []
    words = _SQL[opened.kind]
    for n in range((count - 1) // BLOCK, -1, -1):  # the oldest first: everything is appended
        values = {"n": n, "back": n * BLOCK, "salt": press.random.getrandbits(40) if n else 0}
        with opened.bulk() as connection:
            for query in (_STORIES, _ARTICLES, _KEYS):
                made = query.format(**words)
                connection.execute(text(made), {k: v for k, v in values.items() if f":{k}" in made})
    with opened.bulk() as connection:
        for statement in indexes:
            connection.execute(text(statement))
        connection.execute(text("DROP TABLE made_key"))
        connection.execute(text("DROP TABLE made_article"))
    settle(opened)


def _make(kind: str, connection: Any, press: Press, count: int) -> None:
    """The articles of the last six weeks, by the service's own code, with the highest ids."""
    for statement in _MADE.format(moment="TIMESTAMPTZ" if kind == "postgresql" else "TEXT").split(";"):
        if statement.strip():
            connection.execute(text(statement))
    made, keys = [], []
    for number in range(max(1, count - BLOCK + 1), count + 1):
        day = LAST - (count - number) // PER_DAY
        article, understanding = press.article(number, day)
        facts = features(article, understanding)
        assert article.published is not None
        stamp = article.published.replace(tzinfo=None if kind == "sqlite" else UTC)
        made.append((number, day, article.title, article.text[:150], facts.to_text(), str(stamp)))
        for key in candidate_keys(facts):
            of_text = key.startswith(("band:", "mask:"))
            keys.append((day // FORTNIGHT, key_number(key), number, int(of_text)))
    for table, rows in (("made_article", made), ("made_key", keys)):
        driver = connection.connection.driver_connection
        if kind == "sqlite":
            marks = ", ".join("?" * len(rows[0]))
            driver.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        else:
            with driver.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def _drop_indexes(opened: Opened) -> list[str]:
    """Take away what PostgreSQL builds faster afterwards; return how to build it again."""
    with opened.bulk() as connection:
        connection.execute(text("ALTER TABLE story_key DROP CONSTRAINT fk_story_key_article_id"))
        connection.execute(text("ALTER TABLE story_key DROP CONSTRAINT pk_story_key"))
        connection.execute(text("DROP INDEX ix_story_key_article"))
    return [
        "SET LOCAL maintenance_work_mem = '512MB'",
        "ALTER TABLE story_key ADD CONSTRAINT pk_story_key PRIMARY KEY (fortnight, key, article_id)",
        "CREATE INDEX ix_story_key_article ON story_key (article_id)",
        "ALTER TABLE story_key ADD CONSTRAINT fk_story_key_article_id FOREIGN KEY (article_id) "
        "REFERENCES article (id) ON DELETE CASCADE NOT VALID",
        # Identifiers were given; the service goes on after them.
        "SELECT setval(pg_get_serial_sequence('article', 'id'), (SELECT max(id) FROM article))",
        "SELECT setval(pg_get_serial_sequence('story', 'id'), (SELECT max(id) FROM story))",
    ]


def settle(opened: Opened) -> None:
    """What a database that grew slowly has behind it."""
    engine = create_engine(opened.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if opened.kind == "postgresql":
            connection.execute(text("VACUUM (ANALYZE)"))
            connection.execute(text("CHECKPOINT"))
        else:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()


# --- the databases -------------------------------------------------------------------------------------------


@contextmanager
def sqlite(folder: Path) -> Iterator[Opened]:
    path = folder / "stories.sqlite"
    url = f"sqlite:///{path}"
    database = Database.open(url)
    database.upgrade()

    def size() -> int:
        engine = create_engine(url)
        with engine.connect() as connection:
            pages, free = (
                int(connection.execute(text(f"PRAGMA {name}")).scalar_one())
                for name in ("page_count", "freelist_count")
            )
            page = int(connection.execute(text("PRAGMA page_size")).scalar_one())
        engine.dispose()
        return (pages - free) * page

    yield Opened("sqlite", database, url, size)
    database.close()


@contextmanager
def postgresql(url: str, name: str) -> Iterator[Opened]:
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    own = url.replace("/postgres?", f"/{name}?")
    database = Database.open(own)
    database.upgrade()

    def size() -> int:
        with database.read() as tx:
            return int(tx.execute(text("SELECT pg_database_size(current_database())")).scalar_one())

    with database.read() as tx:
        data = Path(tx.execute(text("SHOW data_directory")).scalar_one())
    yield Opened("postgresql", database, own, size, data)
    database.close()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


# --- the measure ---------------------------------------------------------------------------------------------


def keep(tx: Tx, article: Article) -> None:
    """What the collector does with an entry."""
    address = f"https://gazette.example/{article.id}"
    entry = Entry(url=address, guid=article.id, title=article.title, published=article.published)
    found = articles.Found(
        entry=entry,
        canonical=address,
        address=address,
        extract=article.text[:150],
        text=article.text,
        wants_page=False,
    )
    articles.keep(tx, SOURCE.id, [found], now=NOW, silent=False)


@dataclass(slots=True)
class Clock:
    """Adds up what passes between `start` and `stop`, in milliseconds for each time."""

    server: Path | None = None
    wall: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0
    _since: tuple[float, float] = (0.0, 0.0)

    def start(self) -> None:
        """From now on it counts."""
        self._since = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        """What passed since `start` is one time more."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.wall.append(1_000 * (wall - self._since[0]))
        self.cpu_ms += 1_000 * (cpu - self._since[1])

    @property
    def mean_cpu_ms(self) -> float:
        """Processor time of this process, for each time."""
        return self.cpu_ms / len(self.wall)

    def line(self) -> str:
        """The three columns: processor time, time that passed, and what 95 of 100 stay under."""
        high = statistics.quantiles(self.wall, n=20)[18]
        return f"{self.mean_cpu_ms:>9.2f}{statistics.fmean(self.wall):>9.2f}{high:>9.2f}"


def measure(opened: Opened, rules: Rules, count: int, arriving: int) -> tuple[float, float]:
    """Fill, let articles arrive, print; return the processor time of an arrival and of grouping, in ms."""
    press = Press()
    empty, start = opened.size(), time.perf_counter()
    fill(opened, press, count)
    filled = time.perf_counter() - start
    per_article = (opened.size() - empty) / count
    desk = Understander(
        opened.database, rules, {SOURCE.id: SOURCE}, alert_max_age=timedelta(hours=72), clock=lambda: NOW
    )
    desk.recount()
    with opened.database.read() as tx:
        known = [Features.from_text(each) for each in stories.recent_features(tx, limit=3_000)]
    corpus = WordStats.of(each for each in known if each is not None)
    arrival, commit, grouping = Clock(), Clock(), Clock()
    begun, before, worked = 0, 0.0, 0.0
    arrivals = press.arrivals(count + 1, WARM_UP + 2 * arriving)
    for place, (article, understanding) in enumerate(arrivals[: WARM_UP + arriving]):
        if place == WARM_UP:
            begun, before, worked = 0, _memory_mib(), _server_s(opened.server)
            arrival, commit = Clock(), Clock()
        arrival.start()
        if place and place % RECOUNT_EVERY == 0:
            desk.recount()
        with opened.database.write() as tx:
            keep(tx, article)
            commit.start()
        commit.stop()
        with opened.database.read() as tx:
            (item,) = articles.pending(tx, NOW, limit=1)
        begun += desk.place(item, understanding).stories
        arrival.stop()
    worked = 1_000 * (_server_s(opened.server) - worked) / arriving
    grown = _memory_mib() - before
    for article, understanding in arrivals[WARM_UP + arriving :]:
        with opened.database.write() as tx:
            keep(tx, article)
        with opened.database.read() as tx:
            (item,) = articles.pending(tx, NOW, limit=1)
        facts = features(item.article, understanding)
        with opened.database.read() as tx:  # what is written here is taken back: `place` writes it again
            articles.still(tx, item)
            grouping.start()
            _group(tx, facts, int(item.article.id), corpus)
            grouping.stop()
        desk.place(item, understanding)
    server = f"{worked:.2f}" if opened.server else "—"
    print(
        f"{opened.kind:<11}{count:>9,} │{arrival.line()}{server:>9} │{commit.line()} │{grouping.line()} │"
        f"{per_article:>8,.0f}{grown:>7.0f}{arriving - begun:>8}{filled:>8.0f}",
        flush=True,
    )
    return arrival.mean_cpu_ms, grouping.mean_cpu_ms


def _group(tx: Tx, facts: Features, article_id: int, corpus: WordStats) -> None:
    assert facts.period is not None
    at = datetime.combine(date.fromordinal(facts.period.last), datetime.min.time(), UTC)
    keys = [key_number(key) for key in candidate_keys(facts)]
    decision = group(facts, candidates(tx, facts, keys, at), NOW, corpus)
    stories.index(tx, article_id, int(decision.story_id or article_id), keys, at=at, again=False)


def _server_s(data: Path | None) -> float:
    """Processor time that a PostgreSQL server has used, its processes that ended included; 0 without one."""
    if data is None:
        return 0.0
    parent = (data / "postmaster.pid").read_text("ascii").split()[0]
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _pid, _name, rest = stat.read_text("utf-8", "replace").partition("(")[2].partition(") ")
        except OSError:
            continue  # it ended as we looked
        values = rest.split()
        if stat.parent.name == parent:
            used += sum(map(int, values[11:15]))  # its own, and that of its children that ended
        elif values[1] == parent:
            used += sum(map(int, values[11:13]))
    return used / TICKS_S


def _memory_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def datasketch_of(cache: Path) -> Any:
    """The package datasketch: the one at hand, or one installed in an environment of its own, on first use."""
    try:
        return importlib.import_module("datasketch")
    except ModuleNotFoundError:
        if not (cache / "made").exists():
            venv.create(cache, with_pip=True, clear=True)
            python = cache / "bin" / "python"
            subprocess.run([python, "-m", "pip", "install", "-qq", "datasketch"], check=True)
            (cache / "made").touch()
        for packages in cache.glob("lib/python*/site-packages"):
            site.addsitedir(str(packages))
        return importlib.import_module("datasketch")


def measure_datasketch(module: Any, count: int, arriving: int) -> None:
    """The same texts in datasketch's LSH: what must stay in memory, and be built again at each start."""
    press = Press()
    index = module.MinHashLSH(threshold=0.55, num_perm=64)
    pool = [press.article(number, LAST)[0] for number in range(400)]
    before, start = _memory_mib(), time.perf_counter()
    prepared = [_minhash(module, article) for article in pool]
    generator = press.random
    with index.insertion_session(buffer_size=5_000) as session:
        for number in range(count):
            hashed = prepared[number % len(prepared)].copy()
            # Another article each time, without the cost of hashing a million texts.
            hashed.hashvalues[:] = [generator.getrandbits(32) for _ in range(64)]
            session.insert(number, hashed, check_duplication=False)
    filled = time.perf_counter() - start
    grown = _memory_mib() - before
    clock = Clock()
    for number, (article, _) in enumerate(press.arrivals(count, arriving), start=count):
        clock.start()
        hashed = _minhash(module, article)
        index.query(hashed)
        index.insert(number, hashed)
        clock.stop()
    blank = " " * 27
    print(
        f"{'datasketch':<11}{count:>9,} │{blank}{'':>9} │{blank} │{clock.line()} │{'—':>8}{grown:>7.0f}"
        f"{'—':>8}{filled:>8.0f}",
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
    parser.add_argument("--arrivals", type=int, default=500)
    parser.add_argument(
        "--cache",
        type=Path,
        default=ROOT / ".venv" / "bench-datasketch",
        help="where datasketch is installed",
    )
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    rules = compile_rules(load())
    with ExitStack() as stack:
        url = postgres_address(stack) if "postgresql" in arguments.database else None
        _head()
        for kind in arguments.database:
            if kind == "postgresql" and url is None:
                print("postgresql   no binaries found")
                continue
            costs: list[tuple[float, float]] = []
            for count in arguments.sizes:
                with tempfile.TemporaryDirectory() as folder:
                    opened = (
                        partial(postgresql, url or "", f"stories_{count}")
                        if kind == "postgresql"
                        else partial(sqlite, Path(folder))
                    )
                    with opened() as database:
                        costs.append(measure(database, rules, count, arguments.arrivals))
            if len(costs) > 1:
                growth = [now / before for before, now in zip(costs[-2], costs[-1], strict=True)]
                print(
                    f"{kind}: from the size before to the largest, arrival × {growth[0]:.2f}, "
                    f"grouping × {growth[1]:.2f}"
                )
    module = datasketch_of(arguments.cache)
    for count in arguments.sizes:
        measure_datasketch(module, count, arguments.arrivals)


def _head() -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"milliseconds for each article; load of the machine {load} on {os.cpu_count()} processors")
    three = f"{'cpu':>9}{'wall':>9}{'p95':>9}"
    print(f"{'':<11}{'':>9} │{'arrival':>27}{'':>9} │{'commit':>27} │{'grouping':>27} │")
    print(
        f"{'':<11}{'stored':>9} │{three}{'server':>9} │{three} │{three} │"
        f"{'B/art.':>8}{'MiB +':>7}{'joined':>8}{'fill s':>8}",
        flush=True,
    )


def postgres_address(stack: ExitStack) -> str | None:
    """A server of the tests' making, stopped at the end."""
    sys.path.insert(0, str(ROOT / "tests"))
    servers = importlib.import_module("conftest")
    binaries = servers._postgres_binaries()
    return None if binaries is None else str(stack.enter_context(servers._postgres_server(binaries)))


if __name__ == "__main__":
    main()
