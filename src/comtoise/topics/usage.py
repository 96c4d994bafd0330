"""What each keyword of the desk does: how often it speaks for its sector, how often rightly, and beside which others.

Evidence quotes the words of an article; a keyword is what the desk wrote (« micro-technique » for
« microtechniques »). `Keywords` leads from the one to the other.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from comtoise.text.fold import spaced
from comtoise.topics.rules import Entry, Role, Rules

#: Codes of the evidence that is a keyword's; the others are names of companies and clusters, and the source.
WHYS: Final = frozenset({"strong", "weak", "alone", "made", "product", "occupation", "trade"})
_ROLES: Final = (Role.STRONG, Role.WEAK, Role.OCCUPATION, Role.PRODUCT)
_SAY_TOGETHER: Final = 3  #: hits from which always standing beside another keyword means something
Z_95: Final = 1.96  #: of the normal law


class Keywords:
    """The keywords of a configuration, by the words that an article writes."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._numbers = {sector.id: number for number, sector in enumerate(rules.sectors)}

    def named(self, sector: str, written: str) -> str:
        """The keyword of *sector* that *written* is a form of; the folded words when it has none any more."""
        found = self._entries(sector, written)
        if not found:
            return " ".join(spaced(written).split())
        return min(found, key=lambda entry: (_ROLES.index(entry.role), entry.keyword)).keyword

    def holds(self, sector: str, written: str) -> bool:
        """Whether *written* is a form of a keyword of *sector*."""
        return bool(self._entries(sector, written))

    def _entries(self, sector: str, written: str) -> list[Entry]:
        words = spaced(written).split()
        owner = self._numbers.get(sector, -1)
        return [
            entry
            for phrase, start, stop in self._rules.phrases.find(words)
            if start == 0 and stop == len(words)
            for entry in self._rules.entries[phrase]
            if entry.owner == owner and entry.role in _ROLES and entry.exact in (None, written)
        ]

    def of_the_desk(self) -> list[tuple[str, str]]:
        """Sector and keyword of every word that decides: strong, weak, occupations; in the desk's order."""
        return [
            (sector.id, word)
            for sector in self._rules.sectors
            for word in dict.fromkeys((*sector.strong, *sector.weak, *sector.occupations))
        ]


@dataclass(frozen=True, slots=True)
class Use:
    """A sector given to an article or a story, and the keywords that spoke for it."""

    sector: str
    keywords: frozenset[str]
    judged: int = 0  #: verdicts on it
    right: int = 0  #: of them, those that agree


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordCount:
    """What a keyword did."""

    sector: str
    words: str  #: the keyword, as the desk wrote it
    hits: int = 0  #: articles or stories where it spoke for the sector
    judged: int = 0  #: verdicts on these
    right: int = 0
    alone: int = 0  #: hits where no other keyword spoke
    precision: float | None = None  #: None when nobody judged
    low: float = 0.0  #: the precision is between these, 19 times out of 20
    high: float = 1.0
    always_with: tuple[
        str, ...
    ] = ()  #: keywords that stand in each of its hits: without it, the same is found


def count_keywords(uses: Iterable[Use]) -> list[KeywordCount]:
    """Count, most hits first."""
    grouped: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in uses:
        for keyword in use.keywords:
            grouped[use.sector, keyword].append(use)
    counts = [_count(sector, words, group) for (sector, words), group in grouped.items()]
    return sorted(counts, key=lambda k: (-k.hits, k.sector, k.words))


def _count(sector: str, words: str, group: list[Use]) -> KeywordCount:
    judged, right = sum(use.judged for use in group), sum(use.right for use in group)
    low, high = wilson(right, judged)
    together = frozenset.intersection(*(use.keywords for use in group)) - {words}
    return KeywordCount(
        sector=sector,
        words=words,
        hits=len(group),
        judged=judged,
        right=right,
        alone=sum(len(use.keywords) == 1 for use in group),
        precision=round(right / judged, 4) if judged else None,
        low=round(low, 6),
        high=round(high, 6),
        always_with=tuple(sorted(together)) if len(group) >= _SAY_TOGETHER else (),
    )


def dead(keywords: Keywords, counts: Iterable[KeywordCount]) -> dict[str, tuple[str, ...]]:
    """The keywords of the desk that spoke for nothing, by sector. Forms of one word count as one keyword."""
    alive: Mapping[str, set[str]] = defaultdict(set)
    for count in counts:
        alive[count.sector].add(count.words)
    silent: dict[str, list[str]] = defaultdict(list)
    for sector, word in keywords.of_the_desk():
        if word not in alive[sector] and keywords.named(sector, word) not in alive[sector]:
            silent[sector].append(word)
    return {sector: tuple(words) for sector, words in silent.items()}


def wilson(right: int, total: int, *, z: float = Z_95) -> tuple[float, float]:
    """The interval that holds the true share when *right* of *total* were so, 19 times out of 20; 0..1 for none.

    Source: E. B. Wilson, « Probable inference, the law of succession, and statistical inference », 1927. Unlike
    the usual interval it stays within 0..1 and is honest for few trials.
    """
    if total <= 0:
        return 0.0, 1.0
    share = right / total
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    middle, scale = share + z * z / (2 * total), 1 + z * z / total
    # At 0 and 1 one bound is exact; rounding must not push it outside.
    low = 0.0 if right == 0 else (middle - spread) / scale
    high = 1.0 if right == total else (middle + spread) / scale
    return low, high
