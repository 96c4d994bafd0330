"""Empty the outbox: claim, send, settle. One loop in the one process that sends.

A delivery is claimed in one transaction, handed to its channel, settled in the next; the outbox decides what
a settled outcome means (retry, mark, disable). This loop decides when: it keeps the pace of each channel,
keeps each reader's order, and never lets one recipient delay another. Whatever would have to wait for long is
given back to the outbox rather than kept here, so that a crash finds as few claimed rows as possible.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Protocol, TypeVar, TypeVarTuple, Unpack

import structlog

from comtoise.delivery.channel import ChannelSender, WithdrawnError
from comtoise.delivery.pacing import PACES, Lane, Pacer, lane_of
from comtoise.errors import StorageError, SupersededError
from comtoise.model import Channel, Deferred, Delivery, MaybeSent, Moved, Outcome, Refused

log = structlog.get_logger(__name__)

IN_FLIGHT_MAX = 32  #: conversations at once; a channel that hangs can occupy that many
CLAIMED_MAX = 64  #: rows held here at once, waiting or in flight: what a crash puts in doubt
LANE_COUNTS_MAX = 4  #: rows of one lane that count among those held
PATIENCE = timedelta(seconds=5)  #: a longer wait is spent in the outbox
SEND_TIMEOUT_S = 90.0  #: beyond it the message may or may not have left
FAULT_WAIT = timedelta(minutes=5)  #: after a fault of ours in a channel
IDLE_S = 1.0
_SETTLE_PAUSES_S = (0.2, 1.0, 3.0)

Result = TypeVar("Result")
Args = TypeVarTuple("Args")


class Outbox(Protocol):
    """The stored rows. Calls may block; they come one at a time, from a thread of the loop's executor."""

    def claim(self, now: datetime, limit: int, closed: Collection[Channel] = ()) -> Sequence[Delivery]:
        """Mark at most *limit* due rows as being sent, commit, and return them, each reader's in order.

        A row whose sending was in doubt comes back once with `Delivery.maybe_repeat`. A reader who has a row
        being sent gets no second one. Rows of *closed* channels stay where they are.
        """
        ...

    def closed(self, channel: Channel, reason: str, now: datetime) -> None:
        """Have the desk told that a channel lets nothing through."""
        ...

    def leaves(self, delivery_id: int, now: datetime) -> bool:
        """Note that a claimed row is about to leave, and commit; False when it must not leave any more."""
        ...

    def settle(self, delivery_id: int, outcome: Outcome, now: datetime) -> None:
        """Write how a claimed row ended, and commit."""
        ...


class Sender:
    """Sends what the outbox holds, until told to stop."""

    def __init__(
        self,
        outbox: Outbox,
        channels: Iterable[ChannelSender],
        *,
        clock: Callable[[], datetime],
        may_send: Callable[[], bool] = lambda: True,
        executor: Executor | None = None,
        grace_s: float = 8.0,
    ) -> None:
        """Nothing happens before `run` or `drain`.

        Args:
            channels: One for each channel that has readers; rows of another wait.
            clock: Now, aware, UTC.
            may_send: Asked before each message: whether the lead of the database is still ours beyond doubt.
            executor: Where the outbox is called; by default one thread of our own, so that calls queue.
            grace_s: How long `run` waits, once stopped, for what is in flight.
        """
        self._outbox = outbox
        self._channels = {channel.channel: channel for channel in channels}
        self._pacers = {channel: Pacer(PACES[channel]) for channel in Channel}
        self._clock = clock
        self._may_send = may_send
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._grace_s = grace_s
        self._queues: dict[tuple[Channel, Lane], deque[Delivery]] = {}
        self._flying: dict[tuple[Channel, Lane], asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._more = True  #: the outbox may hold rows that are due
        self._closed: dict[Channel, datetime] = {}  #: let nothing through, until then
        self._superseded: SupersededError | None = None
        self._stopping = False
        self._look_at = 0.0  #: when to look anyway, by the loop's clock

    async def run(self, stop: asyncio.Event) -> None:
        """Send until *stop* is set; then finish what is in flight and give the rest back.

        What is still in flight after the grace is settled as maybe sent. A fault of the outbox or of a
        channel is logged and never ends the loop.

        Raises:
            SupersededError: another instance has taken the lead, and sends what is left here.
        """
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _task: self._wake.set())
        try:
            while not stop.is_set():
                await self._step()
        finally:
            stopping.cancel()
            await self._wind_down()

    async def drain(self) -> None:
        """Send all that is due now, at the channels' pace, and return when nothing more is due."""
        self._more = True
        while self._more or self._queues or self._flying:
            await self._step(idle=False)

    async def _step(self, *, idle: bool = True) -> None:
        """Claim, start what may start, wait until something can change (without *idle*, not for new rows)."""
        self._wake.clear()
        if self._superseded is not None:
            raise self._superseded
        await self._claim()
        next_at = await self._start_ready()
        if not self._flying and not self._queues and self._may_send() and (self._more or not idle):
            return
        wait_s = IDLE_S
        if next_at is not None:
            wait_s = min(wait_s, max(0.0, (next_at - self._clock()).total_seconds()))
        await self._sleep(wait_s)

    async def _claim(self) -> None:
        """Take rows, when there may be some and half of the room is free: not at every message sent."""
        now_s = asyncio.get_running_loop().time()
        # One chat with many topics must not keep the others out.
        held = sum(min(len(queue), LANE_COUNTS_MAX) for queue in self._queues.values()) + len(self._flying)
        if held > CLAIMED_MAX // 2 or not (self._more or now_s >= self._look_at) or not self._may_send():
            return
        self._more, self._look_at = False, now_s + IDLE_S
        now = self._clock()
        self._closed = {channel: until for channel, until in self._closed.items() if until > now}
        try:
            rows = await self._off_loop(self._outbox.claim, now, CLAIMED_MAX - held, list(self._closed))
        except StorageError:
            log.exception("outbox.claim_failed")
            return
        for delivery in rows:
            key = delivery.reader.channel, lane_of(delivery.reader)
            self._queues.setdefault(key, deque()).append(delivery)
        # Another look soon: the claim may have been full, or a reader may have more than the row it gave.
        self._more = self._more or bool(rows)

    async def _start_ready(self) -> datetime | None:
        """Start every lane whose turn has come; return when the next waiting one's will, None without any."""
        next_at: datetime | None = None
        if not self._may_send():
            return None
        for key in [key for key in self._queues if key not in self._flying]:
            channel, lane = key
            if channel not in self._channels:
                await self._give_back(key, self._clock() + FAULT_WAIT, "no channel")
                continue
            if len(self._flying) >= IN_FLIGHT_MAX:
                break
            if channel in self._closed:
                continue  # about to be given back
            now = self._clock()
            at = self._pacers[channel].earliest(lane, now)
            if at > now + PATIENCE:
                await self._give_back(key, at, "pace")
            elif at > now:
                next_at = at if next_at is None else min(at, next_at)
            else:
                self._pacers[channel].took(lane, now)
                self._flying[key] = asyncio.create_task(self._fly(key, self._queues[key].popleft()))
                if not self._queues[key]:
                    del self._queues[key]
        return next_at

    async def _fly(self, key: tuple[Channel, Lane], delivery: Delivery) -> None:
        try:
            outcome = await self._send(delivery)
            self._pacers[key[0]].answered(key[1], self._clock())
            if outcome is None:
                return
            closed = outcome if isinstance(outcome, Deferred) and outcome.channel_closed else None
            if closed is not None and key[0] in self._closed:
                closed = None  # another message found it out
            if closed is not None:
                self._closed[key[0]] = closed.until  # before anything else may start
            await self._settle(delivery, outcome)
            await self._follow(key, delivery, outcome)
            if closed is not None:
                await self._close(key[0], closed.reason)
        finally:
            del self._flying[key]
            # The outbox gives one row a reader at a time: once all are done, the next ones may be due.
            self._more = self._more or not (self._queues or self._flying)
            self._wake.set()

    async def _send(self, delivery: Delivery) -> Outcome | None:
        """How handing over ended; None when there is nothing to settle any more."""
        channel = self._channels[delivery.reader.channel]
        left = False

        async def leaves() -> None:
            nonlocal left
            if not await self._off_loop(self._outbox.leaves, delivery.id, self._clock()):
                raise WithdrawnError(f"delivery {delivery.id}")
            left = True

        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                return await channel.send(delivery, leaves)
        except WithdrawnError:
            log.info("delivery.withdrawn", delivery=delivery.id)
            return None
        except SupersededError as error:
            self._superseded = error
            return None
        except StorageError:  # nothing left: what could not be noted must not leave
            log.exception("outbox.leaving_not_noted", delivery=delivery.id)
            return Deferred(self._clock() + FAULT_WAIT, "leaving not noted", tried=False)
        except TimeoutError:
            log.warning("delivery.timeout", delivery=delivery.id, channel=channel.channel)
            return MaybeSent("no answer in time")
        except asyncio.CancelledError:
            await self._settle(delivery, MaybeSent("stopped while sending"))
            raise
        except Exception:  # a fault in one channel must not stop the others
            log.exception("delivery.fault", delivery=delivery.id, channel=channel.channel)
            if left:
                return MaybeSent("internal fault")
            return Deferred(self._clock() + FAULT_WAIT, "internal fault")

    async def _follow(self, key: tuple[Channel, Lane], delivery: Delivery, outcome: Outcome) -> None:
        """What an outcome means for the rest of the lane: it waits as long, or goes with its reader."""
        match outcome:
            case Deferred(until, channel_closed=False):
                self._pacers[key[0]].hold(key[1], until)
            case Moved():
                await self._give_back(key, self._clock(), "moved")
            case Refused(reader_gone=True):
                await self._give_back(key, self._clock(), "reader gone", only=delivery.reader.id)

    async def _close(self, channel: Channel, reason: str) -> None:
        """Nothing passes: give back what is held for the channel, and have the desk told."""
        for key in [key for key in self._queues if key[0] is channel]:
            await self._give_back(key, self._clock(), "channel closed")
        try:
            await self._off_loop(self._outbox.closed, channel, reason, self._clock())
        except (StorageError, SupersededError):
            log.exception("outbox.closing_not_told", channel=channel)

    async def _give_back(
        self, key: tuple[Channel, Lane], until: datetime, reason: str, *, only: int | None = None
    ) -> None:
        kept: deque[Delivery] = deque()
        for delivery in self._queues.pop(key, deque()):
            if only is None or delivery.reader.id == only:
                await self._settle(delivery, Deferred(until, reason, tried=False))
            else:
                kept.append(delivery)
        if kept:
            self._queues[key] = kept

    async def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        """Write the outcome, patiently: a row left as being sent would be repeated after a restart."""
        for pause_s in (*(() if self._stopping else _SETTLE_PAUSES_S), None):
            try:
                await self._off_loop(self._outbox.settle, delivery.id, outcome, self._clock())
            except SupersededError as error:
                self._superseded = error
                return
            except StorageError:
                log.exception("outbox.settle_failed", delivery=delivery.id, last=pause_s is None)
            else:
                return
            if pause_s is not None:
                await asyncio.sleep(pause_s)

    async def _wind_down(self) -> None:
        self._stopping = True
        for key in list(self._queues):
            await self._give_back(key, self._clock(), "stopping")
        tasks = set(self._flying.values())
        if tasks:
            _done, late = await asyncio.wait(tasks, timeout=self._grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _off_loop(self, call: Callable[[Unpack[Args]], Result], *args: *Args) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, call, *args)
