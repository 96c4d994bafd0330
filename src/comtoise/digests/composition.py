"""Compose what one reader gets for one slot. Stored once; every channel renders the same."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

from comtoise.digests.edits import UNTOUCHED, Edits
from comtoise.digests.facts import subject
from comtoise.digests.selection import OTHERS, Limits, select
from comtoise.i18n import _
from comtoise.model import Digest, Rhythm, Section, Slot, Story, Subscription, TopicKind, Week
from comtoise.text.typography import day, span

PARIS = ZoneInfo("Europe/Paris")


def compose(
    stories: Iterable[Story],
    subscription: Subscription,
    slot: Slot,
    *,
    labels: Mapping[str, str],
    filtered: int,
    zone: str,
    tz: tzinfo = PARIS,
    limits: Limits | None = None,
    told: Collection[str] = (),
    taste: Mapping[str, float] | None = None,
    weeks: tuple[Week, ...] = (),
    edits: Edits = UNTOUCHED,
) -> Digest | None:
    """Return the digest of *slot*, or None when there is nothing to tell and the reader wants to hear nothing then.

    Args:
        stories: Those of the slot, or more; what does not fit is passed over.
        labels: Sector id to its name for people. Its order is the order of the sections.
        filtered: Articles read during the slot and kept from everyone; said at the foot.
        zone: What the watch covers: « Bourgogne-Franche-Comté ».
        tz: The reader's zone, for the name of the period.
        limits: How much to tell; by default what suits the rhythm.
        told: Ids of stories the reader has had as alerts.
        taste: See `select`.
        weeks: See `Digest`.
        edits: See `select`; the editor's note is told with the rest, never alone.
    """
    chosen = select(
        stories, subscription, slot, limits or Limits.of(slot.rhythm), told=told, taste=taste, edits=edits
    )
    if not chosen.highlights and not subscription.empty_days:
        return None
    order = {topic: place for place, topic in enumerate(labels)}
    topics = sorted(chosen.sections, key=lambda topic: (topic == OTHERS, order.get(topic, len(order)), topic))
    return Digest(
        slot=slot,
        title=subject(chosen.highlights[0]) if chosen.highlights else _("Rien à signaler"),
        period=period(slot, tz),
        zone=zone,
        highlights=chosen.highlights,
        sections=tuple(
            Section(
                topic=topic,
                label=_label(topic, labels, chosen.sections[topic]),
                stories=chosen.sections[topic],
            )
            for topic in topics
        ),
        filtered=filtered,
        cut=chosen.cut,
        weeks=weeks,
        note=edits.note,
    )


def period(slot: Slot, tz: tzinfo = PARIS) -> str:
    """« mercredi 25 novembre 2026 », « semaine du 16 au 22 novembre 2026 », by the reader's clock."""
    until = slot.until.astimezone(tz).date()
    if slot.rhythm is not Rhythm.WEEKLY:
        return day(until)
    since = slot.since.astimezone(tz).date()
    return _("semaine {days}").format(days=span(since, until - timedelta(days=1)))


def _label(topic: str, labels: Mapping[str, str], stories: tuple[Story, ...]) -> str:
    if topic in labels:
        return labels[topic]
    if topic == OTHERS:
        return _("Autres sujets")
    known = (
        match.label
        for story in stories
        for match in story.matches
        if match.kind is TopicKind.SECTOR and match.topic == topic and match.label
    )
    return next(known, topic)
