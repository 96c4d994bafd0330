"""Which stories a reader follows: the rule of `Subscription`, applied here and nowhere else in Python."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from comtoise.model import Rhythm, Slot, Story, Subscription, TopicKind

LATE = timedelta(days=7)  #: published longer than this before a slot: found late, and no news any more


def fits(story: Story, subscription: Subscription) -> bool:
    """Whether *story* is about what is followed, and worth the reader's bar.

    Sectors, clusters, companies and signals widen (one is enough), départements narrow.
    """
    if story.worth < subscription.worth_min:
        return False
    topics = {(match.kind, match.topic) for match in story.matches}
    followed = {
        (kind, topic)
        for kind, ids in (
            (TopicKind.SECTOR, subscription.sectors),
            (TopicKind.CLUSTER, subscription.clusters),
            (TopicKind.COMPANY, subscription.companies),
            (TopicKind.SIGNAL, subscription.signals),
        )
        for topic in ids
    }
    if followed and topics.isdisjoint(followed):
        return False
    places = {(TopicKind.DEPARTEMENT, code) for code in subscription.departements}
    return not places or not topics.isdisjoint(places)


def wanted(
    stories: Iterable[Story], subscription: Subscription, slot: Slot, *, told: Collection[str] = ()
) -> tuple[Story, ...]:
    """Return the stories that *slot* may tell this reader, in the order given.

    Args:
        told: Ids of the stories already sent to the reader as alerts. A daily digest leaves them out; a
        weekly
            one sums up the week and tells them again.
    """
    return tuple(
        story
        for story in stories
        if slot.since <= story.first_seen < slot.until
        and (story.lead.published is None or story.lead.published >= slot.since - LATE)
        and (slot.rhythm is Rhythm.WEEKLY or story.id not in told)
        and fits(story, subscription)
    )
