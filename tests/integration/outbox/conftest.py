"""A desk whose outbox is emptied into a real Bot API server on loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from comtoise.delivery.sender import Sender
from comtoise.demo.botapi import BotApiServer
from comtoise.demo.sample import sample_digest
from comtoise.model import Channel, Reader
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, notices, outbox, readers
from comtoise.store.outbox import OutboxLine
from comtoise_bot.channel import TelegramChannel
from support import due

START = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ANNE, BRUNO = 101, 102


@dataclass
class Post:
    """Puts digests in the outbox and sends what is due at `now`, which the test moves."""

    database: Database
    server: BotApiServer
    bot: Bot
    now: datetime = START
    _made: int = field(default=0)

    def reader(self, chat: int | str = ANNE) -> Reader:
        """Somebody to write to; the chat is opened on the server."""
        self.server.open_chat(int(str(chat).partition(":")[0]))
        with self.database.write() as tx:
            return readers.register(tx, Channel.TELEGRAM, str(chat), now=self.now)[0]

    def asks(self, reader: Reader) -> int:
        """One more digest for a reader; return its row."""
        self._made += 1
        key = f"2026-{self._made:05}"
        with self.database.write() as tx:
            digest = sample_digest("2026-11-25")
            due.digest(tx, digest, reader_id=reader.id, now=self.now, key=key)
            return outbox.lines(tx, limit=1)[0].id

    async def sends(self, *, after: timedelta = timedelta(0)) -> None:
        """A sender that just started, as after a restart, sends what is due a while later."""
        self.now += after
        stored = StoredOutbox(self.database, [Channel.TELEGRAM])
        channel = TelegramChannel(self.bot, now=lambda: self.now)
        await Sender(stored, [channel], clock=self.clock).drain()

    def clock(self) -> datetime:
        """A second passes at each look, so that no test waits for the pace."""
        self.now += timedelta(seconds=1)
        return self.now

    def row(self, delivery_id: int) -> OutboxLine:
        with self.database.read() as tx:
            return next(line for line in outbox.lines(tx, limit=1000) if line.id == delivery_id)

    def who(self, reader: Reader) -> Reader:
        with self.database.read() as tx:
            found = readers.get(tx, reader.id)
        assert found is not None
        return found.reader

    def told(self) -> list[str]:
        """What the desk's administrators are to be told."""
        with self.database.read() as tx:
            return [notice.text for notice in notices.waiting(tx)]


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as opened:
        yield opened


@pytest.fixture
async def post(server: BotApiServer, database: Database) -> AsyncIterator[Post]:
    """On both databases."""
    request = HTTPXRequest(connection_pool_size=8, read_timeout=1.5)  # two tests wait for it
    async with Bot(server.token, base_url=f"{server.url}/bot", request=request) as bot:
        yield Post(database, server, bot)
