"""What a digest tells when there is more than a reader wants to read.

A story earns points for its worth (the most by far), its freshness, the number of outlets that carry it, the
size of its figures and the reader's own taste. Then the best is taken, again and again, each time lowering
what resembles the stories already taken: ten articles on one company, one source or one sector never fill a
digest.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from comtoise.digests.edits import UNTOUCHED, Edits
from comtoise.digests.facts import facts
from comtoise.digests.subscriptions import wanted
from comtoise.model import Rhythm, Slot, Story, Subscription, TopicKind

OTHERS = "autres"  #: the section of stories of no followed sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one digest may hold, in stories."""

    highlights: int
    per_section: int
    total: int  #: highlights included

    @classmethod
    def of(cls, rhythm: Rhythm) -> "Limits":
        """What fits in two minutes of a morning, or in five of a Monday and in 80 KB of mail."""
        if rhythm is Rhythm.WEEKLY:
            return cls(highlights=5, per_section=5, total=25)
        return cls(highlights=3, per_section=5, total=18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The stories chosen, each once."""

    highlights: tuple[Story, ...] = ()  #: best first
    sections: Mapping[str, tuple[Story, ...]] = field(default_factory=dict)  #: by sector id, best first
    cut: int = 0  #: wanted, and left out for length


#: Points lost for each story already taken that shares this.
_SAME = {"saga": 2.0, "company": 1.5, "source": 0.5, "sector": 0.4, "departement": 0.2}


def select(
    stories: Iterable[Story],
    subscription: Subscription,
    slot: Slot,
    limits: Limits,
    *,
    told: Collection[str] = (),
    taste: Mapping[str, float] | None = None,
    edits: Edits = UNTOUCHED,
) -> Selection:
    """Choose among *stories* what *slot* tells this reader.

    Args:
        stories: In any order; those that do not fit the subscription or the slot are passed over.
        told: Ids of stories the reader has had as alerts.
        taste: Topic id to -1..1, from the reader's own « utile » and « hors sujet »; unknown topics are 0.
        edits: What an editor wants first, later or not at all.
    """
    followed = wanted(stories, subscription, slot, told=told)
    left = {story.id: story for story in followed if story.id not in edits.removed}
    points = {story.id: worth_points(story, slot, taste or {}) for story in left.values()}
    traits = {story.id: _traits(story) for story in left.values()}
    lost = dict.fromkeys(left, 0.0)
    highlights: list[Story] = []
    sections: dict[str, list[Story]] = {}
    count = len(left)
    first = [id_ for id_ in edits.promoted if id_ in left]
    while left and len(highlights) + sum(map(len, sections.values())) < limits.total:
        on_top = len(highlights) < limits.highlights and not edits.demoted.issuperset(left)
        best = (
            first.pop(0)
            if first
            else min(
                left,
                key=lambda id_: (
                    on_top and id_ in edits.demoted,
                    lost[id_] - points[id_],
                    left[id_].first_seen,
                    id_,
                ),
            )
        )
        story = left.pop(best)
        if on_top:
            highlights.append(story)
        else:
            section = sections.setdefault(section_of(story, subscription), [])
            if len(section) == limits.per_section:
                continue
            section.append(story)
        for id_ in left:
            lost[id_] += sum(_SAME[kind] for kind, _name in traits[best] & traits[id_])
    told_count = len(highlights) + sum(map(len, sections.values()))
    return Selection(
        highlights=tuple(highlights),
        sections={
            name: tuple(sorted(section, key=lambda s: (-points[s.id], s.first_seen, s.id)))
            for name, section in sections.items()
        },
        cut=count - told_count,
    )


def worth_points(story: Story, slot: Slot, taste: Mapping[str, float]) -> float:
    """What *story* earns before it is compared with the others, no unit."""
    seen = (story.first_seen - slot.since) / (slot.until - slot.since)
    outlets = len({story.lead.source_id, *(article.source_id for article in story.others)})
    liked = [taste[match.topic] for match in story.matches if match.topic in taste]
    return (
        3 * story.worth
        + min(max(seen, 0), 1)
        + 0.5 * min(math.log2(outlets), 2)
        + _size(story)
        + (sum(liked) / len(liked) if liked else 0)
    )


def section_of(story: Story, subscription: Subscription) -> str:
    """Return the sector under which *story* is told: the surest one, among those followed if any is."""
    sectors = [match for match in story.matches if match.kind is TopicKind.SECTOR]
    followed = [match for match in sectors if match.topic in subscription.sectors] or (
        [] if subscription.sectors else sectors
    )
    return max(followed, key=lambda match: (match.score, match.topic)).topic if followed else OTHERS


def _size(story: Story) -> float:
    """0..1: a quarter for each power of ten above 100 000 of money or 10 jobs, the best figure counting."""
    sizes = [0.0]
    for fact in facts(story):
        if fact.amount and fact.amount.value > 0:
            sizes.append(math.log10(fact.amount.value / 1e5))
        if fact.jobs and fact.jobs.count > 0:
            sizes.append(math.log10(fact.jobs.count / 10))
    return min(max(sizes) / 4, 1)


def _traits(story: Story) -> frozenset[tuple[str, str]]:
    kinds = {TopicKind.COMPANY, TopicKind.SECTOR, TopicKind.DEPARTEMENT}
    found = {(match.kind.value, match.topic) for match in story.matches if match.kind in kinds}
    found.add(("source", story.lead.source_id))
    if story.saga:
        found.add(("saga", story.saga))
    return frozenset(found)
