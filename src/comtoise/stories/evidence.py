"""Weigh what speaks for and against two articles being about one event.

Points add up; one point is enough for articles of the same days (`Scales.bar`). Two things can carry a pair alone:
a common text, and a common title. The rest needs an industrial subject in common, because general news of one
day shares names without sharing events: the same company (or a name few articles have), then the same kind of
event, figures, days, places. Contradictions forbid, whatever the points.
"""

import math
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comtoise.stories.corpus import WordStats
from comtoise.stories.features import Features
from comtoise.stories.wording import content_words

COPY = 0.55  #: similarity of fingerprints from which one text is a copy of the other
COPY_DAYS = 14  #: a copy may come late
NEAR_DAYS = 10  #: beyond, only copies join

# Points. docs/decisions/0005-stories.md tells how they were chosen.
_TEXT = 2.5  #: times the cosine of the rarity-weighted words: 0.4 carries alone
_SUBJECT = 0.68  #: the same company, prominent in both
_SUBJECT_ONCE = 0.35  #: prominent in one, named in the other
_NAME_BOTH = 0.5  #: a rare name in both titles
_NAME_ONCE = 0.4
_NAME_BELOW = 0.12  #: in neither title
_NAME_OF_PLACE = 0.5  #: times, when the name is that of a commune or département of the event
_NAMES_MAX = 0.75  #: names beside a known subject, or without one
_SIGNAL = 0.15
_OTHER_SIGNAL = 0.25  #: taken off when both tell of events, and of none in common
_OTHER_QUANTITY = 0.15  #: taken off when amounts or jobs of one role differ, and no figure is common
_PLACE = 0.1
_FIGURE = 0.2
_FIGURES_MAX = 0.5
_DAYS = 0.1
_DAYS_MAX = 0.25
_VAGUE_YEAR = 0.2  #: more points needed when a date is known only to the year
_FIGURE_OF_ANOTHER = 0.3  #: what is left of a shared figure when the events differ: a headcount, an age
_SAME_TITLE = 0.8  #: cosine of titles from which they are one


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found between two articles."""

    points: float
    subject: str | None  #: id of the shared subject
    name: str | None  #: a shared rare name
    copy: float  #: similarity of the texts, when they are copies; 0 otherwise
    same_title: bool
    titled: bool  #: both titles hold a same name, that of no place
    signals: tuple[str, ...]
    figures: tuple[str, ...]
    places: tuple[str, ...]


class Scales:
    """An article to be compared with many others: what each comparison needs of it is made once.

    Most others are told apart by a few facts (`is_too_far`, `contradiction`); only the rest are weighed, which reads
    all their words and asks how rare each is.
    """

    def __init__(self, article: Features, corpus: WordStats) -> None:
        self._article = article
        self._corpus = corpus
        self._words, self._title = frozenset(article.words), frozenset(article.title)
        self._words_weight, self._title_weight = corpus.sum(self._words), corpus.sum(self._title)
        self._names, self._place_names = frozenset(article.names), frozenset(article.place_names)
        self._subjects, self._others = frozenset(article.subjects), frozenset(article.others)
        self._signals, self._sectors = frozenset(article.signals), frozenset(article.sectors)
        self._headline, self._stages = frozenset(article.headline), frozenset(article.stages)
        self._communes, self._numbers = frozenset(article.communes), frozenset(article.numbers)
        self._held = _held(article)

    def is_too_far(self, other: Features) -> bool:
        """Whether the two were published so far apart that even a copy of one would not join the other."""
        mine, theirs = self._article.period, other.period
        return mine is not None and theirs is not None and mine.gap(theirs) > COPY_DAYS

    def is_same_affair(self, other: Features) -> bool:
        """Whether the two tell of one company, and of the same kind of event or of stages of a procedure."""
        if self._signals.isdisjoint(other.signals) and not (self._stages and other.stages):
            return False
        return self._shared_subject(other)[0] is not None or self._is_titled(other, self._common_names(other))

    def contradiction(self, other: Features) -> str | None:
        """What forbids that the two tell of one event, whatever the points: a short stable code."""
        one = self._article
        if one.edition and _other_edition(one, other):
            return "edition"
        if self._held and other.hearings and (held := _held(other)) and self._held.isdisjoint(held):
            return "hearing"
        if self._headline and other.headline and self._headline.isdisjoint(other.headline):
            return "event"
        if self._stages and other.stages and self._stages.isdisjoint(other.stages):
            return "stage"
        elsewhere = self._communes and other.communes and self._communes.isdisjoint(other.communes)
        if (
            (elsewhere or (self._subjects and other.subjects))
            and self._shared_subject(other)[0] is None
            and not self._is_titled(other, self._common_names(other))
        ):
            return "place" if elsewhere else "company"
        if one.follows != other.follows and _vague(one, other):
            return "follow-up"
        return None

    def weigh(self, other: Features) -> Comparison:
        """Add up the points, whatever contradicts."""
        one, corpus = self._article, self._corpus
        copy = one.print.similarity(other.print)
        titles = 0.0
        if min(len(one.title), len(other.title)) >= 2:
            titles = self._cosine(self._title, self._title_weight, other.title)
        same_title = titles >= _SAME_TITLE
        figures = _shared(self._numbers, other.numbers)
        signals = _shared(self._signals, other.signals)
        places = _shared(self._communes, other.communes)
        common = self._common_names(other)
        points = _TEXT * self._cosine(self._words, self._words_weight, other.words)
        if same_title:
            points += 1.0
        if copy >= COPY:
            points += 1.0
        figure_points = min(
            _FIGURES_MAX, sum(_FIGURE * min(1.0, corpus.rarity(figure) / 4) for figure in figures)
        )
        subject, subject_points = self._shared_subject(other)
        name = None
        if subject or self._is_industrial(other):
            name, name_points = self._shared_names(other, common, subject)
            points += subject_points + min(name_points, _NAMES_MAX - (subject_points / 2))
            points += _SIGNAL * bool(signals) + _PLACE * bool(places)
            if one.signals and other.signals and not signals:
                points -= _OTHER_SIGNAL
                figure_points *= _FIGURE_OF_ANOTHER
            if not figures and _disagree(one, other):
                points -= _OTHER_QUANTITY
            points += min(_DAYS_MAX, _DAYS * len(set(one.days) & set(other.days)))
        points += figure_points
        return Comparison(
            points=points,
            subject=subject,
            name=name,
            copy=copy if copy >= COPY else 0.0,
            same_title=same_title,
            titled=self._is_titled(other, common),
            signals=signals,
            figures=figures,
            places=places,
        )

    def bar(self, other: Features, found: Comparison) -> float:
        """The points needed, given how far apart the two were published; infinite when too far.

        When a date is known only to the year, the titles must name the same company or person.
        """
        mine, theirs = self._article.period, other.period
        if mine is None or theirs is None:
            return 1.8 if found.copy else math.inf
        gap = mine.gap(theirs)
        longest = max(mine.days, theirs.days)
        if found.copy and gap <= COPY_DAYS:
            return 1.0
        if gap > NEAR_DAYS or (longest > 31 and (gap or not found.titled)):
            return math.inf
        vague = _VAGUE_YEAR if longest > 31 else 0.05 if longest > 1 else 0.0
        return 1.0 + vague + (0.0 if gap <= 1 else 0.08 * (gap - 1))

    def _is_industrial(self, other: Features) -> bool:
        return not (
            self._subjects.isdisjoint(other.subjects)
            and self._others.isdisjoint(other.others)
            and self._sectors.isdisjoint(other.sectors)
            and self._signals.isdisjoint(other.signals)
        )

    def _shared_subject(self, other: Features) -> tuple[str | None, float]:
        if not self._is_industrial(other):
            return None, 0.0
        both = self._subjects.intersection(other.subjects)
        if both:
            return min(both), _SUBJECT
        once = self._subjects.intersection(other.others) | self._others.intersection(other.subjects)
        return (min(once), _SUBJECT_ONCE) if once else (None, 0.0)

    def _common_names(self, other: Features) -> set[str]:
        """The names of both; the head of a title counts when the other writes it as a name."""
        common = set(self._names.intersection(other.names))
        if other.head in self._names:
            common.add(other.head)
        if self._article.head in other.names:
            common.add(self._article.head)
        return common

    def _is_titled(self, other: Features, names: Iterable[str]) -> bool:
        return any(
            name in self._title
            and name in other.title
            and name not in self._place_names
            and name not in other.place_names
            for name in names
        )

    def _shared_names(
        self, other: Features, names: set[str], subject: str | None
    ) -> tuple[str | None, float]:
        """The name that weighs most, and the points of all but those of the *subject*, which counts already.

        Names of both titles weigh most, names of places less.
        """
        points, best, most = 0.0, None, 0.0
        counted = content_words(dict(self._article.labels)[subject]) if subject else ()
        for name in names.difference(counted):
            titles = (name in self._title) + (name in other.title)
            weight = (_NAME_BELOW, _NAME_ONCE, _NAME_BOTH)[titles] * min(
                1.0, max(0.0, self._corpus.rarity(name) - 1.5) / 3
            )
            if name in self._place_names or name in other.place_names:
                weight *= _NAME_OF_PLACE
            points += weight
            if (weight, name) > (most, best or ""):
                best, most = name, weight
        return best, points

    def _cosine(self, mine: frozenset[str], weight: float, theirs: Sequence[str]) -> float:
        """The share of common words, each weighed by its rarity, against the geometric mean of the two texts."""
        common = mine.intersection(theirs)
        if not common:
            return 0.0
        return self._corpus.sum(common) / math.sqrt(weight * self._corpus.sum(theirs))


def _shared(mine: frozenset[str], theirs: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(mine.intersection(theirs)))


def _disagree(one: Features, other: Features) -> bool:
    """Whether the two give another value to one quantity by more than a tenth, the least that rounding explains."""
    first, second = dict(one.quantities), dict(other.quantities)
    return any(
        abs(first[role] - second[role]) > 0.1 * max(first[role], second[role])
        for role in first.keys() & second.keys()
    )


def _other_edition(one: Features, other: Features) -> bool:
    """Titles equal but for what numbers an edition."""
    if not one.edition or not other.edition or one.edition == other.edition:
        return False
    first, second = set(one.mask.split()), set(other.mask.split())
    common = len(first & second)
    return common >= 2 and common >= 0.75 * max(len(first), len(second))


def _held(article: Features) -> set[str]:
    """The hearings of the forty days before the article was published, or of its days."""
    if article.period is None or not article.hearings:
        return set()
    first, last = article.period.first, article.period.last
    return {
        day for day in article.hearings if any(first - 40 <= moment <= last for moment in _dates(day, last))
    }


def _dates(day: str, near: int) -> tuple[int, ...]:
    """The ordinals of a day of the year, in the year of *near* and the one before."""
    month, number = int(day[:2]), int(day[3:])
    year = date.fromordinal(near).year
    return tuple(
        date(y, month, number).toordinal() for y in (year - 1, year) if number <= monthrange(y, month)[1]
    )


def _vague(one: Features, other: Features) -> bool:
    return one.period is None or other.period is None or max(one.period.days, other.period.days) > 1
