"""A reader: a person or chat that receives; a subscription: what it follows, and when."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum


class Channel(StrEnum):
    """The way to a reader."""

    TELEGRAM = "telegram"
    MAIL = "mail"
    CONSOLE = "console"


class Rhythm(StrEnum):
    """When a subscription is served; several are allowed together."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Where to deliver. Names and texts of people are not kept."""

    id: int
    channel: Channel
    address: str  #: chat id, "chat id:topic id", or e-mail address
    language: str = "fr"
    timezone: str = "Europe/Paris"
    paused: bool = False
    confirmed: bool = True  #: False: an inscription by mail that its mailbox has not confirmed
    disabled_reason: str | None = None  #: set when the channel says the reader is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a reader follows. An empty set of a kind means no restriction of that kind.

    A story fits when its sectors, clusters, companies, signals or words meet one followed (all stories do when
    none is named), its département is one followed (if any is named), and no exclusion stands in it.
    Words and exclusions are written in the language of the desk's keywords: `comtoise.text.keywords`.
    """

    reader_id: int
    sectors: frozenset[str] = frozenset()
    clusters: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()  #: the reader's own
    exclusions: frozenset[str] = frozenset()  #: a story with such words is never told
    rhythms: frozenset[Rhythm] = frozenset({Rhythm.DAILY})
    quiet_from: time | None = field(default=time(20, 0))  #: local; alerts are held back until quiet_to
    quiet_to: time | None = field(default=time(7, 30))
    quiet_weekend: bool = False  #: alerts of Saturday and Sunday wait until Monday, quiet_to
    empty_days: bool = False  #: a slot without news is told too
    alerts_per_day: int = 5
    worth_min: int = 1
