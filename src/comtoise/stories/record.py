"""What a story knows once its articles are put together, and what of a new article is news."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from comtoise.model import Match, SignalSlots, Story, StoryFact, TopicKind

#: Kinds of event that a court decides.
_JUDGED = frozenset(("procedure-collective", "cession-acquisition"))


def merged_facts(articles: Sequence[tuple[str, Iterable[Match]]]) -> tuple[StoryFact, ...]:
    """The facts of a story: for each signal, each slot as the first article that fills it does.

    *articles* gives the id and the matches of each, the lead first. Denied events tell no fact.
    """
    facts: dict[tuple[str, str], StoryFact] = {}
    for article_id, matches in articles:
        for match, slots in _events(matches):
            for name, value in _filled(slots):
                facts.setdefault(
                    (match.topic, name),
                    StoryFact(signal=match.topic, name=name, value=value, article_id=article_id),
                )
    return tuple(facts.values())


def merged_matches(articles: Iterable[Iterable[Match]]) -> tuple[Match, ...]:
    """The topics of a story: of each, the match with the best score, with the slots of all the articles.

    *articles* gives the matches of each, the lead first: as in `merged_facts`, the first that fills a slot
    does. A match that denies an event lends and borrows none.
    """
    best: dict[tuple[TopicKind, str], Match] = {}
    slots: dict[tuple[TopicKind, str], SignalSlots] = {}
    for matches in articles:
        for match in matches:
            key = (match.kind, match.topic)
            if key not in best or match.score > best[key].score:
                best[key] = match
            if match.slots is not None and not match.slots.negated:
                slots[key] = _filled_in(slots[key], match.slots) if key in slots else match.slots
    return tuple(
        replace(match, slots=_filled_in(slots[key], match.slots, status_of=match.slots))
        if key in slots and match.slots is not None and not match.slots.negated
        else match
        for key, match in best.items()
    )


def _filled_in(first: SignalSlots, then: SignalSlots, *, status_of: SignalSlots | None = None) -> SignalSlots:
    """*first*, with what it lacks taken from *then*; how the event stands is that of *status_of*."""
    stand = status_of or first
    return SignalSlots(
        status=stand.status or first.status or then.status,
        polarity=stand.polarity,
        amount=first.amount or then.amount,
        jobs=first.jobs or then.jobs,
        company=first.company or then.company,
        place=first.place or then.place,
        date=first.date or then.date,
    )


def news_of(known: Iterable[Match], found: Iterable[Match]) -> tuple[str, ...]:
    """What a new article adds that is worth telling again: « amount », « jobs », « judgment ».

    *known* are the matches of the story so far. A figure that corrects an earlier one is no news: the message
    already sent is updated.
    """
    before, after = _milestones(known), _milestones(found)
    return tuple(name for name in ("amount", "jobs", "judgment") if name in after - before)


def shown(story: Story) -> str:
    """A short hash of what a message about *story* shows: equal as long as there is nothing to bring up to date."""
    seen = (
        story.lead.title,
        story.lead.url,
        [other.source_name for other in story.others],
        [(fact.signal, fact.name, fact.value) for fact in story.facts],
    )
    return blake2b(repr(seen).encode(), digest_size=8).hexdigest()


def _milestones(matches: Iterable[Match]) -> set[str]:
    found: set[str] = set()
    for match, slots in _events(matches):
        if slots.amount is not None:
            found.add("amount")
        if slots.jobs is not None and slots.jobs.role != "headcount":
            found.add("jobs")
        if match.topic in _JUDGED and slots.status in ("done", "cancelled"):
            found.add("judgment")
    return found


def _events(matches: Iterable[Match]) -> Iterator[tuple[Match, SignalSlots]]:
    for match in matches:
        if match.kind is TopicKind.SIGNAL and match.slots is not None and not match.slots.negated:
            yield match, match.slots


def _filled(slots: SignalSlots) -> Iterator[tuple[str, str]]:
    if slots.amount is not None:
        yield "amount", f"{slots.amount.value} {slots.amount.currency}"
    if slots.jobs is not None:
        yield "jobs", f"{slots.jobs.count} {slots.jobs.role}"
    for name in ("company", "place", "date", "status"):
        value = getattr(slots, name)
        if value:
            yield name, str(value)
