"""A match: a topic given to an article, with its score and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TopicKind(StrEnum):
    """What can be followed."""

    SECTOR = "sector"
    CLUSTER = "cluster"
    DEPARTEMENT = "departement"
    COMMUNE = "commune"
    SIGNAL = "signal"
    COMPANY = "company"
    WORD = "word"  #: a reader's own; only ever among the matches of what he himself is sent


class Part(StrEnum):
    """The part of an article that evidence stands in."""

    TITLE = "title"
    TEXT = "text"
    SOURCE = "source"  #: known from the source's card, not read in the article: start = end = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that speak for a match, where they stand and why they count."""

    words: str  #: as written in the article: part[start:end], or a note when part is SOURCE
    part: Part
    start: int  #: offset in the part, code points
    end: int
    why: str  #: a short stable code: strong, weak, company, occupation, cluster, dateline, demonym …
    weight: float = 1.0  #: share in the decision, no unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money read in the text."""

    value: float
    currency: str  #: ISO 4217: EUR, CHF, USD
    role: str | None = None  #: investissement, levee, aide, chiffre-affaires, dette, prix-de-vente
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """A number of jobs read in the text."""

    count: int
    role: str  #: created, cut, headcount
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalSlots:
    """The facts of a business event; whatever the text does not say is empty."""

    status: str | None = None  #: announced, under-way, done, cancelled
    polarity: str = "neutral"  #: positive, negative, neutral; turned by a negation
    negated: bool = False
    amount: Amount | None = None
    jobs: Jobs | None = None
    company: str | None = None
    place: str | None = None  #: INSEE code of the commune
    date: str | None = None  #: as said ("fin 2026")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A topic given to an article."""

    kind: TopicKind
    topic: str  #: id within the kind: "plasturgie", "pmt", "25", "25056", "levee-de-fonds", company id
    score: float  #: 0..1
    evidence: tuple[Evidence, ...]
    label: str = ""  #: for people: name of the topic in French
    slots: SignalSlots | None = None  #: for signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """All that was decided about an article."""

    matches: tuple[Match, ...] = ()  #: accepted, by kind then falling score
    near_misses: tuple[Match, ...] = ()  #: had evidence, stayed under the bar
    worth: int = 0  #: 0 noise, 1 acceptable, 2 a must
    worth_reasons: tuple[str, ...] = ()
    masked: tuple[Evidence, ...] = ()  #: false friends that were neutralised
    notes: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: TopicKind) -> tuple[Match, ...]:
        """The accepted matches of one kind."""
        return tuple(match for match in self.matches if match.kind is kind)
