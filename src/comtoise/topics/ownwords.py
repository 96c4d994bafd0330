"""Words of readers' own: the desk's language of keywords, looked for in an article for all readers at once.

A word is compiled once, however many readers have it, and all of them are found in one pass whose cost grows
with the words that stand in the article, not with those that are looked for.
"""

from collections.abc import Iterable
from functools import lru_cache

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Article, Evidence, Match, TopicKind
from comtoise.text.keywords import Keyword, Term, parse_keyword
from comtoise.text.phrases import Phrases
from comtoise.topics.document import Document
from comtoise.topics.findings import OFTEN

LENGTH_MAX = 100  #: characters
QUOTED = 3  #: places kept of a word
_Span = tuple[int, int]

_parsed = lru_cache(maxsize=200_000)(parse_keyword)


def read_word(text: str) -> str:
    """Return a reader's word as it is kept: with single spaces.

    Raises:
        InputError: in French, when it is too long or cannot be read.
    """
    word = " ".join(text.split())
    if len(word) > LENGTH_MAX:
        raise InputError(
            _("Un mot ou une expression compte au plus {count} caractères.").format(count=LENGTH_MAX)
        )
    parse_keyword(word)
    return word


class OwnWords:
    """A set of words, compiled. One that cannot be read (any more) finds nothing."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: list[Keyword] = []
        terms: dict[Term, int] = {}
        forms: dict[str, list[int]] = {}

        def numbered(term: Term) -> int:
            if term not in terms:
                terms[term] = len(terms)
                for form in term.forms:
                    forms.setdefault(form, []).append(terms[term])
            return terms[term]

        self._sides: list[tuple[int | None, tuple[int, ...]]] = []  #: of each word: near, unless
        self._of_term: dict[int, list[int]] = {}  #: the words that a term begins
        for text in sorted(set(words)):
            try:
                word = _parsed(text)
            except InputError:
                continue
            self._of_term.setdefault(numbered(word.term), []).append(len(self._words))
            near = None if word.near is None else numbered(word.near)
            self._sides.append((near, tuple(map(numbered, word.unless))))
            self._words.append(word)
        self._terms = tuple(terms)
        self._phrases = Phrases(forms)
        self._by_phrase = tuple(map(tuple, forms.values()))

    def __len__(self) -> int:
        return len(self._words)

    def find(self, article: Article) -> tuple[Match, ...]:
        """The words that stand in *article*, by their text, each with the first places where it does."""
        if not self._words:
            return ()
        document = Document(article)
        spans = self._spans(document)
        found = []
        for term in spans.keys() & self._of_term.keys():
            for number in self._of_term[term]:
                if places := self._holds(number, spans[term], spans, document):
                    found.append(self._match(number, places, document))
        return tuple(sorted(found, key=lambda match: match.topic))

    def _spans(self, document: Document) -> dict[int, list[_Span]]:
        spans: dict[int, list[_Span]] = {}
        said: dict[int, int] = {}
        for phrase, start, stop in self._phrases.scan(document.line):
            said[phrase] = times = said.get(phrase, 0) + 1
            if times > OFTEN or (stop - start > 1 and not document.is_unbroken(start, stop)):
                continue
            for number in self._by_phrase[phrase]:
                term = self._terms[number]
                if not term.exact_case or document.raw.startswith(term.written, document.starts[start]):
                    spans.setdefault(number, []).append((start, stop))
        return spans

    def _holds(
        self, number: int, places: list[_Span], spans: dict[int, list[_Span]], document: Document
    ) -> list[_Span]:
        """Of the places of a word's term, those that count."""
        near, unless = self._sides[number]
        if any(term in spans for term in unless):
            return []
        if near is None:
            return places
        distance, others = self._words[number].distance, spans.get(near, ())
        return [place for place in places if any(_are_near(place, o, distance, document) for o in others)]

    def _match(self, number: int, places: list[_Span], document: Document) -> Match:
        text = self._words[number].text
        evidence: tuple[Evidence, ...] = tuple(
            document.evidence(start, stop, "word") for start, stop in places[:QUOTED]
        )
        return Match(kind=TopicKind.WORD, topic=text, score=1.0, evidence=evidence, label=text)


def _are_near(one: _Span, other: _Span, distance: int, document: Document) -> bool:
    """At most *distance* words apart, in one paragraph; a word is not near itself."""
    between = other[0] - one[1] if other[0] >= one[1] else one[0] - other[1]
    return 0 <= between <= distance and document.paragraph_of(one[0]) == document.paragraph_of(other[0])
