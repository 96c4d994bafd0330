"""When a digest is struck: slots, named by the local day or ISO week in which they strike.

A slot runs from one strike to the next, so that slots neither overlap nor leave a gap, whatever the clocks
do. Its key names a local period and is unique for a reader: an hour that comes twice (25 October 2026)
strikes once, an hour that does not exist (29 March 2026) strikes as the clocks have moved on.

Pure: the moment, the schedule and the reader's zone are arguments; all moments are aware.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from comtoise.model import Rhythm, Slot

CATCH_UP = timedelta(hours=6)  #: a digest later than this is not wanted any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The hours of the digests, by the reader's clock."""

    daily_at: time = time(7, 30)
    weekly_at: time = time(7, 30)
    weekday: int = 0  #: of the weekly digest, 0 is Monday


def slot_for(rhythm: Rhythm, *, at: datetime, schedule: Schedule, tz: tzinfo) -> Slot:
    """Return the last slot of *rhythm* struck at *at* or before.

    Raises:
        ValueError: INSTANT has no slots.
    """
    day = at.astimezone(tz).date()
    if rhythm is Rhythm.WEEKLY:
        day -= timedelta(days=(day.weekday() - schedule.weekday) % 7)
    if _strike(rhythm, day, schedule, tz) > at:
        day -= _step(rhythm)
    return _slot(rhythm, day, schedule, tz)


def slot_named(key: str, *, schedule: Schedule, tz: tzinfo) -> Slot:
    """Return the slot of a *key*: « 2026-11-25 » is a day, « 2026-W48 » a week.

    Raises:
        ValueError: the key names neither.
    """
    if "W" in key:
        year, _dash, week = key.partition("-W")
        return _slot(
            Rhythm.WEEKLY, date.fromisocalendar(int(year), int(week), schedule.weekday + 1), schedule, tz
        )
    return _slot(Rhythm.DAILY, date.fromisoformat(key), schedule, tz)


def due_slots(
    now: datetime,
    schedule: Schedule,
    tz: tzinfo,
    done_keys: Collection[str],
    *,
    rhythms: Collection[Rhythm] = (Rhythm.DAILY, Rhythm.WEEKLY),
    catch_up: timedelta = CATCH_UP,
) -> tuple[Slot, ...]:
    """Return the slots struck within *catch_up* before *now* and not in *done_keys*, by their strikes.

    A slot missed for longer is never composed: whoever was away three days does not get three digests.
    """
    due = [
        slot
        for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY)
        if rhythm in rhythms
        for slot in _back_from(now, rhythm, schedule, tz, catch_up)
        if slot.key not in done_keys
    ]
    return tuple(sorted(due, key=lambda slot: (slot.until, slot.rhythm)))


def next_strike(now: datetime, rhythm: Rhythm, *, schedule: Schedule, tz: tzinfo) -> datetime:
    """Return the next moment, after *now*, at which *rhythm* strikes; aware, UTC."""
    last = slot_for(rhythm, at=now, schedule=schedule, tz=tz)
    day = last.until.astimezone(tz).date() + _step(rhythm)
    return _strike(rhythm, day, schedule, tz)


def sample_slot(rhythm: Rhythm, *, now: datetime, tz: tzinfo) -> Slot:
    """Return the day or week that ends *now*: for a preview or a newcomer's first look, never stored."""
    key = _key(rhythm, now.astimezone(tz).date())
    return Slot(rhythm=rhythm, key=key, since=now.astimezone(UTC) - _step(rhythm), until=now.astimezone(UTC))


def _back_from(
    now: datetime, rhythm: Rhythm, schedule: Schedule, tz: tzinfo, catch_up: timedelta
) -> Iterator[Slot]:
    slot = slot_for(rhythm, at=now, schedule=schedule, tz=tz)
    while slot.until > now - catch_up:
        yield slot
        slot = slot_for(rhythm, at=slot.since, schedule=schedule, tz=tz)


def _slot(rhythm: Rhythm, day: date, schedule: Schedule, tz: tzinfo) -> Slot:
    return Slot(
        rhythm=rhythm,
        key=_key(rhythm, day),
        since=_strike(rhythm, day - _step(rhythm), schedule, tz),
        until=_strike(rhythm, day, schedule, tz),
    )


def _step(rhythm: Rhythm) -> timedelta:
    if rhythm is Rhythm.INSTANT:
        raise ValueError("alerts have no slots")
    return timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1)


def _key(rhythm: Rhythm, day: date) -> str:
    if rhythm is Rhythm.WEEKLY:
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()


def _strike(rhythm: Rhythm, day: date, schedule: Schedule, tz: tzinfo) -> datetime:
    """The moment of *day*'s strike, UTC.

    fold=0 is the first of the two when an hour comes twice, and the offset before the change when it does not
    exist: 02:30 on 29 March 2026 strikes at 03:30 summer time (PEP 495).
    """
    at = schedule.weekly_at if rhythm is Rhythm.WEEKLY else schedule.daily_at
    return datetime.combine(day, at.replace(fold=0), tzinfo=tz).astimezone(UTC)
