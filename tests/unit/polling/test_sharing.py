"""How the polls of a day are shared."""

import math
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.polling import Group, Rhythm, budget
from comtoise.polling.history import HOURS
from comtoise.polling.sharing import BURST, POLLS_LEAST, POLLS_MOST, density, items_at_most

FLAT = (1.0,) * HOURS
rates = st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=8)


def polls(sources: Iterable[tuple[Rhythm, float]], pace: float) -> list[float]:
    """The polls a day of each source, over a week."""
    return [
        math.fsum(density(rhythm.per_day * weight * part, pace) for part in rhythm.profile) / HOURS
        for rhythm, weight in sources
    ]


@given(rates=rates, mean=st.floats(13, 280), profile=st.sampled_from([FLAT, Group().profile]))
def test_all_sources_together_have_the_polls_of_the_budget(
    rates: list[float], mean: float, profile: tuple[float, ...]
) -> None:
    sources = [(Rhythm(per_day=rate, profile=profile), 1.0) for rate in rates]
    shares = polls(sources, budget(sources, mean))
    assert math.fsum(shares) / len(shares) == pytest.approx(mean, rel=1e-6)


def test_four_times_the_rate_or_the_weight_is_twice_the_polls() -> None:
    sources = [(Rhythm(per_day=rate, profile=FLAT), weight) for rate, weight in ((2, 1), (8, 1), (2, 4))]
    slow, fast, dear = polls(sources, budget(sources, 48))
    assert fast == dear == pytest.approx(2 * slow)


def test_the_quietest_source_has_twelve_and_the_busiest_one_every_five_minutes() -> None:
    sources = [(Rhythm(per_day=rate, profile=FLAT), 1.0) for rate in (0.001, 1, 10_000)]
    shares = polls(sources, budget(sources, 110))
    assert shares[0] == POLLS_LEAST
    assert shares[2] == pytest.approx(POLLS_MOST)


@pytest.mark.parametrize(
    ("weights", "mean"),
    [
        pytest.param([], 48, id="no-source"),
        pytest.param([0.0, 0.0], 48, id="no-source-that-counts"),
        pytest.param([1.0], 5, id="below-the-floor"),
    ],
)
def test_without_anything_to_share_the_floor_is_all(weights: list[float], mean: float) -> None:
    assert budget([(Rhythm(per_day=1, profile=FLAT), weight) for weight in weights], mean) == 0


def test_a_source_without_weight_has_the_floor_and_leaves_the_rest_to_others() -> None:
    sources = [(Rhythm(per_day=5, profile=FLAT), weight) for weight in (0.0, 1.0)]
    assert polls(sources, budget(sources, 48)) == pytest.approx([12, 84])


@pytest.mark.parametrize("window", [1, 10, 15, 20, 30, 50, 100])
def test_twice_the_items_expected_overflow_the_window_once_in_a_thousand(window: int) -> None:
    expected = items_at_most(window) * BURST
    stays = math.fsum(
        math.exp(n * math.log(expected) - expected - math.lgamma(n + 1)) for n in range(window + 1)
    )
    assert 1 - stays == pytest.approx(1e-3, rel=1e-4)


def test_a_larger_window_never_allows_fewer_items() -> None:
    allowed = [items_at_most(window) for window in (0, 1, 2, 3, 5, 10, 500, 1000, 10**6)]
    assert allowed == sorted(allowed)
    assert allowed[0] > 0
