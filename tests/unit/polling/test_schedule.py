"""When a source is polled next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.polling import Bounds, Group, Hints, History, Rhythm, next_poll, read_hints
from comtoise.polling.history import HOURS
from comtoise.polling.schedule import FAILURE_WAIT_MAX, HINT_MAX, JITTER, interval, until_full
from comtoise.polling.sharing import items_at_most

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOUNDS = Bounds(shortest=5 * MINUTE, usual=30 * MINUTE, longest=120 * MINUTE)


def wait(hints: Hints = Hints(), failures: int = 0, fixed: timedelta | None = None) -> timedelta:  # noqa: B008 (frozen)
    return next_poll("s", now=NOW, bounds=BOUNDS, hints=hints, failures=failures, fixed=fixed) - NOW


@pytest.mark.parametrize(
    ("given_wait", "least"),
    [
        pytest.param(wait(), 30 * MINUTE, id="usual"),
        pytest.param(wait(failures=1), 60 * MINUTE, id="first-failure-doubles"),
        pytest.param(wait(failures=3), 240 * MINUTE, id="third-failure"),
        pytest.param(wait(failures=500), FAILURE_WAIT_MAX, id="a-day-at-most"),
        pytest.param(wait(fixed=timedelta(seconds=10)), timedelta(seconds=10), id="the-card-decides"),
        pytest.param(wait(Hints(fresh_s=3600)), 60 * MINUTE, id="fresh-for-an-hour"),
        pytest.param(wait(Hints(fresh_s=10**8)), HINT_MAX, id="absurd-freshness-is-capped"),
        pytest.param(wait(Hints(not_before=NOW + 90 * MINUTE)), 90 * MINUTE, id="retry-after"),
        pytest.param(wait(Hints(not_before=NOW - 90 * MINUTE)), 30 * MINUTE, id="retry-after-in-the-past"),
    ],
)
def test_the_wait_and_a_tenth_of_jitter(given_wait: timedelta, least: timedelta) -> None:
    assert least <= given_wait <= least * 1.1


@given(failures=st.integers(0, 10**6), fresh=st.integers(-(10**9), 10**12) | st.none())
def test_no_source_ever_leaves_the_schedule(failures: int, fresh: int | None) -> None:
    found = wait(Hints(fresh_s=fresh), failures)
    assert timedelta(0) < found <= FAILURE_WAIT_MAX * 1.1


rhythms = st.builds(
    Rhythm,
    per_day=st.floats(1e-4, 1e4),
    profile=st.sampled_from([(1.0,) * HOURS, Group().profile]),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants bounds without zone)
windows = st.none() | st.integers(1, 500)


@given(
    ages=st.lists(st.timedeltas(timedelta(0), timedelta(days=60)), max_size=60),
    window=windows,
    weight=st.floats(0, 1e3),
    pace=st.floats(0, 1e4),
    failures=st.integers(0, 10**6),
    fresh=st.integers(-(10**9), 10**12) | st.none(),
    retry=st.none() | st.datetimes(datetime(1970, 1, 2), timezones=st.just(UTC)),  # noqa: DTZ001 (hypothesis wants bounds without zone)
    shortest=st.integers(1, 1440),
)
def test_a_source_with_a_past_never_leaves_the_schedule_either(
    ages: list[timedelta],
    window: int | None,
    weight: float,
    pace: float,
    failures: int,
    fresh: int | None,
    retry: datetime | None,
    shortest: int,
) -> None:
    def ask() -> datetime:
        return next_poll(
            "s",
            now=NOW,
            bounds=Bounds(shortest=shortest * MINUTE, usual=30 * MINUTE, longest=120 * MINUTE),
            hints=Hints(fresh_s=fresh, not_before=retry),
            failures=failures,
            rhythm=Rhythm.of(History.of((NOW - age for age in ages), now=NOW)),
            window=window,
            weight=weight,
            pace=pace,
        )

    assert timedelta(0) < ask() - NOW <= FAILURE_WAIT_MAX * 1.1
    assert ask() == ask()


@given(rhythm=rhythms, more=st.floats(1, 100), now=moments, window=windows, pace=st.floats(0, 100))
def test_more_news_at_the_same_hours_never_means_a_longer_wait(
    rhythm: Rhythm, more: float, now: datetime, window: int | None, pace: float
) -> None:
    busier = Rhythm(per_day=rhythm.per_day * more, profile=rhythm.profile)
    waits = [interval(r, now=now, bounds=BOUNDS, pace=pace, window=window) for r in (rhythm, busier)]
    assert waits[1] <= waits[0] + timedelta(microseconds=1)
    assert interval(rhythm, now=now, bounds=BOUNDS, pace=pace, window=window, weight=more) <= waits[
        0
    ] + timedelta(microseconds=1)


@given(rhythm=rhythms, now=moments, pace=st.floats(0, 100))
def test_the_quietest_source_is_polled_every_two_hours_at_its_quietest(
    rhythm: Rhythm, now: datetime, pace: float
) -> None:
    found = interval(rhythm, now=now, bounds=BOUNDS, pace=pace)
    assert BOUNDS.shortest <= found
    assert found * (1 + JITTER) <= timedelta(hours=2) + timedelta(microseconds=2)


@given(rhythm=rhythms, now=moments, window=st.integers(1, 500))
def test_no_more_is_expected_between_two_polls_than_the_window_bears(
    rhythm: Rhythm, now: datetime, window: int
) -> None:
    found = interval(rhythm, now=now, bounds=BOUNDS, pace=0, window=window)
    step = found * (1 + JITTER) / 200
    expected = sum(rhythm.at(now + i * step) for i in range(200)) * (step / timedelta(days=1))
    assert expected <= items_at_most(window) * 1.05 or found == BOUNDS.shortest


#: A hundred items a day, at every hour.
BUSY = Rhythm.of(History.of([NOW - i * MINUTE * 14.4 for i in range(1000)], now=NOW))


def wait_of(window: int | None, hints: Hints = Hints(), failures: int = 0) -> timedelta:  # noqa: B008 (frozen)
    """The wait of a busy source."""
    due = next_poll("s", now=NOW, bounds=BOUNDS, hints=hints, failures=failures, rhythm=BUSY, window=window)
    return due - NOW


def test_a_freshness_that_would_empty_the_window_is_cut_short() -> None:
    hour = Hints(fresh_s=4 * 3600)
    assert wait_of(None, hour) >= timedelta(hours=4)
    full = until_full(BUSY, now=NOW, window=20)
    assert full <= wait_of(20, hour) <= full * 1.1 < timedelta(hours=2)


def test_retry_after_is_obeyed_whatever_the_window_loses() -> None:
    assert wait_of(5, Hints(not_before=NOW + 5 * 60 * MINUTE)) >= timedelta(hours=5)


def test_failures_double_the_wait_of_a_busy_source_too() -> None:
    assert wait_of(20, failures=1) >= 2 * wait_of(20) / 1.1


def test_a_silent_night_ends_when_the_newsroom_wakes() -> None:
    profile = tuple(0.01 if hour % 24 < 7 else 1.4 for hour in range(HOURS))
    rhythm = Rhythm(per_day=50, profile=profile)
    before_seven = NOW.replace(hour=5, minute=30)  # 6:30 in Paris
    found = interval(rhythm, now=before_seven, bounds=BOUNDS)
    assert 30 * MINUTE < found < 40 * MINUTE


def test_the_card_outranks_the_history() -> None:
    found = next_poll("s", now=NOW, bounds=BOUNDS, hints=Hints(), fixed=MINUTE, rhythm=BUSY, window=20) - NOW
    assert MINUTE <= found <= MINUTE * 1.1


def test_sources_alike_are_not_polled_together() -> None:
    waits = {
        next_poll(f"s{i}", now=NOW, bounds=BOUNDS, hints=Hints(), rhythm=BUSY, window=20) for i in range(50)
    }
    assert len(waits) == 50


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({"retry-after": "120"}, Hints(not_before=NOW + 2 * MINUTE), id="seconds"),
        pytest.param(
            {"retry-after": "Wed, 25 Nov 2026 09:00:00 GMT"},
            Hints(not_before=NOW + 60 * MINUTE),
            id="date",
        ),
        pytest.param({"retry-after": "bientôt"}, Hints(), id="nonsense"),
        pytest.param({"retry-after": "9" * 40}, Hints(), id="absurd"),
        pytest.param({"cache-control": "public, max-age=600"}, Hints(fresh_s=600), id="max-age"),
        pytest.param(
            {"cache-control": "max-age=0", "expires": "Wed, 25 Nov 2026 09:00:00 GMT"},
            Hints(),
            id="max-age-outranks-expires",
        ),
        pytest.param({"expires": "Wed, 25 Nov 2026 09:00:00 GMT"}, Hints(fresh_s=3600), id="expires"),
        pytest.param({"expires": "0"}, Hints(), id="expires-zero"),
        pytest.param({"expires": "Fri, 31 Dec 9999 23:59:59 -0100"}, Hints(), id="beyond-the-last-date"),
    ],
)
def test_hints_of_a_server(headers: dict[str, str], expected: Hints) -> None:
    assert read_hints(headers, now=NOW) == expected
