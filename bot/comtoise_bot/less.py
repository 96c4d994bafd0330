"""What of a story a reader may want to hear less of: its companies, its surest sector, its event, its source. Pure."""

from dataclasses import dataclass

from comtoise.digests.mutes import SOURCE
from comtoise.i18n import _
from comtoise.model import Story, TopicKind
from comtoise_bot.callbacks import brief
from comtoise_bot.message import one_line
from comtoise_bot.words import say

COMPANIES = 2  #: offered


@dataclass(frozen=True, slots=True)
class Option:
    """Something to mute."""

    kind: str  #: as `comtoise.digests.mutes.Mute` has it
    topic: str
    name: str  #: « Orlova »
    label: str  #: « L’entreprise Orlova »

    @property
    def brief(self) -> str:
        """What a button calls it."""
        return brief(self.kind, self.topic)


def options(story: Story) -> tuple[Option, ...]:
    """What may be muted, in the order of the buttons."""
    labels = {
        TopicKind.COMPANY: _("L’entreprise {name}"),
        TopicKind.SECTOR: _("La filière {name}"),
        TopicKind.SIGNAL: _("Les nouvelles du genre « {name} »"),
    }
    found = []
    for kind, label in labels.items():
        matches = sorted((m for m in story.matches if m.kind is kind), key=lambda m: (-m.score, m.topic))
        for match in matches[: COMPANIES if kind is TopicKind.COMPANY else 1]:
            name = one_line(match.label or match.topic)
            found.append(Option(kind.value, match.topic, name, say(label, name=name)))
    source = one_line(story.lead.source_name)
    found.append(Option(SOURCE, story.lead.source_id, source, say(_("La source {name}"), name=source)))
    return tuple(found)


def option(story: Story, wanted: str) -> Option | None:
    """The option that a button named; None when the story changed meanwhile."""
    return next((each for each in options(story) if each.brief == wanted), None)
