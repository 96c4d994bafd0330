"""What the automaton found in an article, sorted out: masks applied, cases and conditions checked.

A mask neutralises the words inside it and no others: « dans cette optique, l'usine investit » loses the optics and
keeps the factory.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from comtoise.model import Evidence
from comtoise.topics.document import Document
from comtoise.topics.rules import COMPANION_REACH, NEWS, Condition, Entry, Role, Rules


@dataclass(slots=True)
class Found:
    """A keyword found."""

    entry: Entry
    start: int  #: index of its first word
    stop: int


_ROLES = tuple(Role)


@dataclass(slots=True)
class Findings:
    """The hits of one article, by role."""

    #: Indexed by `Role`; but for NEWS, MAKER and CONTEXT, of which less is kept.
    by_role: list[list[Found]] = field(default_factory=lambda: [[] for _ in _ROLES])
    #: Of the words of the life of firms and of other news, by kind and keyword: the first word's index.
    news: dict[tuple[int, str], int] = field(default_factory=dict)
    makers: dict[int, int] = field(default_factory=dict)  #: where makers' words end: where they start
    #: The words of context: the sectors that have each, and the index of its first word.
    contexts: list[tuple[frozenset[int], int]] = field(default_factory=list)
    masked: list[Evidence] = field(default_factory=list)

    def of(self, role: Role, owner: int | None = None) -> list[Found]:
        """The hits of a role, of one owner or of all."""
        hits = self.by_role[role]
        return hits if owner is None else [hit for hit in hits if hit.entry.owner == owner]


_AID = Role.AID
_MASKS = frozenset({Role.MASK, Role.GLOBAL_MASK})
_NAMES = frozenset({Role.FIRM, Role.COMPANY, Role.CLUSTER})
_MASKABLE = frozenset({Role.STRONG, Role.WEAK, Role.PRODUCT, Role.OCCUPATION, Role.CLUSTER, Role.FIRM})
OFTEN = 40  #: a keyword said more often than this has said all it can

_Span = tuple[int, int]


def find(document: Document, rules: Rules) -> Findings:
    """Run the automaton and keep the hits that count."""
    findings = Findings()
    entries, plain, by_role, news = rules.entries, rules.plain, findings.by_role, findings.news
    makers, contexts = findings.makers, findings.contexts
    masks: dict[int, dict[int, _Span]] = {}
    aids: dict[str, list[_Span]] = {}
    found: list[Found] = []
    for phrase, start, stop in _not_too_often(rules.phrases.scan(document.line)):
        if stop - start > 1 and not document.is_unbroken(start, stop):
            continue
        counts = plain[phrase]
        if counts is not None:
            kinds, maker, shared, others = counts
            for key in kinds:
                news.setdefault(key, start)
            if maker:
                makers[stop] = start
            for sectors in shared:
                contexts.append((sectors, start))
            for entry in others:
                by_role[entry.role].append(Found(entry, start, stop))
            continue
        for entry in entries[phrase]:
            role = entry.role
            if entry.exact is not None and not document.raw.startswith(entry.exact, document.starts[start]):
                continue
            if role in NEWS:
                news.setdefault((entry.owner, entry.keyword), start)
            elif role in _MASKS:
                covered = masks.setdefault(entry.owner, {})
                for word in range(start, stop):
                    if word not in covered or covered[word][1] < stop:
                        covered[word] = (start, stop)
            elif role == _AID:
                aids.setdefault(entry.keyword, []).append((start, stop))
            elif role not in _NAMES or _is_written_as_a_name(document, start, stop, entry):
                found.append(Found(entry, start, stop))
    seen: set[_Span] = set()
    for hit in found:
        entry = hit.entry
        if entry.number >= 0 and not _holds(rules.conditions[entry.number], hit, aids, document):
            continue
        role = entry.role
        mask = _mask_over(hit, masks) if masks and role in _MASKABLE else None
        if mask is None:
            if role is Role.MAKER:
                makers[hit.stop] = hit.start
            elif role is Role.CONTEXT:
                contexts.append((frozenset(entry.owners or (entry.owner,)), hit.start))
            else:
                by_role[role].append(hit)
        elif mask not in seen:
            seen.add(mask)
            findings.masked.append(document.evidence(*mask, "mask", 0.0))
    for name, spans in aids.items():
        by_role[_AID].extend(Found(Entry(_AID, -1, name, None), *span) for span in spans)
    return findings


def _not_too_often(hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The hits without those of a phrase beyond its first `OFTEN`."""
    if len(hits) <= OFTEN or max(Counter(map(_PHRASE, hits)).values()) <= OFTEN:
        return hits
    said: Counter[int] = Counter()
    kept = []
    for hit in hits:
        said[hit[0]] += 1
        if said[hit[0]] <= OFTEN:
            kept.append(hit)
    return kept


_PHRASE = itemgetter(0)


def inside_longer(hits: Iterable[Found]) -> set[_Span]:
    """The spans that stand inside a longer one of *hits*."""
    spans = {(hit.start, hit.stop) for hit in hits}
    longest_before: dict[int, int] = {}
    for start, stop in spans:
        longest_before[start] = max(longest_before.get(start, 0), stop)
    inner = set()
    for start, stop in spans:
        if longest_before[start] > stop or any(
            longest_before.get(earlier, 0) >= stop for earlier in range(max(0, start - _LONGEST_NAME), start)
        ):
            inner.add((start, stop))
    return inner


_LONGEST_NAME = 12  #: words


def _mask_over(hit: Found, masks: dict[int, dict[int, _Span]]) -> _Span | None:
    owners = (-1,) if hit.entry.role is Role.CLUSTER else (-1, hit.entry.owner)
    for owner in owners:
        span = masks.get(owner, _NOTHING).get(hit.start)
        if span is not None and hit.stop <= span[1]:
            return span
    return None


_NOTHING: dict[int, _Span] = {}


def _is_written_as_a_name(document: Document, start: int, stop: int, entry: Entry) -> bool:
    """Capitals where the name has them, and no part of a longer hyphenated name (« La Roche-sur-Foron »).

    The long name of a cluster may be written like common words: « le pôle des microtechniques ».
    """
    if entry.role is Role.CLUSTER and stop - start > 1:
        return True
    if entry.keyword[0].islower():
        return True
    if not document.is_capitalised(start):
        return False
    if (
        entry.role is Role.FIRM
        and _is_camel(entry.keyword)
        and entry.keyword[1:] not in document.written(start, stop)
    ):
        return document.written(start, stop).isupper()
    words = document.words
    if stop < len(words) and words[stop] in _NAME_LINKS and document.gap(stop) in "-‑":
        return False
    return not (
        start > 0 and words[start - 1] in ("saint", "sainte", "la", "le") and document.gap(start) in "-‑"
    )


def _is_camel(name: str) -> bool:
    """A capital inside a word: « DuPont » is no Dupont."""
    return name.isalpha() and not name.isupper() and any(char.isupper() for char in name[1:])


_NAME_LINKS = frozenset({"sur", "sous", "les", "le", "la", "en", "de", "du", "des", "aux", "saint"})


def _holds(
    condition: Condition, hit: Found, aids: dict[str, list[tuple[int, int]]], document: Document
) -> bool:
    if any(aids.get(name) for name in condition.unless):
        return False
    if condition.near is not None:
        paragraph = document.paragraph_of(hit.start)
        return any(
            _distance(hit, span) <= condition.distance and document.paragraph_of(span[0]) == paragraph
            for span in aids.get(condition.near, ())
        )
    if condition.companions:
        return any(
            _distance(hit, span) <= COMPANION_REACH
            for name in condition.companions
            for span in aids.get(name, ())
        )
    return True


def _distance(hit: Found, span: tuple[int, int]) -> int:
    """Words between the two; a huge number when they overlap, as a word is no companion of itself."""
    if span[0] >= hit.stop:
        return span[0] - hit.stop
    if span[1] <= hit.start:
        return hit.start - span[1]
    return 1_000_000
