"""Which stories a reader follows: the rule of `Subscription`, applied here and nowhere else in Python.

The index of `comtoise.store.watch` finds the readers of a story by the same rule; a property holds them equal.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta

from comtoise.model import Rhythm, Slot, Story, Subscription, TopicKind

LATE = timedelta(days=7)  #: published longer than this before a slot: found late, and no news any more


def fits(story: Story, subscription: Subscription) -> bool:
    """Whether *story* is about what is followed, and worth the reader's bar.

    Sectors, clusters, companies, signals and the reader's words widen (one is enough), départements narrow,
    exclusions forbid. The words that stand in a story are among its matches: `comtoise.store.words.enriched`.
    """
    if story.worth < subscription.worth_min:
        return False
    topics = {(match.kind, match.topic) for match in story.matches}
    if not topics.isdisjoint((TopicKind.WORD, word) for word in subscription.exclusions):
        return False
    followed = {
        (kind, topic)
        for kind, ids in (
            (TopicKind.SECTOR, subscription.sectors),
            (TopicKind.CLUSTER, subscription.clusters),
            (TopicKind.COMPANY, subscription.companies),
            (TopicKind.SIGNAL, subscription.signals),
            (TopicKind.WORD, subscription.words),
        )
        for topic in ids
    }
    if followed and topics.isdisjoint(followed):
        return False
    places = {(TopicKind.DEPARTEMENT, code) for code in subscription.departements}
    return not places or not topics.isdisjoint(places)


def personal(story: Story, words: Collection[str]) -> Story:
    """*story* as one reader may see it: of the words that readers look for, only *words*, his own."""
    if all(match.kind is not TopicKind.WORD or match.topic in words for match in story.matches):
        return story
    return replace(
        story,
        matches=tuple(
            match for match in story.matches if match.kind is not TopicKind.WORD or match.topic in words
        ),
    )


def wanted(
    stories: Iterable[Story], subscription: Subscription, slot: Slot, *, told: Collection[str] = ()
) -> tuple[Story, ...]:
    """Return the stories that *slot* may tell this reader, in the order given, as he may see them.

    Args:
        told: Ids of the stories already sent to the reader as alerts. A daily digest leaves them out; a
        weekly
            one sums up the week and tells them again.
    """
    return tuple(
        personal(story, subscription.words)
        for story in stories
        if slot.since <= story.first_seen < slot.until
        and (story.lead.published is None or story.lead.published >= slot.since - LATE)
        and (slot.rhythm is Rhythm.WEEKLY or story.id not in told)
        and fits(story, subscription)
    )
