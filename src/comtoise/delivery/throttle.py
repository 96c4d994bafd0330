"""How often one visitor may act: a bucket of tokens for each, refilled with time."""

from collections import OrderedDict
from dataclasses import dataclass

VISITORS_MAX = 10_000  #: remembered; the one not seen for longest is forgotten first


@dataclass(frozen=True, slots=True)
class Rate:
    """What a visitor may do: *burst* at once, then one every *every_s* seconds."""

    burst: int
    every_s: float


class Throttle:
    """Counts by visitor. Time is an argument, in seconds of any clock that only goes forward."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when

    def wait_s(self, visitor: str, now: float) -> float:
        """Take a token and return 0; or, when there is none, return how many seconds to wait."""
        left, at = self._seen.pop(visitor, (float(self._rate.burst), now))
        left = min(self._rate.burst, left + (now - at) / self._rate.every_s)
        allowed = left >= 1
        self._seen[visitor] = (left - 1 if allowed else left, now)
        if len(self._seen) > VISITORS_MAX:
            self._seen.popitem(last=False)
        return 0.0 if allowed else (1 - left) * self._rate.every_s
