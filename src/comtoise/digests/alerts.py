"""Whether a story is worth interrupting a reader now: alerts are opt-in, few, fresh, and never at night."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from comtoise.digests.subscriptions import fits
from comtoise.model import Rhythm, Story, Subscription

MAX_AGE = timedelta(hours=72)  #: an older story is no alert


@dataclass(frozen=True, slots=True)
class SendNow:
    """Interrupt."""


@dataclass(frozen=True, slots=True)
class HoldUntil:
    """Quiet hours: send when they end."""

    until: datetime  #: aware, in the reader's zone


class Why(StrEnum):
    """Why a story is not an alert."""

    NOT_ASKED = "not-asked"  #: the reader wants no alerts
    UNFIT = "unfit"  #: not followed, or below the reader's bar
    STALE = "stale"  #: published or found too long ago
    CAP = "cap"  #: enough for today
    QUIET = "quiet"  #: held alerts of a reader who also has a morning digest are told there


@dataclass(frozen=True, slots=True)
class LeaveToDigest:
    """No alert; a digest tells it if it fits one."""

    why: Why


AlertDecision = SendNow | HoldUntil | LeaveToDigest


def alert_due(
    story: Story,
    subscription: Subscription,
    now: datetime,
    sent_today: int,
    *,
    tz: tzinfo,
    max_age: timedelta = MAX_AGE,
) -> AlertDecision:
    """Decide about one story and one reader.

    Args:
        now: Aware.
        sent_today: Alerts sent to, or held for, this reader during the present local day.
        tz: The reader's zone: quiet hours are theirs, also on the nights the clocks change.
    """
    if Rhythm.INSTANT not in subscription.rhythms:
        return LeaveToDigest(Why.NOT_ASKED)
    if not fits(story, subscription):
        return LeaveToDigest(Why.UNFIT)
    if now - min(story.lead.published or story.first_seen, story.first_seen) > max_age:
        return LeaveToDigest(Why.STALE)
    if sent_today >= subscription.alerts_per_day:
        return LeaveToDigest(Why.CAP)
    until = quiet_until(
        now, subscription.quiet_from, subscription.quiet_to, tz, weekend=subscription.quiet_weekend
    )
    if until is None:
        return SendNow()
    if Rhythm.DAILY in subscription.rhythms:
        return LeaveToDigest(Why.QUIET)
    return HoldUntil(until)


def quiet_until(
    now: datetime, quiet_from: time | None, quiet_to: time | None, tz: tzinfo, *, weekend: bool = False
) -> datetime | None:
    """Return when the quiet around *now* ends, or None outside it; quiet hours may run over midnight.

    No quiet hours when a bound is missing or both are the same. A quiet *weekend* is Saturday, Sunday and the
    nights around them: it ends on Monday at *quiet_to* (at midnight without). Aware, in *tz*.
    """
    local = now.astimezone(tz)
    end = _night_end(local, quiet_from, quiet_to)
    day = (end or local).date()
    if not weekend or max(local.weekday(), day.weekday()) < _SATURDAY:
        return end
    # A night that begins on Sunday evening ends on Monday by itself.
    monday = day + timedelta(days=-day.weekday() % 7)
    return datetime.combine(monday, quiet_to or time(), tzinfo=tz)


_SATURDAY = 5


def _night_end(local: datetime, quiet_from: time | None, quiet_to: time | None) -> datetime | None:
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return None
    at = local.timetz().replace(tzinfo=None)
    over_midnight = quiet_from > quiet_to
    evening = over_midnight and at >= quiet_from
    if not (evening or (at < quiet_to and (over_midnight or at >= quiet_from))):
        return None
    day = local.date() + timedelta(days=1) if evening else local.date()
    return datetime.combine(day, quiet_to, tzinfo=local.tzinfo)
