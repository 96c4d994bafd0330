"""Sentences of a document by word index; each is made only when something of an event stands in it."""

import re
from bisect import bisect_left, bisect_right
from functools import reduce
from operator import or_
from typing import Final

from comtoise.text.fold import Folded
from comtoise.text.patterns import fold_single_spaced
from comtoise.topics.document import Document
from comtoise.topics.signals.needs import NEEDS

#: After initials, titles and « n° » a full stop ends no sentence; each look behind is of one length.
_NO_ABBREVIATION: Final = (
    r"(?<![\s(][A-ZÀ-Þn]\.)(?<![\s(](?:MM|Dr|Me|St|cf|av|bd)\.)(?<![\s(](?:Mme|Ste|art)\.)(?<![\s(]Mmes\.)"
)
# One set of characters comes first in the pattern: a search for one of few characters is fast.
_END: Final = re.compile(
    rf"[.!?…\n](?:(?<=\n)\n*|(?<!\n)(?<![.!?…].){_NO_ABBREVIATION}"
    r"[.!?…]*[»”\"')\]]*\s+(?=[A-ZÀ-ÞŒ«“\"0-9]))"
)


class Sentence:
    """One sentence: its words keep the document's numbering. Its text is folded when first asked for."""

    __slots__ = (
        "_bits", "_document", "_folded", "_met", "_stop_word", "end", "first_word", "needs", "number",
        "start",
    )  # fmt: skip

    def __init__(
        self, document: Document, start: int, end: int, first_word: int, stop_word: int, number: int
    ) -> None:
        self.start = start  #: raw offset in the document
        self.end = end
        self.first_word = first_word
        self.number = number  #: 0 for the title
        self._document = document
        self._stop_word = stop_word
        self._bits = NEEDS.each(document.words[first_word:stop_word])
        self.needs = reduce(or_, self._bits, 0)  #: the bits of `NEEDS` that its words meet
        self._folded: Folded | None = None
        self._met: list[tuple[int, int]] | None = None

    @property
    def raw(self) -> str:
        """The sentence as written."""
        return self._document.raw[self.start : self.end]

    @property
    def folded(self) -> Folded:
        """The sentence folded with its punctuation, single-spaced."""
        if self._folded is None:
            document, start, end = self._document, self.start, self.end
            text = document.folded.text[start:end] if document.is_even else None
            if text is None or "  " in text:
                self._folded = fold_single_spaced(self.raw)
            else:
                self._folded = Folded(self.raw, text, None)
        return self._folded

    def starts_of(self, need: int) -> list[int] | None:
        """Where in ``folded.text`` the words of a family stand, by its bit; None when that is not known."""
        if not self.needs & need:
            return []
        if not self.folded.is_even:
            return None
        if self._met is None:
            starts, shift = self._document.starts[self.first_word : self._stop_word], self.start
            self._met = [
                (start - shift, bits) for start, bits in zip(starts, self._bits, strict=True) if bits
            ]
        return [start for start, bits in self._met if bits & need]

    def raw_span(self, start: int, stop: int) -> tuple[int, int]:
        """The raw offsets, in the document, of the words ``start … stop - 1`` of the document."""
        return self._document.starts[start], self._document.end(stop - 1)

    def folded_span(self, start: int, stop: int) -> tuple[int, int]:
        """The offsets of these words in ``folded.text``."""
        raw_start, raw_end = self.raw_span(start, stop)
        return self.to_folded(raw_start - self.start), self.to_folded(raw_end - self.start)

    def to_folded(self, offset: int) -> int:
        """The offset in ``folded.text`` of an offset in ``raw``; they differ by ligatures and double spaces."""
        folded = self.folded
        if folded.is_even or len(folded.text) == len(folded.original):
            return offset
        return len(fold_single_spaced(self.raw[:offset]).text)

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words of the document that cover the offsets ``start … end`` of the sentence."""
        starts, shift, stop = self._document.starts, self.start, self._stop_word
        first = max(bisect_right(starts, shift + start, self.first_word, stop) - 1, self.first_word)
        return first, max(bisect_right(starts, shift + max(end - 1, start), first, stop), first + 1)


class Sentences:
    """The sentences of a document, by number; the title is the first. Some hold no word."""

    def __init__(self, document: Document) -> None:
        self._document = document
        raw, title_length = document.raw, len(document.article.title)
        #: The raw offset where each sentence starts, then the length of the document.
        self.bounds = [
            0,
            title_length,
            *[match.end() for match in _END.finditer(raw, title_length)],
            len(raw),
        ]

    def __getitem__(self, number: int) -> Sentence:
        start, end = self.bounds[number : number + 2]
        starts = self._document.starts
        first = bisect_left(starts, start)
        return Sentence(self._document, start, end, first, bisect_left(starts, end, first), number)
