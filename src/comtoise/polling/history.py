"""What is remembered of a source's publications: how many, at which hours of the week.

An item counts half after fourteen days, a quarter after twenty-eight. Because such a decay is exponential, the
past is one number per hour of the week: learning a new item needs none of the old ones, and the store may keep
the numbers, or make them again from the publication times of four weeks.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from comtoise.text.dates import PARIS

HALF_LIFE = timedelta(days=14)
HOURS = 168  #: in a week; 0 is Monday from midnight to one, in Paris

_OUTLIERS = 10  # one item in ten of a first window may be a pinned or stray old one


def hour_of_week(moment: datetime) -> int:
    """The hour of the week, in Paris: newsrooms keep their hours when the clocks change."""
    there = moment.astimezone(PARIS)
    return there.weekday() * 24 + there.hour


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The publications of one source, weighed by age at the moment `until`.

    Make it with `of`, carry it on with `seen`.
    """

    since: datetime  #: every item published from here on was seen
    until: datetime  #: the end of what was seen; *hours* are weighed for this moment
    hours: tuple[float, ...]  #: decayed number of items per hour of the week
    window: int | None = None  #: how many items the source shows at once; None: all, nothing falls out
    busy: float = 0.0  #: decayed number of clock hours in which something appeared: items come in bursts
    latest: datetime | None = None  #: when the last item appeared

    @classmethod
    def of(
        cls,
        published: Iterable[datetime],
        *,
        now: datetime,
        since: datetime | None = None,
        window: int | None = None,
    ) -> Self:
        """Count publication times, in any order.

        Args:
            published: Aware; with no date, or a date without a time, the moment it was first seen.
            since: From when nothing was missed. None says that *published* is all of a first window: it
                begins at its oldest item, a tenth of the items left aside as strays.
        """
        times = sorted(min(moment, now) for moment in published)
        if since is None:
            since = times[len(times) // _OUTLIERS] if times else now
        start = min(since, now)
        return cls(since=start, until=start, hours=(0.0,) * HOURS, window=window).seen(times, now=now)

    def seen(self, published: Iterable[datetime], *, now: datetime, window: int | None = None) -> Self:
        """The history after a good poll at *now* that found these new items, possibly none.

        Args:
            published: As for `of`. What is older than `since` is left out: others of that time were not seen.
            window: The number of items shown at this poll; None keeps the former one.
        """
        until = max(self.until, now)
        kept = _decay(until - self.until)
        hours = [count * kept if count else 0.0 for count in self.hours]  # one 0.0 for all that are
        busy, latest = self.busy * kept, self.latest
        # A date in the future is a clock or a zone that is wrong.
        for moment in sorted(min(moment, until) for moment in published if moment >= self.since):
            weight = _decay(until - moment)
            hours[hour_of_week(moment)] += weight
            if latest is None or moment.astimezone(UTC) >= _next_hour(latest):
                busy += weight
            latest = moment if latest is None else max(latest, moment)
        return type(self)(
            since=self.since,
            until=until,
            hours=tuple(hours),
            window=self.window if window is None else window,
            busy=busy,
            latest=latest,
        )

    @property
    def items(self) -> float:
        """Decayed number of items."""
        return math.fsum(self.hours)

    @property
    def days(self) -> float:
        """Decayed days of observation: the divisor that belongs to `items`; at most 20.2."""
        lifetime_days = HALF_LIFE / timedelta(days=1) / math.log(2)
        return lifetime_days * (1 - _decay(self.until - self.since))


def _next_hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _decay(age: timedelta) -> float:
    return float(0.5 ** (age / HALF_LIFE))
