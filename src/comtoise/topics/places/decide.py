"""Decide where an article's event takes place, from all that names a place in it.

Each mention adds its weight to its département; a name that several communes share is settled first, by what
is said beside it, by the other places, by what the source covers, by what the desk watches, then by size.
The best département wins; others join it when the words place the event there too.
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from comtoise.model import Evidence, Match, Part, Source, TopicKind
from comtoise.text.fold import fold
from comtoise.topics.document import Document
from comtoise.topics.places.frames import FIRM, Frame
from comtoise.topics.places.homonyms import Settler
from comtoise.topics.places.lexicon import REGIONS
from comtoise.topics.places.mentions import Mention, Reader
from comtoise.topics.places.names import Kind, Option, PlaceRules

ENOUGH: Final = 0.4  #: least total for a département that stands alone
JOINS: Final = 0.9  #: least explicit weight for one beside a better one …
JOINS_SHARE: Final = 0.3  #: … and least share of the better one's
#: Seats of courts and groups: in the text of an article about elsewhere they are seldom the event's place.
CAPITALS: Final = frozenset({"75056", "69123", "92026"})
#: Words near which « jurassien » is as well the canton's.
_ACROSS: Final = frozenset(
    {"suisse", "suisses", "swiss", "schweiz", "schweizer", "canton", "cantonal", "chf", "helvetique"}
)
SEAT_SHARE: Final = 0.4  #: what a cluster's seat weighs against a company's commune
MOST_QUOTED: Final = 6
TOO_MANY: Final = 4  #: this many départements and none ahead: the event is the region's


#: What will be quoted if the département is kept: raw offsets, why, weight; or known evidence.
_Quote = tuple[int, int, str, float] | Evidence


@dataclass(slots=True)
class _Tally:
    """What speaks for one département."""

    explicit: dict[str, float] = field(default_factory=dict)  #: by name: a repeated name counts little more
    soft: dict[str, float] = field(default_factory=dict)  #: gentilés, companies, source
    quotes: list[_Quote] = field(default_factory=list)
    communes: dict[str, list[_Quote]] = field(default_factory=lambda: defaultdict(list))
    firm: bool = False  #: named in a frame of place
    titled: bool = False  #: named in the title
    commune: bool = False  #: a commune is named, not the département alone

    @property
    def named(self) -> float:
        return sum(self.explicit.values())

    @property
    def total(self) -> float:
        return self.named + sum(self.soft.values())


@dataclass(frozen=True, slots=True)
class _Demonym:
    option: Option
    start: int
    end: int
    frame: Frame
    weight: float


def find_places(
    document: Document, rules: PlaceRules, *, source: Source | None, companies: tuple[Match, ...] = ()
) -> tuple[Match, ...]:
    """Return the départements and communes of the event: départements first, each kind by falling score.

    Args:
        source: Its coverage settles shared names, and a source of one département speaks a little for it.
        companies: Matches of known companies and clusters, found before: their communes count where the text
            names no other place.
    Returns:
        Matches of kinds DEPARTEMENT and COMMUNE. A court, a head office, a comparison or a destination gives
        no match unless it is all there is; an event spread over a region gives none.
    """
    coverage = frozenset(source.departements) if source is not None else frozenset()
    reader = Reader(document, rules)
    mentions = reader.mentions()
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    demonyms = _demonyms(document, reader)
    across = not _ACROSS.isdisjoint(document.vocabulary)
    settled = Settler(
        mentions, ((d.option.departement, d.weight) for d in demonyms), document.raw, coverage, across=across
    ).settled()
    regional = any(
        m.name.kind is Kind.WIDE and m.frame is Frame.DATELINE and " ".join(m.name.words) in REGIONS
        for m in mentions
    )
    for mention, option in settled:
        weight = mention.weight * (1.0 if option.focus else 0.75)
        if regional and mention.name.kind is Kind.DEPARTEMENT:
            weight *= 0.4
        if option.insee in CAPITALS and mention.start > reader.title_length:
            weight *= 0.4
        _count(tallies[option.departement], document, mention, option, weight)
    _count_codes(tallies, reader, rules, settled)
    _count_demonyms(tallies, demonyms)
    if tallies or document.article.language == "fr":
        # A text in another language that names a group and no place of ours is not about its site here.
        _count_companies(tallies, rules, companies, lead=reader.first_stop - reader.title_length)
    _count_source(tallies, rules, coverage)
    together = _said_together(settled, document.raw)
    return _matches(document, _decide(tallies, together, regional=regional), tallies, rules)


def _count(tally: _Tally, document: Document, mention: Mention, option: Option, weight: float) -> None:
    quoted = (mention.start, mention.end, mention.frame.value, round(weight, 2))
    key = mention.name.label
    first = tally.explicit.get(key)
    if first is None:
        tally.explicit[key] = weight
    else:
        tally.explicit[key] = max(first, weight) + 0.2 * min(first, weight)
    tally.quotes.append(quoted)
    if mention.frame in FIRM and weight >= 0.5:
        tally.firm = True
    if mention.start < len(document.article.title) and mention.frame not in (Frame.COURT, Frame.ELSEWHERE):
        tally.titled = True
        if option.focus:
            tally.firm = True
    if option.insee is not None:
        tally.commune = True
    if option.insee is not None and mention.frame not in (Frame.COURT, Frame.ELSEWHERE):
        tally.communes[option.insee].append(quoted)


def _count_codes(
    tallies: dict[str, _Tally],
    reader: Reader,
    rules: PlaceRules,
    settled: list[tuple[Mention, Option]],
) -> None:
    ends = {mention.end for mention, _ in settled if mention.explicit is not None}
    for start, end, code in reader.codes():
        if code in rules.labels and not ends & {start, start - 1}:
            tally = tallies[code]
            tally.explicit.setdefault(code, 1.0)
            tally.firm = True
            tally.quotes.append((start, end, "number", 1.0))


def _demonyms(document: Document, reader: Reader) -> list[_Demonym]:
    """The gentilés of the text that say one département."""
    across = not _ACROSS.isdisjoint(document.vocabulary)
    return [
        _Demonym(options[0], start, end, frame, reader.weight(start, frame))
        for start, end, options, frame in reader.demonyms()
        if len({option.departement for option in options}) == 1
        and not (across and document.raw[start:end].lower().startswith("jurassien"))
    ]


def _count_demonyms(tallies: dict[str, _Tally], demonyms: list[_Demonym]) -> None:
    for demonym in demonyms:
        option = demonym.option
        tally = tallies[option.departement]
        key = option.insee or option.departement
        tally.soft[key] = max(tally.soft.get(key, 0.0), demonym.weight)
        quoted = (demonym.start, demonym.end, demonym.frame.value, round(demonym.weight, 2))
        tally.quotes.append(quoted)
        if option.insee is not None and demonym.frame is Frame.DEMONYM:
            tally.communes[option.insee].append(quoted)


def _company_weight(evidence: Evidence, lead: int) -> float:
    if evidence.part is Part.TITLE:
        return 1.2
    return 0.38 if evidence.start < lead else 0.25


def _count_companies(
    tallies: dict[str, _Tally], rules: PlaceRules, companies: tuple[Match, ...], *, lead: int
) -> None:
    """Let the companies named speak for their communes; *lead* is where the first sentence of the text ends."""
    for match in companies:
        cluster = match.kind is TopicKind.CLUSTER
        option = (rules.clusters if cluster else rules.companies).get(match.topic)
        if option is None or not match.evidence:
            continue
        weight = max(_company_weight(evidence, lead) for evidence in match.evidence)
        if cluster:
            # A pôle's seat says less of where its news happens than a plant's commune does.
            weight *= SEAT_SHARE
        tally = tallies[option.departement]
        tally.soft[match.topic] = max(tally.soft.get(match.topic, 0.0), weight)
        tally.quotes.append(
            replace(match.evidence[0], why="cluster" if cluster else "company", weight=weight)
        )


def _count_source(tallies: dict[str, _Tally], rules: PlaceRules, coverage: frozenset[str]) -> None:
    for code in coverage:
        if code in rules.labels and (code in tallies or len(coverage) == 1):
            tally = tallies[code]
            tally.soft["source"] = 0.5 if len(coverage) == 1 else 0.3
            tally.quotes.append(
                Evidence(
                    words=rules.labels[code], part=Part.SOURCE, start=0, end=0, why="coverage", weight=0.3
                )
            )


_AND: Final = re.compile(r" et (?:dans |en )?(?:le |la |les |l')?")


def _said_together(settled: list[tuple[Mention, Option]], raw: str) -> frozenset[str]:
    """The two départements of « le Doubs et le Jura », when no third one is named in the article."""
    named = [(m, o.departement) for m, o in settled if m.name.kind is Kind.DEPARTEMENT]
    if len({departement for _, departement in named}) == 2:
        for (first, one), (second, other) in pairwise(named):
            if one != other and _AND.fullmatch(fold(raw[first.end : second.start])):
                return frozenset({one, other})
    return frozenset()


def _decide(tallies: dict[str, _Tally], together: frozenset[str], *, regional: bool) -> dict[str, float]:
    """The départements kept, each with its total."""
    ranked = sorted(tallies.items(), key=lambda item: (-item[1].total, item[0]))
    if not ranked or ranked[0][1].total < ENOUGH:
        return {}
    best_code, best = ranked[0]
    if regional and best.named < 0.9 and not best.commune:
        return {}
    level = [code for code, tally in ranked if tally.named >= 0.35 * best.total]
    if len(level) >= TOO_MANY and not best.titled:
        return {}
    if len(ranked) > 1 and best.named < 1.0 and not best.firm and best.total < 1.3 * ranked[1][1].total:
        # Nothing places the event: two or more départements are merely named.
        return {code: tallies[code].total for code in together}
    kept = {best_code: best.total}
    for code, tally in ranked[1:]:
        if (
            tally.firm
            and tally.named >= max(JOINS, JOINS_SHARE * min(best.total, 3.0))
            and (tally.commune or tally.titled or not best.titled)
        ):
            kept[code] = tally.total
    return kept


def _matches(
    document: Document, kept: dict[str, float], tallies: dict[str, _Tally], rules: PlaceRules
) -> tuple[Match, ...]:
    departements = [
        Match(
            kind=TopicKind.DEPARTEMENT,
            topic=code,
            score=_score(total),
            evidence=_best_first(document, tallies[code].quotes),
            label=rules.labels.get(code, code),
        )
        for code, total in kept.items()
    ]
    communes = [
        Match(
            kind=TopicKind.COMMUNE,
            topic=insee,
            score=_score(sum(map(_weight, quotes))),
            evidence=_best_first(document, quotes),
            label=rules.labels.get(insee, insee),
        )
        for code in kept
        for insee, quotes in tallies[code].communes.items()
    ]
    return tuple(
        sorted(departements, key=lambda match: (-match.score, match.topic))
        + sorted(communes, key=lambda match: (-match.score, match.topic))
    )


def _weight(quote: _Quote) -> float:
    return quote.weight if isinstance(quote, Evidence) else quote[3]


def _best_first(document: Document, quotes: list[_Quote]) -> tuple[Evidence, ...]:
    best = sorted(quotes, key=_weight, reverse=True)[:MOST_QUOTED]
    return tuple(quote if isinstance(quote, Evidence) else document.evidence_at(*quote) for quote in best)


def _score(total: float) -> float:
    """A total of weights as a score: 0.5 gives 0.5, 3 gives 0.9."""
    return round(total / (total + 0.5) if total < 0.5 else 1.0 - 0.5 * math.exp(-(total - 0.5) * 0.64), 3)
