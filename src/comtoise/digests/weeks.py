"""A week of one reader's topics in figures, so that the week told can be set against those before it."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta, tzinfo

from comtoise.digests.facts import Fact, facts
from comtoise.digests.subscriptions import wanted
from comtoise.model import Slot, Story, Subscription, TopicKind, Week

WEEKS = 12  #: that a chart shows
MEAN_OF = 4  #: weeks before the one told


def week_slots(slot: Slot, tz: tzinfo, *, weeks: int = WEEKS) -> tuple[Slot, ...]:
    """The slots of the weeks before *slot* and *slot* itself, the oldest first, by the reader's clock."""

    def back(n: int) -> Slot:
        since, until = (
            (moment.astimezone(tz).replace(tzinfo=None) - timedelta(days=7 * n)).replace(tzinfo=tz)
            for moment in (slot.since, slot.until)
        )
        return Slot(rhythm=slot.rhythm, key=f"{slot.key}-{n}", since=since, until=until)

    return (*(back(n) for n in range(weeks - 1, 0, -1)), slot)


def week_of(stories: Iterable[Story], subscription: Subscription, slot: Slot, tz: tzinfo) -> Week:
    """Count what of *stories* falls into *slot* and is followed; stories outside either are passed over."""
    told = wanted(stories, subscription, slot)
    events = [facts(story) for story in told]
    sectors: Counter[str] = Counter()
    departements: Counter[str] = Counter()
    for story in told:
        sectors.update({m.topic for m in story.matches if m.kind is TopicKind.SECTOR})
        departements.update({m.topic for m in story.matches if m.kind is TopicKind.DEPARTEMENT})
    return Week(
        start=slot.since.astimezone(tz).date(),
        stories=len(told),
        sectors=dict(sectors),
        departements=dict(departements),
        invested=sum(_most(found, _invested) for found in events),
        created=sum(_most(found, lambda fact: _jobs(fact, "created")) for found in events),
        cut=sum(_most(found, lambda fact: _jobs(fact, "cut")) for found in events),
        sites=sum(any(fact.signal in ("implantation", "extension") for fact in found) for found in events),
        procedures=sum(any(fact.signal == "procedure-collective" for fact in found) for found in events),
    )


def mean_before(weeks: tuple[Week, ...], figure: Callable[[Week], int]) -> float | None:
    """The mean of a figure over the weeks before the last; None while there are fewer than `MEAN_OF` with any story."""
    before = weeks[-1 - MEAN_OF : -1]
    if len(before) < MEAN_OF or not any(week.stories for week in before[:1]):
        return None
    return sum(map(figure, before)) / len(before)


def _most(found: Iterable[Fact], value: Callable[[Fact], int]) -> int:
    """One story counts once, whatever number of signals repeat its figure."""
    return max(map(value, found), default=0)


def _invested(fact: Fact) -> int:
    sum_ = fact.amount
    return round(sum_.value) if sum_ and sum_.role == "investissement" and sum_.currency == "EUR" else 0


def _jobs(fact: Fact, role: str) -> int:
    return fact.jobs.count if fact.jobs and fact.jobs.role == role else 0
