"""A digest: what one reader gets for one slot. Composed once, stored, rendered for each channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from comtoise.model.reader import Rhythm
from comtoise.model.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A day or a week to tell, named by its local period so that a clock change cannot double it."""

    rhythm: Rhythm
    key: str  #: "2026-11-25" for a day, "2026-W48" for a week: unique for a reader
    since: datetime  #: aware, UTC, included
    until: datetime  #: aware, UTC, excluded; the moment the slot is struck


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stories of one sector, best first."""

    topic: str  #: sector id, or "autres"
    label: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What a reader's topics brought in one week, in figures."""

    start: date  #: its first day, by the reader's clock
    stories: int = 0
    sectors: Mapping[str, int] = field(
        default_factory=dict
    )  #: stories by sector id; one may count in several
    departements: Mapping[str, int] = field(default_factory=dict)  #: by code
    invested: int = 0  #: euros of investments announced
    created: int = 0  #: jobs
    cut: int = 0  #: jobs
    sites: int = 0  #: stories of new or extended sites
    procedures: int = 0  #: stories of collective procedures


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A composed digest."""

    slot: Slot
    title: str  #: for a mail's subject: the biggest fact
    period: str  #: in French: « mercredi 25 novembre 2026 »
    zone: str  #: « Bourgogne-Franche-Comté »
    highlights: tuple[Story, ...]  #: « À retenir »
    sections: tuple[Section, ...]  #: the rest, in the reader's order
    filtered: int = 0  #: articles read and not kept during the slot
    cut: int = 0  #: fitting stories left out for length
    weeks: tuple[Week, ...] = ()  #: of a weekly digest: the oldest first, the week told last
    note: str = ""  #: a sentence of the desk's editor

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories told, once each, in reading order."""
        return self.highlights + tuple(story for section in self.sections for story in section.stories)
