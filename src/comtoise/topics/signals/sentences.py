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
    """One sentence: its words keep the document's numbering."""

    __slots__ = (
        "_bits", "_document", "_shifts", "_stop_word", "first_word", "folded", "in_title", "needs", "number",
        "part_start", "raw", "start",
    )  # fmt: skip

    def __init__(
        self, document: Document, start: int, end: int, first_word: int, stop_word: int, number: int
    ) -> None:
        title_length = len(document.article.title)
        self.raw = document.raw[start:end]
        self.start = start  #: raw offset in the document
        self.in_title = start < title_length
        self.part_start = start if self.in_title else start - title_length - 1  #: offset in its part
        self.first_word = first_word
        self.number = number  #: 0 for the title
        self._document = document
        self._stop_word = stop_word
        text = document.folded.text[start:end] if document.is_even else None
        #: The sentence folded with its punctuation, single-spaced.
        self.folded = (
            fold_single_spaced(self.raw) if text is None or "  " in text else Folded(self.raw, text, None)
        )
        self._shifts = not self.folded.is_even  #: whether offsets change by folding
        self._bits = NEEDS.each(document.words[first_word:stop_word])
        self.needs = reduce(or_, self._bits, 0)  #: the bits of `NEEDS` that its words meet

    def starts_of(self, need: int) -> list[int] | None:
        """Where in ``folded.text`` the words of a family stand, by its bit; None when that is not known."""
        if not self.needs & need:
            return []
        if self._shifts:
            return None
        starts, shift = self._document.starts[self.first_word : self._stop_word], self.start
        return [start - shift for start, bits in zip(starts, self._bits, strict=True) if bits & need]

    def raw_span(self, start: int, stop: int) -> tuple[int, int]:
        """The raw offsets, in the document, of the words ``start … stop - 1`` of the document."""
        return self._document.starts[start], self._document.end(stop - 1)

    def folded_span(self, start: int, stop: int) -> tuple[int, int]:
        """The offsets of these words in ``folded.text``."""
        raw_start, raw_end = self.raw_span(start, stop)
        return self.to_folded(raw_start - self.start), self.to_folded(raw_end - self.start)

    def to_folded(self, offset: int) -> int:
        """The offset in ``folded.text`` of an offset in ``raw``; they differ by ligatures and double spaces."""
        if not self._shifts or len(self.folded.text) == len(self.raw):
            return offset
        return len(fold_single_spaced(self.raw[:offset]).text)

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words of the document that cover the offsets ``start … end`` of the sentence."""
        starts, shift, stop = self._document.starts, self.start, self._stop_word
        first = max(bisect_right(starts, shift + start, self.first_word, stop) - 1, self.first_word)
        return first, max(bisect_right(starts, shift + max(end - 1, start), first, stop), first + 1)


class Sentences:
    """The sentences of a document that hold words; the title is the first, whatever it holds."""

    def __init__(self, document: Document) -> None:
        self._document = document
        raw, title_length, starts = document.raw, len(document.article.title), document.starts
        ends = [0, title_length, *[match.end() for match in _END.finditer(raw, title_length)], len(raw)]
        self._ends = ends
        words = [bisect_left(starts, end) for end in ends]
        words[0], words[-1] = 0, len(starts)
        self._numbers = [n for n in range(len(ends) - 1) if words[n] < words[n + 1]]
        #: The index of the first word of each sentence, and the number of words of the document.
        self.firsts = [words[n] for n in self._numbers]
        self.firsts.append(len(starts))

    def number(self, index: int) -> int:
        """The number of the sentence at *index*: 0 for the title; sentences without words count."""
        return self._numbers[index]

    def __getitem__(self, index: int) -> Sentence:
        number = self._numbers[index]
        return Sentence(
            self._document,
            self._ends[number],
            self._ends[number + 1],
            self.firsts[index],
            self.firsts[index + 1],
            number,
        )
