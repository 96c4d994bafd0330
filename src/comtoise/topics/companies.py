"""Find the companies an article names: those known, where the name is not an ordinary word.

A name that is also an ordinary word, a first name or a commune counts only near its commune, near a word of its
industry, or right after a word that announces a firm.
"""

from collections import defaultdict

from comtoise.knowledge.cards import Company
from comtoise.model import Match, TopicKind
from comtoise.topics import lexicon
from comtoise.topics.document import Document
from comtoise.topics.findings import Findings, Found, inside_longer
from comtoise.topics.rules import Role, Rules

REACH = 40  #: words within which a commune or a word of the industry vouches for an ambiguous name
_ANNOUNCES = frozenset(
    {
        "societe",
        "entreprise",
        "groupe",
        "usine",
        "manufacture",
        "site",
        "fabricant",
        "industriel",
        "constructeur",
        "equipementier",
        "maison",
        "marque",
        "scierie",
        "fonderie",
        "laiterie",
        "fromagerie",
        "brasserie",
        "laboratoire",
        "laboratoires",
        "ets",
        "etablissements",
        "sas",
        "sa",
        "sarl",
        "chez",
        "holding",
        "maroquinier",
        "lunetier",
        "horloger",
        "plasturgiste",
        "sous-traitant",
        "papetier",
        "textile",
        "pme",
        "eti",
    }
)
_BETWEEN = frozenset({"la", "le", "les", "l", "de", "du", "d", "des"})


def find_companies(document: Document, findings: Findings, rules: Rules) -> dict[int, list[Found]]:
    """The hits of the companies named, by index of company; of homonyms, those whose commune is read first."""
    by_owner: dict[int, list[Found]] = defaultdict(list)
    for hit in findings.of(Role.COMPANY):
        by_owner[hit.entry.owner].append(hit)
    if not by_owner:
        return {}
    named = {aid.entry.keyword for aid in findings.of(Role.AID)}
    inner = inside_longer(hit for hits in by_owner.values() for hit in hits)
    result: dict[int, list[Found]] = {}
    for owner, hits in by_owner.items():
        company = rules.companies[owner]
        if company.needs_context:
            hits = [hit for hit in hits if _vouched(document, findings, rules, company, hit)]
        hits = [hit for hit in hits if (hit.start, hit.stop) not in inner]
        if hits:
            result[owner] = hits
    return _without_homonyms(result, rules, named)


def company_matches(document: Document, named: dict[int, list[Found]], rules: Rules) -> list[Match]:
    """One match for each company named, by falling score."""
    matches = []
    for owner, hits in named.items():
        company = rules.companies[owner]
        in_title = any(document.in_title(hit.start) for hit in hits)
        in_lead = any(document.in_lead(hit.start) for hit in hits)
        matches.append(
            Match(
                kind=TopicKind.COMPANY,
                topic=company.id,
                score=0.95 if in_title else 0.8 if in_lead else 0.6,
                evidence=tuple(document.evidence(hit.start, hit.stop, "company") for hit in hits[:3]),
                label=company.name,
            )
        )
    matches.sort(key=lambda match: (-match.score, match.topic))
    return matches


def vouched_firms(document: Document, findings: Findings) -> list[Found]:
    """The hits of the lexicon's firms, less those that are ordinary words with nothing to vouch for them."""
    return [
        hit
        for hit in findings.of(Role.FIRM)
        if hit.entry.keyword not in _ORDINARY
        or _announced(document, hit)
        or _among_its_words(findings, hit.entry.owner, hit)
    ]


_ORDINARY = frozenset(lexicon.ORDINARY)


def _vouched(document: Document, findings: Findings, rules: Rules, company: Company, hit: Found) -> bool:
    if _is_person(document, hit):
        return False
    if _announced(document, hit):
        return True
    for aid in findings.of(Role.AID):
        if company.commune and aid.entry.keyword == company.commune and _near(aid, hit):
            return True
    sector = next((i for i, card in enumerate(rules.sectors) if card.id == company.sector), None)
    return sector is not None and _among_its_words(findings, sector, hit)


def _is_person(document: Document, hit: Found) -> bool:
    """Whether a name follows a first name: « Aurélien Thomas »."""
    before = hit.start - 1
    return (
        hit.stop - hit.start == 1
        and before >= 0
        and document.gap(hit.start) == " "
        and document.is_capitalised(before)
        and document.words[before] not in _ANNOUNCES
        and document.sentence_of(before) == document.sentence_of(hit.start)
        and before not in document.sentence_starts
    )


def _announced(document: Document, hit: Found) -> bool:
    before = hit.start - 1
    while before >= 0 and document.words[before] in _BETWEEN:
        before -= 1
    return before >= 0 and document.words[before] in _ANNOUNCES


def _among_its_words(findings: Findings, sector: int, hit: Found) -> bool:
    return any(
        found.entry.owner == sector and _near(found, hit)
        for role in (Role.STRONG, Role.OCCUPATION, Role.PRODUCT, Role.WEAK)
        for found in findings.of(role)
    )


def _near(found: Found, hit: Found) -> bool:
    return (found.stop <= hit.start and hit.start - found.stop <= REACH) or (
        found.start >= hit.stop and found.start - hit.stop <= REACH
    )


def _without_homonyms(
    found: dict[int, list[Found]], rules: Rules, communes: set[str]
) -> dict[int, list[Found]]:
    """Of companies found by the very same words, keep those whose commune is named; else the first known."""
    by_span: dict[tuple[int, int], list[int]] = defaultdict(list)
    for owner, hits in found.items():
        by_span[hits[0].start, hits[0].stop].append(owner)
    kept: set[int] = set()
    for owners in by_span.values():
        here = [owner for owner in owners if rules.companies[owner].commune in communes]
        kept.update(here or owners[:1])
    return {owner: hits for owner, hits in found.items() if owner in kept}
