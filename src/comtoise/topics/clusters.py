"""Find the clusters an article names. Former names lead to today's cluster; short ones need their companions."""

from comtoise.model import Match, TopicKind
from comtoise.topics.document import Document
from comtoise.topics.findings import Findings, Found, inside_longer
from comtoise.topics.rules import Role, Rules


def find_clusters(findings: Findings) -> dict[int, list[Found]]:
    """The hits of the clusters named, by index of cluster; a name inside a longer one of another is not it."""
    hits = findings.of(Role.CLUSTER)
    inner = inside_longer(hits)
    result: dict[int, list[Found]] = {}
    for hit in hits:
        if (hit.start, hit.stop) not in inner:
            result.setdefault(hit.entry.owner, []).append(hit)
    return result


def cluster_matches(document: Document, named: dict[int, list[Found]], rules: Rules) -> list[Match]:
    """One match for each cluster named, by falling score."""
    matches = []
    for owner, hits in named.items():
        cluster = rules.clusters[owner]
        in_lead = any(document.in_lead(hit.start) for hit in hits)
        matches.append(
            Match(
                kind=TopicKind.CLUSTER,
                topic=cluster.id,
                score=0.95 if in_lead else 0.8,
                evidence=tuple(document.evidence(hit.start, hit.stop, "cluster") for hit in hits[:3]),
                label=cluster.name,
            )
        )
    matches.sort(key=lambda match: (-match.score, match.topic))
    return matches
