"""Sentences of a document by word index, without paying for the offsets of every word of the article."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from typing import Final

from comtoise.text.fold import Folded, spaced, word_spans
from comtoise.text.patterns import fold_single_spaced

_END: Final = re.compile(r"[.!?…]+[»”\"')\]]*\s+(?=[A-ZÀ-ÞŒ«“\"0-9])|\n+")
#: After these a full stop ends no sentence: initials, titles, « n° ».
_ABBREVIATION: Final = re.compile(r"(?:^|[\s(])(?:[A-ZÀ-Þ]|MM?|Mmes?|Dr|Me|St|Ste|cf|n|art|av|bd)$")


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
        self._recalls: bool | None = None

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Offsets of its words, in the sentence."""
        return word_spans(self.raw)

    @cached_property
    def folded(self) -> Folded:
        """The sentence folded with its punctuation, single-spaced."""
        return fold_single_spaced(self.raw)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.spans]

    def raw_span(self, start: int, stop: int) -> tuple[int, int]:
        """The raw offsets, in the document, of the words ``start … stop - 1`` of the document."""
        spans = self.spans
        return self.start + spans[start - self.first_word][0], self.start + spans[stop - 1 - self.first_word][
            1
        ]

    def folded_span(self, start: int, stop: int) -> tuple[int, int]:
        """The offsets of these words in ``folded.text``."""
        raw_start, raw_end = self.raw_span(start, stop)
        return self.to_folded(raw_start - self.start), self.to_folded(raw_end - self.start)

    def to_folded(self, offset: int) -> int:
        """The offset in ``folded.text`` of an offset in ``raw``; they differ by ligatures and double spaces."""
        return (
            offset
            if len(self.folded.text) == len(self.raw)
            else len(fold_single_spaced(self.raw[:offset]).text)
        )

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words of the document that cover the offsets ``start … end`` of the sentence."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, max(end - 1, start)) - 1, first)
        return self.first_word + first, self.first_word + last + 1

    def recalls(self, pattern: re.Pattern[str]) -> bool:
        """Whether *pattern* is in the sentence; looked for once."""
        if self._recalls is None:
            self._recalls = pattern.search(self.folded.text) is not None
        return self._recalls


def sentences_of(raw: str, title_length: int) -> list[Sentence]:
    """The sentences of a document; the title is the first, whatever it holds."""
    ends = [0, title_length]
    ends += [
        match.end()
        for match in _END.finditer(raw, title_length)
        if match.end() > title_length
        and not (
            raw[match.start()] == "." and _ABBREVIATION.search(raw, max(0, match.start() - 6), match.start())
        )
    ]
    ends.append(len(raw))
    found: list[Sentence] = []
    words = 0
    for number, (start, end) in enumerate(pairwise(ends)):
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
