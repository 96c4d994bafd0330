"""The Monday mail to many readers, over a mail server of moods and a process killed again and again."""

import asyncio
import contextlib
import random
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from comtoise.demo.mailbox import Loopback
from comtoise.model import Channel, DeliveryState, Entry, Rhythm, Subscription
from comtoise.store import Database, outbox, readers
from support.lives import Killer, Lives
from support.newsroom import Newsroom, newsroom_rules

MONDAY = datetime(2026, 11, 30, 6, 31, tzinfo=UTC)  #: a minute after the weekly hour, in Paris
READERS = 30
KILLS = 20
LIVES_MAX = KILLS + 60
DONE = (DeliveryState.SENT, DeliveryState.FAILED)


@dataclass
class Moods(Killer):
    """A server that treats each mailbox in its own way, the first time; the second time it is kind to all."""

    met: Counter[str] = field(default_factory=Counter)  #: greeted, by mailbox
    received: list[tuple[str, str, str]] = field(
        default_factory=list
    )  #: mailbox, Message-ID, envelope sender
    doubts: Counter[str] = field(
        default_factory=Counter
    )  #: by mailbox: mails that may or may not have been taken

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.happens()
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.happens()
        self.met[address] += 1
        if mood(address) == "unknown":
            return "550 5.1.1 No such user"
        if mood(address) == "greylisted" and self.met[address] == 1:
            return "451 4.7.1 Greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        if mood(address) == "busy" and self.met[address] == 1:
            return "452 4.3.1 Busy, come back later"
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert message["To"] == address
        self.received.append((address, message["Message-ID"], str(envelope.mail_from)))
        self.happens()
        if mood(address) == "silent" and self.met[address] == 1:
            self.doubts[address] += 1
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
        if mood(address) == "hangs-up" and self.met[address] == 1:
            self.doubts[address] += 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


_MOODS = ("kind", "greylisted", "silent", "hangs-up", "busy", "kind")


def address_of(reader_id: int) -> str:
    """The mailbox of a reader."""
    return f"lecteur{reader_id}@mairie.example"


def mood(address: str) -> str:
    """How the server treats a mailbox."""
    number = int(address.partition("@")[0].removeprefix("lecteur"))
    return "unknown" if number == READERS else _MOODS[number % len(_MOODS)]


@pytest.fixture
def moods() -> Iterator[tuple[Moods, str]]:
    plan = Moods()
    with Loopback(plan) as server:
        yield plan, server.url


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A week of news, and the readers of the letter."""
    opened = Database.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    opened.upgrade()
    desk = Newsroom(opened, newsroom_rules(), MONDAY - timedelta(days=3))
    desk.source("gazette")
    for number, town in enumerate(("Oyonnax", "Besançon", "Dole", "Vesoul", "Belfort")):
        firm = f"Moulabelle{number}"
        desk.lists(
            "gazette",
            Entry(
                url=f"https://gazette.example/{number}",
                guid=str(number),
                title=f"Plasturgie : {firm} investit {number + 2} M€ à {town}",
                summary=f"Le plasturgiste {firm} achète des presses à injecter à {town}.",
                published=desk.now,
            ),
        )
    desk.understands()
    with opened.write() as tx:
        for number in range(1, READERS + 1):
            reader, _new = readers.register(
                tx, Channel.MAIL, address_of(number), now=MONDAY - timedelta(days=30)
            )
            assert reader.id == number
            readers.save(tx, Subscription(reader_id=reader.id, rhythms=frozenset({Rhythm.WEEKLY})))
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", [2026, 48])
def test_every_reader_gets_exactly_one_mail_a_week_whatever_dies(
    database: Database, moods: tuple[Moods, str], seed: int
) -> None:
    server, url = moods
    chance = random.Random(seed)
    mornings = Lives(Path(database.path), url)
    killed, lives, now = 0, 0, MONDAY
    rows: list[outbox.OutboxLine] = []
    try:
        while lives < LIVES_MAX and not (rows and all(row.state in DONE for row in rows)):
            points: dict[str, int] = {}
            if killed < KILLS:
                by_server = chance.random() < 0.5
                points = (
                    {"kill_at": chance.randint(1, 16)} if by_server else {"statements": chance.randint(1, 60)}
                )
            ended = mornings.one(server, now, **points)
            assert ended in (0, -signal.SIGKILL)
            killed += ended != 0
            lives += 1
            now += timedelta(minutes=16)
            with database.read() as tx:
                rows = outbox.lines(tx, limit=1000)
            server.doubts.update(
                address_of(row.reader_id) for row in rows if row.state is DeliveryState.SENDING
            )
    finally:
        mornings.end()

    assert killed == KILLS
    assert Counter(row.reader_id for row in rows) == dict.fromkeys(range(1, READERS + 1), 1)
    by_mailbox: dict[str, list[str]] = {}
    for address, message_id, _sender in server.received:
        by_mailbox.setdefault(address, []).append(message_id)
    wanted = {address_of(number) for number in range(1, READERS)}
    assert by_mailbox.keys() == wanted
    for address, ids in by_mailbox.items():
        assert len(set(ids)) == 1, "a repeat is the same message"
        assert len(ids) <= 1 + server.doubts[address], "nothing is repeated but after a doubt"
    assert len({ids[0] for ids in by_mailbox.values()}) == len(wanted)
    assert len({sender for _address, _id, sender in server.received}) == len(wanted), "VERP: each has his own"
    with database.read() as tx:
        gone = readers.find(tx, Channel.MAIL, address_of(READERS))
    assert gone is not None
    assert gone.disabled_reason == "SMTP 550 5.1.1"
