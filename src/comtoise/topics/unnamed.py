"""Find companies that no card knows, by the words that announce a firm; never by a guess.

Three frames: a word for a firm right before a name (« la société Vernerey », « l'équipementier Carmeca »), a legal
form right after it (« Lanvaux SAS »), or a name set apart by what it does (« Octalis, éditeur de logiciels »). The
name must be written with capitals, and be no company, cluster or place already found.
"""

import re
from collections.abc import Iterable

from comtoise.model import Match, TopicKind
from comtoise.text.fold import spaced
from comtoise.topics.document import Document

MOST = 5  #: companies found this way in one article
_TOKEN = r"[A-ZÀ-ÖØ-Þ](?:[\w’'&+.-]*\w)?"
_NAME = rf"(?P<name>{_TOKEN}(?: (?:& )?(?:{_TOKEN}|\d+)){{0,3}})"
_FIRM = (
    "société|entreprise|PME|ETI|start-up|startup|jeune pousse|biotech|medtech|groupe|holding"
    "|équipementier|fabricant|constructeur|sous-traitant|plasturgiste|lunetier|horloger|maroquinier"
    "|laboratoire|éditeur|(?<!directeur )industriel|scierie|fonderie|fromagerie|laiterie|brasserie"
    "|biscuiterie|verrerie|tuilerie|cimenterie|papeterie|filature|manufacture|coopérative|distillerie"
    "|chocolaterie|menuiserie|chaudronnerie|imprimerie|tannerie|cristallerie|tonnellerie"
)
_LEGAL = "SAS|SASU|SA|SARL|Sàrl|SCOP|Scop|SNC|GmbH|AG|KG|Industries|Technologies"
_DOES = (
    "(?:le |la |l['’]|un |une )?(?:fabricant|spécialiste|spécialisée? (?:dans|en)|sous-traitant|constructeur"
    "|équipementier|éditeur|leader|numéro un|filiale|PME|start-up|producteur|fournisseur|concepteur|plasturgiste"
    "|façonnier|intégrateur)"
)
_FRAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_FIRM})s? (?:industriel(?:le)? |familiale? )?{_NAME}",
        rf"\b{_NAME} (?:{_LEGAL})\b",
        rf"(?:^|[.!?:»] |\n){_NAME}, {_DOES}\b",
    )
)
#: Capitalised words that are no firm's name: heads of sentences, institutions, months, people's titles.
_NEVER = frozenset(
    {
        "le", "la", "les", "directeur", "president", "l", "un", "une", "des", "cette", "ce", "elle",
        "il", "france", "europe", "etat", "union", "region", "republique", "monsieur", "madame",
        "mme", "pme", "cgt", "cfdt", "fo", "suisse", "allemagne", "italie", "alsace", "lorraine",
        "bourgogne", "franche", "comte", "jura", "doubs", "haute", "grand", "est", "dans", "fonde",
        "fondee", "ne", "nee", "cree", "creee", "installe", "installee", "base", "basee", "situe",
        "situee",
    }
)  # fmt: skip


def find_unnamed(document: Document, known: Iterable[Match]) -> list[Match]:
    """The companies announced by their frames, in reading order, at most `MOST`.

    *known* are the companies, clusters and places found before: their words are theirs.
    """
    taken = {
        (evidence.part, offset)
        for match in known
        for evidence in match.evidence
        for offset in range(evidence.start, evidence.end)
    }
    found: dict[str, Match] = {}
    candidates = sorted(
        (match.span("name") for frame in _FRAMES for match in frame.finditer(document.raw)),
        key=lambda s: s[0],
    )
    for start, end in candidates:
        evidence = document.evidence_at(start, end, "frame")
        words = spaced(evidence.words).split()
        if not words or words[0] in _NEVER or all(len(word) < 2 for word in words):
            continue
        if any((evidence.part, offset) in taken for offset in range(evidence.start, evidence.end)):
            continue
        slug = "-".join(words)
        if slug not in found and len(found) < MOST:
            label = evidence.words.strip()
            found[slug] = Match(
                kind=TopicKind.COMPANY, topic=slug, score=0.5, evidence=(evidence,), label=label
            )
    return list(found.values())
