"""Why not: the places and the events that an article names and was not given.

Looked for only when somebody asks (`comtoise explain`): reading the news does not pay for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from comtoise.model import Article, Evidence, Match, TopicKind, Understanding
from comtoise.topics.document import Document
from comtoise.topics.places.frames import Frame
from comtoise.topics.places.lexicon import FIRST_NAMES
from comtoise.topics.places.mentions import Mention, Reader
from comtoise.topics.places.names import Kind, Name, PlaceRules
from comtoise.topics.rules import Rules
from comtoise.topics.signals import SignalRules, find_signals
from comtoise.topics.signals.find import ENOUGH

MOST: Final = 6  #: places told of
NEARLY: Final = 0.3  #: least score of an event told of
#: An ordinary word written with a capital is told of when the place is this large, or in the zone watched.
KNOWN_PLACE: Final = 5000
_ASIDE: Final = {Frame.COURT: "court", Frame.ELSEWHERE: "elsewhere"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place named and not given."""

    label: str
    departements: tuple[str, ...]  #: codes of what the name can mean, largest place first
    why: str  #: ordinary-word, first-name, no-place, shared, court, elsewhere, passing
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Refused:
    """What was nearly given, sectors apart (`Understanding.near_misses`)."""

    places: tuple[Refusal, ...] = ()
    signals: tuple[Match, ...] = ()  #: each with its score, under one half


def refused(article: Article, rules: Rules, understanding: Understanding) -> Refused:
    """The places and events of *article* that *understanding*, made of it with the same rules, does not give."""
    document = Document(article)
    return Refused(
        places=tuple(_places(document, rules.places, understanding))[:MOST],
        signals=tuple(_signals(document, rules.signals, understanding)),
    )


# --- places -----------------------------------------------------------------------------------------------


def _places(document: Document, rules: PlaceRules, understanding: Understanding) -> Iterator[Refusal]:
    given = {
        match.topic for kind in (TopicKind.DEPARTEMENT, TopicKind.COMMUNE) for match in understanding.of(kind)
    }
    read = {mention.start: mention for mention in Reader(document, rules).mentions()}
    told: set[tuple[str, ...]] = set()
    for start, stop, name in _named(document, rules):
        ranked = sorted(name.options, key=lambda option: -option.population)
        departements = tuple(dict.fromkeys(option.departement for option in ranked))
        codes = {code for option in ranked for code in (option.insee, option.departement) if code}
        mention = read.get(document.spans[start][0])
        if name.words in told or codes & given or not _worth_telling(name, mention):
            continue
        told.add(name.words)
        person = start > 0 and document.words[start - 1] in FIRST_NAMES
        reason = "no-place" if mention is None and person else _why(name, mention)
        yield Refusal(name.label, departements, reason, document.evidence(start, stop, "place"))


def _named(document: Document, rules: PlaceRules) -> Iterator[tuple[int, int, Name]]:
    """The names of the gazetteer written with a capital, the longest at each word."""
    words, index = document.words, 0
    while index < len(words):
        family = rules.names.get(words[index])
        stop = index + 1
        if family is not None and document.is_capitalised(index):
            for length in range(min(family.longest, len(words) - index), 0, -1):
                names = family.by_words.get(tuple(words[index : index + length]))
                if names:
                    stop = index + length
                    if names[0].kind is not Kind.WIDE:
                        yield index, stop, names[0]
                    break
        index = stop


def _worth_telling(name: Name, mention: Mention | None) -> bool:
    if not name.options or name.kind is Kind.SHORT:
        return False
    if not name.guarded or (mention is not None and mention.frame in _ASIDE):
        return True
    return any(option.population >= KNOWN_PLACE for option in name.options)


def _why(name: Name, mention: Mention | None) -> str:
    if mention is not None and mention.frame in _ASIDE:
        return _ASIDE[mention.frame]
    if mention is None or not mention.sure:
        if name.ordinary:
            return "ordinary-word"
        if name.words[0] in FIRST_NAMES:
            return "first-name"
        return "no-place" if mention is None else "passing"
    return "shared" if len({option.departement for option in name.options}) > 1 else "passing"


# --- events -----------------------------------------------------------------------------------------------

_MORE: Final = ENOUGH / NEARLY


def _signals(document: Document, rules: SignalRules, understanding: Understanding) -> Iterator[Match]:
    """The events that lower bars would give: the same search with heavier rules, its scores scaled back."""
    generous = replace(
        rules,
        rules={
            name: tuple((others, replace(rule, weight=rule.weight * _MORE)) for others, rule in group)
            for name, group in rules.rules.items()
        },
    )
    given = {match.topic for match in understanding.of(TopicKind.SIGNAL)}
    places = understanding.of(TopicKind.COMMUNE)
    companies = understanding.of(TopicKind.COMPANY)
    for match in find_signals(document, generous, companies=companies, places=places):
        if match.topic not in given:
            yield replace(match, score=min(round(match.score / _MORE, 3), ENOUGH - 0.01))
