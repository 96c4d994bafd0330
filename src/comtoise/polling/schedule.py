"""When to poll a source next: its rhythm, the server's wishes and the desk's limits in, a moment out.

A source never leaves the schedule by itself: failures double the wait up to a day, no further. The phase
and the jitter come from a hash of the source, so that a restart spreads the polls like the day before and
nobody comes on the stroke of the hour, when publishers' own robots run.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from comtoise.polling.hints import Hints
from comtoise.polling.history import hour_of_week
from comtoise.polling.rhythm import Rhythm
from comtoise.polling.sharing import POLLS_LEAST, density, items_at_most

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FAILURE_WAIT_MAX = timedelta(hours=24)
HINT_MAX = timedelta(hours=6)  #: publishers set absurd ages: no hint may blind us longer
JITTER = 0.1  #: share of the interval
QUIET_MAX = DAY / POLLS_LEAST / (1 + JITTER)  #: between two good polls of the quietest source, before jitter
PACE = 24.0  #: polls a day of a source with one item a day, until `budget` has said; with four, 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The desk's limits on the interval between two polls of one source."""

    shortest: timedelta
    usual: timedelta
    longest: timedelta


def next_poll(
    source_id: str,
    *,
    now: datetime,
    bounds: Bounds,
    hints: Hints,
    failures: int = 0,
    fixed: timedelta | None = None,
    rhythm: Rhythm | None = None,
    window: int | None = None,
    weight: float = 1.0,
    pace: float = PACE,
) -> datetime:
    """The moment of the next poll, after one that ended *now*.

    Args:
        failures: Failed polls in a row, this one included; 0 after a good one.
        fixed: The rhythm that the source's card asks for, instead of the usual one.
        rhythm: What the source is expected to publish; None polls at the usual interval.
        window: How many items it shows at once; None when nothing falls out of it.
        weight: What a minute's delay of this source's items costs, against 1 for an ordinary source.
        pace: From `budget`, the same for all sources.
    """
    hint_max = HINT_MAX
    if fixed is not None:
        wait = fixed
    elif rhythm is None:
        wait = min(max(bounds.usual, bounds.shortest), bounds.longest)
    else:
        wait = interval(rhythm, now=now, bounds=bounds, weight=weight, pace=pace, window=window)
        if (
            window is not None and hints.fresh_s is not None
        ):  # whoever waits for a cache to age may find the window replaced
            hint_max = min(hint_max, until_full(rhythm, now=now, window=window))
    if failures:
        wait = min(wait * 2 ** min(failures, 16), max(FAILURE_WAIT_MAX, wait))
    if hints.fresh_s is not None and fixed is None:
        wait = max(wait, min(timedelta(seconds=hints.fresh_s), hint_max))
    if hints.not_before is not None:
        wait = max(wait, min(hints.not_before - now, FAILURE_WAIT_MAX))
    return now + wait * (1 + JITTER * phase(f"{source_id} {now:%Y%m%d%H%M%S}"))


def interval(
    rhythm: Rhythm,
    *,
    now: datetime,
    bounds: Bounds,
    weight: float = 1.0,
    pace: float = PACE,
    window: int | None = None,
) -> timedelta:
    """How long to leave a source alone, before jitter.

    The polls are as dense at each hour as `density` says, and the next one is due when the hours until then make
    one poll: a long night ends when the newsroom wakes, not hours after. Never more than two hours, nor than the
    desk's longest; sooner when the window would fill; never less than the desk's shortest.

    Args:
        window: How many items the source shows; None when nothing falls out of it.
    """
    longest = max(min(QUIET_MAX, bounds.longest), bounds.shortest)
    most = DAY / bounds.shortest
    demand = rhythm.per_day * weight

    # Jitter only ever adds: what it adds in the mean is taken off here, so that the budget holds.
    def polls(hour: int) -> float:
        return (1 + JITTER / 2) * density(demand * rhythm.profile[hour], pace, most=most)

    wait = until_expected(1.0, polls, now=now, most=longest)
    if window is not None:
        wait = min(wait, until_full(rhythm, now=now, window=window, most=wait))
    return max(wait, bounds.shortest)


def until_full(rhythm: Rhythm, *, now: datetime, window: int, most: timedelta = DAY) -> timedelta:
    """How long until so many items are expected that one might fall out of the window unseen; *most* at most."""

    def items(hour: int) -> float:
        return rhythm.per_day * rhythm.profile[hour]

    return until_expected(items_at_most(window), items, now=now, most=most * (1 + JITTER)) / (1 + JITTER)


def until_expected(
    wanted: float, daily: Callable[[int], float], *, now: datetime, most: timedelta
) -> timedelta:
    """How long until *wanted* has come, at a pace (a day) that depends on the hour of the week; *most* at most."""
    moment = start = now.astimezone(UTC)  # whole hours are whole in Paris too
    end = start + most
    while moment < end:
        pace = daily(hour_of_week(moment)) / (DAY / HOUR)
        turn = min(moment.replace(minute=0, second=0, microsecond=0) + HOUR, end)
        here = pace * ((turn - moment) / HOUR)
        if here >= wanted:
            return moment - start + HOUR * (wanted / pace)
        wanted -= here
        moment = turn
    return most


def phase(key: str) -> float:
    """A number in [0, 1) that depends on *key* alone, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest()) / 2**48
