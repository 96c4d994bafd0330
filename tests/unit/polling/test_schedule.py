"""When a source is polled next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.polling import Bounds, Hints, next_poll, read_hints
from comtoise.polling.schedule import FAILURE_WAIT_MAX, HINT_MAX

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOUNDS = Bounds(shortest=5 * MINUTE, usual=30 * MINUTE, longest=120 * MINUTE)


def wait(hints: Hints = Hints(), failures: int = 0, fixed: timedelta | None = None) -> timedelta:  # noqa: B008
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
