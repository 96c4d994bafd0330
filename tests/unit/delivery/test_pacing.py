"""The limits of a channel, second by second."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from comtoise.delivery.pacing import PACES, Lane, Pace, Pacer, lane_of
from comtoise.model import Channel, Reader
from unit.delivery.virtual import START

SECOND = timedelta(seconds=1)


def sends(pacer: Pacer, lanes: list[Lane], start: datetime = START) -> Iterator[datetime]:
    """Send one message to each of *lanes* in turn, each as early as the pacer lets it."""
    now = start
    for lane in lanes:
        now = pacer.earliest(lane, now)
        pacer.took(lane, now)
        pacer.answered(lane, now)
        yield now


def busiest(times: list[datetime], window: timedelta) -> int:
    """The most sends in any window."""
    return max(sum(1 for other in times if at <= other < at + window) for at in times)


def test_no_second_holds_more_than_twenty_five() -> None:
    times = list(sends(Pacer(PACES[Channel.TELEGRAM]), [Lane(str(n)) for n in range(200)]))
    assert busiest(times, SECOND) == 25
    assert times[-1] - times[0] == 7 * SECOND


def test_a_chat_gets_one_a_second() -> None:
    times = list(sends(Pacer(PACES[Channel.TELEGRAM]), [Lane("1")] * 5))
    assert [at - START for at in times] == [n * SECOND for n in range(5)]


def test_a_group_gets_eighteen_a_minute() -> None:
    times = list(sends(Pacer(PACES[Channel.TELEGRAM]), [Lane("-100", group=True)] * 40))
    assert busiest(times, timedelta(minutes=1)) == 18
    assert times[36] - START == timedelta(minutes=2)


def test_one_group_does_not_slow_another() -> None:
    pacer = Pacer(PACES[Channel.TELEGRAM])
    for at in sends(pacer, [Lane("-100", group=True)] * 18):
        last = at
    assert pacer.earliest(Lane("-100", group=True), last) > last + SECOND
    assert pacer.earliest(Lane("-200", group=True), last) == last


def test_a_hold_of_twelve_hours_holds_one_chat() -> None:
    pacer = Pacer(PACES[Channel.TELEGRAM])
    until = START + timedelta(seconds=43_838)
    pacer.hold(Lane("1"), until)
    pacer.hold(Lane("1"), START + SECOND)
    assert pacer.earliest(Lane("1"), START) == until
    assert pacer.earliest(Lane("2"), START) == START


def test_a_hold_outlives_the_tidying() -> None:
    pacer = Pacer(Pace())
    pacer.hold(Lane("held"), START + timedelta(days=1))
    for n in range(1000):
        pacer.took(Lane(str(n)), START)
        pacer.answered(Lane(str(n)), START)
    assert pacer.earliest(Lane("held"), START) == START + timedelta(days=1)


def test_a_clock_set_back_an_hour_delays_by_a_second_at_most() -> None:
    pacer = Pacer(PACES[Channel.TELEGRAM])
    list(sends(pacer, [Lane(str(n)) for n in range(25)]))
    earlier = START - timedelta(hours=1)
    assert pacer.earliest(Lane("0"), earlier) <= earlier + SECOND


@pytest.mark.parametrize(
    ("channel", "address", "lane"),
    [
        pytest.param(Channel.TELEGRAM, "123", Lane("123"), id="private"),
        pytest.param(Channel.TELEGRAM, "-100123", Lane("-100123", group=True), id="group"),
        pytest.param(Channel.TELEGRAM, "-100123:7", Lane("-100123", group=True), id="topic-shares-its-group"),
        pytest.param(Channel.TELEGRAM, "@fil", Lane("@fil", group=True), id="channel-by-name"),
        pytest.param(Channel.MAIL, "a@b.example", Lane("a@b.example"), id="mail"),
    ],
)
def test_a_reader_queues_in_his_chat(channel: Channel, address: str, lane: Lane) -> None:
    assert lane_of(Reader(id=1, channel=channel, address=address)) == lane


def test_what_is_slow_to_arrive_makes_no_second_too_full() -> None:
    pacer, lanes = Pacer(PACES[Channel.TELEGRAM]), [Lane(str(n)) for n in range(25)]
    for lane in lanes:
        pacer.took(lane, START)
    late = START + timedelta(milliseconds=700)
    for lane in lanes:
        pacer.answered(lane, late)
    assert pacer.earliest(Lane("next"), late) == late + SECOND
    assert pacer.earliest(lanes[0], late) == late + SECOND


def test_messages_that_hang_hold_up_the_others_for_five_seconds_at_most() -> None:
    pacer = Pacer(PACES[Channel.TELEGRAM])
    for n in range(25):
        pacer.took(Lane(str(n)), START)
    assert pacer.earliest(Lane("next"), START) == START + 5 * SECOND
    for n in range(25):
        pacer.answered(Lane(str(n)), START + 20 * SECOND)
    assert pacer.earliest(Lane("next"), START + 20 * SECOND) == START + 21 * SECOND


def test_what_took_long_to_arrive_counts_from_its_answer_in_its_group() -> None:
    pacer, group = Pacer(PACES[Channel.TELEGRAM]), Lane("-100", group=True)
    now = START
    for _ in range(18):
        now = pacer.earliest(group, now)
        pacer.took(group, now)
        now += 9 * SECOND / 10
        pacer.answered(group, now)
    first_answer = START + 9 * SECOND / 10
    assert pacer.earliest(group, now) == first_answer + timedelta(minutes=1)


def test_without_limits_everything_leaves_now() -> None:
    assert set(sends(Pacer(Pace()), [Lane("1")] * 100)) == {START}
