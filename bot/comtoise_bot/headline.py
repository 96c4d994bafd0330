"""The line that tells a story: its fact when one was read for certain, its publisher's title otherwise.

A fact is told only with a company and a figure, both found in the text: headlines of the local press
often hide the figure, and a fact line that is not sure would be worse than their title. Pure.
"""

from dataclasses import dataclass

from comtoise.i18n import _
from comtoise.model import Match, SignalSlots, Story, TopicKind
from comtoise.text import typography
from comtoise_bot.message import one_line
from comtoise_bot.words import say

_EMOJI = {
    "investissement": "🏭",
    "extension": "🏗️",
    "implantation": "📍",
    "recrutement": "👥",
    "suppression-emplois": "📉",
    "levee-de-fonds": "💶",
    "aide-publique": "🏛️",
    "procedure-collective": "⚖️",
    "cession-acquisition": "🤝",
    "innovation-brevet": "💡",
    "prix-distinction": "🏆",
    "nomination": "👤",
    "formation": "🎓",
    "salon": "📅",
}
OTHER_EMOJI = "📰"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What is read first."""

    emoji: str  #: the kind of event; never the only place where it is said
    text: str  #: one line, plain
    is_fact: bool  #: ours, made of facts; otherwise the publisher's title, verbatim


def headline(story: Story) -> Headline:
    """The headline of *story*."""
    signals = [match for match in story.matches if match.kind is TopicKind.SIGNAL]
    signals.sort(key=lambda match: -match.score)
    for signal in signals:
        fact = _fact(signal, story)
        if fact is not None:
            return Headline(emoji=_EMOJI.get(signal.topic, OTHER_EMOJI), text=fact, is_fact=True)
    emoji = _EMOJI.get(signals[0].topic, OTHER_EMOJI) if signals else OTHER_EMOJI
    return Headline(emoji=emoji, text=one_line(story.lead.title), is_fact=False)


def place(story: Story) -> str:
    """« Besançon (25) », « Doubs », or nothing when no place was read."""
    communes = [match for match in story.matches if match.kind is TopicKind.COMMUNE]
    departements = [match for match in story.matches if match.kind is TopicKind.DEPARTEMENT]
    if communes:
        best = max(communes, key=lambda match: match.score)
        return f"{best.label or best.topic} ({departement_of(best.topic)})"
    if departements:
        best = max(departements, key=lambda match: match.score)
        return best.label or best.topic
    return ""


def departement_of(insee: str) -> str:
    """The code of the département of a commune's INSEE code: three characters overseas, two elsewhere."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


def _fact(signal: Match, story: Story) -> str | None:
    slots = signal.slots
    if slots is None or slots.negated or slots.status == "cancelled":
        return None
    company = _company(slots, story)
    if company is None:
        return None
    told = _told(signal.topic, slots)
    if told is None:
        return None
    where = _commune(slots, story)
    return say(_("{company} {fact} à {place}"), company=company, fact=told, place=where) if where else (
        f"{company} {told}"
    )  # fmt: skip


def _told(kind: str, slots: SignalSlots) -> str | None:
    """The verb and its figures; None when there is no figure to tell for this kind of event."""
    money = slots.amount and typography.wide(typography.amount(slots.amount.value, slots.amount.currency))
    jobs = slots.jobs
    created = jobs and jobs.role == "created" and typography.wide(typography.jobs(jobs.count))
    cut = jobs and jobs.role == "cut" and typography.wide(typography.jobs(jobs.count))
    coming = slots.status == "announced"
    match kind:
        case "investissement" | "extension" | "implantation" if money and created:
            told = (
                _("va investir {money} et créer {jobs}") if coming else _("investit {money} et crée {jobs}")
            )
            return say(told, money=money, jobs=created)
        case "investissement" | "extension" | "implantation" if money:
            return say(_("va investir {money}") if coming else _("investit {money}"), money=money)
        case "investissement" | "extension" | "implantation" | "recrutement" if created:
            return say(_("va créer {jobs}") if coming else _("crée {jobs}"), jobs=created)
        case "suppression-emplois" if cut:
            return say(_("va supprimer {jobs}") if coming else _("supprime {jobs}"), jobs=cut)
        case "levee-de-fonds" if money:
            return say(_("veut lever {money}") if coming else _("lève {money}"), money=money)
        case "aide-publique" if money:
            return say(
                _("va recevoir une aide de {money}") if coming else _("reçoit une aide de {money}"),
                money=money,
            )
        case _:
            return None


def _company(slots: SignalSlots, story: Story) -> str | None:
    if not slots.company:
        return None
    for match in story.matches:
        if match.kind is TopicKind.COMPANY and match.topic == slots.company:
            return match.label or None
    # A name as read in the text, not one of the companies known: an identifier never reaches a reader.
    return one_line(slots.company) if slots.company != slots.company.lower() else None


def _commune(slots: SignalSlots, story: Story) -> str | None:
    """The name of the place of the event, unless « à » before it would be wrong French."""
    for match in story.matches:
        if match.kind is TopicKind.COMMUNE and match.topic == slots.place and match.label:
            # « à Le Creusot » is « au Creusot »: the line below says the place.
            return None if match.label.startswith(("Le ", "Les ")) else match.label
    return None
