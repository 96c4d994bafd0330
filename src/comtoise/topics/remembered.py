"""What is still held of an article whose text was erased, when the words of the desk have changed.

Full texts are erased after 72 hours. Reading the title and the extract again would forget what the text had said;
so what was decided then is kept, as far as the words that spoke for it are still words of the desk and, where they
can still be read, still count. What the title and the extract say today is added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comtoise.model import Article, Evidence, Match, Part, Source, TopicKind, Understanding
from comtoise.topics.document import Document
from comtoise.topics.rules import Rules
from comtoise.topics.sectors import LAST_RESORT
from comtoise.topics.understand import read_topics, understand
from comtoise.topics.usage import WHYS, Keywords
from comtoise.topics.worth import weigh_worth

_NAMED_BY_FRAME = "frame"  #: a firm that no list holds
_PLACES = (TopicKind.DEPARTEMENT, TopicKind.COMMUNE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided of an article when its text was there."""

    matches: tuple[Match, ...]  #: accepted
    near_misses: tuple[Match, ...]
    worth: int


class Memory:
    """Reads articles without their text, by one set of rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._keywords = Keywords(rules)
        self._known = {
            TopicKind.SECTOR: {sector.id for sector in rules.sectors},
            TopicKind.CLUSTER: {cluster.id for cluster in rules.clusters},
            TopicKind.COMPANY: {company.id for company in rules.companies},
        }

    def understand(self, article: Article, decided: Decided, *, source: Source | None) -> Understanding:
        """Today's understanding of *article*, of which the title and an extract are left."""
        fresh = understand(article, self._rules, source=source)
        kept = [match for match in decided.matches if self._holds(match, fresh)]
        held = {(match.kind, match.topic) for match in kept}
        matches = (*kept, *(m for m in fresh.matches if (m.kind, m.topic) not in held))
        given = {(match.kind, match.topic) for match in matches}
        near: dict[tuple[TopicKind, str], Match] = {}
        for match in (*fresh.near_misses, *decided.near_misses):
            if (match.kind, match.topic) not in given and self._exists(match):
                near.setdefault((match.kind, match.topic), match)
        return Understanding(
            matches=matches,
            near_misses=tuple(near.values()),
            worth=self._worth(article, matches, decided, source),
            masked=fresh.masked,
        )

    def _exists(self, match: Match) -> bool:
        known = self._known.get(match.kind)
        return known is None or match.topic in known or match.evidence[0].why == _NAMED_BY_FRAME

    def _holds(self, match: Match, fresh: Understanding) -> bool:
        if not match.evidence:
            return match.topic in self._known.get(match.kind, {match.topic})
        if not self._exists(match):
            return False
        if match.kind is not TopicKind.SECTOR:
            return True
        left = [evidence for evidence in match.evidence if self._counts(evidence, match.topic, fresh)]
        if len(left) == len(match.evidence):
            return True
        return sum(evidence.weight for evidence in left) >= LAST_RESORT

    def _counts(self, evidence: Evidence, sector: str, fresh: Understanding) -> bool:
        if evidence.why in WHYS and not self._keywords.holds(sector, evidence.words):
            return False
        return evidence.part is not Part.TITLE or not any(_covers(mask, evidence) for mask in fresh.masked)

    def _worth(
        self, article: Article, matches: Sequence[Match], decided: Decided, source: Source | None
    ) -> int:
        """As decided while the same sectors hold; else by what is left of the words and all that is remembered."""
        sectors = _of(matches, TopicKind.SECTOR)
        if {match.topic for match in sectors} == {
            match.topic for match in _of(decided.matches, TopicKind.SECTOR)
        }:
            return decided.worth
        findings = read_topics(Document(article), self._rules, source=source).findings
        worth, _reasons = weigh_worth(
            findings,
            sectors,
            _of(matches, TopicKind.SIGNAL),
            _of(matches, *_PLACES),
            self._rules.departements,
        )
        return max(worth, decided.worth) if sectors else 0


def _of(matches: Iterable[Match], *kinds: TopicKind) -> list[Match]:
    return [match for match in matches if match.kind in kinds]


def _covers(mask: Evidence, evidence: Evidence) -> bool:
    return mask.part is evidence.part and mask.start <= evidence.start and evidence.end <= mask.end
