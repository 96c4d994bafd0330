"""Sentences of a document by word index, without paying for the offsets of every word of the article."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

from comtoise.text.fold import Folded, fold_with_offsets, spaced, word_spans

_END: Final = re.compile(
    r"(?<![\s.(][A-ZÀ-Þ])(?<!\bM)(?<!\bMM)(?<!\bMme)(?<!\bDr)(?<!\bSt)(?<!\bn°)[.!?…]+[»”\"')\]]*\s+(?=[A-ZÀ-ÞŒ«“\"0-9])|\n+"
)


class Sentence:
    """One sentence: its words keep the document's numbering."""

    def __init__(
        self, raw: str, start: int, first_word: int, *, number: int, in_title: bool, part_start: int
    ) -> None:
        self.raw = raw
        self.start = start  #: raw offset in the document
        self.part_start = part_start  #: offset in its part, title or text
        self.first_word = first_word
        self.number = number  #: 0 for the title
        self.in_title = in_title

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Offsets of its words, in the sentence."""
        return word_spans(self.raw)

    @cached_property
    def folded(self) -> Folded:
        """The sentence folded with its punctuation."""
        return fold_with_offsets(self.raw)

    def raw_span(self, start: int, stop: int) -> tuple[int, int]:
        """The raw offsets, in the document, of the words ``start … stop - 1`` of the document."""
        spans = self.spans
        return self.start + spans[start - self.first_word][0], self.start + spans[stop - 1 - self.first_word][
            1
        ]

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words of the document that cover the offsets ``start … end`` of the sentence."""
        starts = [a for a, _ in self.spans]
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_right(starts, max(end - 1, start)) - 1, first)
        return self.first_word + first, self.first_word + last + 1


def sentences_of(raw: str, title_length: int) -> list[Sentence]:
    """The sentences of a document; the title is the first, whatever it holds."""
    ends = [0, title_length, *(m.end() for m in _END.finditer(raw) if m.end() > title_length), len(raw)]
    found: list[Sentence] = []
    words = 0
    for number, (start, end) in enumerate(zip(ends, ends[1:], strict=False)):
        piece = raw[start:end]
        count = len(spaced(piece).split())
        if count:
            in_title = start < title_length
            part_start = start if in_title else start - title_length - 1
            found.append(
                Sentence(piece, start, words, number=number, in_title=in_title, part_start=part_start)
            )
        words += count
    return found
