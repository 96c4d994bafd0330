"""When digests strike: once each, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.digests.slots import (
    Schedule,
    due_slots,
    next_strike,
    sample_slot,
    slot_for,
    slot_named,
)
from comtoise.model import Rhythm

PARIS = ZoneInfo("Europe/Paris")
MORNING = Schedule()
START = datetime(2025, 1, 1, tzinfo=UTC)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_a_day_is_named_by_the_local_day_it_strikes_and_told_from_strike_to_strike() -> None:
    slot = slot_for(Rhythm.DAILY, at=paris("2026-11-25T07:30"), schedule=MORNING, tz=PARIS)
    assert slot.key == "2026-11-25"
    assert slot.since == paris("2026-11-24T07:30")
    assert slot.until == paris("2026-11-25T07:30")


def test_before_the_hour_the_last_slot_is_yesterdays() -> None:
    slot = slot_for(Rhythm.DAILY, at=paris("2026-11-25T07:29:59"), schedule=MORNING, tz=PARIS)
    assert slot.key == "2026-11-24"


@pytest.mark.parametrize(
    ("at", "key"),
    [
        pytest.param("2026-11-23T07:30", "2026-W48", id="monday-struck"),
        pytest.param("2026-11-23T07:29", "2026-W47", id="monday-before"),
        pytest.param("2026-11-29T23:59", "2026-W48", id="sunday"),
        pytest.param("2027-01-01T12:00", "2026-W53", id="iso-year"),
    ],
)
def test_a_week_is_named_by_its_iso_week(at: str, key: str) -> None:
    assert slot_for(Rhythm.WEEKLY, at=paris(at), schedule=MORNING, tz=PARIS).key == key


def test_the_hour_that_does_not_exist_strikes_once_after_the_change() -> None:
    night = Schedule(daily_at=time(2, 30))
    slot = slot_named("2026-03-29", schedule=night, tz=PARIS)
    assert slot.until == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert slot.until.astimezone(PARIS).time() == time(3, 30)


def test_the_hour_that_comes_twice_strikes_at_the_first() -> None:
    night = Schedule(daily_at=time(2, 30))
    slot = slot_named("2026-10-25", schedule=night, tz=PARIS)
    assert slot.until == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert due_slots(second, night, PARIS, {"2026-10-25"}, rhythms={Rhythm.DAILY}) == ()


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_on_the_nights_the_clocks_change_the_morning_digest_strikes_at_half_past_seven(day: str) -> None:
    slot = slot_named(day, schedule=MORNING, tz=PARIS)
    assert slot.until.astimezone(PARIS).time() == time(7, 30)


@pytest.mark.parametrize("at", [time(2, 0), time(2, 30), time(3, 0), time(7, 30), time(0, 0)])
@pytest.mark.parametrize("first", [date(2026, 3, 27), date(2026, 10, 23)])
def test_over_a_clock_change_each_slot_strikes_once_without_gap_or_overlap(first: date, at: time) -> None:
    schedule = Schedule(daily_at=at, weekly_at=at, weekday=6)
    now = datetime.combine(first, time(0), tzinfo=PARIS).astimezone(UTC)
    done: set[str] = set()
    struck = []
    for _quarter in range(6 * 24 * 4):
        for slot in due_slots(now, schedule, PARIS, done):
            assert slot.until <= now
            done.add(slot.key)
            struck.append(slot)
        now += timedelta(minutes=15)
    days = [slot for slot in struck if slot.rhythm is Rhythm.DAILY]
    assert len(days) >= 6
    assert [slot.key for slot in days] == sorted({slot.key for slot in days})
    assert all(before.until == after.since for before, after in pairwise(days))
    assert len([slot for slot in struck if slot.rhythm is Rhythm.WEEKLY and slot.key >= "2026-W13"]) <= 2


def test_a_missed_slot_is_caught_up_within_six_hours_and_not_later() -> None:
    early, late = paris("2026-11-25T13:29"), paris("2026-11-25T13:30")
    daily = {Rhythm.DAILY}
    assert [s.key for s in due_slots(early, MORNING, PARIS, (), rhythms=daily)] == ["2026-11-25"]
    assert due_slots(late, MORNING, PARIS, (), rhythms=daily) == ()


def test_after_three_days_away_one_digest_is_due() -> None:
    slots = due_slots(paris("2026-11-25T08:00"), MORNING, PARIS, {"2026-11-22"}, rhythms={Rhythm.DAILY})
    assert [slot.key for slot in slots] == ["2026-11-25"]


def test_on_monday_both_are_due_and_done_ones_are_not() -> None:
    monday = paris("2026-11-23T07:31")
    assert [s.key for s in due_slots(monday, MORNING, PARIS, ())] == ["2026-11-23", "2026-W48"]
    assert [s.key for s in due_slots(monday, MORNING, PARIS, {"2026-11-23"})] == ["2026-W48"]


def test_a_weekday_changed_in_mid_week_gives_no_second_digest_that_week() -> None:
    friday = Schedule(weekday=4)
    weekly = {Rhythm.WEEKLY}
    now = paris("2026-11-27T08:00")
    assert due_slots(now, friday, PARIS, {"2026-W48"}, rhythms=weekly) == ()


def test_the_reader_s_own_clock_counts() -> None:
    reunion = ZoneInfo("Indian/Reunion")
    slot = slot_named("2026-11-25", schedule=MORNING, tz=reunion)
    assert slot.until == datetime(2026, 11, 25, 3, 30, tzinfo=UTC)


def test_the_next_strike_comes_after_now() -> None:
    at = paris("2026-11-25T07:30")
    assert next_strike(at, Rhythm.DAILY, schedule=MORNING, tz=PARIS) == paris("2026-11-26T07:30")
    assert next_strike(at, Rhythm.WEEKLY, schedule=MORNING, tz=PARIS) == paris("2026-11-30T07:30")


def test_a_sample_ends_now() -> None:
    now = paris("2026-11-25T10:00")
    assert sample_slot(Rhythm.WEEKLY, now=now, tz=PARIS).since == now - timedelta(days=7)


@pytest.mark.parametrize("key", ["", "demain", "2026-13-01", "2026-W60", "W48"])
def test_a_key_that_names_nothing_is_refused(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the standard library words these)
        slot_named(key, schedule=MORNING, tz=PARIS)


def test_alerts_have_no_slots() -> None:
    with pytest.raises(ValueError, match="alerts"):
        slot_for(Rhythm.INSTANT, at=paris("2026-11-25T08:00"), schedule=MORNING, tz=PARIS)


@given(
    at=st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
    rhythm=st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]),
    hour=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    weekday=st.integers(0, 6),
)
def test_every_moment_lies_in_exactly_one_slot_and_keys_read_back(
    at: datetime, rhythm: Rhythm, hour: time, weekday: int
) -> None:
    schedule = Schedule(daily_at=hour, weekly_at=hour, weekday=weekday)
    slot = slot_for(rhythm, at=at, schedule=schedule, tz=PARIS)
    following = next_strike(at, rhythm, schedule=schedule, tz=PARIS)
    assert slot.since < slot.until <= at < following
    assert slot_named(slot.key, schedule=schedule, tz=PARIS) == slot
    assert slot_for(rhythm, at=slot.since, schedule=schedule, tz=PARIS).until == slot.since
