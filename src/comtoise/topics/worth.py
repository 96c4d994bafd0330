"""What an article is worth to a reader: 0 noise, 1 acceptable, 2 a must.

Noise is what belongs to no sector, or tells no event and belongs to one by weak words or by its source alone. A
must tells a business event, or work that stops; elsewhere than in the zone watched it is acceptable only.
"""

from collections.abc import Iterable, Sequence

from comtoise.model import Match, TopicKind
from comtoise.topics.findings import Findings
from comtoise.topics.rules import Role


def weigh_worth(
    findings: Findings,
    sectors: Sequence[Match],
    signals: Iterable[Match],
    places: Iterable[Match],
    zone: frozenset[str] | None,
) -> tuple[int, tuple[str, ...]]:
    """The worth, and why in short stable codes."""
    if not sectors:
        return 0, ("no-sector",)
    reasons = []
    if any(signal.slots is None or not signal.slots.negated for signal in signals):
        reasons.append("signal")
    if findings.of(Role.HARD_NEWS):
        reasons.append("hard-news")
    if not reasons:
        return (1, ("no-signal",)) if _is_about_industry(sectors) else (0, ("weak-evidence",))
    codes = {place.topic for place in places if place.kind is TopicKind.DEPARTEMENT}
    if zone and codes and codes.isdisjoint(zone):
        return 1, (*reasons, "elsewhere")
    return 2, tuple(reasons)


def _is_about_industry(sectors: Iterable[Match]) -> bool:
    """Whether more than weak words, or a cluster's name on its own site, speaks for a sector."""
    whys = {evidence.why for sector in sectors for evidence in sector.evidence}
    return bool(whys & {"strong", "company"}) or ("cluster" in whys and "source" not in whys)
