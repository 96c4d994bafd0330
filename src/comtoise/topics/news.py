"""Tell news of firms from other news: faits divers, sport, culture, fêtes, weather, care, statistics."""

from collections import defaultdict

from comtoise.topics.document import Document
from comtoise.topics.findings import Findings
from comtoise.topics.rules import Role


def weigh(document: Document, findings: Findings) -> tuple[float, float]:
    """The weight of the words of firms, and of the words of the kind of other news most present."""
    firms = _weight(document, {(hit.start, hit.entry.keyword) for hit in findings.of(Role.BUSINESS)})
    by_kind: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for hit in findings.of(Role.OTHER_NEWS):
        by_kind[hit.entry.owner].add((hit.start, hit.entry.keyword))
    other = max((_weight(document, hits) for hits in by_kind.values()), default=0.0)
    return firms, other


def _weight(document: Document, hits: set[tuple[int, str]]) -> float:
    """One for each keyword said, two for one said in the title."""
    title_stop = document.title_stop
    said = {keyword for _, keyword in hits}
    titled = {keyword for start, keyword in hits if start < title_stop}
    return float(len(said) + len(titled))


def industrial_news(firms: float, other: float, *, named: bool) -> float:
    """How much the article is news of firms, 0 to 1: 1 unless the words of some other kind clearly outweigh them.

    *named* is whether a known company or cluster is named.
    """
    if named:
        firms += 1.0
    if other < 2.5 or firms >= other:
        return 1.0
    return (firms + 0.5) / (other + 1.0)
