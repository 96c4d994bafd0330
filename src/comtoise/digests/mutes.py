"""What a reader wants to hear no more of, for a time or for good: « Moins de ça… ». Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from comtoise.model import Story, TopicKind

SOURCE = "source"  #: kind of a mute of a source; the others are kinds of topics


@dataclass(frozen=True, slots=True)
class Mute:
    """One topic or source, silent until a moment."""

    kind: str  #: `SOURCE`, or the value of a `TopicKind`
    topic: str  #: id of the topic, or of the source
    until: datetime | None  #: aware; None: for good


def muted(story: Story, mutes: Iterable[Mute], now: datetime) -> bool:
    """Whether *story* is about something muted.

    A company mutes every story that names it. Of what else a story may have several (sectors, signals, sources),
    all must be muted: who is tired of nominations still hears of the investment announced with one.
    """
    silent: dict[str, set[str]] = {}
    for mute in mutes:
        if mute.until is None or now < mute.until:
            silent.setdefault(mute.kind, set()).add(mute.topic)
    if not silent:
        return False
    topics = topics_of(story)
    company = TopicKind.COMPANY.value
    return any(
        bool(topics.get(kind, set()) & quiet)
        if kind == company
        else bool(topics.get(kind)) and topics[kind] <= quiet
        for kind, quiet in silent.items()
    )


def topics_of(story: Story) -> dict[str, set[str]]:
    """What may be muted of a story, by kind."""
    found = {SOURCE: {article.source_id for article in (story.lead, *story.others)}}
    for match in story.matches:
        found.setdefault(match.kind.value, set()).add(match.topic)
    return found
