"""A thousand chats on a bad day, as the server saw it: nothing lost, nothing twice without saying so, no limit broken.

Everything is real: store, sender, python-telegram-bot, HTTP, server; but time, which passes five times as fast for
all of them alike (`support.hurried`): two and a half minutes of sending take half a minute. The seed is fixed.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram import Bot
from telegram.request import HTTPXRequest

from comtoise.delivery.sender import Sender
from comtoise.demo import botapi
from comtoise.demo.botapi import BotApiServer, Call, Fault
from comtoise.demo.sample import sample_digest
from comtoise.model import Channel, DeliveryState
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, outbox, readers
from comtoise_bot.channel import TelegramChannel
from support import due
from support.hurried import HurriedLoop
from support.newsroom import Newsroom, entry, newsroom_rules

HURRY = 5.0
SEED = 6
PEOPLE, GROUPS = 990, 10
GROUP_ALERTS = 24  #: more than a minute holds
ANSWER_S = 10.0  #: how long the bot waits for an answer
LONG_S = 43_838
START = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
REPEATED = "Envoi répété"
TITLE = "Plasturgie : Moulabelle {n} investit {n} M€ à Oyonnax"


class BadDay:
    """2 % of the calls are answered 429, 0.5 % accepted and never answered; 1 % of the people block the bot."""

    def __init__(self, blocked: frozenset[int], held: int) -> None:
        self._chance = random.Random(SEED)
        self.given: Counter[str] = Counter()
        self._blocked, self._held = blocked, held

    def __call__(self, call: Call) -> Fault | None:
        if call.method != "sendMessage":
            return None
        if call.chat == self._held:
            return self._gives("429", botapi.too_many_requests(LONG_S))
        if call.chat in self._blocked:
            return self._gives("403", botapi.blocked())
        drawn = self._chance.random()
        if drawn < 0.02:
            return self._gives("429", botapi.too_many_requests(self._chance.randint(1, 30)))
        if drawn < 0.025:
            return self._gives("hangs", botapi.accepts_then_hangs())
        return None

    def _gives(self, name: str, fault: Fault) -> Fault:
        self.given[name] += 1
        return fault


def filled(database: Database) -> tuple[frozenset[int], int]:
    """An alert for each person, two dozen for each group, a digest for every tenth; return who blocks, who is held."""
    made = Newsroom(database, newsroom_rules(), START)
    made.source("gazette")
    for n in range(1, GROUP_ALERTS + 1):
        firm = f"Moul{chr(96 + n)}belle"
        made.lists(
            "gazette",
            entry(
                f"https://gazette.example/{n}",
                f"Plasturgie : {firm} installe {n + 11} presses à injecter dans l’Ain",
                f"Le plasturgiste {firm}, dans l’Ain, installe {n + 11} presses pour {n + 3} clients.",
            ),
        )
    made.understands()
    stories = [int(story.id) for story in made.stories()]
    assert len(stories) == GROUP_ALERTS
    digest = sample_digest("2026-11-25")
    with database.write() as tx:
        for number in range(PEOPLE):
            reader, _ = readers.register(tx, Channel.TELEGRAM, str(10_000 + number), now=START)
            due.alert(tx, reader_id=reader.id, story_id=stories[0], now=START)
            if number % 10 == 0:
                due.digest(tx, digest, reader_id=reader.id, now=START)
        for number in range(GROUPS):
            reader, _ = readers.register(tx, Channel.TELEGRAM, str(-100_000 - number), now=START)
            for story_id in stories:
                due.alert(tx, reader_id=reader.id, story_id=story_id, now=START)
    drawn = random.Random(SEED).sample(range(10_000, 10_000 + PEOPLE), 11)
    return frozenset(drawn[:10]), drawn[10]


def busiest(times: Sequence[float], window_s: float) -> int:
    """The most calls in any window, whenever it begins."""
    ordered, first, most = sorted(times), 0, 0
    for last, at in enumerate(ordered):
        while ordered[first] <= at - window_s:
            first += 1
        most = max(most, last - first + 1)
    return most


def test_a_thousand_chats_on_a_bad_day(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
    database.upgrade()
    blocked, held = filled(database)
    with database.read() as tx:
        asked = {line.id: line for line in outbox.lines(tx, limit=10_000)}
    day = BadDay(blocked, held)

    async def serve() -> BotApiServer:
        loop = asyncio.get_running_loop()
        began = loop.time()

        def clock() -> datetime:
            return START + timedelta(seconds=loop.time() - began)

        def through() -> bool:
            with database.read() as tx:
                counts = outbox.counts(tx)
            open_ = sum(counts.get(s, 0) for s in (DeliveryState.SENDING, DeliveryState.UNKNOWN))
            return open_ == 0 and counts.get(DeliveryState.WAITING, 0) <= left_waiting

        # those of the held chat wait for twelve hours; of who blocks, the first fails and the others wait for him to return
        left_waiting = sum(1 for line in asked.values() if address[line.reader_id] in {*blocked, held}) - len(
            blocked
        )
        request = HTTPXRequest(connection_pool_size=40, read_timeout=ANSWER_S, connect_timeout=ANSWER_S,
                               pool_timeout=ANSWER_S)  # fmt: skip
        async with (
            BotApiServer() as server,
            Bot(server.token, base_url=f"{server.url}/bot", request=request) as bot,
        ):
            for chat in address.values():
                server.open_chat(chat)
            server.plan = day
            channel = TelegramChannel(bot, now=clock)
            stop = asyncio.Event()
            stored = StoredOutbox(database, [Channel.TELEGRAM])
            running = asyncio.create_task(Sender(stored, [channel], clock=clock).run(stop))
            async with asyncio.timeout(1500):
                while not await asyncio.to_thread(through):
                    await asyncio.sleep(5)
            stop.set()
            await running
        return server

    with database.read() as tx:
        address = {each.reader.id: int(each.reader.address) for each in readers.everyone(tx)}
    with asyncio.Runner(loop_factory=lambda: HurriedLoop(HURRY)) as runner:
        server = runner.run(serve())

    check_rows(database, address, blocked, held)
    check_chats(database, server, address, blocked, held)
    check_limits(server)
    assert day.given["403"] == len(blocked), "who blocks is tried once"
    assert day.given["hangs"] >= 3
    assert day.given["429"] >= 20
    calls = server.called("sendMessage")
    logging.getLogger(__name__).warning(
        "%s calls in %.0f s, %s, at most %s in a second, %s in a minute of a group",
        len(calls), calls[-1].at - calls[0].at, dict(day.given), busiest([c.at for c in calls], 1.0),
        max(busiest([c.at for c in calls if c.chat == chat], 60.0) for chat in address.values() if chat < 0),
    )  # fmt: skip
    database.close()


def check_rows(database: Database, address: dict[int, int], blocked: frozenset[int], held: int) -> None:
    """Every row is sent, but the first of who blocks (failed) and those of the chat that was told to wait."""
    with database.read() as tx:
        lines = outbox.lines(tx, limit=10_000)
    for line in lines:
        chat = address[line.reader_id]
        if chat in blocked:
            assert line.state in (DeliveryState.FAILED, DeliveryState.WAITING)
        elif chat == held:
            assert line.state is DeliveryState.WAITING
            assert line.attempts <= 1
            assert line.attempts == 0 or line.not_before > START + timedelta(seconds=LONG_S)
        else:
            assert line.state is DeliveryState.SENT, line
    failed = Counter(address[line.reader_id] for line in lines if line.state is DeliveryState.FAILED)
    assert failed == dict.fromkeys(blocked, 1)


def check_chats(
    database: Database, server: BotApiServer, address: dict[int, int], blocked: frozenset[int], held: int
) -> None:
    """Every chat shows all that was to be sent to it; a second copy says that it is one."""
    with database.read() as tx:
        wanted = Counter(address[line.reader_id] for line in outbox.lines(tx, limit=10_000))
    for chat, count in wanted.items():
        copies: Counter[str] = Counter()
        marked: Counter[str] = Counter()
        for shown in server.chat(chat).from_bot:
            about = shown.text.split("\n")[0]
            copies[about] += 1
            marked[about] += REPEATED in shown.text
        expected = 0 if chat in blocked or chat == held else count
        assert len(copies) == expected, f"chat {chat} shows {len(copies)} of {expected}"
        for about, number in copies.items():
            assert number - marked[about] <= 1, f"« {about} » came {number} times, {marked[about]} marked"


def check_limits(server: BotApiServer) -> None:
    """Second by second, by the times at which the server received the calls, also the refused ones."""
    calls = server.called("sendMessage")
    assert busiest([call.at for call in calls], 1.0) <= 25
    by_chat: dict[int, list[float]] = {}
    for call in calls:
        by_chat.setdefault(call.chat or 0, []).append(call.at)
    for chat, times in by_chat.items():
        assert busiest(times, 1.0) == 1, f"chat {chat} had more than one message in a second"
        if chat < 0:
            assert busiest(times, 60.0) <= 18, f"group {chat} had more than eighteen in a minute"
