"""A desk that is killed again and again while it reads, composes and sends; a program of its own.

    python -m support.killed DATABASE_URL BOT_API_URL TOKEN KILLS SEED

All that is slow to load is loaded once; each life of the desk is a fork of it, hence a process with its own
connections, which ends by SIGKILL: half of them at a point counted beforehand (before or after a commit, before
or after a message leaves), half after a time drawn beforehand. The last one runs until nothing is left to do.
One line of JSON tells how it went.
"""

import asyncio
import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine, event
from telegram import Bot
from telegram.request import HTTPXRequest

from comtoise.delivery.channel import Leaves, unnoted
from comtoise.delivery.sender import Sender
from comtoise.digests import Schedule
from comtoise.model import Channel, Delivery, DeliveryState, Outcome
from comtoise.service.striking import DigestDesk, Striker
from comtoise.service.understanding import Understander, drain
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, outbox
from comtoise.store.instance import OnlyInstance
from comtoise.topics import Rules
from comtoise_bot.channel import TelegramChannel
from support.hurried import HurriedLoop
from support.newsroom import newsroom_rules

HURRY = 8.0  #: times as fast as the clock on the wall
START = datetime(2026, 11, 25, 6, 31, tzinfo=UTC)  #: a minute after the morning digest's hour
POINTS_MAX = 80  #: between two kills
OPEN = {DeliveryState.WAITING, DeliveryState.UNKNOWN, DeliveryState.SENDING}


class Fate:
    """Counts the points that a life passes, and ends it at the one drawn for it."""

    def __init__(self, ends_at: int | None) -> None:
        self.left = ends_at

    def passes(self, *_event: object) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Fated:
    """The Telegram channel, with a point before each message leaves and one after its answer came."""

    channel = Channel.TELEGRAM

    def __init__(self, inner: TelegramChannel, fate: Fate) -> None:
        self._inner, self._fate = inner, fate

    async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
        self._fate.passes()
        outcome = await self._inner.send(delivery, leaves)
        self._fate.passes()
        return outcome


def main() -> None:
    database_url, api_url, token, kills, seed = sys.argv[1:]
    structlog.configure(processors=[structlog.processors.JSONRenderer()], wrapper_class=_Silent)
    rules, chance, born = newsroom_rules(), random.Random(int(seed)), time.monotonic()

    def clock() -> datetime:
        return START + timedelta(seconds=(time.monotonic() - born) * HURRY)

    killed, finished = 0, False
    while not finished:
        ends_at, after_s = None, None
        if killed < int(kills):
            if killed % 2:
                after_s = chance.uniform(0.0, 0.15)
            else:
                ends_at = chance.randint(1, POINTS_MAX)
        child = os.fork()
        if child == 0:
            live(database_url, api_url, token, rules, Fate(ends_at), clock)
            os._exit(0)
        status = wait_or_kill(child, after_s)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            killed += 1
        elif os.waitstatus_to_exitcode(status) == 0:
            finished = True
        else:
            raise SystemExit(f"a life ended by itself: {status}")
    sys.stdout.write(json.dumps({"killed": killed, "took_s": round(time.monotonic() - born, 1)}))


def wait_or_kill(child: int, after_s: float | None) -> int:
    """The status of the process, which is killed after a time if it lives that long."""
    descriptor = os.pidfd_open(child)
    try:
        if after_s is not None and not select.select([descriptor], [], [], after_s)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(descriptor)
    return os.waitpid(child, 0)[1]


def live(
    database_url: str, api_url: str, token: str, rules: Rules, fate: Fate, clock: Callable[[], datetime]
) -> None:
    """One life: as `comtoise.service.run` does, take the lead, clear up, read, compose, send."""
    event.listen(Engine, "commit", fate.passes)  # before a commit
    event.listen(Engine, "begin", fate.passes)  # after the one before
    database = Database.open(database_url)
    with OnlyInstance(database):
        with database.write() as tx:
            outbox.recover(tx, clock())
        drain(Understander(database, rules, {}, alert_max_age=timedelta(hours=72), clock=clock))
        desk = DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ain")
        Striker(database, desk, clock=clock).round()
        with asyncio.Runner(loop_factory=lambda: HurriedLoop(HURRY)) as runner:
            runner.run(send(database, api_url, token, fate, clock))
    database.close()


async def send(
    database: Database, api_url: str, token: str, fate: Fate, clock: Callable[[], datetime]
) -> None:
    request = HTTPXRequest(connection_pool_size=40, read_timeout=60, connect_timeout=60, pool_timeout=60)
    async with Bot(token, base_url=f"{api_url}/bot", request=request) as bot:
        channel = Fated(TelegramChannel(bot, now=clock), fate)
        sender = Sender(StoredOutbox(database, [Channel.TELEGRAM]), [channel], clock=clock)
        stop = asyncio.Event()
        sending = asyncio.create_task(sender.run(stop))
        while not sending.done() and await asyncio.to_thread(left_open, database):
            await asyncio.wait([sending], timeout=1)
        stop.set()
        await sending


def left_open(database: Database) -> bool:
    """Whether anything is still to be sent, now or later."""
    with database.read() as tx:
        return bool(outbox.counts(tx).keys() & OPEN)


class _Silent(structlog.BoundLoggerBase):
    """A logger for nobody."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_args, **_kw: None


if __name__ == "__main__":
    main()
