"""How fast a channel lets us send: overall, to one chat, and to one group. Pure: now is an argument.

Telegram asks for about 30 messages a second overall, one a second in a chat, twenty a minute in a group or
channel, and bans bots that insist (core.telegram.org/bots/faq, « Broadcasting to users »). We stay below: 25,
1 and 18. A *lane* is a chat: its topics share its limits.

What counts is when messages arrive, which only their answers tell: a message on its way may arrive at any moment
until then, so that one that was slow to arrive never makes a full second of two others.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from comtoise.model import Channel, Reader

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
ARRIVES_WITHIN = timedelta(seconds=4)  #: without an answer by then it hangs, and holds up its own lane only
_TIDY_EVERY = 1000  #: sends between two looks at lanes that can be forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The limits of a channel; None is no limit."""

    overall_per_s: int | None = None
    lane_gap: timedelta = timedelta(0)  #: between two messages in one chat
    group_per_min: int | None = None


PACES = {
    Channel.TELEGRAM: Pace(overall_per_s=25, lane_gap=_SECOND, group_per_min=18),
    Channel.MAIL: Pace(overall_per_s=5),
    Channel.CONSOLE: Pace(),
}


@dataclass(frozen=True, slots=True)
class Lane:
    """Where messages queue one behind the other."""

    key: str
    group: bool = False


def lane_of(reader: Reader) -> Lane:
    """Return the lane of *reader*: the chat for a Telegram topic, else the address.

    Telegram's groups and channels have negative numbers, or an @name.
    """
    if reader.channel is Channel.TELEGRAM:
        chat = reader.address.partition(":")[0]
        return Lane(chat, group=chat.startswith(("-", "@")))
    return Lane(reader.address)


@dataclass(slots=True)
class _Past:
    """What a lane has had: times of the last arrivals, oldest first, and what the other side asked."""

    sent: deque[datetime] = field(default_factory=deque)
    not_before: datetime | None = None


class Pacer:
    """Remembers what left and arrived, says when the next may leave.

    Any window of a second or a minute keeps the limits. One message a lane is on its way at a time.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._arrived: deque[datetime] = deque(maxlen=pace.overall_per_s)
        self._left: dict[str, datetime] = {}  #: messages on their way, by lane
        self._lanes: dict[str, _Past] = {}
        self._taken = 0

    def earliest(self, lane: Lane, now: datetime) -> datetime:
        """Return when a message may leave for *lane*: *now* or later.

        A clock set back does not stop the sending: times in the future are read as now.
        """
        when = max(now, self._lane_free(lane, now))
        limit = self._pace.overall_per_s
        if limit is not None and len(self._arrived) + len(self._left) >= limit:
            last = [min(at, now) for at in self._arrived]
            last += [min(at, now) + ARRIVES_WITHIN for at in self._left.values()]
            when = max(when, sorted(last)[-limit] + _SECOND)
        return when

    def took(self, lane: Lane, now: datetime) -> None:
        """Record that a message leaves for *lane* now."""
        self._left[lane.key] = now
        past = self._lanes.setdefault(lane.key, _Past())
        past.sent.append(now)
        while len(past.sent) > (self._pace.group_per_min or 1):
            past.sent.popleft()
        self._taken += 1
        if self._taken % _TIDY_EVERY == 0:
            self._tidy(now)

    def answered(self, lane: Lane, now: datetime) -> None:
        """Record that what left for *lane* is no longer on its way: answered, or given up."""
        if self._left.pop(lane.key, None) is None:
            return
        if self._pace.overall_per_s is not None:
            self._arrived.append(now)
        past = self._lanes.get(lane.key)
        if past is not None and past.sent:
            past.sent[-1] = now

    def hold(self, lane: Lane, until: datetime) -> None:
        """Send nothing to *lane* before *until*, which the other side asked for; never shortens a hold."""
        past = self._lanes.setdefault(lane.key, _Past())
        past.not_before = max(until, past.not_before or until)

    def _lane_free(self, lane: Lane, now: datetime) -> datetime:
        past = self._lanes.get(lane.key)
        if past is None:
            return now
        free = past.not_before or now
        if past.sent:
            free = max(free, min(past.sent[-1], now) + self._pace.lane_gap)
        limit = self._pace.group_per_min
        if lane.group and limit is not None and len(past.sent) == limit:
            free = max(free, min(past.sent[0], now) + _MINUTE)
        return free

    def _tidy(self, now: datetime) -> None:
        """Forget lanes that no limit speaks of any more."""
        self._lanes = {
            key: past
            for key, past in self._lanes.items()
            if (past.sent and past.sent[-1] > now - _MINUTE) or (past.not_before and past.not_before > now)
        }
