"""The loop that empties the outbox, on a clock that passes only when it waits."""

import asyncio
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from comtoise.delivery.channel import ChannelSender, Leaves, unnoted
from comtoise.delivery.sender import FAULT_WAIT, Sender
from comtoise.errors import StorageError, SupersededError
from comtoise.model import (
    Channel,
    Deferred,
    Delivery,
    DeliveryState,
    MaybeSent,
    Moved,
    Outcome,
    Reader,
    Refused,
    Sent,
)
from unit.delivery.fakes import FakeChannel, MemoryOutbox, telegram
from unit.delivery.virtual import START, InPlace, now, run

SENT, WAITING, FAILED = DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.FAILED


def sender(outbox: MemoryOutbox, *channels: ChannelSender) -> Sender:
    return Sender(outbox, channels, clock=now, executor=InPlace())


def drained(outbox: MemoryOutbox, *channels: ChannelSender) -> float:
    """Send all that is due; return how long it took, virtual seconds."""

    async def drain() -> float:
        await sender(outbox, *channels).drain()
        return asyncio.get_running_loop().time()

    return run(drain())


def served(outbox: MemoryOutbox, *channels: ChannelSender, seconds: float) -> None:
    """Run the loop for some virtual seconds, then stop it."""

    async def serve() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(seconds, stop.set)
        await sender(outbox, *channels).run(stop)

    run(serve())


def test_everything_due_is_sent_once() -> None:
    outbox, channel = MemoryOutbox(telegram(n, reader=n) for n in range(30)), FakeChannel()
    drained(outbox, channel)
    assert sorted(channel.ids()) == list(range(30))
    assert outbox.states() == {SENT: 30}


def test_a_reader_s_messages_keep_their_order_and_a_second_between_them() -> None:
    outbox, channel = MemoryOutbox(telegram(n, reader=1) for n in range(5)), FakeChannel()
    drained(outbox, channel)
    assert channel.ids() == [0, 1, 2, 3, 4]
    times = [at for at, _delivery in channel.arrived]
    assert all(b - a >= timedelta(seconds=1) for a, b in pairwise(times))


def test_a_recipient_that_hangs_delays_nobody() -> None:
    class Hanging(FakeChannel):
        async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
            if delivery.reader.id == 1:
                await leaves()
                self.arrived.append((now(), delivery))
                await asyncio.sleep(3600)
            return await super().send(delivery, leaves)

    outbox, channel = MemoryOutbox(telegram(n, reader=n % 10) for n in range(40)), Hanging()
    drained(outbox, channel)
    others = [at for at, delivery in channel.arrived if delivery.reader.id != 1]
    assert max(others) - START < timedelta(seconds=6)
    assert isinstance(outbox.settled[-1][1], MaybeSent | Sent)


def test_a_message_that_gets_no_answer_is_repeated_once_and_marked() -> None:
    outbox = MemoryOutbox([telegram(1, reader=1)])
    channel = FakeChannel(lambda _delivery: MaybeSent("no answer"))
    served(outbox, channel, seconds=600)
    assert [delivery.maybe_repeat for _at, delivery in channel.arrived] == [False, True]
    assert outbox.states() == {FAILED: 1}


def test_a_chat_told_to_wait_twelve_hours_waits_and_the_others_flow() -> None:
    def answer(delivery: Delivery) -> Outcome:
        if delivery.reader.id == 0:
            return Deferred(now() + timedelta(seconds=43_838), "429")
        return Sent()

    outbox, channel = MemoryOutbox(telegram(n, reader=n % 5) for n in range(25)), FakeChannel(answer)
    served(outbox, channel, seconds=60)
    assert Counter(d.reader.id for _at, d in channel.arrived) == {0: 1, 1: 5, 2: 5, 3: 5, 4: 5}
    assert outbox.states() == {SENT: 20, WAITING: 5}
    assert all(
        row.not_before > START + timedelta(hours=12) for row in outbox.rows.values() if row.state is WAITING
    )
    assert outbox.rows[0].delivery.attempts == 1
    assert outbox.rows[5].delivery.attempts == 0


@pytest.mark.parametrize("had_left", [False, True])
def test_a_fault_in_a_channel_is_logged_and_tried_again_marked_when_it_came_after_the_message(
    had_left: bool,
) -> None:
    class Faulty(FakeChannel):
        faults = 1

        async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
            if delivery.id == 1 and self.faults:
                self.faults -= 1
                if had_left:
                    await leaves()
                raise ZeroDivisionError
            return await super().send(delivery, leaves)

    outbox, channel = MemoryOutbox(telegram(n, reader=n) for n in range(3)), Faulty()
    with capture_logs() as logs:
        served(outbox, channel, seconds=FAULT_WAIT.total_seconds() + 5)
    assert [entry["event"] for entry in logs] == ["delivery.fault"]
    assert outbox.states() == {SENT: 3}
    assert [d.maybe_repeat for _at, d in channel.arrived if d.id == 1] == [had_left]


def test_a_fault_that_comes_after_every_message_sends_it_twice_at_most() -> None:
    class Faulty(FakeChannel):
        async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
            await super().send(delivery, leaves)
            raise ZeroDivisionError

    outbox, channel = MemoryOutbox([telegram(1, reader=1)]), Faulty()
    with capture_logs():
        served(outbox, channel, seconds=3600)
    assert [d.maybe_repeat for _at, d in channel.arrived] == [False, True]
    assert outbox.states() == {FAILED: 1}


def test_a_group_that_moved_is_written_to_at_its_new_address() -> None:
    def answer(delivery: Delivery) -> Outcome:
        return Moved("-1009") if delivery.reader.address == "-9" else Sent()

    outbox, channel = MemoryOutbox(telegram(n, reader=9, address="-9") for n in range(3)), FakeChannel(answer)
    served(outbox, channel, seconds=30)
    assert [delivery.reader.address for _at, delivery in channel.arrived] == ["-9", "-1009", "-1009", "-1009"]
    assert channel.ids() == [0, 0, 1, 2]


def test_rows_of_a_channel_we_do_not_have_wait() -> None:
    outbox = MemoryOutbox([telegram(1, reader=1)])
    drained(outbox, FakeChannel(channel=Channel.MAIL))
    assert outbox.states() == {WAITING: 1}
    assert outbox.rows[1].delivery.attempts == 0


def test_stopping_finishes_what_is_in_flight_and_gives_the_rest_back() -> None:
    outbox = MemoryOutbox(telegram(n, reader=n) for n in range(200))
    channel = FakeChannel(latency_s=2.0)
    served(outbox, channel, seconds=1.5)
    states = outbox.states()
    assert states[SENT] == len(channel.arrived) > 0
    assert states == {SENT: len(channel.arrived), WAITING: 200 - len(channel.arrived)}


def test_stopping_does_not_wait_for_what_hangs_and_says_it_may_have_left() -> None:
    outbox, channel = MemoryOutbox([telegram(1, reader=1)]), FakeChannel(latency_s=80.0)

    async def stop_it() -> float:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(2, stop.set)
        await sender(outbox, channel).run(stop)
        return asyncio.get_running_loop().time()

    assert run(stop_it()) <= 10.1
    assert outbox.settled == [(1, MaybeSent("stopped while sending"))]


def test_what_may_not_leave_any_more_does_not_and_is_not_settled() -> None:
    outbox = MemoryOutbox(telegram(n, reader=n) for n in range(3))

    class Erasing(FakeChannel):
        async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
            outbox.rows.pop(1, None)  # its reader, between claim and send
            return await super().send(delivery, leaves)

    channel = Erasing()
    drained(outbox, channel)
    assert sorted(channel.ids()) == [0, 2]
    assert outbox.states() == {SENT: 2}


def test_what_cannot_be_noted_does_not_leave() -> None:
    class Failing(MemoryOutbox):
        left = 1

        def leaves(self, delivery_id: int, now: datetime) -> bool:
            if self.left:
                self.left -= 1
                raise StorageError("locked")
            return super().leaves(delivery_id, now)

    outbox, channel = Failing([telegram(1, reader=1)]), FakeChannel()
    with capture_logs() as logs:
        served(outbox, channel, seconds=FAULT_WAIT.total_seconds() + 5)
    assert channel.ids() == [1]
    assert not channel.arrived[0][1].maybe_repeat
    assert [entry["event"] for entry in logs] == ["outbox.leaving_not_noted"]


def test_an_idle_loop_looks_once_a_second() -> None:
    outbox = MemoryOutbox([])
    served(outbox, FakeChannel(), seconds=60.5)
    assert 55 <= outbox.claims <= 65


@pytest.mark.parametrize("failures", [1, 3])
def test_an_outcome_is_written_when_the_database_is_back(failures: int) -> None:
    class Failing(MemoryOutbox):
        left = failures

        def settle(self, delivery_id: int, outcome: Outcome, now: datetime) -> None:
            if self.left:
                self.left -= 1
                raise StorageError("locked")
            super().settle(delivery_id, outcome, now)

    outbox, channel = Failing([telegram(1, reader=1)]), FakeChannel()
    with capture_logs() as logs:
        drained(outbox, channel)
    assert outbox.states() == {SENT: 1}
    assert len(channel.arrived) == 1
    assert [entry["event"] for entry in logs] == ["outbox.settle_failed"] * failures


def test_a_database_that_refuses_a_claim_does_not_end_the_loop() -> None:
    class Refusing(MemoryOutbox):
        def claim(self, now: datetime, limit: int, closed: Collection[Channel] = ()) -> list[Delivery]:
            if self.claims < 2:
                self.claims += 1
                raise StorageError("locked")
            return list(super().claim(now, limit, closed))

    outbox = Refusing([telegram(1, reader=1)])
    with capture_logs():
        served(outbox, FakeChannel(), seconds=10)
    assert outbox.states() == {SENT: 1}


def test_a_thousand_chats_with_faults_lose_nothing_repeat_only_what_is_marked_and_keep_the_limits() -> None:
    """Every 50th answer is a 429, every 100th a 403, every 200th never comes."""
    tries: Counter[int] = Counter()

    def answer(delivery: Delivery) -> Outcome:
        tries[delivery.id] += 1
        if delivery.id % 50 == 7 and tries[delivery.id] == 1:
            return Deferred(now() + timedelta(seconds=30), "429")
        if delivery.id % 100 == 11:
            return Refused("blocked", reader_gone=True)
        if delivery.id % 200 == 13 and tries[delivery.id] == 1:
            return MaybeSent("timeout")
        return Sent()

    chats = [telegram(n, reader=n, address=f"-{n}" if n % 10 == 0 else str(n)) for n in range(1, 1001)]
    outbox, channel = MemoryOutbox(chats), FakeChannel(answer, latency_s=0.2)
    served(outbox, channel, seconds=180)
    assert outbox.states() == {SENT: 990, FAILED: 10}
    arrived = Counter(channel.ids())
    repeated = {id_ for id_, count in arrived.items() if count > 1}
    assert repeated == {id_ for id_ in range(1, 1001) if id_ % 50 == 7 or id_ % 200 == 13}
    assert all(
        sum(delivery.maybe_repeat for _at, delivery in channel.arrived if delivery.id == id_) == 1
        for id_ in range(13, 1001, 200)
    )
    times = sorted(at for at, _delivery in channel.arrived)
    assert all(b - a >= timedelta(seconds=1) for a, b in zip(times, times[25:], strict=False))
    assert times[-1] - times[0] < timedelta(seconds=120)


def test_a_channel_that_refuses_everybody_is_left_alone_and_told_once() -> None:
    def answer(_delivery: Delivery) -> Outcome:
        return Deferred(now() + timedelta(minutes=15), "InvalidToken", channel_closed=True)

    outbox, channel = MemoryOutbox(telegram(n, reader=n) for n in range(200)), FakeChannel(answer)
    served(outbox, channel, seconds=600)
    assert len(channel.arrived) <= 25, "those on their way when the first answer came"
    assert outbox.states() == {WAITING: 200}
    assert outbox.told == [(Channel.TELEGRAM, "InvalidToken")]
    assert all(at < START + timedelta(seconds=1) for at, _delivery in channel.arrived)


def test_a_channel_that_refuses_everybody_does_not_stop_another() -> None:
    letters = [
        replace(telegram(n, reader=n), reader=Reader(id=n, channel=Channel.MAIL, address=f"{n}@x.example"))
        for n in range(100, 110)
    ]
    closed = FakeChannel(lambda _d: Deferred(now() + timedelta(hours=1), "InvalidToken", channel_closed=True))
    mail = FakeChannel(channel=Channel.MAIL)
    outbox = MemoryOutbox([*(telegram(n, reader=n) for n in range(10)), *letters])
    served(outbox, closed, mail, seconds=30)
    assert outbox.states() == {WAITING: 10, SENT: 10}


def test_a_doubt_about_the_lead_stops_the_sending_until_it_passes() -> None:
    outbox, channel = MemoryOutbox(telegram(n, reader=n) for n in range(100)), FakeChannel()
    sure_again = START + timedelta(seconds=30)

    async def serve() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(60, stop.set)
        leading = Sender(
            outbox,
            [channel],
            clock=now,
            executor=InPlace(),
            may_send=lambda: not START + timedelta(seconds=1) < now() < sure_again,
        )
        await leading.run(stop)

    run(serve())
    assert outbox.states() == {SENT: 100}
    assert not [at for at, _d in channel.arrived if START + timedelta(seconds=1) < at < sure_again]


def test_who_was_superseded_sends_nothing_more_and_says_so() -> None:
    class Taken(MemoryOutbox):
        def settle(self, delivery_id: int, outcome: Outcome, now: datetime) -> None:
            raise SupersededError("another leads")

    outbox, channel = Taken(telegram(n, reader=n) for n in range(100)), FakeChannel()
    with pytest.raises(SupersededError):
        served(outbox, channel, seconds=60)
    assert len(channel.arrived) <= 25


def test_a_busy_group_holds_back_neither_itself_for_ever_nor_the_others() -> None:
    topics = [telegram(n, reader=n, address=f"-100:{n}") for n in range(60)]
    people = [telegram(100 + n, reader=100 + n) for n in range(60)]
    outbox, channel = MemoryOutbox([*topics, *people]), FakeChannel()
    served(outbox, channel, seconds=240)
    assert outbox.states() == {SENT: 120}
    private = [at for at, delivery in channel.arrived if delivery.id >= 100]
    group = [at for at, delivery in channel.arrived if delivery.id < 100]
    assert max(private) - START < timedelta(seconds=10)
    assert all(b - a >= timedelta(minutes=1) for a, b in zip(group, group[18:], strict=False))
