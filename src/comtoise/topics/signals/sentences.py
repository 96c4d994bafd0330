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
        "_bits", "_document", "_folded", "_needs", "_stop_word", "first_word", "in_title", "number", "part_start",
        "raw", "start",
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
        self._folded: Folded | None = None
        self._bits: list[int] | None = None
        self._needs = 0

    @property
    def folded(self) -> Folded:
        """The sentence folded with its punctuation, single-spaced."""
        if self._folded is None:
            document = self._document
            text = document.folded.text[self.start : self.start + len(self.raw)] if document.is_even else None
            if text is None or "  " in text:
                self._folded = fold_single_spaced(self.raw)
            else:
                self._folded = Folded(self.raw, text, None)
        return self._folded

    @property
    def needs(self) -> int:
        """The bits of `NEEDS` that its words meet."""
        if self._bits is None:
            self._bits = NEEDS.each(self._document.words[self.first_word : self._stop_word])
            self._needs = reduce(or_, self._bits, 0)
        return self._needs

    def starts_of(self, need: int) -> list[int] | None:
        """Where in ``folded.text`` the words of a family stand, by its bit; None when that is not known."""
        if not self.needs & need:
            return []
        if not self.folded.is_even or self._bits is None:
            return None
        starts, shift = self._document.starts, self.start
        return [
            starts[index] - shift for index, bits in enumerate(self._bits, self.first_word) if bits & need
        ]

    def raw_span(self, start: int, stop: int) -> tuple[int, int]:
        """The raw offsets, in the document, of the words ``start … stop - 1`` of the document."""
        return self._document.starts[start], self._document.end(stop - 1)

    def folded_span(self, start: int, stop: int) -> tuple[int, int]:
        """The offsets of these words in ``folded.text``."""
        raw_start, raw_end = self.raw_span(start, stop)
        shift = self.start
        if self.folded.is_even:
            return raw_start - shift, raw_end - shift
        return self.to_folded(raw_start - shift), self.to_folded(raw_end - shift)

    def to_folded(self, offset: int) -> int:
        """The offset in ``folded.text`` of an offset in ``raw``; they differ by ligatures and double spaces."""
        return (
            offset
            if len(self.folded.text) == len(self.raw)
            else len(fold_single_spaced(self.raw[:offset]).text)
        )

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words of the document that cover the offsets ``start … end`` of the sentence."""
        first = self._word_at(start, self.first_word)
        return first, self._word_at(max(end - 1, start), first) + 1

    def _word_at(self, offset: int, least: int) -> int:
        index = bisect_right(self._document.starts, self.start + offset, self.first_word, self._stop_word) - 1
        return max(index, least)


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
