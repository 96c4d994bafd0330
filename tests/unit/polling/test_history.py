"""What is remembered of a source's publications."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.polling import History
from comtoise.polling.history import HALF_LIFE, HOURS, hour_of_week

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)  # a Wednesday, 9 o'clock in Paris
DAY = timedelta(days=1)
ages = st.lists(st.timedeltas(timedelta(0), 40 * DAY), max_size=30)


def test_an_item_counts_half_after_a_fortnight_and_so_does_the_time_it_was_watched() -> None:
    history = History.of([NOW - HALF_LIFE, NOW], now=NOW, since=NOW - HALF_LIFE)
    assert history.items == pytest.approx(1.5)
    assert history.days == pytest.approx(10.1, abs=0.01)


def test_a_steady_source_keeps_its_rate_however_long_it_is_watched() -> None:
    for weeks in (1, 4, 52):
        times = [NOW - i * DAY / 3 for i in range(1, 21 * weeks)]
        history = History.of(times, now=NOW, since=NOW - weeks * 7 * DAY)
        assert history.items / history.days == pytest.approx(3, rel=0.05), weeks


@given(ages=ages, cut=st.integers(0, 30))
def test_learning_poll_by_poll_is_learning_at_once(ages: list[timedelta], cut: int) -> None:
    times = sorted(NOW - age for age in ages)
    since = NOW - 41 * DAY
    early, late = times[:cut], times[cut:]
    middle = early[-1] if early else since
    by_steps = History.of(early, now=middle, since=since).seen(late, now=NOW)
    at_once = History.of(reversed(times), now=NOW, since=since)
    assert by_steps.hours == pytest.approx(at_once.hours)
    assert by_steps.days == at_once.days


def test_the_hours_are_those_of_paris_in_summer_and_in_winter() -> None:
    winter, summer = datetime(2026, 11, 25, 7, 30, tzinfo=UTC), datetime(2026, 7, 22, 6, 30, tzinfo=UTC)
    assert hour_of_week(winter) == hour_of_week(summer) == 2 * 24 + 8


def test_a_first_window_begins_at_its_oldest_item_but_for_a_pinned_one() -> None:
    window = [NOW - i * DAY / 10 for i in range(1, 20)]
    pinned = NOW - 2000 * DAY
    assert History.of(window, now=NOW).since == window[-2]
    assert History.of([*window, pinned], now=NOW).since > NOW - 2 * DAY


def test_a_source_that_has_shown_nothing_has_a_history_too() -> None:
    history = History.of([], now=NOW, window=0)
    assert (history.items, history.days, len(history.hours)) == (0, 0, HOURS)


def test_a_date_in_the_future_counts_as_now() -> None:
    history = History.of([], now=NOW - DAY).seen([NOW + 400 * DAY], now=NOW)
    assert history.hours[hour_of_week(NOW)] == 1


def test_an_old_item_found_late_does_not_speed_the_source_up() -> None:
    history = History.of([], now=NOW - DAY)
    assert history.seen([NOW - 300 * DAY], now=NOW).items == 0


def test_a_clock_set_back_forgets_nothing() -> None:
    history = History.of([NOW], now=NOW, since=NOW - DAY)
    assert history.seen([], now=NOW - 3 * DAY) == history


def test_the_window_is_that_of_the_last_poll_that_told_it() -> None:
    history = History.of([], now=NOW, window=20)
    assert history.seen([], now=NOW).window == 20
    assert history.seen([], now=NOW, window=12).window == 12


def test_items_of_one_hour_are_one_sign_of_life() -> None:
    found = History.of([NOW - timedelta(minutes=m) for m in (5, 10, 130)], now=NOW, since=NOW - 7 * DAY)
    assert found.busy == pytest.approx(2, rel=0.01)
    assert found.latest == NOW - timedelta(minutes=5)
    later = found.seen([NOW + timedelta(minutes=m) for m in (1, 2)], now=NOW + timedelta(minutes=3))
    again = later.seen([NOW + timedelta(minutes=4)], now=NOW + timedelta(minutes=5))
    assert again.busy == pytest.approx(later.busy, rel=0.001), "the same hour over two polls"
