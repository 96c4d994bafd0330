"""After /oubliez_moi no table holds a trace of the person but the keyed hash, on both databases."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import inspect, text

from comtoise.model import Channel, DeliveryState, MaybeSent, Rhythm, Sent, Subscription
from comtoise.store import Database, keys, outbox, readers
from comtoise.store.readers import ERASED
from comtoise.topics import Rules
from support import due
from support.newsroom import DAY, HOUR, Newsroom, entry, newsroom_rules

CHAT = "4204204242"
MAILBOX = "lectrice.d-essai@courriel-des-lecteurs.example"


@pytest.fixture(scope="module")
def words() -> Rules:
    return newsroom_rules()


def everything(database: Database) -> Iterator[tuple[str, str, str]]:
    """Table, column and text of every value of every row of every table."""
    with database.connect() as connection:
        tables = inspect(connection).get_table_names()
        for table in tables:
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                yield from ((table, column, str(value)) for column, value in row.items())
        connection.rollback()


def traces(database: Database, *signs: str) -> set[tuple[str, str]]:
    """The tables and columns in which one of the signs stands."""
    lowered = [sign.lower() for sign in signs]
    return {
        (table, column)
        for table, column, value in everything(database)
        if any(sign in value.lower() for sign in lowered)
    }


def rows_of(database: Database, reader_id: int) -> dict[str, int]:
    """How many rows each table has that name the reader by his number."""
    found: dict[str, int] = {}
    with database.connect() as connection:
        looked = inspect(connection)
        for table in looked.get_table_names():
            if "reader_id" in {column["name"] for column in looked.get_columns(table)}:
                count = connection.execute(
                    text(f'SELECT count(*) FROM "{table}" WHERE reader_id = :id'), {"id": reader_id}
                ).scalar_one()
                if count:
                    found[table] = count
        connection.rollback()
    return found


@pytest.mark.parametrize(
    ("channel", "address"), [(Channel.TELEGRAM, CHAT), (Channel.MAIL, MAILBOX)], ids=["chat", "mailbox"]
)
def test_who_is_forgotten_leaves_a_keyed_hash_and_nothing_else(
    database: Database, words: Rules, now: datetime, channel: Channel, address: str
) -> None:
    newsroom = Newsroom(database, words, now)
    newsroom.source("gazette")
    reader_id = reader(newsroom, channel, address)
    somebody = newsroom.reader("777")
    for number, firm in enumerate(("Moulabelle", "Duroflex", "Vernisol")):
        newsroom.lists(
            "gazette",
            entry(
                f"https://gazette.example/{firm}",
                f"Plasturgie : {firm} installe {number + 12} presses à injecter dans l’Ain",
                f"Le plasturgiste {firm}, dans l’Ain, installe {number + 12} presses à injecter.",
            ),
        )
    newsroom.understands()
    deliver(newsroom, address)
    assert traces(database, address) == {("reader", "address"), ("delivery", "reason")}
    assert rows_of(database, reader_id)["delivery"] == 3

    with database.write() as tx:
        key = keys.desk_key(tx)
        readers.forget(tx, reader_id, key=key, now=now)
    assert traces(database, address, address.partition("@")[0]) == set()
    assert rows_of(database, reader_id) == {}
    (kept,) = [
        value for table, column, value in everything(database) if (table, column) == ("forgotten", "hash")
    ]
    assert len(kept) == 64
    with database.read() as tx:
        assert readers.forgotten(tx, channel, address, key=key) == ERASED
        assert readers.forgotten(tx, channel, address, key=b"another key") is None
        assert readers.get(tx, somebody) is not None
    assert rows_of(database, somebody)["delivery"] == 3, "nobody else loses anything"


def reader(newsroom: Newsroom, channel: Channel, address: str) -> int:
    """Somebody who has chosen much, so that there is much to forget."""
    with newsroom.database.write() as tx:
        made, _ = readers.register(tx, channel, address, now=newsroom.now - 9 * DAY)
        readers.save(
            tx,
            Subscription(
                reader_id=made.id,
                sectors=frozenset({"plasturgie"}),
                departements=frozenset({"01"}),
                rhythms=frozenset(Rhythm),
                quiet_from=None,
                quiet_to=None,
            ),
        )
    return made.id


def deliver(newsroom: Newsroom, address: str) -> None:
    """One alert arrives, one is in doubt and quotes the address in its reason, one still waits."""
    with newsroom.database.write() as tx:
        for claimed in outbox.claim(tx, newsroom.now, limit=10):
            if claimed.reader.address == address:
                outbox.settle(tx, claimed.id, Sent("m1"), now=newsroom.now)
    with newsroom.database.write() as tx:
        for claimed in due.leaving(tx, newsroom.now + HOUR):
            if claimed.reader.address == address:
                outbox.settle(tx, claimed.id, MaybeSent(f"no answer from {address}"), now=newsroom.now)
    with newsroom.database.read() as tx:
        assert {DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.WAITING} <= set(outbox.counts(tx))


def test_what_is_in_flight_when_its_reader_is_forgotten_is_settled_without_a_trace(
    database: Database, words: Rules, now: datetime
) -> None:
    newsroom = Newsroom(database, words, now)
    newsroom.source("gazette")
    reader_id = newsroom.reader(CHAT)
    newsroom.lists(
        "gazette", entry("https://gazette.example/1", "Plasturgie : Moulabelle s’agrandit dans l’Ain")
    )
    newsroom.understands()
    with database.write() as tx:
        (claimed,) = outbox.claim(tx, now, limit=1)
    with database.write() as tx:
        readers.forget(tx, reader_id, key=keys.desk_key(tx), now=now)
    with database.write() as tx:
        outbox.settle(tx, claimed.id, Sent("m1"), now=now)
    assert traces(database, CHAT) == set()
    assert rows_of(database, reader_id) == {}
