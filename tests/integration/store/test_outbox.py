"""The outbox: made once, claimed once, settled once, and honest about what may have arrived."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from comtoise.model import Channel, Deferred, Delivery, DeliveryState, MaybeSent, Moved, Refused, Sent
from comtoise.store import Database, fanout, notices, outbox, readers
from support import due

MakeStory = Callable[..., int]


@pytest.fixture
def reader_id(desk: Database, now: datetime) -> int:
    with desk.write() as tx:
        reader, new = readers.register(tx, Channel.TELEGRAM, "42", now=now)
    assert new
    return reader.id


def enqueue(desk: Database, reader_id: int, story_id: int, now: datetime) -> bool:
    with desk.write() as tx:
        return due.alert(tx, reader_id=reader_id, story_id=story_id, now=now)


def claim(desk: Database, now: datetime) -> list[Delivery]:
    with desk.write() as tx:
        return outbox.claim(tx, now, limit=10)


def state_of(desk: Database, delivery_id: int) -> DeliveryState:
    with desk.read() as tx:
        return next(line.state for line in outbox.lines(tx) if line.id == delivery_id)


def test_an_alert_is_made_once_per_story_and_reader(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    story_id = make_story()
    assert enqueue(desk, reader_id, story_id, now)
    assert not enqueue(desk, reader_id, story_id, now)
    (delivery,) = claim(desk, now)
    assert delivery.story is not None
    assert [match.topic for match in delivery.story.matches] == ["plasturgie"]


def test_a_claimed_row_is_not_claimed_again(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(1), now)
    enqueue(desk, reader_id, make_story(2), now)
    assert len(claim(desk, now)) == 1, "one at a time per reader keeps the order"
    assert claim(desk, now) == []


def leaves(desk: Database, delivery: Delivery, now: datetime) -> None:
    with desk.write() as tx:
        assert outbox.leaves(tx, delivery.id, now=now)


def recover(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        assert outbox.recover(tx, now) == 1


def test_what_had_left_at_a_crash_is_sent_once_more_a_minute_later_and_says_so(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    (delivery,) = claim(desk, now)
    leaves(desk, delivery, now)
    recover(desk, now)
    assert claim(desk, now) == []
    (again,) = claim(desk, now + outbox.REPEAT_AFTER)
    assert again.maybe_repeat
    leaves(desk, again, now)
    with desk.write() as tx:
        outbox.settle(tx, again.id, MaybeSent("timeout"), now=now)
    assert state_of(desk, again.id) is DeliveryState.FAILED
    assert claim(desk, now + timedelta(days=1)) == []


def test_what_had_left_at_crash_after_crash_waits_longer_then_for_a_person_who_is_told(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    waits = []
    for _ in range(outbox.INTERRUPTIONS_MAX):
        (delivery,) = claim(desk, now)
        leaves(desk, delivery, now)
        recover(desk, now)
        with desk.read() as tx:
            (line,) = outbox.lines(tx)
        waits.append((line.not_before - now) // timedelta(minutes=1))
        now += timedelta(days=1)
    assert waits[:-1] == [1, 1, 2, 4, 8]
    assert claim(desk, now) == []
    with desk.write() as tx:
        (line,) = outbox.lines(tx)
        assert (line.state, line.reason) == (DeliveryState.FAILED, outbox.INTERRUPTED_OFTEN)
        assert len(notices.waiting(tx)) == 1
        outbox.retry(tx, line.id, now=now)
    (by_hand,) = claim(desk, now)
    assert by_hand.maybe_repeat


def test_what_had_not_left_at_a_crash_waits_longer_each_time_and_is_no_repeat(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    waits = []
    for _ in range(8):
        (delivery,) = claim(desk, now)
        assert not delivery.maybe_repeat
        recover(desk, now)
        with desk.read() as tx:
            waits.append(outbox.lines(tx)[0].not_before - now)
        now += waits[-1]
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [0, 1, 2, 4, 8, 15, 15, 15]
    assert claim(desk, now)[0].attempts == 0


def test_what_was_stopped_before_it_left_is_not_in_doubt(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    (delivery,) = claim(desk, now)
    with desk.write() as tx:
        outbox.settle(tx, delivery.id, MaybeSent("stopped while sending"), now=now)
    assert state_of(desk, delivery.id) is DeliveryState.WAITING
    assert not claim(desk, now + timedelta(minutes=1))[0].maybe_repeat


def test_what_was_given_back_or_erased_meanwhile_must_not_leave(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    (delivery,) = claim(desk, now)
    with desk.write() as tx:
        outbox.settle(tx, delivery.id, Deferred(now, "given back", tried=False), now=now)
        assert not outbox.leaves(tx, delivery.id, now=now)
    (delivery,) = claim(desk, now)
    with desk.write() as tx:
        readers.forget(tx, reader_id, key=b"k", now=now)
        assert not outbox.leaves(tx, delivery.id, now=now)


def test_a_time_out_is_retried_once_later(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    (delivery,) = claim(desk, now)
    leaves(desk, delivery, now)
    with desk.write() as tx:
        outbox.settle(tx, delivery.id, MaybeSent("timeout"), now=now)
    assert state_of(desk, delivery.id) is DeliveryState.UNKNOWN
    assert claim(desk, now) == []
    (again,) = claim(desk, now + timedelta(minutes=2))
    with desk.write() as tx:
        outbox.settle(tx, again.id, Sent("7"), now=now)
    assert state_of(desk, delivery.id) is DeliveryState.SENT


def test_a_deferred_row_waits_and_others_flow(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    story_id = make_story()
    with desk.write() as tx:
        other, _ = readers.register(tx, Channel.TELEGRAM, "43", now=now)
    enqueue(desk, reader_id, story_id, now)
    enqueue(desk, other.id, story_id, now)
    first, second = claim(desk, now)
    with desk.write() as tx:
        outbox.settle(tx, first.id, Deferred(now + timedelta(seconds=43_838), "429"), now=now)
        outbox.settle(tx, second.id, Sent("1"), now=now)
    enqueue(desk, reader_id, make_story(2), now)
    assert claim(desk, now + timedelta(hours=12)) == [], "the chat waits as a whole, in order"
    assert [d.id for d in claim(desk, now + timedelta(seconds=43_838))] == [first.id]


def test_a_row_given_back_untried_counts_no_attempt(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    for tried in (False, True):
        (delivery,) = claim(desk, now)
        assert delivery.attempts == 0
        with desk.write() as tx:
            outbox.settle(tx, delivery.id, Deferred(now, "given back", tried=tried), now=now)
    assert claim(desk, now)[0].attempts == 1


def test_a_reader_who_is_gone_gets_nothing_more(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(1), now)
    enqueue(desk, reader_id, make_story(2), now)
    (delivery,) = claim(desk, now)
    with desk.write() as tx:
        outbox.settle(tx, delivery.id, Refused("blocked", reader_gone=True), now=now)
    assert claim(desk, now) == []
    with desk.write() as tx:
        _, new = readers.register(tx, Channel.TELEGRAM, "42", now=now)
    assert not new
    assert len(claim(desk, now)) == 1, "who comes back finds his choices and what waited"


def test_three_refusals_over_two_days_disable_and_fewer_do_not(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    for number in range(1, 4):
        enqueue(desk, reader_id, make_story(number), now)
    for hours in (0, 24, 49):
        at = now + timedelta(hours=hours)
        (delivery,) = claim(desk, at)
        with desk.write() as tx:
            outbox.settle(tx, delivery.id, Refused("chat not found", reader_doubtful=True), now=at)
            subscriber = readers.get(tx, reader_id)
        assert subscriber is not None
        assert (subscriber.reader.disabled_reason is not None) is (hours == 49)


def test_content_that_is_refused_is_no_strike_against_the_reader(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    for number in range(1, 5):
        enqueue(desk, reader_id, make_story(number), now)
    for hours in (0, 24, 49, 98):
        at = now + timedelta(hours=hours)
        (delivery,) = claim(desk, at)
        with desk.write() as tx:
            outbox.settle(tx, delivery.id, Refused("too long"), now=at)
    with desk.read() as tx:
        subscriber = readers.get(tx, reader_id)
    assert subscriber is not None
    assert subscriber.reader.disabled_reason is None


def test_a_group_that_moved_is_followed_and_sent_to(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    (delivery,) = claim(desk, now)
    with desk.write() as tx:
        outbox.settle(tx, delivery.id, Moved("-100777"), now=now)
    (again,) = claim(desk, now)
    assert again.reader.address == "-100777"


def test_a_story_that_grew_edits_what_was_sent(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    story_id = make_story(1)
    enqueue(desk, reader_id, story_id, now)
    (delivery,) = claim(desk, now)
    with desk.write() as tx:
        outbox.settle(tx, delivery.id, Sent("555"), now=now)
    make_story(2, story_id=story_id, source="radio")
    with desk.write() as tx:
        assert fanout.update(tx, story_id, "2", now=now) == 1
        assert fanout.update(tx, story_id, "2", now=now) == 0
    (update,) = claim(desk, now)
    assert update.message_ref == "555"
    assert update.story is not None
    assert [other.source_id for other in update.story.others] == ["radio"]


def test_alerts_that_waited_too_long_go_to_the_digest(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    story_id = make_story()
    enqueue(desk, reader_id, story_id, now)
    with desk.write() as tx:
        assert fanout.told(tx, [reader_id], now) == {reader_id: {str(story_id)}}
        assert outbox.merge_expired(tx, before=now + timedelta(seconds=1)) == 1
        assert fanout.told(tx, [reader_id], now) == {}
    assert claim(desk, now) == []


def test_a_paused_reader_keeps_his_place(
    desk: Database, reader_id: int, make_story: MakeStory, now: datetime
) -> None:
    enqueue(desk, reader_id, make_story(), now)
    with desk.write() as tx:
        readers.pause(tx, reader_id, paused=True)
    assert claim(desk, now) == []
    with desk.write() as tx:
        readers.pause(tx, reader_id, paused=False)
    assert len(claim(desk, now)) == 1
