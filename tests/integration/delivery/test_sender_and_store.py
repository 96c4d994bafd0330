"""The sender on the real outbox, on both databases: each digest once, also over a stop and a crash."""

import asyncio
from datetime import datetime

from comtoise.delivery.sender import Sender
from comtoise.demo.sample import sample_digest
from comtoise.model import Channel, DeliveryState, MaybeSent
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, outbox, readers
from support import due
from unit.delivery.fakes import FakeChannel
from unit.delivery.virtual import InPlace, run
from unit.delivery.virtual import now as virtual_now


def fill(database: Database, count: int, now: datetime) -> None:
    """A daily digest for each of *count* readers."""
    digest = sample_digest("2026-11-25")
    with database.write() as tx:
        for number in range(count):
            reader, _new = readers.register(tx, Channel.TELEGRAM, str(1000 + number), now=now)
            due.digest(tx, digest, reader_id=reader.id, now=now)


def states(database: Database) -> dict[DeliveryState, int]:
    with database.read() as tx:
        return outbox.counts(tx)


def serve(database: Database, channel: FakeChannel, *, seconds: float) -> None:
    """Run the sender for some virtual seconds, then stop it."""

    async def serving() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(seconds, stop.set)
        stored = StoredOutbox(database, [Channel.TELEGRAM])
        await Sender(stored, [channel], clock=virtual_now, executor=InPlace()).run(stop)

    run(serving())


def test_a_stop_half_way_and_a_second_run_give_each_reader_one_digest(
    database: Database, now: datetime
) -> None:
    fill(database, 60, now)
    first, second = FakeChannel(latency_s=0.5), FakeChannel()

    serve(database, first, seconds=0.2)
    assert 0 < len(first.arrived) < 60
    assert states(database) == {
        DeliveryState.SENT: len(first.arrived),
        DeliveryState.WAITING: 60 - len(first.arrived),
    }
    serve(database, second, seconds=30)
    assert sorted(first.ids() + second.ids()) == sorted(set(first.ids() + second.ids()))
    assert states(database) == {DeliveryState.SENT: 60}


def test_of_what_was_claimed_at_a_crash_only_what_had_left_is_marked(
    database: Database, now: datetime
) -> None:
    fill(database, 3, now)
    with database.write() as tx:
        left, _not_yet = outbox.claim(tx, now, limit=2)
        outbox.leaves(tx, left.id, now=now)
    with database.write() as tx:
        assert outbox.recover(tx, now) == 2
    channel = FakeChannel()
    serve(database, channel, seconds=90)
    marked = {delivery.id for _at, delivery in channel.arrived if delivery.maybe_repeat}
    assert marked == {left.id}
    assert len(channel.arrived) == 3
    assert states(database) == {DeliveryState.SENT: 3}


def test_a_doubt_is_tried_once_more_and_then_given_up(database: Database, now: datetime) -> None:
    fill(database, 1, now)
    channel = FakeChannel(lambda _delivery: MaybeSent("no answer"))

    serve(database, channel, seconds=300)
    assert [delivery.maybe_repeat for _at, delivery in channel.arrived] == [False, True]
    assert states(database) == {DeliveryState.FAILED: 1}
