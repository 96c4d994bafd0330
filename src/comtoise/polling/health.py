"""Whether a source is well: silence judged by its own rhythm, episodes of trouble, and when a person is told.

Pure: what is known of a source and the moment come in, a judgment goes out. Nothing here stops a source: a person
is told, and the polls go on.

Silence counts hours, not items: a source that publishes ten at once has spoken once. With *n* such hours in *d*
days, the chance that nothing comes for the next *t* days is (1 + t/d) to the power -n: the Poisson chance, averaged
over all the rates that would explain those hours. A source known for a day is so given longer than one of a month.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from comtoise.polling.history import History
from comtoise.polling.rhythm import Rhythm
from comtoise.polling.schedule import DAY, HOUR, until_expected

SILENT = 1e-3  #: chance of so long a silence in a healthy source, below which it is taken for a fault
OVERDUE = 1e-2  #: below which a server that says « unchanged » is asked without validators

TOLD_AFTER = timedelta(days=3)  #: what may heal by itself: a host that does not answer, an empty feed
TOLD_AFTER_POLLS = 3  #: what does not
#: Kinds of trouble that do not heal.
LASTING = frozenset(
    {
        "blocked",
        "html",
        "tls",
        "layout",
        "address",
        "robots",
        "elsewhere",
        "redirects",
        "too-large",
        "http-401",
    }
)
PATIENT = frozenset({"silent", "gone"})  #: kinds that have waited before they are found

WEEK = timedelta(days=7)
NEVER_DAYS = 3650.0  #: a silence that would take longer to be sure of is no alarm
USUAL_LEAST = 5.0  #: entries; below, counts are too small to compare
WILD = 4.0  #: times more or fewer links than usual
_USUAL_MEMORY = 0.1  #: what a new count weighs in the usual one


def silence(history: History, rhythm: Rhythm, now: datetime) -> float:
    """The chance that a healthy source says nothing from its last item until *now*.

    Args:
        history: As it was when the last item came: its silence must not teach us to expect silence.
        rhythm: For the hours of the week; its rate does not count.
    """
    if history.latest is None or not history.days:
        return 1.0
    return float((1 + _days_of(rhythm, history.latest, now) / history.days) ** -history.busy)


def silent_from(history: History, rhythm: Rhythm, *, chance: float = SILENT) -> datetime | None:
    """The moment from which `silence` is below *chance*; None when that would take ten years."""
    if history.latest is None or not history.days or not history.busy:
        return None
    exponent = -math.log(chance) / history.busy
    if exponent > math.log1p(NEVER_DAYS / history.days):
        return None
    weeks, rest = divmod(history.days * math.expm1(exponent), 7.0)
    start = history.latest + weeks * WEEK
    return start + until_expected(rest, rhythm.profile.__getitem__, now=start, most=WEEK)


def _days_of(rhythm: Rhythm, since: datetime, until: datetime) -> float:
    """The days between two moments, each hour counted by what usually comes in it."""
    if until <= since:
        return 0.0
    weeks = (until - since) // WEEK
    total, moment = weeks * 7.0, since + weeks * WEEK
    while moment < until:
        turn = min(moment.replace(minute=0, second=0, microsecond=0) + HOUR, until)
        total += rhythm.at(moment) / rhythm.per_day * ((turn - moment) / DAY)
        moment = turn
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong at one poll."""

    kind: str  #: short code, see `comtoise_crawler.failures`; also silent, empty, layout
    text: str  #: one French sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A time during which every poll of a source found something wrong."""

    trouble: Trouble  #: what the last poll found
    since: datetime
    polls: int = 1
    told_at: datetime | None = None  #: since when it needs a person


def carry_on(episode: Episode | None, trouble: Trouble | None, now: datetime) -> Episode | None:
    """The episode after one more poll: begun, carried on, or ended by a poll that found nothing wrong.

    It may change its kind on the way, and is told once.
    """
    if trouble is None:
        return None
    since = now if episode is None else episode.since
    polls = 1 if episode is None else episode.polls + 1
    told_at = None if episode is None else episode.told_at
    if told_at is None and (
        trouble.kind in PATIENT
        or (trouble.kind in LASTING and polls >= TOLD_AFTER_POLLS)
        or now - since >= TOLD_AFTER
    ):
        told_at = now
    return Episode(trouble=trouble, since=since, polls=polls, told_at=told_at)


def usual_count(usual: float | None, shown: int) -> float | None:
    """The smoothed number of entries of a source; a list without entries teaches nothing."""
    if not shown:
        return usual
    return float(shown) if usual is None else usual + _USUAL_MEMORY * (shown - usual)


def changed_layout(usual: float | None, shown: int) -> bool:
    """Whether a page shows so many or so few links that it must have been made anew."""
    if usual is None or max(usual, shown) < USUAL_LEAST:
        return False
    return not usual / WILD <= shown <= usual * WILD
