"""What a story knows once its articles are put together, and what of a new article is news."""

from collections.abc import Iterable, Iterator, Sequence
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
