"""How the polls of a day are shared between sources, and how many a source needs so as to lose nothing.

With m polls a day, an item waits 1/(2m) of a day in the mean. The sum of these waits, each counted by the weight of
its source, is least for a given number of polls when a source gets them in proportion to the square root of rate ×
weight (Sia, Cho, Cho: Efficient monitoring algorithm for fast news alerts). Each hour of each source's week is such a
source of its own, so one rule shares the polls between sources and within their days.
"""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from comtoise.polling.rhythm import Rhythm

POLLS_LEAST = 12.0  #: a day, for every source at every hour, whatever its rate
POLLS_MOST = 288.0  #: a day: one every five minutes
POLLS_MEAN = 48.0  #: a day and source, over all sources
LOSS_RISK = 1e-3  #: per poll, that more items came than the window shows
BURST = 2.0  #: items come in bursts, not as Poisson would have them: the window counts for half

_WINDOW_MOST = 1000  # beyond, the bound is never the one that decides


def density(demand: float, pace: float, *, most: float = POLLS_MOST) -> float:
    """The polls of a source, as a number a day, at an hour when it publishes so much.

    Args:
        demand: Its rate at that hour (items a day) × its weight.
        pace: The polls a day for a demand of 1; see `budget`.
    """
    return max(min(pace * math.sqrt(demand), most), POLLS_LEAST)


def budget(
    sources: Iterable[tuple[Rhythm, float]], mean: float = POLLS_MEAN, *, most: float = POLLS_MOST
) -> float:
    """The pace at which all sources together get *mean* polls a day and source, over a week.

    Some 20 ms for a thousand sources; once a day is often enough.

    Args:
        sources: The rhythm and the weight (0 or more) of every source, in any order.
        mean: At or below the floor of 12 it cannot be met: the pace is 0 and every source has 12. At or above
            *most*, every source that counts has *most* at every hour.
    """
    # Arrays: of a thousand sources these are 168,000 numbers, four times as large when boxed.
    roots = array(
        "d",
        sorted(
            root * math.sqrt(part)
            for rhythm, weight in sources
            for root in (math.sqrt(rhythm.per_day * weight),)
            for part in rhythm.profile
        ),
    )
    silent = bisect_right(roots, 0.0)
    if silent == len(roots) or min(mean, most) <= POLLS_LEAST:
        return 0.0
    sums = array("d", accumulate(roots, initial=0.0))

    def polls(pace: float) -> float:
        slow, fast = bisect_left(roots, POLLS_LEAST / pace), bisect_left(roots, most / pace)
        return slow * POLLS_LEAST + pace * (sums[fast] - sums[slow]) + (len(roots) - fast) * most

    low, high = 0.0, most / roots[silent]
    for _ in range(100):
        pace = (low + high) / 2
        if polls(pace) > mean * len(roots):
            high = pace
        else:
            low = pace
    return low


@lru_cache(maxsize=256)
def items_at_most(window: int) -> float:
    """How many new items may be expected between two polls of a source that shows *window* at once.

    Twice as many would come by Poisson's law in greater number than the window with a chance of 1e-3.
    """
    window = min(max(window, 1), _WINDOW_MOST)
    low, high = 0.0, float(window)
    for _ in range(40):
        expected = (low + high) / 2
        if _more_than(window, expected) > LOSS_RISK:
            high = expected
        else:
            low = expected
    return low / BURST


def _more_than(count: int, expected: float) -> float:
    """The chance that a Poisson number exceeds *count*; *expected* is below *count*, so terms fall."""
    number = count + 1
    term = math.exp(number * math.log(expected) - expected - math.lgamma(number + 1))
    total = 0.0
    while term > LOSS_RISK * 1e-9:
        total += term
        number += 1
        term *= expected / number
    return total
