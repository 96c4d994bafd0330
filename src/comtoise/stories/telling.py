"""Tell the stories of a batch of articles, as the service would tell them one by one.

Articles are taken in the order of their dates, the best known first, whatever the order they are given in:
the stories of a file do not depend on how it was shuffled.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from comtoise.model import Article, Understanding
from comtoise.stories.corpus import WordStats
from comtoise.stories.features import Features, features
from comtoise.stories.grouping import (
    SAGA_DAYS,
    WINDOW_DAYS,
    Candidate,
    candidate_keys,
    group,
    saga_keys,
    shortlist,
)
from comtoise.stories.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article with what was understood of it."""

    article: Article
    understanding: Understanding
    period: Period | None = None  #: when its date is known only to the month or year


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where an article ended up."""

    article_id: str
    story: str  #: id of the article that began the story
    because: str | None  #: why it joined; None for the article that began it
    saga: str | None


def tell(articles: Iterable[Told]) -> list[Placed]:
    """Group *articles*; the answer is in the order they were given in."""
    given = list(articles)
    facts = [features(told.article, told.understanding, period=told.period) for told in given]
    corpus = WordStats.of(facts)
    desk = _Desk(corpus)
    placed: dict[int, Placed] = {}
    for number in sorted(range(len(given)), key=lambda i: _order(facts[i], given[i].article.id, i)):
        placed[number] = desk.place(given[number].article.id, facts[number])
    return [placed[number] for number in range(len(given))]


def _order(article: Features, article_id: str, number: int) -> tuple[bool, int, int, str, int]:
    period = article.period
    vagueness = 0 if period is None else 0 if period.days <= 1 else 1 if period.days <= 31 else 2
    return period is None, vagueness, 0 if period is None else period.first, article_id, number


class _Desk:
    """The store's part, in memory."""

    def __init__(self, corpus: WordStats) -> None:
        self._corpus = corpus
        self._stories: dict[str, list[Features]] = {}
        self._sagas: dict[str, str] = {}
        self._by_key: dict[str, dict[str, None]] = defaultdict(dict)

    def place(self, article_id: str, article: Features) -> Placed:
        decision = group(article, self._candidates(article), _moment(article), self._corpus)
        story = decision.story_id or article_id
        self._stories.setdefault(story, []).append(article)
        if decision.saga:
            self._sagas.setdefault(story, decision.saga)
        for key in candidate_keys(article):
            self._by_key[key][story] = None
        return Placed(
            article_id=article_id, story=story, because=decision.because, saga=self._sagas.get(story)
        )

    def _candidates(self, article: Features) -> list[Candidate]:
        near = shortlist(self._hits(article, candidate_keys(article), WINDOW_DAYS))
        before = shortlist(self._hits(article, saga_keys(article), SAGA_DAYS))
        return [
            Candidate(story_id=story, articles=tuple(self._stories[story]), saga=self._sagas.get(story))
            for story in dict.fromkeys([*near, *before])
        ]

    def _hits(self, article: Features, keys: Iterable[str], days: int) -> Iterator[tuple[str, str]]:
        """The stories found by each key that have an article of these days, or of an unknown day."""
        for key in keys:
            for story in self._by_key.get(key, ()):
                if any(_gap(article, member) <= days for member in self._stories[story]):
                    yield key, story


def _gap(one: Features, other: Features) -> int:
    return one.period.gap(other.period) if one.period and other.period else 0


def _moment(article: Features) -> datetime:
    day = article.period.last if article.period else 1
    return datetime.fromordinal(day).replace(tzinfo=UTC)
