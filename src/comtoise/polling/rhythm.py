"""How often a source publishes, and at which hours: its own past, shrunk to that of its group.

The rate is the mean of a Gamma posterior, (a + items) / (b + days): a source without a past has the rate of its
group, and one day of its own weighs as much as one day of the prior. The hours of the week are shrunk likewise,
as if the group had lent the source some thirty items.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, repeat
from typing import Self

from comtoise.polling.history import HOURS, History, hour_of_week

LENT = 30.0  #: items that the group lends to a source's profile
KIND_LEAST = 8  #: known sources of a kind, for it to be a group of its own

_DAYS_LEAST, _DAYS_MOST = 0.25, 7.0  # what a group's prior may weigh, in days of a source's own

# Guessed, not measured, and soon outweighed: a newsroom's day (night, rising, office hours, evening), and a
# weekend of half of it.
_DAY = tuple(chain(repeat(0.2, 6), repeat(1.0, 2), repeat(1.6, 11), repeat(0.7, 5)))
_WEEK = tuple(chain.from_iterable(tuple(x * part for x in _DAY) for part in (1, 1, 1, 1, 1, 0.5, 0.5)))


def _even(weights: Iterable[float]) -> tuple[float, ...]:
    """The weights, scaled to a mean of 1."""
    found = tuple(weights)
    mean = math.fsum(found) / len(found)
    return tuple(weight / mean for weight in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is believed of a source before it is known: sources of one kind, or all of the desk's."""

    per_day: float = 2.0  #: items
    days: float = 1.0  #: what that belief weighs, in days of observation
    profile: tuple[float, ...] = _even(_WEEK)  #: per hour of the week, mean 1

    @classmethod
    def of(cls, histories: Iterable[History]) -> Self:
        """What known sources of one kind teach about the others; the default group when too few are known.

        The Gamma prior has the mean and the variance of their rates. In the profile a source counts by the
        square root of its items, so that one agency does not set the hours of all.
        """
        known = [history for history in histories if history.days > 0]
        items = [history.items for history in known]
        if len(known) < 2 or not any(items):
            return cls()
        rates = [count / history.days for count, history in zip(items, known, strict=True)]
        mean = math.fsum(rates) / len(rates)
        variance = math.fsum((rate - mean) ** 2 for rate in rates) / (len(rates) - 1)
        days = min(max(mean / variance, _DAYS_LEAST), _DAYS_MOST) if variance else _DAYS_MOST
        lent = cls().profile
        hours = (
            LENT / HOURS * lent[hour]
            + math.fsum(
                history.hours[hour] / math.sqrt(count)
                for history, count in zip(known, items, strict=True)
                if count
            )
            for hour in range(HOURS)
        )
        return cls(per_day=mean, days=days, profile=_even(hours))


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The group of each kind of source; that of all sources where a kind is too few to be one."""

    everyone: Group = Group()
    kinds: Mapping[str, Group] = field(default_factory=dict)

    @classmethod
    def of(cls, histories: Iterable[tuple[str, History]]) -> Self:
        """The groups that known sources make, each given with its kind."""
        by_kind: dict[str, list[History]] = {}
        for kind, history in histories:
            by_kind.setdefault(kind, []).append(history)
        return cls(
            everyone=Group.of(chain.from_iterable(by_kind.values())),
            kinds={kind: Group.of(of_it) for kind, of_it in by_kind.items() if len(of_it) >= KIND_LEAST},
        )

    def rhythm(self, kind: str, history: History | None) -> "Rhythm":
        """The rhythm of a source; that of its group when nothing is known of it."""
        group = self.kinds.get(kind, self.everyone)
        if history is None:
            return Rhythm(per_day=group.per_day, profile=group.profile)
        return Rhythm.of(history, group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The expected publications of one source."""

    per_day: float  #: items, mean over the week; above 0
    profile: Sequence[float]  #: per hour of the week, above 0, mean 1; never written to

    @classmethod
    def of(cls, history: History, group: Group = Group()) -> Self:
        """Weigh a source's own past against its group."""
        hours, items = history.hours, history.items
        # Neighbours share a quarter each way: a column of four Mondays at nine is too few items to trust.
        smooth = ((hours[i - 1] + 2 * hours[i] + hours[(i + 1) % HOURS]) / 4 for i in range(HOURS))
        lent = LENT / HOURS
        return cls(
            per_day=(group.per_day * group.days + items) / (group.days + history.days),
            # An array: a collector holds a thousand of these, and boxed numbers are four times as large.
            profile=array(
                "d", _even(own + lent * usual for own, usual in zip(smooth, group.profile, strict=True))
            ),
        )

    def at(self, moment: datetime) -> float:
        """Items a day, at the pace of that hour of the week."""
        return self.per_day * self.profile[hour_of_week(moment)]
