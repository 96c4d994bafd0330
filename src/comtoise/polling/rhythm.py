"""When to poll a source next. Pure: history and hints in, a moment out.

A source never leaves the schedule by itself: failures double the wait up to a day, no further. The phase
and the jitter come from a hash of the source, so that a restart spreads the polls like the day before and
nobody comes on the stroke of the hour, when publishers' own robots run.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from comtoise.polling.hints import Hints

FAILURE_WAIT_MAX = timedelta(hours=24)
HINT_MAX = timedelta(hours=6)  #: publishers set absurd ages: no hint may blind us longer
JITTER = 0.1  #: share of the interval


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
) -> datetime:
    """The moment of the next poll, after one that ended *now*.

    Args:
        failures: Failed polls in a row, this one included; 0 after a good one.
        fixed: The rhythm that the source's card asks for, instead of the usual one.
    """
    wait = fixed or min(max(bounds.usual, bounds.shortest), bounds.longest)
    if failures:
        wait = min(wait * 2 ** min(failures, 16), max(FAILURE_WAIT_MAX, wait))
    if hints.fresh_s is not None and fixed is None:
        wait = max(wait, min(timedelta(seconds=hints.fresh_s), HINT_MAX))
    if hints.not_before is not None:
        wait = max(wait, min(hints.not_before - now, FAILURE_WAIT_MAX))
    return now + wait * (1 + JITTER * phase(f"{source_id} {now:%Y%m%d%H%M%S}"))


def phase(key: str) -> float:
    """A number in [0, 1) that depends on *key* alone, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest()) / 2**48
