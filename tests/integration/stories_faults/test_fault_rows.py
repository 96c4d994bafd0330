"""The rows of the table of faults that concern stories and alerts, each by its number.

The collector's half of rows 15 and 17 to 20 (what is kept) is in tests/integration/crawler/test_identity.py; here,
what readers are told.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select

from comtoise.config import load_config
from comtoise.digests import Schedule
from comtoise.knowledge import load
from comtoise.model import DeliveryKind, DeliveryState, Entry, Rhythm, Sent
from comtoise.service import restoring
from comtoise.service.run import catch_up
from comtoise.service.striking import DigestDesk, Striker
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, articles, digests, outbox, sources
from comtoise.store.tables import ArticleVersionRow
from comtoise.store.witness import Witness
from comtoise.topics import compile_rules
from support.newsroom import DAY, HOUR, Newsroom, entry

TITLE = "Plasturgie : Moulabelle investit 6 M€ et embauche vingt régleurs à Oyonnax"
TEXT = (
    "À Oyonnax (Ain), le plasturgiste Moulabelle investit 6 millions d’euros dans quatre presses à injecter. "
    "Vingt régleurs seront embauchés d’ici au printemps, annonce l’entreprise de plasturgie."
)
WATCHES = "Horlogerie : Horlimont ouvre un atelier de polissage à Besançon"
WATCHES_TEXT = (
    "À Besançon (Doubs), le fabricant de composants horlogers Horlimont ouvre un atelier de polissage."
)
ALERT, UPDATE = DeliveryKind.ALERT, DeliveryKind.UPDATE


def news(number: int, published: datetime | None = None, *, guid: str | None = None) -> Entry:
    """An event of its own: its company, its town and its figures are those of no other."""
    firm = ("Orbalux", "Vernisol", "Mécajura", "Plastivar", "Duroflex", "Polyverne", "Injectal", "Moulvert")[
        number % 8
    ]
    name = f"{firm}{chr(97 + number // 8)}ex"
    return entry(
        f"https://gazette.example/{number}",
        f"Plasturgie : {name} installe {number + 11} presses à injecter dans l’Ain",
        f"Le plasturgiste {name}, dans l’Ain, installe {number + 11} presses à injecter pour {number + 3} clients.",
        guid=guid,
        published=published,
    )


def test_row_14_one_event_in_thirty_outlets_is_one_alert_that_lists_them(newsroom: Newsroom) -> None:
    names = [f"echo-{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(30)]
    newsroom.source(*names)
    newsroom.reader()
    for number, name in enumerate(names):
        newsroom.lists(
            name, entry(f"https://{name}.example/{number}", f"{TITLE} ({name})", f"{TEXT} {name}.")
        )
        newsroom.understands()
        if number % 10 == 0:
            newsroom.sends()
        newsroom.now += timedelta(minutes=3)
    newsroom.sends()
    (story,) = newsroom.stories()
    assert len(story.others) == 29
    assert [each.kind for each in newsroom.sent].count(ALERT) == 1
    assert {each.kind for each in newsroom.sent} == {ALERT, UPDATE}
    assert newsroom.asked(UPDATE) <= 4, "edits that wait are one"
    last = newsroom.sent[-1].story
    assert last is not None
    assert len(last.others) == 29


def test_row_15_a_title_edited_twelve_times_in_four_hours_is_one_alert(newsroom: Newsroom) -> None:
    newsroom.reader()
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT))
    for number in range(12):
        newsroom.understands()
        newsroom.sends()
        newsroom.now += timedelta(minutes=20)
        newsroom.lists("gazette", entry("https://gazette.example/1", f"{TITLE} (version {number})", TEXT))
    newsroom.understands()
    newsroom.sends()
    assert newsroom.asked(ALERT) == 1
    assert newsroom.sent[-1].story is not None
    assert newsroom.sent[-1].story.lead.title.endswith("(version 11)"), "and the message shows the last title"
    with newsroom.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(ArticleVersionRow)) == 12


def test_row_15_an_edit_that_meets_a_new_topic_alerts_those_whom_it_now_concerns(newsroom: Newsroom) -> None:
    moulder = newsroom.reader("101", sectors=frozenset({"plasturgie"}))
    watchmaker = newsroom.reader("102", sectors=frozenset({"horlogerie-luxe"}))
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT))
    newsroom.understands()
    assert [each.reader.id for each in newsroom.sends()] == [moulder]
    newsroom.now += HOUR
    edited = f"{TEXT} Les pièces vont à Horlimont, fabricant de composants horlogers de Besançon."
    newsroom.lists("gazette", entry("https://gazette.example/1", f"{TITLE} pour l’horlogerie", edited))
    newsroom.understands()
    assert [each.reader.id for each in newsroom.sends() if each.kind is ALERT] == [watchmaker]


def test_row_15_an_edit_is_no_second_chance_for_an_alert_that_was_over_the_cap(newsroom: Newsroom) -> None:
    newsroom.reader(alerts_per_day=0)
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT))
    newsroom.understands()
    newsroom.reader(alerts_per_day=5)
    newsroom.lists("gazette", entry("https://gazette.example/1", f"{TITLE} (bis)", TEXT))
    newsroom.understands()
    assert newsroom.asked(ALERT) == 0


def test_row_16_two_editions_of_one_column_are_two_stories(newsroom: Newsroom) -> None:
    newsroom.reader()
    for number in (12, 13):
        title = f"Plasturgie : les offres d’emploi de la semaine à Oyonnax, n° {number}"
        newsroom.lists("gazette", entry(f"https://gazette.example/{number}", title, TEXT))
        newsroom.understands()
    assert [len(story.others) for story in newsroom.stories()] == [0, 0]
    assert newsroom.asked(ALERT) == 2


def test_row_17_one_guid_for_all_items_alerts_each_once(newsroom: Newsroom) -> None:
    newsroom.reader()
    items = [news(number, guid="0") for number in range(6)]
    for _poll in range(2):
        newsroom.lists("gazette", *items)
        newsroom.understands()
    assert (len(newsroom.stories()), newsroom.asked(ALERT)) == (6, 6)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda item: replace(item, guid="fresh"), id="guid-of-each-fetch"),
        pytest.param(lambda item: replace(item, url=item.url.replace("https", "http")), id="http"),
        pytest.param(lambda item: replace(item, url=f"{item.url}?utm_source=rss#top"), id="tracked"),
    ],
)
def test_row_18_a_guid_or_address_that_changes_alerts_nobody_again(
    newsroom: Newsroom, again: Callable[[Entry], Entry]
) -> None:
    newsroom.reader()
    newsroom.lists("gazette", news(1))
    newsroom.understands()
    assert newsroom.lists("gazette", again(news(1))).new == ()
    newsroom.understands()
    assert newsroom.asked(ALERT) == 1


def test_row_19_a_guid_reused_for_a_new_story_alerts(newsroom: Newsroom) -> None:
    newsroom.reader()
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT, guid="une"))
    newsroom.understands()
    newsroom.now += DAY
    newsroom.lists("gazette", entry("https://gazette.example/2", WATCHES, WATCHES_TEXT, guid="une"))
    newsroom.understands()
    assert newsroom.asked(ALERT) == 2


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(None, id="missing"),
        pytest.param(timedelta(days=400), id="far-future"),
        pytest.param(timedelta(hours=2), id="zone-forgotten"),
    ],
)
def test_row_20_a_date_that_is_missing_or_lies_neither_hides_nor_repeats_a_story(
    newsroom: Newsroom, published: timedelta | None
) -> None:
    newsroom.reader()
    moment = None if published is None else newsroom.now + published
    newsroom.lists("gazette", entry("https://gazette.example/1", TITLE, TEXT, published=moment))
    newsroom.understands()
    assert newsroom.asked(ALERT) == 1
    newsroom.now += HOUR
    changed = entry("https://gazette.example/1", TITLE, TEXT, published=newsroom.now + 3 * DAY)
    newsroom.lists("gazette", changed)
    newsroom.lists("radio", entry("https://radio.example/9", f"{TITLE} !", TEXT))
    newsroom.understands()
    (story,) = newsroom.stories()
    assert (story.lead.source_id, newsroom.asked(ALERT)) == ("gazette", 1), "first seen leads"
    assert story.first_seen <= story.last_seen <= newsroom.now


def test_row_36_new_rules_alert_nothing_of_what_is_stored(newsroom: Newsroom) -> None:
    known = load()
    few = replace(known, sectors=tuple(sector for sector in known.sectors if sector.id != "plasturgie"))
    newsroom.understander = newsroom.started(compile_rules(few))
    newsroom.reader(sectors=frozenset({"plasturgie"}))
    newsroom.lists("gazette", *[news(number) for number in range(40)])
    newsroom.understands()
    newsroom.understander = newsroom.started(newsroom.rules)
    assert newsroom.understands().articles == 0, "nothing is read again"
    assert newsroom.asked(ALERT) == 0
    newsroom.lists("gazette", news(41))
    newsroom.understands()
    assert newsroom.asked(ALERT) == 1, "the new rules hold for what comes next"


def test_row_37_the_first_poll_of_a_source_with_a_hundred_items_alerts_nobody(newsroom: Newsroom) -> None:
    newsroom.reader()
    newsroom.lists(
        "gazette", *[news(number, newsroom.now - number * HOUR) for number in range(100)], silent=True
    )
    assert newsroom.understands().articles == 100
    assert newsroom.sends() == []
    newsroom.lists("radio", entry("https://radio.example/9", WATCHES, WATCHES_TEXT))
    newsroom.understands()
    assert len(newsroom.sends()) == 1, "what is new afterwards is told"


CONFIG = 'version: 1\nzone:\n  departements: ["01", "25"]\nsources:\n  paquet: non\n'


@pytest.fixture
def config_path(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def test_row_38_after_three_days_off_no_storm(newsroom: Newsroom, config_path: Path) -> None:
    newsroom.reader(alerts_per_day=5, rhythms=frozenset({Rhythm.INSTANT, Rhythm.DAILY}))
    newsroom.lists("gazette", news(0))
    newsroom.understands()
    left = newsroom.now
    newsroom.now += 3 * DAY + HOUR
    newsroom.understander = newsroom.started()
    catch_up(load_config(config_path), newsroom.database, newsroom.now)
    with newsroom.database.read() as tx:
        (line,) = outbox.lines(tx)
    assert (line.state, line.reason) == (DeliveryState.MERGED, "expired"), (
        "too old for an alert: left to the digest"
    )
    newsroom.lists("gazette", *[news(n, left + n * timedelta(hours=1.2)) for n in range(1, 60)])
    newsroom.understands()
    assert len(newsroom.sends()) == 5, "the cap of a day, whatever came"
    assert striker(newsroom).round() == 1, "of the mornings missed one is made up for: it tells what expired"
    with newsroom.database.read() as tx:
        (told,) = [line for line in outbox.lines(tx) if line.kind is DeliveryKind.DIGEST]
        assert told.digest_id is not None
        digest = digests.load(tx, told.digest_id, reader_id=told.reader_id)
    assert digest is not None
    assert [story.id for story in digest.highlights] == [str(line.story_id)]
    newsroom.now = datetime(2026, 11, 29, 6, 31, tzinfo=UTC)
    assert striker(newsroom).round() == 1, "one digest tells what is left"


def striker(newsroom: Newsroom) -> Striker:
    desk = DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ain")
    return Striker(newsroom.database, desk, clock=lambda: newsroom.now)


@pytest.fixture
def copy_of(database_url: str, tmp_path: Path) -> Iterator[Callable[[Database], Callable[[], Database]]]:
    """Copy a database now; what is returned puts the copy in its place, as a person would."""
    made: list[Database] = []

    def opened(url: str) -> Database:
        made.append(Database.open(url))
        return made[-1]

    def of_sqlite(database: Database) -> Callable[[], Database]:
        target = tmp_path / "copie.sqlite"
        database.backup(target)

        def put_back() -> Database:
            database.close()
            for suffix in ("-wal", "-shm"):
                Path(f"{database.path}{suffix}").unlink(missing_ok=True)
            shutil.copy(target, database.path)
            return opened(database_url)

        return put_back

    def of_postgresql(database: Database) -> Callable[[], Database]:
        name = database.path
        admin = database_url.replace("postgresql+psycopg", "postgresql").replace(f"/{name}?", "/postgres?")
        database.close()
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}c" TEMPLATE "{name}"')
        return lambda: opened(database_url.replace(f"/{name}?", f"/{name}c?"))

    def copy(database: Database) -> Callable[[], Database]:
        return of_sqlite(database) if database.is_sqlite else of_postgresql(database)

    yield copy
    for database in made:
        database.close()


def test_row_63_after_an_old_copy_was_put_back_nothing_that_left_since_leaves_again(
    newsroom: Newsroom,
    config_path: Path,
    copy_of: Callable[[Database], Callable[[], Database]],
) -> None:
    newsroom.reader()
    newsroom.reader("102", rhythms=frozenset({Rhythm.DAILY}))
    newsroom.lists("gazette", news(0))
    newsroom.understands()
    newsroom.now = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
    put_back = copy_of(newsroom.database)

    def work() -> list[DeliveryKind]:
        """What the service does at once and at half past seven; what leaves."""
        stored = StoredOutbox(newsroom.database, newsroom.channels)
        newsroom.now = datetime(2026, 11, 26, 6, 31, tzinfo=UTC)
        with newsroom.database.read() as tx:
            silent = not all(state.seeded for state in sources.states(tx))
        newsroom.lists("gazette", *[news(number) for number in range(6)], silent=silent and restored)
        newsroom.understands()
        striker(newsroom).round()
        left = []
        while rows := stored.claim(newsroom.now, 50):
            for row in rows:
                stored.settle(row.id, Sent(f"m{row.id}"), newsroom.now)
                left.append(row.kind)
        return left

    restored = False
    assert sorted(work()) == sorted([ALERT] * 6 + [DeliveryKind.DIGEST])
    newsroom.database, restored = put_back(), True
    newsroom.understander = newsroom.started()
    if newsroom.database.is_sqlite:
        assert Witness(newsroom.database).is_ahead()
        catch_up(load_config(config_path), newsroom.database, newsroom.now)
        assert not Witness(newsroom.database).is_ahead()
    else:  # a person says it: comtoise db restored
        aside = restoring.resume(newsroom.database, Schedule(), newsroom.now)
        assert (aside.deliveries, aside.digests, aside.sources) == (1, 1, 2)
    assert work() == []
    with newsroom.database.read() as tx:
        assert [line.reason for line in outbox.lines(tx)] == ["restored"], "kept, for a person to look at"
        assert len(articles.latest(tx, limit=20)) == 6, "and what was lost with the old state is known again"


def test_row_63_a_database_as_it_was_left_is_not_taken_for_an_old_one(newsroom: Newsroom) -> None:
    newsroom.reader()
    newsroom.lists("gazette", news(0))
    newsroom.understands()
    stored = StoredOutbox(newsroom.database, newsroom.channels)
    (row,) = stored.claim(newsroom.now, 5)
    assert not Witness(newsroom.database).is_ahead()
    stored.settle(row.id, Sent("1"), newsroom.now)
    assert not Witness(newsroom.database).is_ahead()
    if newsroom.database.is_sqlite:
        Path(f"{newsroom.database.path}.witness").write_text("2026-11", encoding="ascii")
        assert not Witness(newsroom.database).is_ahead(), "a witness cut short says nothing"
