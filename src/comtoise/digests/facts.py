"""The fact of a story in one line of ours: who, what, how much, where.

Written only when the figures were read in the text with their role and the company is known: otherwise the
publisher's title says it better, and says it as published.
"""

from collections.abc import Callable
from dataclasses import dataclass

from comtoise.i18n import _, ngettext
from comtoise.model import Amount, Jobs, Match, SignalSlots, Story, TopicKind
from comtoise.text.typography import NBSP, amount, number, shorten, typo


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A business event of a story, in words for people; what the text does not say is None or empty."""

    company: str
    signal: str  #: id
    label: str  #: of the signal
    place: str  #: commune, or else département
    amount: Amount | None = None
    jobs: Jobs | None = None  #: created or cut, never a headcount


#: Roles of an amount that make news; a turnover or a debt describes the company, not the event.
_AMOUNTS: dict[str | None, Callable[[str], str]] = {
    "investissement": lambda sum_: _("investissement de {sum}").format(sum=sum_),
    "levee": lambda sum_: _("levée de fonds de {sum}").format(sum=sum_),
    "aide": lambda sum_: _("aide de {sum}").format(sum=sum_),
    "prix-de-vente": lambda sum_: _("vente pour {sum}").format(sum=sum_),
}


def facts(story: Story) -> tuple[Fact, ...]:
    """Return the events of *story*, the most telling first; a denied or cancelled one is none."""
    found = [
        (match, match.slots or SignalSlots())
        for match in story.matches
        if match.kind is TopicKind.SIGNAL and not (match.slots and _denied(match.slots))
    ]
    found.sort(key=lambda pair: (-_figures(pair[1]), -pair[0].score, pair[0].topic))
    return tuple(
        Fact(
            company=_company(story, slots),
            signal=match.topic,
            label=match.label or match.topic,
            place=_place(story, slots),
            amount=slots.amount if slots.amount and slots.amount.role in _AMOUNTS else None,
            jobs=slots.jobs if slots.jobs and slots.jobs.role != "headcount" else None,
        )
        for match, slots in found
    )


def figures(fact: Fact) -> tuple[str, ...]:
    """Return its figures as readers see them: « investissement de 12,5 M€ », « 40 emplois créés »."""
    parts = []
    if fact.amount:
        parts.append(typo(_AMOUNTS[fact.amount.role](amount(fact.amount.value, fact.amount.currency))))
    if fact.jobs:
        count = fact.jobs.count
        text = (
            ngettext("{n} emploi supprimé", "{n} emplois supprimés", count)
            if fact.jobs.role == "cut"
            else ngettext("{n} emploi créé", "{n} emplois créés", count)
        )
        parts.append(typo(text.format(n=number(count))))
    return tuple(parts)


def fact_line(story: Story, limit: int = 160) -> str | None:
    """Return « Jurafine : investissement de 12,5 M€, 40 emplois créés (Oyonnax) », None without a sure fact.

    At most *limit* characters: the place goes first, then the jobs; None when even the rest is longer.
    """
    for fact in facts(story):
        parts = figures(fact)
        if not fact.company or not parts:
            continue
        place = f" ({fact.place})" if fact.place else ""
        for text in (", ".join(parts) + place, ", ".join(parts), parts[0]):
            line = f"{fact.company}{NBSP}: {text}"
            if len(line) <= limit:
                return line
    return None


def subject(story: Story, limit: int = 60) -> str:
    """Return the fact of *story* in at most *limit* characters, or else its title cut at a word."""
    return fact_line(story, limit) or shorten(story.lead.title, limit)


def _denied(slots: SignalSlots) -> bool:
    return slots.negated or slots.status == "cancelled"


def _figures(slots: SignalSlots) -> int:
    return (slots.amount is not None and slots.amount.role in _AMOUNTS) + (
        slots.jobs is not None and slots.jobs.role != "headcount"
    )


def _company(story: Story, slots: SignalSlots) -> str:
    """The company's name: of the slot, or else of the only company the story names."""
    companies = [match for match in story.matches if match.kind is TopicKind.COMPANY]
    for match in companies:
        if match.topic == slots.company:
            return match.label or match.topic
    if slots.company:
        return slots.company
    return companies[0].label if len(companies) == 1 else ""


def _place(story: Story, slots: SignalSlots) -> str:
    communes = [match for match in story.matches if match.kind is TopicKind.COMMUNE]
    named = [match for match in communes if match.topic == slots.place] or communes
    named = named or [match for match in story.matches if match.kind is TopicKind.DEPARTEMENT]
    return _best(named).label if named else ""


def _best(matches: list[Match]) -> Match:
    return max(matches, key=lambda match: match.score)
