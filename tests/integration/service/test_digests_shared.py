"""A morning's digests: composed once for all to whom it says the same, and each reader's own where it differs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from comtoise.digests import Schedule
from comtoise.model import Channel, Entry, Match, Reader, Rhythm, Subscription, TopicKind, Understanding
from comtoise.service.striking import DigestDesk, Striker
from comtoise.store import Database, articles, feedback, outbox, readers, sources, stories, words
from comtoise.store.tables import EditionRow, WordHitRow
from support import due
from support.stored import card

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 11, 25, 7, 31, tzinfo=PARIS)
EVENING = MORNING - timedelta(hours=12)


@pytest.fixture
def desk(database: Database) -> Database:
    with database.write() as tx:
        sources.sync_cards(tx, [card()], EVENING)
    return database


@pytest.fixture
def tell(desk: Database) -> Callable[..., int]:
    def tell(number: int, sector: str, *own: str) -> int:
        address = f"https://gazette.example/{number}"
        found = articles.Found(
            entry=Entry(url=address, guid=address, title=f"Titre {number}"),
            canonical=address,
            address=address,
            extract="",
            text="",
            wants_page=False,
        )
        with desk.write() as tx:
            (article,) = articles.keep(tx, "gazette", [found], now=EVENING, silent=False).new
            story = stories.start(tx, seen=EVENING, worth=1, saga=None)
            match = Match(kind=TopicKind.SECTOR, topic=sector, label=sector, score=0.9, evidence=())
            understanding = Understanding(matches=(match,), worth=1)
            articles.understood(
                tx, article, understanding, story_id=story, because=None, features="{}", at=EVENING
            )
            said = [Match(kind=TopicKind.WORD, topic=word, score=1.0, evidence=()) for word in own]
            words.stand(tx, article, said, again=False)
        return story

    return tell


def follow(desk: Database, address: str, **wanted: object) -> Reader:
    with desk.write() as tx:
        reader, _new = readers.register(tx, Channel.CONSOLE, address, now=EVENING - timedelta(days=9))
        readers.save(tx, Subscription(reader_id=reader.id, **wanted))  # type: ignore[arg-type]
    return reader


def strike(desk: Database) -> int:
    return Striker(
        desk, DigestDesk(schedule=Schedule(), labels={}, zone="Ain"), clock=lambda: MORNING
    ).round()


def editions(desk: Database) -> int:
    with desk.read() as tx:
        return tx.scalar(select(func.count()).select_from(EditionRow)) or 0


def told(desk: Database, reader: Reader) -> list[str]:
    with desk.read() as tx:
        found = due.last_digest(tx, reader.id)
    return [story.lead.title for story in found[1].stories] if found else []


def test_who_follows_the_same_shares_an_edition(desk: Database, tell: Callable[..., int]) -> None:
    tell(1, "bois")
    tell(2, "plasturgie")
    same = [
        follow(desk, str(number), sectors=frozenset({"bois"}), alerts_per_day=number) for number in range(3)
    ]
    other = follow(desk, "other")
    nobody = follow(desk, "nothing for him", sectors=frozenset({"espace"}))
    assert strike(desk) == 4
    assert editions(desk) == 2
    assert [told(desk, reader) for reader in same] == [["Titre 1"]] * 3
    assert sorted(told(desk, other)) == ["Titre 1", "Titre 2"]
    assert told(desk, nobody) == []
    assert strike(desk) == 0
    with desk.read() as tx:
        assert len(outbox.lines(tx)) == 4


def test_an_edition_goes_with_its_last_reader(desk: Database, tell: Callable[..., int]) -> None:
    tell(1, "bois")
    first, second = follow(desk, "a"), follow(desk, "b")
    strike(desk)
    left = []
    for reader in (first, second):
        with desk.write() as tx:
            readers.forget(tx, reader.id, key=b"k", now=MORNING)
        left.append(editions(desk))
    assert left == [1, 0]


def test_what_was_sent_as_an_alert_is_not_told_again_to_whom_it_was(
    desk: Database, tell: Callable[..., int]
) -> None:
    story = tell(1, "bois")
    tell(2, "bois")
    alerted, other = follow(desk, "alerted"), follow(desk, "other")
    with desk.write() as tx:
        due.alert(tx, reader_id=alerted.id, story_id=story, now=EVENING)
    assert strike(desk) == 2
    assert told(desk, alerted) == ["Titre 2"]
    assert sorted(told(desk, other)) == ["Titre 1", "Titre 2"]


def test_a_readers_word_tells_him_and_nobody_else(desk: Database, tell: Callable[..., int]) -> None:
    mine = follow(desk, "mine", words=frozenset({"scierie"}))
    tired = follow(desk, "tired", exclusions=frozenset({"scierie"}))
    everything = follow(desk, "everything")
    tell(1, "bois", "scierie")
    tell(2, "plasturgie")
    strike(desk)
    assert told(desk, mine) == ["Titre 1"]
    assert told(desk, tired) == ["Titre 2"]
    with desk.read() as tx:
        found = due.last_digest(tx, everything.id)
        own = due.last_digest(tx, mine.id)
    assert found is not None
    assert own is not None
    assert "scierie" not in repr(found[1]), "what one looks for is not shown to another"
    assert "scierie" in repr(own[1])


def test_a_word_that_nobody_has_any_more_is_forgotten_with_its_places(
    desk: Database, tell: Callable[..., int]
) -> None:
    reader = follow(desk, "a", words=frozenset({"scierie"}))
    other = follow(desk, "b", exclusions=frozenset({"scierie"}))
    tell(1, "bois", "scierie")
    left = []
    for each in (reader, other):
        with desk.write() as tx:
            readers.save(tx, Subscription(reader_id=each.id))
            left.append((words.in_use(tx), tx.scalar(select(func.count()).select_from(WordHitRow))))
    assert left == [(["scierie"], 1), ([], 0)]


def test_verdicts_of_a_reader_weigh_in_his_own_order(desk: Database, tell: Callable[..., int]) -> None:
    tell(1, "bois")
    tell(2, "plasturgie")
    earlier = tell(3, "bois"), tell(4, "plasturgie")
    likes_wood, likes_plastics = follow(desk, "wood"), follow(desk, "plastics")
    with desk.write() as tx:
        for reader, verdicts in (
            (likes_wood, (feedback.Verdict.USEFUL, feedback.Verdict.OFF_TOPIC)),
            (likes_plastics, (feedback.Verdict.OFF_TOPIC, feedback.Verdict.USEFUL)),
        ):
            for story, verdict in zip(earlier, verdicts, strict=True):
                feedback.give(tx, reader_id=reader.id, story_id=story, verdict=verdict, now=EVENING)
        tastes = feedback.tastes(tx, [likes_wood.id, likes_plastics.id], since=EVENING - timedelta(days=1))
    third = pytest.approx(1 / 3)
    assert tastes[likes_wood.id] == {"bois": third, "plasturgie": pytest.approx(-1 / 3)}
    strike(desk)
    assert told(desk, likes_wood)[0] in ("Titre 1", "Titre 3")
    assert told(desk, likes_plastics)[0] in ("Titre 2", "Titre 4")


def test_an_empty_day_is_told_to_who_asked(desk: Database) -> None:
    quiet, asked = follow(desk, "quiet"), follow(desk, "asked", empty_days=True)
    assert strike(desk) == 1
    with desk.read() as tx:
        assert due.last_digest(tx, quiet.id) is None
        found = due.last_digest(tx, asked.id)
    assert found is not None
    assert (found[1].stories, found[1].title) == ((), "Rien à signaler")


def test_each_zone_has_its_morning(desk: Database, tell: Callable[..., int]) -> None:
    from comtoise.store.tables import ReaderRow

    tell(1, "bois")
    here, far = follow(desk, "here"), follow(desk, "far", rhythms=frozenset({Rhythm.DAILY, Rhythm.WEEKLY}))
    with desk.write() as tx:
        tx.get_one(ReaderRow, far.id).timezone = "America/Martinique"
    assert strike(desk) == 1
    assert (told(desk, here), told(desk, far)) == (["Titre 1"], [])
