"""Find companies that no card knows, by the words that announce a firm; never by a guess.

Three frames: a word for a firm right before a name (« la société Vernerey », « l'équipementier Carmeca »), a legal
form right after it (« Lanvaux SAS »), or a name set apart by what it does (« Octalis, éditeur de logiciels »). The
name must be written with capitals, and be no company, cluster or place already found.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import repeat

from comtoise.model import Match, TopicKind
from comtoise.text.fold import spaced
from comtoise.topics.document import Document

MOST = 5  #: companies found this way in one article
_TOKEN = r"[A-ZÀ-ÖØ-Þ](?:[\w’'&+.-]*\w)?"
_NAME = rf"(?P<name>{_TOKEN}(?: (?:& )?(?:{_TOKEN}|\d+)){{0,3}})"
_FIRM = (
    "société|entreprise|PME|ETI|start-up|startup|jeune pousse|biotech|medtech|groupe|holding"
    "|équipementier|fabricant|constructeur|sous-traitant|plasturgiste|lunetier|horloger|maroquinier"
    r"|laboratoire|éditeur|(?<!directeur\s)(?<!directeur\s\s)industriel|scierie|fonderie|fromagerie|laiterie|brasserie"
    "|biscuiterie|verrerie|tuilerie|cimenterie|papeterie|filature|manufacture|coopérative|distillerie"
    "|chocolaterie|menuiserie|chaudronnerie|imprimerie|tannerie|cristallerie|tonnellerie"
)
_LEGAL = "SAS|SASU|SA|SARL|Sàrl|SCOP|Scop|SNC|GmbH|AG|KG|Industries|Technologies"
_DOES = (
    "(?:le |la |l['’]|un |une )?(?:fabricant|spécialiste|spécialisée? (?:dans|en)|sous-traitant|constructeur"
    "|équipementier|éditeur|leader|numéro un|filiale|PME|start-up|producteur|fournisseur|concepteur|plasturgiste"
    "|façonnier|intégrateur)"
)


def _frame(pattern: str) -> re.Pattern[str]:
    """Compile *pattern* so that kinds of spaces and hyphens, and missing accents, make no difference."""
    pattern = re.sub(r"(?<=[a-z])-(?=[a-z])", "[-\u2011]", pattern.replace(" ", "[ \u00a0\u202f]{1,3}"))
    return re.compile(pattern.replace("é", "[eé]").replace("ç", "[cç]"))


_ANNOUNCED = _frame(rf"\b(?:{_FIRM})s? (?:industriel(?:le)? |familiale? )?{_NAME}")
_WITH_LEGAL_FORM = _frame(rf"\b{_NAME} (?:{_LEGAL})\b")
_FIRST_SET_APART = _frame(rf"{_NAME}, {_DOES}\b")
_SET_APART = _frame(rf"[.!?:»\n](?:(?<=\n)|(?<!\n) ){_NAME}, {_DOES}\b")
#: What tells that a frame is not worth trying: the words, folded, that stand before a name that is announced, the
#: legal forms, what stands after a name set apart.
_BEFORE_A_NAME = frozenset(
    word + ending
    for firm in re.sub(r"\(.*?\)", "", _FIRM).split("|")
    for word in spaced(firm).split()[-1:]
    for ending in ("", "s")
) | {"industriel", "industrielle", "familial", "familiale"}
_LEGAL_FORMS = frozenset(_LEGAL.split("|"))
_LEGAL_WORDS = frozenset(spaced(_LEGAL).split())
_DOES_WORDS = frozenset(
    {
        "fabricant", "specialiste", "specialise", "specialisee", "traitant", "constructeur", "equipementier",
        "editeur", "leader", "numero", "filiale", "pme", "start", "producteur", "fournisseur", "concepteur",
        "plasturgiste", "faconnier", "integrateur",
    }
)  # fmt: skip
_COMMA_DOES = _frame(rf", {_DOES}\b")
_SPACES = (" ", "\u00a0", "\u202f", "\n")
_LONGEST_WORD = 100  #: characters read back from a comma: a longer word is taken for a name
_NAME_END = re.compile(r"[A-ZÀ-ÖØ-Þ\d]")
_MOST_WORDS_BEFORE = 3  #: « jeune pousse industrielle »
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
    candidates = sorted((match.span("name") for match in _frames(document)), key=lambda span: span[0])
    if not candidates:
        return []
    taken = {
        (evidence.part, offset)
        for match in known
        for evidence in match.evidence
        for offset in range(evidence.start, evidence.end)
    }
    found: dict[str, Match] = {}
    for start, end in candidates:
        evidence = document.evidence_at(start, end, "frame")
        words = spaced(evidence.words).split()
        if not words or words[0] in _NEVER or all(len(word) < 2 for word in words):
            continue
        if any((evidence.part, offset) in taken for offset in range(evidence.start, evidence.end)):
            continue
        slug = "-".join(words)
        if slug not in found and len(found) < MOST:
            label = " ".join(evidence.words.split())
            found[slug] = Match(
                kind=TopicKind.COMPANY, topic=slug, score=0.5, evidence=(evidence,), label=label
            )
    return list(found.values())


def _frames(document: Document) -> Iterator[re.Match[str]]:
    """What each frame matches, in the order of the frames."""
    raw, vocabulary = document.raw, document.vocabulary
    yield from _announced(document)
    if not _LEGAL_WORDS.isdisjoint(vocabulary) and any(
        raw[start:end] in _LEGAL_FORMS for start, end in document.capitals
    ):
        yield from _WITH_LEGAL_FORM.finditer(raw)
    if _may_be_set_apart(document):
        first = _FIRST_SET_APART.match(raw)
        if first is not None:
            yield first
        yield from _SET_APART.finditer(raw, first.end() if first else 0)


def _may_be_set_apart(document: Document) -> bool:
    """Whether what a firm does is said after a comma and a word that can end a name."""
    if _DOES_WORDS.isdisjoint(document.vocabulary):
        return False
    raw = document.raw
    for match in _COMMA_DOES.finditer(raw):
        comma = match.start()
        least = max(0, comma - _LONGEST_WORD)
        space = max(map(raw.rfind, _SPACES, repeat(least), repeat(comma)))
        if (space < 0 < least) or _NAME_END.match(raw, space + 1):
            return True
    return False


def _announced(document: Document) -> Iterator[re.Match[str]]:
    """What ``_ANNOUNCED.finditer`` gives, tried only before the capitals that follow a word of a firm."""
    raw, words, starts = document.raw, document.words, document.starts
    if _BEFORE_A_NAME.isdisjoint(document.vocabulary):
        return
    stop = 0
    for (capital, _), index in zip(document.capitals, document.capital_words, strict=True):
        if words[index - 1] not in _BEFORE_A_NAME or index == 0 or capital < stop:
            continue
        for first in range(max(0, index - _MOST_WORDS_BEFORE), index):
            match = _ANNOUNCED.match(raw, starts[first]) if starts[first] >= stop else None
            if match is not None:
                stop = match.end()
                yield match
                break
