"""Stored articles read again with other words: what changes, who is told, and what a kill leaves."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from comtoise.cli import cli
from comtoise.cli.options import load as load_configuration
from comtoise.knowledge import Places, Sector, load
from comtoise.model import DeliveryKind, TopicKind
from comtoise.service.rereading import BATCH, Reread, Work, reread
from comtoise.service.understanding import Understander
from comtoise.store import Database, articles, rereading
from comtoise.store.instance import OnlyInstance
from comtoise.store.rereading import Understood
from comtoise.topics import Rules, compile_rules
from support.newsroom import DAY, HOUR, Newsroom, entry

NOWHERE = Places(
    communes=(), departements=(), regions=(), demonyms=(), ordinary_words=frozenset(), vintage="", licence=""
)
WOOD = Sector(id="foret", label="Forêt", strong=("scierie", "merrain"))
METAL = Sector(id="fonte", label="Fonte", strong=("fonderie",))
AGE = timedelta(hours=72)
LONG_AGO, FOREVER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def rules(*sectors: Sector) -> Rules:
    return compile_rules(replace(load(), sectors=sectors, clusters=(), companies=(), places=NOWHERE))


@pytest.fixture(scope="module")
def before() -> Rules:
    return rules(WOOD, METAL)


@pytest.fixture(scope="module")
def after() -> Rules:
    """« tonnellerie » is new, « merrain » is gone."""
    return rules(replace(WOOD, strong=("scierie", "tonnellerie")), METAL)


@pytest.fixture
def desk(database: Database, before: Rules, now: datetime) -> Newsroom:
    made = Newsroom(database, before, now)
    made.source("gazette")
    return made


class Archive:
    """Articles received and understood with the words of before."""

    def __init__(self, desk: Newsroom) -> None:
        self.desk = desk
        self._count = 0

    def receive(self, title: str, *, ago: timedelta = 10 * DAY, text: str = "") -> int:
        present, self.desk.now = self.desk.now, self.desk.now - ago
        self._count += 1
        said = entry(
            f"https://gazette.example/{self._count}", title, f"{text} L’entreprise investit et recrute."
        )
        (article_id,) = self.desk.lists("gazette", said).new
        self.desk.understands()
        self.desk.now = present
        return article_id

    def forget_texts(self) -> None:
        with self.desk.database.write() as tx:
            articles.forget_texts(tx, before=self.desk.now, except_sources=())

    def again(
        self, words: Rules, *, name: str = "words", alerting: bool = False, dry: bool = False
    ) -> Reread:
        return self.again_in(self.desk.database, words, name=name, alerting=alerting, dry=dry)

    def again_in(
        self,
        database: Database,
        words: Rules,
        *,
        name: str = "words",
        alerting: bool = False,
        dry: bool = False,
        kill_at: int | None = None,
    ) -> Reread:
        def watched(items: Iterator[Understood], _total: int) -> Iterator[Understood]:
            for number, item in enumerate(items):
                if number == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield item

        return reread(
            database,
            Understander(database, words, {}, alert_max_age=AGE),
            Work(since=LONG_AGO, until=FOREVER, alerting=alerting, dry=dry),
            words=name,
            alert_max_age=AGE,
            clock=lambda: self.desk.now,
            watch=watched,
        )

    def sectors(self) -> dict[str, tuple[str, ...]]:
        """Of each article, by title."""
        with self.desk.database.read() as tx:
            found = rereading.batch(tx, since=LONG_AGO, until=FOREVER, after=None, limit=10_000)
        return {
            item.item.article.title: tuple(m.topic for m in item.matches if m.kind is TopicKind.SECTOR)
            for item in found
        }

    def state(self) -> object:
        """All that was decided, of articles and stories."""
        with self.desk.database.read() as tx:
            found = rereading.batch(tx, since=LONG_AGO, until=FOREVER, after=None, limit=10_000)
        told = [(story.id, story.worth, story.first_seen, story.matches) for story in self.desk.stories(400)]
        return [(f.item.article.id, f.item.story_id, f.matches, f.near_misses, f.worth) for f in found], told


@pytest.fixture
def archive(desk: Newsroom) -> Archive:
    return Archive(desk)


def test_old_articles_gain_and_lose_sectors_and_their_stories_with_them(
    archive: Archive, after: Rules
) -> None:
    archive.receive("La tonnellerie Chêne & Fût s’agrandit", ago=10 * DAY)
    archive.receive("Le merrain se vend bien", ago=40 * DAY)
    archive.receive("La scierie Sapin recrute", ago=70 * DAY)
    done = archive.again(after)
    assert (done.articles, done.changed) == (3, 2)
    assert (dict(done.gained), dict(done.lost)) == ({"foret": 1}, {"foret": 1})
    assert archive.sectors() == {
        "La tonnellerie Chêne & Fût s’agrandit": ("foret",),
        "Le merrain se vend bien": (),
        "La scierie Sapin recrute": ("foret",),
    }
    worth = {story.lead.title: story.worth for story in archive.desk.stories(100)}
    assert worth["La tonnellerie Chêne & Fût s’agrandit"] > 0
    assert worth["Le merrain se vend bien"] == 0


def test_nobody_is_told_of_an_old_article(archive: Archive, desk: Newsroom, after: Rules) -> None:
    desk.reader(sectors=frozenset({"foret"}))
    archive.receive("La tonnellerie Chêne & Fût s’agrandit", ago=HOUR)
    archive.receive("La tonnellerie du Val recrute", ago=9 * DAY)
    assert archive.again(after).changed == 2
    assert desk.understands().articles == 0
    assert desk.asked(DeliveryKind.ALERT) == 0


def test_when_alerts_are_asked_for_only_what_is_fresh_is_told_once(
    archive: Archive, desk: Newsroom, after: Rules
) -> None:
    desk.reader(sectors=frozenset({"foret"}))
    archive.receive("La tonnellerie Chêne & Fût s’agrandit", ago=HOUR)
    archive.receive("La tonnellerie du Val recrute", ago=9 * DAY)
    done = archive.again(after, alerting=True)
    assert (done.changed, done.to_alert) == (2, 1)
    desk.understander = desk.started(after)
    assert desk.understands().alerts == 1
    archive.again(after, name="once more", alerting=True)
    assert desk.understands().alerts == 0
    assert [d.story.lead.title for d in desk.sends() if d.story] == ["La tonnellerie Chêne & Fût s’agrandit"]


def test_what_an_erased_text_had_said_is_kept_as_long_as_its_words_are_there(
    archive: Archive, after: Rules
) -> None:
    archive.receive("Nevers : trente emplois", text="La scierie s’agrandit.")
    archive.receive("Decize : dix emplois", text="Le merrain se vend bien.")
    archive.receive("La tonnellerie recrute")
    archive.forget_texts()
    done = archive.again(after)
    assert (done.articles, done.without_text, done.changed) == (3, 3, 2)
    assert archive.sectors() == {
        "Nevers : trente emplois": ("foret",),
        "Decize : dix emplois": (),
        "La tonnellerie recrute": ("foret",),
    }


def test_a_false_friend_named_today_takes_its_title_away_though_the_text_is_gone(archive: Archive) -> None:
    archive.receive("La scierie du livre ouvre et recrute")
    archive.forget_texts()
    archive.again(rules(replace(WOOD, exclusions=("scierie du livre",)), METAL))
    assert archive.sectors() == {"La scierie du livre ouvre et recrute": ()}


def test_the_second_time_nothing_changes(archive: Archive, before: Rules, after: Rules) -> None:
    archive.receive("La tonnellerie Chêne & Fût s’agrandit")
    archive.receive("Le merrain se vend bien")
    assert archive.again(before).changed == 0
    archive.again(after)
    state = archive.state()
    done = archive.again(after)
    assert (done.articles, done.changed, done.rewritten) == (2, 0, 0)
    assert archive.state() == state


def test_a_trial_counts_and_writes_nothing(archive: Archive, after: Rules) -> None:
    archive.receive("La tonnellerie Chêne & Fût s’agrandit")
    state = archive.state()
    assert archive.again(after, dry=True).changed == 1
    assert archive.state() == state


@pytest.mark.parametrize("kill_at", [0, BATCH, BATCH + 7])
def test_killed_anywhere_it_goes_on_and_ends_the_same(
    archive: Archive, after: Rules, database_url: str, kill_at: int
) -> None:
    for number in range(BATCH + 20):
        word = ("tonnellerie", "fonderie", "merrain")[number % 3]
        archive.receive(f"La {word} numéro {number} recrute", ago=10 * DAY - number * timedelta(minutes=1))
    child = os.fork()
    if child == 0:
        archive.again_in(Database.open(database_url), after, kill_at=kill_at)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    done = archive.again(after)
    assert done.articles == BATCH + 20 - (BATCH - 1 if kill_at >= BATCH else 0)
    killed = archive.state()
    archive.again(after, name="from the start")
    assert archive.state() == killed
    assert all((title.split()[1] != "merrain") == bool(found) for title, found in archive.sectors().items())


def test_an_article_edited_meanwhile_is_left_to_the_service(
    archive: Archive, desk: Newsroom, after: Rules
) -> None:
    archive.receive("La tonnellerie Chêne & Fût s’agrandit")
    with desk.database.read() as tx:
        (taken,) = rereading.batch(tx, since=LONG_AGO, until=FOREVER, after=None, limit=9)
    desk.lists(
        "gazette", entry("https://gazette.example/1", "La fonderie Brasier s’agrandit", "Elle recrute.")
    )
    reread(
        desk.database,
        Understander(desk.database, after, {}, alert_max_age=AGE),
        Work(since=LONG_AGO, until=FOREVER),
        words="words",
        alert_max_age=AGE,
        clock=lambda: desk.now,
        watch=lambda _items, _total: iter([taken]),
    )
    desk.understander = desk.started(after)
    assert desk.understands().articles == 1
    assert archive.sectors() == {"La fonderie Brasier s’agrandit": ("fonte",)}


def test_the_service_works_meanwhile(
    archive: Archive, desk: Newsroom, database_url: str, after: Rules
) -> None:
    for number in range(4):
        archive.receive(f"La tonnellerie numéro {number} s’agrandit", ago=(10 + 20 * number) * DAY)
    beside = Database.open(database_url)
    desk.understander = desk.started(after)

    def interrupted(items: Iterator[Understood], _total: int) -> Iterator[Understood]:
        for number, item in enumerate(items):
            archive.receive(f"La fonderie Brasier {number} recrute", ago=-(1 + number) * HOUR)
            yield item

    with OnlyInstance(desk.database):
        done = reread(
            beside,
            Understander(beside, after, {}, alert_max_age=AGE),
            Work(since=LONG_AGO, until=FOREVER),
            words="words",
            alert_max_age=AGE,
            clock=lambda: desk.now,
            watch=interrupted,
        )
    beside.close()
    assert (done.articles, done.changed) == (4, 4)
    assert sorted(archive.sectors().values()) == [("fonte",)] * 4 + [("foret",)] * 4


def test_the_command_tells_what_changed(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    words = "filieres: {foret: {nom: Forêt, mots_forts: scierie}}\n"
    file.write_text(
        'zone: {departements: ["25"]}\nsources: {paquet: non}\nbase_de_donnees: c.sqlite\n' + words, "utf-8"
    )
    database = Database.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    database.upgrade()
    desk = Newsroom(database, rules(WOOD), datetime(2026, 11, 25, tzinfo=UTC))
    desk.source("gazette")
    Archive(desk).receive("La tonnellerie Chêne & Fût s’agrandit")

    def typed(*arguments: str) -> str:
        load_configuration.cache_clear()
        done = CliRunner().invoke(cli, ["reclassify", "--config", str(file), *arguments])
        return done.stdout if done.exception is None else str(done.exception)

    file.write_text(file.read_text("utf-8").replace("scierie", "tonnellerie"), "utf-8")
    assert "0 article relu" in typed("--since", "2026-11-01", "--until", "2026-11-10")
    assert typed("--since", "2026-11-01", "--essai").splitlines() == [
        "1 article relu, dont 0 sans leur texte entier : 1 change.",
        "  Forêt : +1 −0",
        "Essai : rien n’est écrit.",
    ]
    assert '"changed": 1' in typed("--since", "2026-11-01", "--json")
    assert "--until est avant --since" in typed("--since", "2026-11-02", "--until", "2026-11-01")
