"""Weigh what speaks for and against two articles being about one event.

Points add up; one point is enough for articles of the same days (`bar`). Two things can carry a pair alone:
a common text, and a common title. The rest needs an industrial subject in common, because general news of one
day shares names without sharing events: the same company (or a name few articles have), then the same kind of
event, figures, days, places. Contradictions forbid, whatever the points.
"""

import math
from calendar import monthrange
from collections.abc import Sequence
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
    subject: str | None = None  #: id of the shared subject
    name: str | None = None  #: a shared rare name
    copy: float = 0.0  #: similarity of the texts, when they are copies
    same_title: bool = False
    titled: bool = False  #: both titles hold a same name, that of no place
    signals: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    contradiction: str | None = None  #: a short stable code


def compare(one: Features, other: Features, corpus: WordStats) -> Comparison:
    """Weigh *one* against *other*; symmetric."""
    copy = one.print.similarity(other.print)
    words = _cosine(one.words, other.words, corpus)
    titles = _cosine(one.title, other.title, corpus) if min(len(one.title), len(other.title)) >= 2 else 0.0
    same_title = titles >= _SAME_TITLE
    figures = tuple(sorted(set(one.numbers) & set(other.numbers)))
    signals = tuple(sorted(set(one.signals) & set(other.signals)))
    places = tuple(sorted(set(one.communes) & set(other.communes)))
    titled = _is_titled(one, other)
    points = _TEXT * words
    if same_title:
        points += 1.0
    if copy >= COPY:
        points += 1.0
    figure_points = min(
        _FIGURES_MAX, sum(_FIGURE * min(1.0, corpus.rarity(figure) / 4) for figure in figures)
    )
    subject, name = None, None
    if _is_industrial(one, other):
        subject, subject_points = _shared_subject(one, other)
        name, name_points = _shared_names(one, other, subject, corpus)
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
        titled=titled,
        signals=signals,
        figures=figures,
        places=places,
        contradiction=_contradiction(one, other, subject, titled),
    )


def bar(one: Features, other: Features, found: Comparison) -> float:
    """The points needed, given how far apart the two were published; infinite when too far.

    When a date is known only to the year, the titles must name the same company or person.
    """
    if one.period is None or other.period is None:
        return 1.8 if found.copy else math.inf
    gap = one.period.gap(other.period)
    longest = max(one.period.days, other.period.days)
    if found.copy and gap <= COPY_DAYS:
        return 1.0
    if gap > NEAR_DAYS or (longest > 31 and (gap or not found.titled)):
        return math.inf
    vague = _VAGUE_YEAR if longest > 31 else 0.05 if longest > 1 else 0.0
    return 1.0 + vague + (0.0 if gap <= 1 else 0.08 * (gap - 1))


def _is_industrial(one: Features, other: Features) -> bool:
    for kind in ("subjects", "others", "sectors", "signals"):
        if not set(getattr(one, kind)).isdisjoint(getattr(other, kind)):
            return True
    return False


def _shared_subject(one: Features, other: Features) -> tuple[str | None, float]:
    both = set(one.subjects) & set(other.subjects)
    if both:
        return min(both), _SUBJECT
    once = (set(one.subjects) & set(other.others)) | (set(one.others) & set(other.subjects))
    return (min(once), _SUBJECT_ONCE) if once else (None, 0.0)


def _disagree(one: Features, other: Features) -> bool:
    """Whether the two give another value to one quantity by more than a tenth, the least that rounding explains."""
    first, second = dict(one.quantities), dict(other.quantities)
    return any(
        abs(first[role] - second[role]) > 0.1 * max(first[role], second[role])
        for role in first.keys() & second.keys()
    )


def _common_names(one: Features, other: Features) -> set[str]:
    """The names of both; the head of a title counts when the other writes it as a name."""
    return (set(one.names) & {*other.names, other.head}) | ({one.head} & set(other.names))


def _shared_names(
    one: Features, other: Features, subject: str | None, corpus: WordStats
) -> tuple[str | None, float]:
    """The name that weighs most, and the points of all but those of the *subject*, which counts already.

    Names of both titles weigh most, names of places less.
    """
    points, best, most = 0.0, None, 0.0
    places = {*one.place_names, *other.place_names}
    counted = content_words(dict(one.labels)[subject]) if subject else ()
    for name in _common_names(one, other) - set(counted):
        titles = (name in one.title) + (name in other.title)
        weight = (_NAME_BELOW, _NAME_ONCE, _NAME_BOTH)[titles] * min(
            1.0, max(0.0, corpus.rarity(name) - 1.5) / 3
        )
        if name in places:
            weight *= _NAME_OF_PLACE
        points += weight
        if (weight, name) > (most, best or ""):
            best, most = name, weight
    return best, points


def _is_titled(one: Features, other: Features) -> bool:
    common = _common_names(one, other) & set(one.title) & set(other.title)
    return not common <= {*one.place_names, *other.place_names}


def _cosine(one: Sequence[str], other: Sequence[str], corpus: WordStats) -> float:
    """The share of common words, each weighed by its rarity, against the geometric mean of the two texts."""
    norms = corpus.weight(one) * corpus.weight(other)
    common = set(one).intersection(other)
    return corpus.sum(common) / math.sqrt(norms) if norms > 0 else 0.0


def _contradiction(one: Features, other: Features, subject: str | None, titled: bool) -> str | None:
    if _other_edition(one, other):
        return "edition"
    held, others = _held(one), _held(other)
    if held and others and held.isdisjoint(others):
        return "hearing"
    if one.headline and other.headline and set(one.headline).isdisjoint(other.headline):
        return "event"
    if one.stages and other.stages and set(one.stages).isdisjoint(other.stages):
        return "stage"
    if subject is None and not titled:
        if one.communes and other.communes and set(one.communes).isdisjoint(other.communes):
            return "place"
        if one.subjects and other.subjects:
            return "company"
    if one.follows != other.follows and _vague(one, other):
        return "follow-up"
    return None


def _other_edition(one: Features, other: Features) -> bool:
    """Titles equal but for what numbers an edition."""
    if one.edition == other.edition or not (one.edition and other.edition):
        return False
    first, second = set(one.mask.split()), set(other.mask.split())
    common = len(first & second)
    return common >= 2 and common >= 0.75 * max(len(first), len(second))


def _held(article: Features) -> set[str]:
    """The hearings of the forty days before the article was published, or of its days."""
    if article.period is None:
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
