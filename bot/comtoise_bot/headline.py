"""The line that tells a story: its fact when one is sure, its publisher's title otherwise. Pure."""

from dataclasses import dataclass

from comtoise.delivery.letter import titled
from comtoise.digests.facts import fact_line, facts, figures
from comtoise.model import Story, TopicKind
from comtoise.text.typography import wide
from comtoise_bot.message import one_line

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
    told = fact_line(story)
    found = facts(story)
    if told is None:
        emoji = _EMOJI.get(found[0].signal, OTHER_EMOJI) if found else OTHER_EMOJI
        return Headline(emoji=emoji, text=titled(one_line(story.lead.title)), is_fact=False)
    signal = next((fact.signal for fact in found if fact.company and figures(fact)), "")
    return Headline(emoji=_EMOJI.get(signal, OTHER_EMOJI), text=one_line(wide(told)), is_fact=True)


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
