"""config.yaml edited while the service works: taken over between two articles, or not at all, and remembered."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml.comments import CommentedMap
from sqlalchemy import text

from comtoise.config import Config, ConfigFileError, parse_config
from comtoise.config.editing import append
from comtoise.errors import StorageError
from comtoise.model import Entry, TopicKind
from comtoise.service import configuring
from comtoise.service.reloading import Reloader
from comtoise.service.understanding import Understander
from comtoise.service.wiring import cards_of, rules_of
from comtoise.store import Database, articles, notices, sources, versions

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SOURCES = "".join(
    f"    - {{id: journal-{n}, nom: Journal {n}, adresse: 'https://j{n}.example/feed'}}\n" for n in range(10)
)
HEAD = 'version: 1\nzone: {departements: ["25"]}\npoles: {paquet: non}\nentreprises: {paquet: non}\n'


def text_of(words: str = "plasturgie", sources: str = SOURCES) -> str:
    return (
        HEAD
        + "sources:\n  paquet: non\n  ajouter:\n"
        + sources
        + f"filieres:\n  plasturgie:\n    nom: Plasturgie\n    mots_forts: {words}\n"
        + "  bois:\n    nom: Bois\n    mots_forts: scierie, tonnellerie, menuiserie, charpente, ébénisterie\n"
    )


class Watched:
    """A file, what is in use, and how often it was taken over."""

    def __init__(self, folder: Path, store: Database) -> None:
        self.path = folder / "config.yaml"
        self.store = store
        self.path.write_text(text_of(), "utf-8")
        self.config = parse_config(self.path.read_bytes(), "config.yaml")
        self.taken = threading.Event()
        self.reloader = Reloader(store, self.path, self.config, text_of(), self._take, lambda: NOW)

    def _take(self, config: Config, _text: str) -> None:
        self.config = config
        self.taken.set()

    def words(self) -> tuple[str, ...]:
        """The strong words of plasturgie in use."""
        return next(s.strong for s in self.config.knowledge().sectors if s.id == "plasturgie")

    def told(self) -> list[str]:
        with self.store.read() as tx:
            return [notice.text for notice in notices.waiting(tx)]


@pytest.fixture
def store(tmp_path: Path) -> Database:
    database = Database.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    database.upgrade()
    return database


@pytest.fixture
def watched(tmp_path: Path, store: Database) -> Watched:
    return Watched(tmp_path, store)


def in_place(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def by_renaming(path: Path, text: str) -> None:
    new = path.with_name("config.yaml~")
    new.write_text(text, "utf-8")
    new.replace(path)


@pytest.mark.parametrize("save", [in_place, by_renaming])
async def test_a_saved_edit_is_taken_over_by_itself(
    save: Callable[[Path, str], None], watched: Watched
) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(watched.reloader.run(stop))
    await asyncio.sleep(0)
    save(watched.path, text_of("plasturgie, rotomoulage"))
    assert await asyncio.to_thread(watched.taken.wait, 60)
    stop.set()
    await running
    assert watched.words() == ("plasturgie", "rotomoulage")
    with watched.store.read() as tx:
        kept = versions.history(tx)
    assert [("rotomoulage" in version.text, version.who) for version in kept] == [
        (True, "fichier"),
        (False, "fichier"),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("", id="empty"),
        pytest.param(text_of()[: text_of().index("nom: Plasturgie") + 2], id="half-written"),
        pytest.param("zone: [", id="no-yaml"),
        pytest.param(text_of("plasturgie, [a-z]+"), id="a-programmer-s-sign"),
        pytest.param(text_of() + "inconnu: 1\n", id="an-unknown-key"),
    ],
)
def test_a_bad_file_changes_nothing_and_is_told_once_with_its_line(bad: str, watched: Watched) -> None:
    before = watched.config
    watched.path.write_text(bad, "utf-8")
    assert [watched.reloader.look() for _ in range(3)] == [False, False, False]
    assert watched.config is before
    (told,) = watched.told()
    assert "l’ancienne version reste en service" in told
    assert "config.yaml" in told
    watched.path.write_text(text_of("plasturgie, rotomoulage"), "utf-8")
    assert watched.reloader.look()
    assert watched.words() == ("plasturgie", "rotomoulage")


def test_a_file_that_is_gone_for_a_moment_changes_nothing(watched: Watched) -> None:
    before = watched.config
    watched.path.unlink()
    assert not watched.reloader.look()
    assert watched.config is before
    watched.path.write_text(text_of(), "utf-8")
    assert not watched.reloader.look()
    assert len(watched.told()) == 1


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_at_all_replace_a_good_configuration(data: bytes, watched: Watched) -> None:
    try:
        parse_config(data, "config.yaml")
    except ConfigFileError:
        before = watched.config
        watched.path.write_bytes(data)
        assert not watched.reloader.look()
        assert watched.config is before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            text_of(sources=SOURCES[: len(SOURCES) // 2]), "retire 5 sources", id="half-of-the-sources"
        ),
        pytest.param(
            text_of().replace("scierie, tonnellerie, menuiserie, charpente, ébénisterie", "scierie"),
            "retire 4 mots",
            id="most-of-the-words",
        ),
    ],
)
def test_an_edit_that_takes_away_much_waits_for_a_yes(text: str, words: str, watched: Watched) -> None:
    before = watched.config
    watched.path.write_text(text, "utf-8")
    assert not watched.reloader.look()
    assert watched.config is before
    (told,) = watched.told()
    assert words in told.replace("\u202f", " ")
    with watched.store.write() as tx:
        versions.accept(tx, text)
    assert watched.reloader.look()
    assert watched.config is not before


def test_one_source_less_needs_no_yes(watched: Watched) -> None:
    watched.path.write_text(text_of(sources="".join(SOURCES.splitlines(keepends=True)[1:])), "utf-8")
    assert watched.reloader.look()


def test_two_writers_at_once_lose_nothing(watched: Watched) -> None:
    def add(who: str) -> None:
        for number in range(8):
            item = {"id": f"{who}-{number}", "nom": who, "adresse": f"https://{who}{number}.example/"}

            def wanted(document: CommentedMap, item: dict[str, str] = item) -> None:
                append(document, ("sources", "ajouter"), item)

            configuring.change(watched.store, watched.path, wanted, who=who, now=NOW)

    writers = [threading.Thread(target=add, args=(who,)) for who in ("jeanne", "paul")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert watched.reloader.look()
    assert len(watched.config.sources()) == 10 + 16
    with watched.store.read() as tx:
        authors = [version.who for version in versions.history(tx)]
    assert sorted(authors) == sorted(["jeanne"] * 8 + ["paul"] * 8 + ["fichier"])


def test_fifty_versions_are_kept(store: Database) -> None:
    with store.write() as tx:
        for number in range(60):
            versions.keep(tx, f"version: {number}\n", who="jeanne", now=NOW + timedelta(minutes=number))
        kept = versions.history(tx)
    assert len(kept) == 50
    assert kept[0].text == "version: 59\n"


def test_no_article_is_understood_with_two_sets_of_words(watched: Watched) -> None:
    """Under one set the article is of the first sector, under the other of the second: never of both or neither."""
    store = watched.store
    pairs = []
    for one, other in (("glorbage, fandrille", "plimure"), ("plimure", "glorbage, fandrille")):
        invented = f"filieres:\n  une: {{nom: Une, mots_forts: '{one}'}}\n  deux: {{nom: Deux, mots_forts: '{other}'}}\n"
        config = parse_config((text_of().partition("filieres:")[0] + invented).encode(), "config.yaml")
        pairs.append((rules_of(config), cards_of(config)))
    with store.write() as tx:
        sources.sync_cards(tx, watched.config.sources(), NOW)
        for number in range(60):
            articles.keep(tx, "journal-0", [found(number)], now=NOW, silent=True)
    understander = Understander(store, *pairs[0], alert_max_age=timedelta(hours=72), clock=lambda: NOW)
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            for rules, cards in pairs:
                understander.use(rules, cards, alert_max_age=timedelta(hours=72))

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        while understander.round():
            pass
    finally:
        done.set()
        swapping.join()
    with store.read() as tx:
        kept = articles.matches_of(tx, range(1, 61))
    verdicts = [
        {match.topic for match in matches if match.kind is TopicKind.SECTOR} for matches in kept.values()
    ]
    assert len(verdicts) == 60
    assert {frozenset(verdict) for verdict in verdicts} <= {frozenset({"une"}), frozenset({"deux"})}


def found(number: int) -> articles.Found:
    """An article of two words that both sets know."""
    address = f"https://j0.example/{number}"
    entry = Entry(
        guid=str(number),
        url=address,
        title=f"Glorbage et fandrille : l’atelier {number} embauche à Besançon",
        summary="Le glorbage et la fandrille embauchent.",
    )
    return articles.Found(
        entry=entry, canonical=address, address=address, extract="", text=entry.summary, wants_page=False
    )


def without(store: Database, table: str) -> Callable[[], None]:
    """Take a table away, as a database that is out of order; the return puts it back."""

    def rename(old: str, new: str) -> None:
        with store.write() as tx:
            tx.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    rename(table, "away")
    return lambda: rename("away", table)


@pytest.mark.parametrize("table", ["config_version", "notice"])
def test_a_database_out_of_order_refuses_no_edit_and_hides_no_notice(
    watched: Watched, store: Database, table: str
) -> None:
    right = table == "config_version"
    watched.path.write_text(text_of("injection" if right else "["), "utf-8")
    put_back = without(store, table)
    with pytest.raises(StorageError):
        watched.reloader.look()
    put_back()
    assert watched.reloader.look() is right
    assert (watched.words() == ("injection",)) is right
    assert len(watched.told()) == (0 if right else 1)


async def test_a_database_out_of_order_does_not_end_the_watch(watched: Watched, store: Database) -> None:
    looked = threading.Event()

    class Looking(Reloader):
        def look(self) -> bool:
            try:
                return super().look()
            finally:
                looked.set()

    reloader = Looking(store, watched.path, watched.config, text_of(), watched._take, lambda: NOW)
    put_back = without(store, "config_version")
    stop = asyncio.Event()
    following = asyncio.create_task(reloader.run(stop))
    while not looked.is_set():  # the watch begins when it begins
        watched.path.write_text(text_of("injection"), "utf-8")
        await asyncio.to_thread(looked.wait, 0.5)
    put_back()
    assert await asyncio.to_thread(watched.taken.wait, 60)
    assert watched.words() == ("injection",)
    stop.set()
    await following
