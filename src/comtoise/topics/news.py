"""Tell news of firms from other news: faits divers, sport, culture, fêtes, weather, care, statistics."""

from collections import defaultdict

from comtoise.topics.document import Document
from comtoise.topics.findings import Findings
from comtoise.topics.rules import FIRMS


def weigh(document: Document, findings: Findings) -> tuple[float, float]:
    """The weight of the words of firms, and of the words of the kind of other news most present.

    One for each keyword said, two for one said in the title.
    """
    by_kind: dict[int, float] = defaultdict(float)
    for (kind, _), first in findings.news.items():
        by_kind[kind] += 2.0 if first < document.title_stop else 1.0
    firms = by_kind.pop(FIRMS, 0.0)
    return firms, max(by_kind.values(), default=0.0)


def industrial_news(firms: float, other: float, *, named: bool) -> float:
    """How much the article is news of firms, 0 to 1: 1 unless the words of some other kind clearly outweigh them.

    *named* is whether a known company or cluster is named.
    """
    if named:
        firms += 1.0
    if other < 2.5 or firms >= other:
        return 1.0
    return (firms + 0.5) / (other + 1.0)
