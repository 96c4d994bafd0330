"""What is to come, from the dates that the articles told name: a hearing, an opening, a fair, a deadline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from comtoise.digests.facts import subject
from comtoise.model import Story, TopicKind
from comtoise.text.typography import MONTHS

AHEAD = timedelta(days=90)
LINES_MAX = 6
_DAY = re.compile(r"(?<!\d)(1er|\d{1,2})\s+(" + "|".join(MONTHS) + r")(?:\s+(\d{4}))?(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One line of the agenda."""

    on: date
    label: str  #: of the event: « Redressement, liquidation, sauvegarde »
    title: str
    url: str


def agenda(stories: Iterable[Story], after: date) -> tuple[Appointment, ...]:
    """The days to come that *stories* name as a fact of an event, the nearest first; « fin 2026 » is no day."""
    found: dict[tuple[date, str], Appointment] = {}
    for story in stories:
        for match in story.matches:
            if match.kind is not TopicKind.SIGNAL or match.slots is None or match.slots.negated:
                continue
            on = _day(match.slots.date or "", story.first_seen.date())
            if on is not None and after < on <= after + AHEAD:
                found.setdefault(
                    (on, story.id),
                    Appointment(
                        on=on, label=match.label or match.topic, title=subject(story, 100), url=story.lead.url
                    ),
                )
    return tuple(found[key] for key in sorted(found))[:LINES_MAX]


def _day(text: str, said: date) -> date | None:
    """The day a text names; without a year, the nearest one to the day it was said."""
    named = _DAY.search(text)
    if named is None:
        return None
    number = 1 if named[1].lower() == "1er" else int(named[1])
    month = MONTHS.index(named[2].lower()) + 1
    years = [int(named[3])] if named[3] else [said.year - 1, said.year, said.year + 1]
    days = []
    for year in years:
        try:
            days.append(date(year, month, number))
        except ValueError:
            continue  # 29 February of a common year, 31 April
    return min(days, key=lambda day: abs(day - said), default=None)
