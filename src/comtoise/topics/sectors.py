"""Give an article its sectors, from the evidence found.

Each piece of evidence has a weight by its kind (`WEIGHTS`) and by where it stands: title, first lines, rest. Weights
add up over distinct keywords; a keyword said twice counts little more than once. A sector is given when its total
reaches `BAR`; the score shown is the total on a scale where the bar is one half. One sector's verdict never depends
on another sector's keywords.
"""

from collections import defaultdict
from dataclasses import dataclass

from comtoise.model import Evidence, Match, Part, Source, TopicKind
from comtoise.topics.document import Document
from comtoise.topics.findings import Findings, Found
from comtoise.topics.rules import Role, Rules

BAR = 1.0  #: total weight that gives a sector
LEAD_WORDS = 70  #: words after the title that count as the first lines
BODY_WORDS = 180  #: words after which what is said is detail
NEAR = 12  #: words between a weak word and what makes it count
WEIGHTS = {
    "strong": 1.0,
    "company": 1.0,
    "made": 1.0,
    "cluster": 0.9,
    "occupation": 0.4,
    "weak": 0.35,
    "alone": 0.12,
    "place": 0.15,
    "source": 0.5,
}


@dataclass(slots=True)
class Clue:
    """A piece of evidence for one sector."""

    kind: str
    keyword: str
    start: int
    stop: int
    share: float = 1.0  #: what is left of its weight
    weight: float = 0.0  #: in the decision, once summed


def judge_sectors(
    document: Document,
    rules: Rules,
    clues: dict[int, list[Clue]],
    source: Source | None,
    news: float,
) -> tuple[list[Match], list[Match]]:
    """The sectors given and those nearly given, each by falling score.

    *clues* are by index of sector, names of companies and clusters included; *news* is how much the article is news
    of firms, from `industrial_news`: 1 surely, 0 surely not.
    """
    accepted: list[Match] = []
    missed: list[Match] = []
    for number, sector in enumerate(rules.sectors):
        found = clues.get(number, [])
        prior = WEIGHTS["source"] if source is not None and sector.id in source.sectors else 0.0
        if not found and not prior:
            continue
        total = _total(document, found) * news + prior
        evidence = tuple(
            document.evidence(clue.start, clue.stop, clue.kind, round(clue.weight, 3))
            for clue in sorted(found, key=lambda c: (-c.weight, c.start))[:8]
            if clue.weight > 0
        )
        if prior:
            note = source.name if source is not None else ""
            evidence += (Evidence(words=note, part=Part.SOURCE, start=0, end=0, why="source", weight=prior),)
        if not evidence:
            continue
        match = Match(
            kind=TopicKind.SECTOR,
            topic=sector.id,
            score=round(scale(total), 3),
            evidence=evidence,
            label=sector.label,
        )
        if total >= BAR:
            accepted.append(match)
        elif total >= BAR / 3:
            missed.append(match)
    accepted.sort(key=lambda match: (-match.score, match.topic))
    missed.sort(key=lambda match: (-match.score, match.topic))
    return accepted, missed


def scale(total: float) -> float:
    """A total weight on 0..1, the bar at one half."""
    return total**2 / (total**2 + BAR**2)


def place_factor(document: Document, index: int) -> float:
    """How much what stands at word *index* counts."""
    after = index - document.title_stop
    if after < 0:
        return 1.2
    if index < document.first_sentence_stop:
        return 0.95
    if after < LEAD_WORDS:
        return 0.8
    return 0.65 if after < BODY_WORDS else 0.45


def _total(document: Document, clues: list[Clue]) -> float:
    best: dict[tuple[str, str], float] = {}
    again: dict[tuple[str, str], float] = defaultdict(float)
    for clue in clues:
        clue.weight = WEIGHTS[clue.kind] * place_factor(document, clue.start) * clue.share
        key = (clue.kind, clue.keyword)
        if clue.weight > best.get(key, 0.0):
            again[key] = min(again[key] + best.get(key, 0.0), clue.weight)
            best[key] = clue.weight
        else:
            again[key] = min(again[key] + clue.weight, best[key])
    return sum(best.values()) + 0.2 * sum(again.values())


def sector_clues(
    document: Document,
    findings: Findings,
    rules: Rules,
    companies: dict[int, list[Found]],
    clusters: dict[int, list[Found]],
) -> dict[int, list[Clue]]:
    """The clues of each sector: strong words, weak ones in context, things made, occupations, firms, clusters."""
    numbers = {sector.id: number for number, sector in enumerate(rules.sectors)}
    clues: dict[int, list[Clue]] = {}
    makers = _ends(findings.of(Role.MAKER))
    listed = _enumerations(document, findings)
    context: dict[int, list[int]] = defaultdict(list)
    for role in (Role.CONTEXT, Role.OCCUPATION, Role.STRONG):
        for hit in findings.of(role):
            context[hit.entry.owner].append(hit.start)
    weak_by_sector: dict[int, list[Found]] = defaultdict(list)
    for hit in findings.of(Role.WEAK):
        weak_by_sector[hit.entry.owner].append(hit)
    hits: list[tuple[int, Clue]] = []
    for hit in findings.of(Role.STRONG):
        hits.append((hit.entry.owner, Clue("strong", hit.entry.keyword, hit.start, hit.stop)))
    for hit in findings.of(Role.FIRM):
        hits.append((hit.entry.owner, Clue("company", hit.entry.keyword, hit.start, hit.stop)))
    for hit in findings.of(Role.OCCUPATION):
        hits.append((hit.entry.owner, Clue("occupation", hit.entry.keyword, hit.start, hit.stop)))
    for hit in findings.of(Role.PRODUCT):
        made = _is_made(document, hit, makers)
        hits.append(
            (hit.entry.owner, Clue("made" if made else "alone", hit.entry.keyword, hit.start, hit.stop))
        )
    for sector, weak in weak_by_sector.items():
        others = context[sector]
        for hit in weak:
            near = any(abs(index - hit.start) <= NEAR and index != hit.start for index in others) or any(
                other.entry.keyword != hit.entry.keyword and 0 < abs(other.start - hit.start) <= NEAR
                for other in weak
            )
            hits.append((sector, Clue("weak" if near else "alone", hit.entry.keyword, hit.start, hit.stop)))
    for owner, named in companies.items():
        name = rules.companies[owner].name
        for sector, share in rules.company_sectors[owner]:
            hits.extend((sector, Clue("company", name, hit.start, hit.stop, share)) for hit in named)
    for owner, named in clusters.items():
        for rank, name in enumerate(rules.clusters[owner].sectors):
            sector = numbers.get(name)
            if sector is not None and rank == 0:
                hits.extend(
                    (sector, Clue("cluster", rules.clusters[owner].name, h.start, h.stop)) for h in named
                )
    for sector, clue in _longest(hits):
        if document.sentence_of(clue.start) in listed:
            clue.share *= 0.4
        elif clue.kind == "company" and _is_past(document, clue.start):
            clue.share *= 0.4
        clues.setdefault(sector, []).append(clue)
    return clues


def _longest(hits: list[tuple[int, Clue]]) -> list[tuple[int, Clue]]:
    """Without the hits that stand inside a longer one of the same sector, or repeat a stronger one."""
    order = {"strong": 0, "company": 1, "cluster": 1, "made": 2, "occupation": 3, "weak": 4, "alone": 5}
    hits.sort(key=lambda pair: (pair[0], -(pair[1].stop - pair[1].start), order[pair[1].kind], pair[1].start))
    kept: list[tuple[int, Clue]] = []
    taken: dict[int, set[int]] = defaultdict(set)
    for sector, clue in hits:
        words = range(clue.start, clue.stop)
        if taken[sector].isdisjoint(words):
            taken[sector].update(words)
            kept.append((sector, clue))
    return kept


_LINKING = frozenset(
    "de d du des la le les l en a au aux et pour un une ses son sa leur leurs tous ces cette".split()
)


def _is_past(document: Document, index: int) -> bool:
    """Whether a firm is only where somebody comes from: « ancien de Faurecia », « passé par Dimeco »."""
    return any(word in _PAST for word in document.words[max(0, index - 4) : index])


_PAST = frozenset("ancien ancienne anciens passe passee venu venue transfuge former ehemalige".split())


def _ends(makers: list[Found]) -> dict[int, int]:
    """Where makers' words end, and where they start."""
    return {hit.stop: hit.start for hit in makers}


def _is_made(document: Document, hit: Found, makers: dict[int, int]) -> bool:
    """Whether a maker's word stands just before the product: « fabricant de », « usine belfortaine d' »."""
    others = 0
    index = hit.start
    while index > 0 and hit.start - index < 7:
        if index in makers and makers[index] < hit.start:
            return document.is_unbroken(index, hit.stop)
        if document.words[index - 1] not in _LINKING:
            others += 1
            if others > 2:
                return False
        index -= 1
    return False


def _enumerations(document: Document, findings: Findings) -> set[int]:
    """The sentences that list three industries or more; the title is none."""
    names: dict[int, set[str]] = defaultdict(set)
    for hit in findings.of(Role.INDUSTRY):
        names[document.sentence_of(hit.start)].add(hit.entry.keyword)
    return {sentence for sentence, found in names.items() if sentence > 0 and len(found) >= 3}
