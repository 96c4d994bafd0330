"""What is kept of an article to compare it with others: facts, never its text.

Facts come from what was understood of the article (companies, places, signals and their slots) and, since
most companies are in nobody's list, from the words themselves: names, figures, days, what a title numbers.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from struct import pack, unpack
from typing import TYPE_CHECKING, Any

from comtoise.model import Article, Match, Part, TopicKind, Understanding
from comtoise.stories.fingerprint import Fingerprint, fingerprint
from comtoise.stories.periods import Period
from comtoise.stories.wording import Wording, content_words, read_wording

FORMAT = "2"  #: version of the stored form; features of an unknown version are read as none
_WORDS_MAX = 160  #: words kept of an article
_AHEAD_MAX = timedelta(days=1)  #: a date further ahead of the arrival is a mistake
_PROMINENT = 400  #: characters of the text within which a mention counts as one of the subject's


class _Stored:
    """Where features that come from the store keep their lines until they are read."""

    __slots__ = ("_lines",)
    _lines: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Features(_Stored):
    """The facts of one article. Every tuple is sorted and without repetition unless said otherwise."""

    period: Period | None  #: when it was published, None when nobody knows
    source: str | None
    title: tuple[str, ...]  #: folded words of the title, in order
    mask: str  #: the title with its figures and days taken out: equal for two editions of one column
    edition: tuple[str, ...]  #: what was taken out, in order
    words: tuple[str, ...]  #: folded content words of title and text
    names: tuple[str, ...]  #: those written as names
    head: str  #: first word of the title: a name if another article writes it as one
    numbers: tuple[str, ...]  #: figures that tell something: "eur:600000", "people:51", "2400"
    days: tuple[str, ...]  #: days of the year named, "12-16" for « 16 décembre »
    hearings: tuple[str, ...]  #: those said of a court
    subjects: tuple[str, ...]  #: companies and clusters read in the title or the first lines
    others: tuple[str, ...]  #: companies and clusters read further down
    labels: tuple[tuple[str, str], ...]  #: what people call the subjects, signals and names
    communes: tuple[str, ...]
    departements: tuple[str, ...]
    place_names: tuple[str, ...]  #: stems of the words that name these places
    sectors: tuple[str, ...]
    signals: tuple[str, ...]
    headline: tuple[str, ...]  #: the signals read in the title
    quantities: tuple[tuple[str, float], ...]  #: amounts and jobs read in the signals, by role
    stages: tuple[str, ...]  #: of a court procedure, as the title tells
    follows: bool  #: the text says how long ago the event it follows was
    print: Fingerprint

    def to_text(self) -> str:
        """The stored form: the version, then a line for each field; what is in a list is parted by tabs."""
        return "\n".join(
            (FORMAT, *(_FORMS[field.name][0](getattr(self, field.name)) for field in fields(self)))
        )

    @staticmethod
    def from_text(text: str) -> "Features | None":
        """Features as stored; None when they were stored in an unknown form: the article is then alone."""
        if text.startswith("{"):
            return _from_json(text)
        lines = text.split("\n")
        if lines[0] != FORMAT or len(lines) != _LINES:
            return None
        stored = object.__new__(Features)
        object.__setattr__(stored, "_lines", lines)
        return stored

    if not TYPE_CHECKING:  # a name that is no field stays an error for mypy

        def __getattr__(self, name: str) -> Any:
            """A field that was not read yet: of most articles a new one is compared with, few lines matter."""
            line = _LINE_OF.get(name)
            if line is None:
                raise AttributeError(name)
            value = _FORMS[name][1](self._lines[line])
            object.__setattr__(self, name, value)
            return value


def _list(line: str) -> tuple[str, ...]:
    return tuple(line.split("\t")) if line else ()


def _pairs(line: str) -> tuple[tuple[str, str], ...]:
    items = iter(_list(line))
    return tuple(zip(items, items, strict=True))


def _print(line: str) -> Fingerprint:
    content, packed = line.split("\t")
    return Fingerprint(int(content), _unpack(packed))


#: What no item may hold; only labels, which people write, might.
_MARKS = {ord("\t"): " ", ord("\n"): " "}
#: How a field is written in a line, and read.
_Form = tuple[Callable[[Any], str], Callable[[str], Any]]
_TEXTS: _Form = "\t".join, _list
_FORMS: Mapping[str, _Form] = {
    **{field.name: _TEXTS for field in fields(Features)},
    "period": (
        lambda period: f"{period.first}\t{period.last}" if period else "",
        lambda line: Period(*map(int, line.split("\t"))) if line else None,
    ),
    "source": (lambda source: source or "", lambda line: line or None),
    "mask": (str, str),
    "head": (str, str),
    "labels": (lambda labels: "\t".join(part.translate(_MARKS) for pair in labels for part in pair), _pairs),
    "quantities": (
        lambda quantities: "\t".join(f"{role}\t{value!r}" for role, value in quantities),
        lambda line: tuple((role, float(value)) for role, value in _pairs(line)),
    ),
    "follows": (lambda follows: "1" if follows else "", bool),
    "print": (lambda print_: f"{print_.content}\t{_pack(print_.signature)}", _print),
}
_LINE_OF = {field.name: line for line, field in enumerate(fields(Features), start=1)}
_LINES = len(_LINE_OF) + 1


def _from_json(text: str) -> Features | None:
    """The form stored until version 0.1: read for as long as a story looks for what came before it."""
    row = json.loads(text)
    if row.pop("v", None) != 1:
        return None
    period = row.pop("period", None)
    content, packed = row.pop("print")
    values: dict[str, Any] = {
        **{field.name: () for field in fields(Features)},
        "source": None,
        "mask": "",
        "head": "",
        "follows": False,
        **{name: tuple(value) if type(value) is list else value for name, value in row.items()},
        "period": None if period is None else Period(*period),
        "print": Fingerprint(content, _unpack(packed)),
    }
    for name in ("labels", "quantities"):
        values[name] = tuple(map(tuple, values[name]))
    return Features(**values)


def features(article: Article, understanding: Understanding, *, period: Period | None = None) -> Features:
    """The facts of an article.

    *period* says when it was published if that is known less well, or better, than ``article.published``;
    without both, the day it was first seen.
    """
    wording = read_wording(article.title, article.text)
    actors = [match for kind in (TopicKind.COMPANY, TopicKind.CLUSTER) for match in understanding.of(kind)]
    subjects = {f"{match.kind}:{match.topic}" for match in actors if _is_prominent(match)}
    signals = [
        match for match in understanding.of(TopicKind.SIGNAL) if not (match.slots and match.slots.negated)
    ]
    return Features(
        period=period or _day(article),
        source=article.source,
        title=wording.title,
        mask=wording.mask,
        edition=wording.edition,
        words=tuple(sorted(wording.words[:_WORDS_MAX])),
        names=wording.names,
        head=wording.head,
        numbers=wording.numbers,
        days=wording.days,
        hearings=wording.hearings,
        subjects=tuple(sorted(subjects)),
        others=tuple(sorted({f"{match.kind}:{match.topic}" for match in actors} - subjects)),
        labels=tuple(sorted(_labels([*actors, *signals], wording))),
        communes=_topics(understanding, TopicKind.COMMUNE),
        departements=_topics(understanding, TopicKind.DEPARTEMENT),
        place_names=_place_names(understanding),
        sectors=_topics(understanding, TopicKind.SECTOR),
        signals=tuple(sorted({match.topic for match in signals})),
        headline=tuple(sorted({match.topic for match in signals if _in_title(match)})),
        quantities=tuple(sorted(_quantities(signals))),
        stages=wording.stages,
        follows=wording.follows,
        print=fingerprint(article.title, article.text),
    )


def _day(article: Article) -> Period | None:
    """The day of publication; that of arrival when the source gives none or one still to come."""
    published, seen = article.published, article.first_seen
    if published is None or (seen is not None and published > seen + _AHEAD_MAX):
        published = seen
    return None if published is None else Period.of(published)


def _topics(understanding: Understanding, kind: TopicKind) -> tuple[str, ...]:
    return tuple(sorted({match.topic for match in understanding.of(kind)}))


def _labels(matches: Iterable[Match], wording: Wording) -> set[tuple[str, str]]:
    """What people call the subjects, the signals and the names of the title."""
    called = {(f"{match.kind}:{match.topic}", match.label or match.topic) for match in matches}
    return called | {
        (f"name:{name}", written)
        for name, written in wording.written
        if name in (*wording.names, wording.head)
    }


def _place_names(understanding: Understanding) -> tuple[str, ...]:
    places = [*understanding.of(TopicKind.COMMUNE), *understanding.of(TopicKind.DEPARTEMENT)]
    return tuple(sorted({word for match in places for word in content_words(match.label)}))


def _quantities(signals: Iterable[Match]) -> set[tuple[str, float]]:
    found: set[tuple[str, float]] = set()
    for match in signals:
        slots = match.slots
        if slots is not None and slots.amount is not None:
            found.add((f"{match.topic}:{slots.amount.currency}", slots.amount.value))
        if slots is not None and slots.jobs is not None:
            found.add((f"jobs:{slots.jobs.role}", float(slots.jobs.count)))
    return found


def _in_title(match: Match) -> bool:
    return any(evidence.part is Part.TITLE for evidence in match.evidence)


def _is_prominent(match: Match) -> bool:
    return _in_title(match) or any(
        evidence.part is Part.TEXT and evidence.start < _PROMINENT for evidence in match.evidence
    )


def _pack(signature: tuple[int, ...]) -> str:
    return b64encode(pack(f"<{len(signature)}H", *signature)).decode()


def _unpack(packed: str) -> tuple[int, ...]:
    data = b64decode(packed)
    return unpack(f"<{len(data) // 2}H", data)
