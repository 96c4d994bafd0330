"""Many polls due at once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.polling.smoothing import AT_ONCE, LEAST, Smoother

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


def started(mean: float, steps: list[float]) -> list[tuple[datetime, int]]:
    """How many start after each pause (seconds), when more is always due."""
    smoother, at, found = Smoother(mean), NOW, []
    for step in steps:
        at += timedelta(seconds=step)
        count = smoother.allowed(at)
        smoother.started(count)
        found.append((at, count))
    return found


@given(
    mean=st.floats(0, 500),
    steps=st.lists(st.floats(0, 90), min_size=1, max_size=200),
)
def test_no_minute_sees_more_than_twice_the_mean(mean: float, steps: list[float]) -> None:
    found = started(mean, steps)
    for end, _count in found:
        inside = sum(count for at, count in found if timedelta(0) <= end - at < timedelta(minutes=1))
        assert inside <= 2 * max(mean, LEAST)


@pytest.mark.parametrize("mean", [1.0, 60.0, 1000.0])
def test_what_is_due_in_the_long_run_is_never_held_back(mean: float) -> None:
    found = started(mean, [1.0] * 600)
    assert sum(count for _at, count in found) >= 1.4 * mean * 10


def test_a_small_desk_starts_at_once() -> None:
    assert started(0.5, [0.0]) == [(NOW, int(AT_ONCE))]


def test_a_clock_set_back_gives_nothing_twice() -> None:
    assert started(1.0, [0.0, -3600.0, 0.0])[1:] == [(NOW - timedelta(hours=1), 0)] * 2
