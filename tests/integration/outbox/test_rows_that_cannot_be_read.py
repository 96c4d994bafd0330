"""A row that cannot be read back fails alone, and the desk is told; what came too late is told by a digest."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from comtoise.digests import Schedule
from comtoise.model import Channel, DeliveryKind, DeliveryState, Rhythm
from comtoise.service.striking import DigestDesk, Striker
from comtoise.store import Database, digests, notices, outbox, readers
from comtoise.topics import Rules
from integration.outbox.conftest import BRUNO, Post
from support.newsroom import DAY, HOUR, Newsroom, entry, newsroom_rules

BROKEN = ['{"slot"', "null and void", "[]", '{"of": "another release"}']


@pytest.mark.parametrize("content", BROKEN, ids=["cut", "no-json", "another-shape", "another-release"])
async def test_a_broken_row_fails_alone_and_is_told_once(post: Post, content: str) -> None:
    anne, bruno = post.reader(), post.reader(BRUNO)
    broken, whole, behind = post.asks(anne), post.asks(bruno), None
    break_content(post.database, broken, content)
    await post.sends()
    behind = post.asks(anne)
    await post.sends()
    assert post.row(broken).state is DeliveryState.FAILED
    assert (post.row(broken).reason or "").startswith("unreadable")
    assert (post.row(whole).state, post.row(behind).state) == (DeliveryState.SENT, DeliveryState.SENT)
    (told,) = post.told()
    assert f"ligne {broken}" in told
    another = post.asks(anne)
    break_content(post.database, another, content)
    await post.sends()
    assert len(post.told()) == 1, "a day of broken rows is one message"


def break_content(database: Database, delivery_id: int, content: str) -> None:
    """As a change of the model, or a disk, would leave it: what a digest says, wherever it is kept."""
    with database.write() as tx:
        for table, column, where in CONTENT:
            if column in columns(database, table):
                tx.execute(
                    text(f"UPDATE {table} SET {column} = :content WHERE {where}"),
                    {"content": content, "delivery": delivery_id},
                )


CONTENT = (
    ("digest", "content", "id = (SELECT digest_id FROM delivery WHERE id = :delivery)"),
    (
        "edition",
        "content",
        "id = (SELECT edition_id FROM digest JOIN delivery ON digest.id = digest_id WHERE delivery.id = :delivery)",
    ),
)


def columns(database: Database, table: str) -> set[str]:
    from sqlalchemy import inspect

    with database.connect() as connection:
        looked = inspect(connection)
        return {each["name"] for each in looked.get_columns(table)} if looked.has_table(table) else set()


# --- alerts that waited too long ---

MORNING = datetime(2026, 11, 25, 6, 31, tzinfo=UTC)  #: half past seven in Paris, and a minute


@pytest.fixture(scope="module")
def words() -> Rules:
    return newsroom_rules()


@pytest.fixture
def newsroom(database: Database, words: Rules) -> Newsroom:
    made = Newsroom(database, words, MORNING - 4 * DAY)
    made.source("gazette")
    return made


def strike(newsroom: Newsroom) -> int:
    desk = DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ain")
    return Striker(newsroom.database, desk, clock=lambda: newsroom.now).round()


def lists(newsroom: Newsroom, firm: str) -> None:
    newsroom.lists(
        "gazette",
        entry(
            f"https://gazette.example/{firm}",
            f"Plasturgie : {firm} installe douze presses à injecter dans l’Ain",
            f"Le plasturgiste {firm}, dans l’Ain, installe douze presses à injecter.",
        ),
    )
    newsroom.understands()


def digests_told(newsroom: Newsroom) -> list[list[str]]:
    """The titles of each digest in the outbox, oldest first."""
    with newsroom.database.read() as tx:
        lines = [line for line in outbox.lines(tx, limit=1000) if line.kind is DeliveryKind.DIGEST]
        found = [
            digests.load(tx, line.digest_id, reader_id=line.reader_id)
            for line in reversed(lines)
            if line.digest_id is not None
        ]
    return [
        [s.lead.title for s in (*digest.highlights, *(s for x in digest.sections for s in x.stories))]
        for digest in found
        if digest is not None
    ]


@pytest.mark.parametrize(
    "rhythms", [{Rhythm.INSTANT}, {Rhythm.INSTANT, Rhythm.DAILY}], ids=["alone", "daily"]
)
def test_an_alert_that_waited_too_long_is_told_by_the_next_digest_once(
    newsroom: Newsroom, rhythms: set[Rhythm]
) -> None:
    newsroom.reader(rhythms=frozenset(rhythms))
    lists(newsroom, "Moulabelle")
    newsroom.now += 3 * DAY
    strike(newsroom)  # while it still waits, no digest tells it
    assert digests_told(newsroom) == []
    newsroom.now += HOUR
    with newsroom.database.write() as tx:
        assert outbox.merge_expired(tx, before=newsroom.now - timedelta(hours=72)) == 1
    newsroom.now = MORNING
    lists(newsroom, "Duroflex") if Rhythm.DAILY in rhythms else None
    assert strike(newsroom) == 1
    (titles,) = digests_told(newsroom)
    assert any("Moulabelle" in title for title in titles)
    newsroom.now += DAY
    strike(newsroom)
    told = [title for titles in digests_told(newsroom) for title in titles]
    assert sum("Moulabelle" in title for title in told) == 1


def test_who_stopped_receiving_is_owed_nothing(newsroom: Newsroom) -> None:
    reader_id = newsroom.reader()
    lists(newsroom, "Moulabelle")
    with newsroom.database.write() as tx:
        outbox.merge_expired(tx, before=newsroom.now + HOUR)
        readers.pause(tx, reader_id, paused=True)
    newsroom.now = MORNING
    assert strike(newsroom) == 0


def test_what_was_set_aside_after_a_restore_is_not_owed(newsroom: Newsroom) -> None:
    newsroom.reader()
    lists(newsroom, "Moulabelle")
    with newsroom.database.write() as tx:
        outbox.set_aside(tx, now=newsroom.now)
    newsroom.now = MORNING
    assert strike(newsroom) == 0


def test_a_closed_channel_is_told_once_a_day(database: Database, now: datetime) -> None:
    with database.write() as tx:
        for at in (now, now + HOUR, now + DAY):
            outbox.tell_closed(tx, Channel.TELEGRAM, "InvalidToken", now=at)
        assert len(notices.waiting(tx)) == 2
