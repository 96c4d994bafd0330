"""How often a source publishes, weighed against its group."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.polling import Group, History, Rhythm
from comtoise.polling.history import HOURS, hour_of_week

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def watched(per_day: int, days: int = 28, at: timedelta = timedelta(hours=8)) -> History:
    """A source with so many items at one hour of each day."""
    midnight = NOW.replace(hour=0)
    times = [midnight - day * DAY + at for day in range(1, days + 1) for _ in range(per_day)]
    return History.of(times, now=midnight, since=midnight - days * DAY)


def test_an_unknown_source_has_the_rhythm_of_its_group() -> None:
    group = Group(per_day=7, days=2)
    rhythm = Rhythm.of(History.of([], now=NOW), group)
    assert rhythm.per_day == 7
    assert rhythm.profile == pytest.approx(group.profile)


def test_a_day_of_its_own_weighs_as_much_as_a_day_of_the_prior() -> None:
    rhythm = Rhythm.of(watched(10, days=1), Group(per_day=2, days=1))
    assert rhythm.per_day == pytest.approx(6, rel=0.05)


def test_a_month_of_its_own_outweighs_the_group() -> None:
    rhythm = Rhythm.of(watched(40), Group(per_day=2, days=1))
    assert rhythm.per_day == pytest.approx(37, rel=0.05)
    nine = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert rhythm.at(nine) > 20 * rhythm.at(nine + timedelta(hours=9))


@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_rate_and_profile_are_always_above_nothing(counts: list[int]) -> None:
    histories = [watched(count, days=3) for count in counts]
    group = Group.of(histories)
    for profile in (group.profile, *(Rhythm.of(history, group).profile for history in histories)):
        assert len(profile) == HOURS
        assert min(profile) > 0
        assert math.fsum(profile) / HOURS == pytest.approx(1)
    assert all(Rhythm.of(history, group).per_day > 0 for history in histories)


def test_a_group_has_the_mean_of_its_sources_and_their_hours() -> None:
    group = Group.of([watched(2, at=timedelta(hours=4)), watched(4, at=timedelta(hours=4))])
    assert group.per_day == pytest.approx(3, rel=0.05)
    assert group.profile[hour_of_week(NOW.replace(hour=4))] == max(
        group.profile[hour_of_week(NOW.replace(hour=hour))] for hour in range(24)
    )


def test_sources_alike_make_a_stronger_prior_than_sources_unlike() -> None:
    alike, unlike = (Group.of([watched(a), watched(b)]) for a, b in ((5, 6), (1, 10)))
    assert alike.days > unlike.days


@pytest.mark.parametrize("known", [0, 1])
def test_too_few_sources_teach_nothing(known: int) -> None:
    assert Group.of([watched(5)] * known) == Group()


def test_sources_that_were_all_silent_teach_nothing() -> None:
    assert Group.of([watched(0), watched(0)]) == Group()
