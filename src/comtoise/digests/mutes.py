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

    A company mutes every story that names it; a sector, an event or another topic, the stories where it is the
    surest of its kind: who is tired of nominations still hears of the investment announced with one. A source
    mutes what it alone tells.
    """
    silent: dict[str, set[str]] = {}
    for mute in mutes:
        if mute.until is None or now < mute.until:
            silent.setdefault(mute.kind, set()).add(mute.topic)
    if not silent:
        return False
    topics = topics_of(story)
    if SOURCE in silent and topics[SOURCE] <= silent.pop(SOURCE):
        return True
    return any(topics.get(kind, set()) & quiet for kind, quiet in silent.items() if kind != SOURCE)


def topics_of(story: Story) -> dict[str, set[str]]:
    """What may be muted of a story, by kind: its sources, its companies, and the surest topic of each other kind."""
    found = {SOURCE: {article.source_id for article in (story.lead, *story.others)}}
    for match in sorted(story.matches, key=lambda match: (-match.score, match.topic)):
        known = found.setdefault(match.kind.value, set())
        if match.kind is TopicKind.COMPANY or not known:
            known.add(match.topic)
    return found
