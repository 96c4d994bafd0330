"""What grouping costs as the store grows: per article at 10,000, 100,000 and 1,000,000 stored ones.

    python bench/bench_stories.py [--sizes 10000 100000 1000000] [--database sqlite postgresql] [--arrivals 300]

The store is the service's own, at its own schema. It is filled with articles made here, 500 a day: companies,
names and places drawn as unevenly as in the press (Zipf). The last six weeks are made one by one, by the code of
the service; what is older repeats them within the database, six weeks earlier each time, under other
fingerprints: the same companies and names come back for years, no text does.

Then articles arrive on the last day, a fifth of them copies or retellings, one by one through what the service
does for each: the entry is kept (one transaction), taken up, its features made, its candidates looked up, the
decision taken and everything written (another). Only understanding its text is left out. Beside it, where
datasketch is installed, its in-memory MinHashLSH given the same texts: hashing, look-up and insertion alone.

« cpu ms » is the time of this process, which neighbours on the machine disturb less; that of a PostgreSQL server
is not in it.
"""

import argparse
import importlib
import logging
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import create_engine, text

from comtoise.knowledge import load
from comtoise.model import Article, Entry, Evidence, Match, Part, Source, SourceKind, TopicKind, Understanding
from comtoise.service.understanding import Understander
from comtoise.store import Database, Tx, articles, sources
from comtoise.stories import candidate_keys, features, key_number
from comtoise.topics import Rules, compile_rules

ROOT = Path(__file__).resolve().parent.parent
LAST = date(2026, 11, 25).toordinal()
PER_DAY = 500
FORTNIGHT = 14  #: days: the window within which stories are looked for
BLOCK_DAYS = 3 * FORTNIGHT
BLOCK = BLOCK_DAYS * PER_DAY
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WARM_UP = 25  #: arrivals not counted: statements are compiled, pages read
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
        "true": "1",
        "false": "0",
    },
    "postgresql": {
        "earlier": "moment - make_interval(days => :n * 42)",
        "xor": "(key # :salt)",
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
           replace(features, '[' || day || ',' || day || ']', '[' || (day - :n * 42) || ',' || (day - :n * 42) || ']')
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
        made.append((number, day, article.title, article.text[:150], facts.to_json(), str(stamp)))
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

    yield Opened("postgresql", database, own, size)
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


def measure(opened: Opened, rules: Rules, count: int, arriving: int) -> float:
    """Fill, let articles arrive, print one line; return the mean cost in milliseconds."""
    press = Press()
    empty, start = opened.size(), time.perf_counter()
    fill(opened, press, count)
    filled = time.perf_counter() - start
    per_article = (opened.size() - empty) / count
    desk = Understander(
        opened.database, rules, {SOURCE.id: SOURCE}, alert_max_age=timedelta(hours=72), clock=lambda: NOW
    )
    desk.recount()
    costs: list[float] = []
    begun, before, worked = 0, 0.0, 0.0
    for place, (article, understanding) in enumerate(press.arrivals(count + 1, WARM_UP + arriving)):
        if place == WARM_UP:
            begun, before, worked = 0, _memory_mib(), time.process_time()
            costs.clear()
        start = time.perf_counter()
        with opened.database.write() as tx:
            keep(tx, article)
        with opened.database.read() as tx:
            (item,) = articles.pending(tx, NOW, limit=1)
        begun += desk.place(item, understanding).stories
        costs.append(1_000 * (time.perf_counter() - start))
    _print(
        opened.kind,
        count,
        costs,
        cpu=1_000 * (time.process_time() - worked) / arriving,
        per_article=f"{per_article:,.0f}",
        grown=_memory_mib() - before,
        joined=str(arriving - begun),
        filled=filled,
    )
    return statistics.fmean(costs)


def _print(
    name: str,
    count: int,
    costs: Sequence[float],
    *,
    cpu: float,
    per_article: str,
    grown: float,
    joined: str,
    filled: float,
) -> None:
    mean, median, high = (
        statistics.fmean(costs),
        statistics.median(costs),
        statistics.quantiles(costs, n=20)[18],
    )
    print(
        f"{name:<11}{count:>9,}{mean:>9.2f}{median:>9.2f}{high:>9.2f}{cpu:>9.2f}{per_article:>12}"
        f"{grown:>12.0f}{joined:>9}{filled:>10.0f}",
        flush=True,
    )


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
    with index.insertion_session(buffer_size=5_000) as session:
        for number in range(count):
            hashed = prepared[number % len(prepared)].copy()
            # Another article each time, without the cost of hashing a million texts.
            hashed.hashvalues[:] = [generator.getrandbits(32) for _ in range(64)]
            session.insert(number, hashed, check_duplication=False)
    filled = time.perf_counter() - start
    costs: list[float] = []
    worked = time.process_time()
    for number, (article, _) in enumerate(press.arrivals(count, arriving), start=count):
        start = time.perf_counter()
        hashed = _minhash(lsh_module, article)
        index.query(hashed)
        index.insert(number, hashed)
        costs.append(1_000 * (time.perf_counter() - start))
    _print(
        "datasketch",
        count,
        costs,
        cpu=1_000 * (time.process_time() - worked) / arriving,
        per_article="—",
        grown=_memory_mib() - before,
        joined="—",
        filled=filled,
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
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    rules = compile_rules(load())
    print(
        f"{'':<11}{'stored':>9}{'mean ms':>9}{'median':>9}{'p95':>9}{'cpu ms':>9}"
        f"{'bytes/art.':>12}{'MiB grown':>12}{'joined':>9}{'fill s':>10}"
    )
    with ExitStack() as stack:
        url = postgres_address(stack) if "postgresql" in arguments.database else None
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
                    with opened() as database:
                        costs.append(measure(database, rules, count, arguments.arrivals))
            if len(costs) > 1:
                print(
                    f"{kind}: {costs[-1]:.2f} ms at the largest, {costs[-1] / costs[-2]:.2f} times the size before"
                )
    for count in arguments.sizes:
        measure_datasketch(count, arguments.arrivals)


def postgres_address(stack: ExitStack) -> str | None:
    """A server of the tests' making, stopped at the end."""
    sys.path.insert(0, str(ROOT / "tests"))
    servers = importlib.import_module("conftest")
    binaries = servers._postgres_binaries()
    return None if binaries is None else str(stack.enter_context(servers._postgres_server(binaries)))


if __name__ == "__main__":
    main()
