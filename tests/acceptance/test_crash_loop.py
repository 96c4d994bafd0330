"""A service that dies at the same message again and again: how often that message arrives, and how it says so."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from comtoise.demo.botapi import BotApiServer
from comtoise.demo.botapi.calls import Call
from comtoise.demo.botapi.faults import Fault, drops_the_connection
from comtoise.demo.mailbox import Loopback
from comtoise.model import Channel, DeliveryState, Rhythm, Subscription
from comtoise.store import Database, notices, outbox, readers
from support.lives import Killer, Lives
from support.newsroom import Newsroom, entry, newsroom_rules

MONDAY = datetime(2026, 11, 30, 6, 31, tzinfo=UTC)  #: a minute after the weekly hour, in Paris
CHAT = 4207
TIMES = 10
LATER = timedelta(hours=2)  #: between two lives: longer than any wait of the outbox


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    opened.upgrade()
    desk = Newsroom(opened, newsroom_rules(), MONDAY - timedelta(days=3))
    desk.source("gazette")
    title = "Plasturgie : Moulabelle investit 3 M€ à Oyonnax"
    desk.lists(
        "gazette", entry("https://gazette.example/1", title, "Le plasturgiste achète des presses à injecter.")
    )
    desk.understands()
    yield opened
    opened.close()


def one_reader(database: Database, channel: Channel, address: str) -> None:
    """Somebody who reads on Mondays."""
    with database.write() as tx:
        reader, _new = readers.register(tx, channel, address, now=MONDAY - timedelta(days=30))
        readers.save(tx, Subscription(reader_id=reader.id, rhythms=frozenset({Rhythm.WEEKLY})))


def the_line(database: Database) -> outbox.OutboxLine:
    with database.read() as tx:
        (line,) = outbox.lines(tx)
    return line


class Mailbox(Killer):
    """A mail server where each step is an event: 1 the sender, 2 the recipient, 3 the message is taken."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []  #: the Message-ID of each copy

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.happens()
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        self.happens()
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.taken.append(str(message_from_bytes(envelope.content, policy=policy.default)["Message-ID"]))
        self.happens()
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    box = Mailbox()
    with Loopback(box) as server:
        yield box, server.url


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        server.open_chat(CHAT)
        yield server


def dies(lives: Lives, killer: Killer, *, at: int, times: int) -> datetime:
    """Die *times* times at the same event; lives in which it does not come are lived. Return the time it is then."""
    now = MONDAY
    while times:
        times -= lives.one(killer, now, kill_at=at) != 0
        now += LATER
        assert now < MONDAY + timedelta(days=6)
    return now


def lives_on(lives: Lives, killer: Killer, now: datetime) -> datetime:
    """Begin ten more times, with the same fate."""
    for _ in range(TIMES):
        assert lives.one(killer, now, kill_at=1) == 0, "nothing is tried any more"
        now += LATER
    return now


async def test_a_message_at_which_the_service_dies_shows_a_few_times_in_a_chat_and_then_waits_for_a_person(
    database: Database, telegram: BotApiServer
) -> None:
    one_reader(database, Channel.TELEGRAM, str(CHAT))
    killer = Killer()

    def taken_and_killed(call: Call) -> Fault | None:
        if call.method != "sendMessage":
            return None
        killer.happens()
        return drops_the_connection(performed=True)

    telegram.plan = taken_and_killed
    lives = Lives(Path(database.path), telegram.url)
    try:
        now = await asyncio.to_thread(dies, lives, killer, at=1, times=outbox.INTERRUPTIONS_MAX)
        now = await asyncio.to_thread(lives_on, lives, killer, now)
        copies = telegram.chat(CHAT).from_bot
        assert ["Envoi répété" in copy.text for copy in copies] == [
            number > 0 for number in range(outbox.INTERRUPTIONS_MAX)
        ]
        line = the_line(database)
        assert (line.state, line.reason) == (DeliveryState.FAILED, outbox.INTERRUPTED_OFTEN)
        with database.write() as tx:
            (told,) = notices.waiting(tx)
            assert "comtoise outbox" in told.text
            outbox.retry(tx, line.id, now=now)
        telegram.plan = None
        assert await asyncio.to_thread(lives.one, killer, now) == 0
    finally:
        lives.end()
    assert "Envoi répété" in telegram.chat(CHAT).last.text
    assert the_line(database).state is DeliveryState.SENT


def test_a_mail_at_which_the_service_dies_is_taken_a_few_times_under_one_name(
    database: Database, mailbox: tuple[Mailbox, str]
) -> None:
    one_reader(database, Channel.MAIL, "lectrice@mairie.example")
    box, url = mailbox
    lives = Lives(Path(database.path), url)
    try:
        lives_on(lives, box, dies(lives, box, at=3, times=outbox.INTERRUPTIONS_MAX))
    finally:
        lives.end()
    assert len(box.taken) == outbox.INTERRUPTIONS_MAX
    assert len(set(box.taken)) == 1, "mail programs that look at it show one"
    assert the_line(database).reason == outbox.INTERRUPTED_OFTEN


@pytest.mark.parametrize("event", [1, 2], ids=["sender-named", "recipient-named"])
def test_a_kill_before_the_message_left_costs_nothing_but_time(
    database: Database, mailbox: tuple[Mailbox, str], event: int
) -> None:
    one_reader(database, Channel.MAIL, "lectrice@mairie.example")
    box, url = mailbox
    lives = Lives(Path(database.path), url)
    try:
        now = dies(lives, box, at=event, times=TIMES)
        assert box.taken == []
        assert the_line(database).state is DeliveryState.SENDING
        assert [lives.one(box, now), lives.one(box, now + LATER)] == [0, 0]
    finally:
        lives.end()
    assert len(box.taken) == 1
    line = the_line(database)
    assert (line.state, line.attempts) == (DeliveryState.SENT, 1)
