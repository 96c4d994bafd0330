"""How many polls may start now, when many are due at once: a first start, a restart, the end of an outage.

In any minute no more start than twice the mean rate, or than twice one a second for a small desk. What waits stays
due, the longest overdue first.
"""

from datetime import datetime, timedelta

LEAST = 60.0  #: polls a minute that even a small desk may have, so that its first round takes no hour
AT_ONCE = 30.0  #: polls that may start together
MINUTE = timedelta(minutes=1)


class Smoother:
    """A bucket that fills with time: `AT_ONCE` when full, so that a minute sees that and what flows in."""

    def __init__(self, per_minute: float) -> None:
        """Take the mean rate of all sources together."""
        self._flow = 2 * max(per_minute, LEAST) - AT_ONCE
        self._level = AT_ONCE
        self._at: datetime | None = None

    def allowed(self, now: datetime) -> int:
        """How many polls may start."""
        if self._at is not None and now > self._at:
            self._level = min(AT_ONCE, self._level + self._flow * ((now - self._at) / MINUTE))
        self._at = now
        return int(self._level)

    def started(self, count: int) -> None:
        """So many did."""
        self._level -= count
