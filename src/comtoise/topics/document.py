"""An article laid out for reading: its words folded, where each stands, its sentences, its first paragraph.

Everything that looks for topics reads the same `Document`, speaks of spans of words ``start, stop``
(indexes into `words`, stop excluded) and quotes through `evidence`. What is costly (offsets, sentences) is
paid for when first asked, so that an article in which nothing was found costs only its folding.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from comtoise.model import Article, Evidence, Part
from comtoise.text.fold import Folded, fold, fold_with_offsets, is_even, spaced, word_spans, word_starts
from comtoise.text.phrases import joined

READ_MAX = 200_000  #: characters of the text that are read: what is longer is no article
LEAD_MAX = 600  #: characters: a first paragraph longer than this is a text without paragraphs

# A sentence ends at . ! ? … followed by a space or a closing mark, never after an initial or an abbreviation; and at
# line ends. One set of characters comes first in the pattern: a search for one of few characters is fast.
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[.!?…]*[»”\"')\]]*(?=\s))")
_NO_END = re.compile(r"(?:[\s.][A-Z]|\bM|\bMM|\bSt|\bcf|\betc|\bav|\bbd|\bno|\bvol)$")
# The capital comes before what may not precede it: a search for one of few characters is fast.
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?<![\w@/.#].)[\w\u0300-\u036f\u00ad]*")
_JOINTS = frozenset({" ", "-", "'", "’", "\u00a0"})  #: what stands between most words
_BREAK = re.compile(r"[\n.!?;:•|]")


class Document:
    """One article, ready for the finders. Not shared between threads."""

    def __init__(self, article: Article) -> None:
        self.article = article
        #: Title and text joined by a line's end; offsets named *raw* are into it.
        self.raw = f"{article.title}\n{article.text[:READ_MAX]}"
        self._title_length = len(article.title)
        self.text_start = self._title_length + 1  #: the raw offset of the text
        self._line = spaced(self.raw)
        self.words: list[str] = self._line.split()  #: folded: « L'Étain » gives "l", "etain"
        self.title_stop = len(spaced(article.title).split())  #: number of words of the title

    @cached_property
    def line(self) -> bytes:
        """The words, for `Phrases.scan`."""
        return joined(self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words, each once: to ask first whether any of some words is there at all."""
        return frozenset(self.words)

    @cached_property
    def capitals(self) -> list[tuple[int, int]]:
        """The raw offsets of the words written with a capital that does not follow a letter, ``@ / .`` or ``#``."""
        return [match.span() for match in _CAPITAL.finditer(self.raw)]

    @cached_property
    def capital_words(self) -> list[int]:
        """Of each of `capitals`, the index of the first word that starts there or after."""
        starts = self.starts
        return [bisect_left(starts, start) for start, _ in self.capitals]

    # --- where words stand -------------------------------------------------------------------------------

    @cached_property
    def is_even(self) -> bool:
        """Whether no ligature and no invisible character shifts the folded text against the raw one."""
        return is_even(self.raw, self._line)

    @cached_property
    def starts(self) -> list[int]:
        """The raw offset of each word."""
        return word_starts(self._line) if self.is_even else [start for start, _ in self.spans]

    def end(self, index: int) -> int:
        """The raw offset after the word."""
        return self.starts[index] + len(self.words[index]) if self.is_even else self.spans[index][1]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The raw offsets of each word, all of them: `starts` and `end` cost less."""
        return word_spans(self.raw)

    def written(self, start: int, stop: int) -> str:
        """The words as written, with what stands between them; empty when ``stop <= start``."""
        if stop <= start:
            return ""
        return self.raw[self.starts[start] : self.end(stop - 1)]

    def gap(self, index: int) -> str:
        """What stands before word *index*: spaces, punctuation; never a letter."""
        start = self.end(index - 1) if index > 0 else 0
        return self.raw[start : self.starts[index] if index < len(self.words) else len(self.raw)]

    def is_unbroken(self, start: int, stop: int) -> bool:
        """Whether no sentence end, colon or line end stands inside the span (an acronym's dot is none)."""
        first, last = self.end(start), self.starts[stop - 1]
        if self.raw[first:last] in _JOINTS or not _BREAK.search(self.raw, first, last):
            return True
        return not any(_ends_something(self.gap(i)) for i in range(start + 1, stop))

    def is_capitalised(self, index: int) -> bool:
        """Whether the word is written with a capital first letter."""
        return self.raw[self.starts[index]].isupper()

    def word_at(self, raw_offset: int) -> int:
        """The index of the word that holds or follows *raw_offset*; ``len(words)`` after the last one."""
        index = max(bisect_right(self.starts, raw_offset) - 1, 0)
        while index < len(self.words) and self.end(index) <= raw_offset:
            index += 1
        return index

    # --- sentences, paragraphs, lead ---------------------------------------------------------------------

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The index of the first word of each sentence; the title is the first sentence."""
        return self._starts_after(self._sentence_ends(0))

    def _sentence_ends(self, start: int) -> Iterator[int]:
        raw = self.raw
        for match in _SENTENCE_END.finditer(raw, start):
            dot = match.start()
            if raw[dot] != "." or not _NO_END.search(raw, max(0, dot - 4), dot):
                yield match.end()

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """The index of the first word of each paragraph; the title is the first paragraph."""
        return self._starts_after(match.end() for match in re.finditer(r"\n", self.raw))

    def _starts_after(self, ends: Iterable[int]) -> list[int]:
        starts = [0]
        for end in ends:
            index = self.word_at(end)
            if starts[-1] < index < len(self.words):
                starts.append(index)
        return starts

    def sentence_of(self, index: int) -> int:
        """The number of the sentence that holds word *index*."""
        return bisect_right(self.sentence_starts, index) - 1

    def paragraph_of(self, index: int) -> int:
        """The number of the paragraph that holds word *index*."""
        return bisect_right(self.paragraph_starts, index) - 1

    def sentence(self, number: int) -> tuple[int, int]:
        """The span of words of sentence *number*."""
        starts = self.sentence_starts
        return starts[number], starts[number + 1] if number + 1 < len(starts) else len(self.words)

    @cached_property
    def first_sentence_stop(self) -> int:
        """The index after the last word of the text's first sentence; the title's when there is no text."""
        start = self._title_length + 1 + len(self.article.text) - len(self.article.text.lstrip())
        end = next(self._sentence_ends(start), len(self.raw))
        return max(self.word_at(end), self.title_stop)

    @cached_property
    def lead_stop(self) -> int:
        """The index after the last word of the lead: the title and the first paragraph of the text."""
        text = self.article.text
        start = len(text) - len(text.lstrip())
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        end = min(end, start + LEAD_MAX)
        return self.word_at(self._title_length + 1 + end)

    def in_title(self, index: int) -> bool:
        """Whether the word stands in the title."""
        return index < self.title_stop

    def in_lead(self, index: int) -> bool:
        """Whether the word stands in the title or the first paragraph."""
        return index < self.lead_stop

    # --- patterns with punctuation -----------------------------------------------------------------------

    @cached_property
    def folded(self) -> Folded:
        """The raw text folded with its punctuation, for regular expressions (« 3,5 m€ »)."""
        return fold_with_offsets(self.raw)

    def folded_between(self, start: int, end: int) -> str:
        """The raw text between two offsets, folded with its punctuation."""
        return self.folded.text[start:end] if self.is_even else fold(self.raw[start:end])

    # --- evidence ----------------------------------------------------------------------------------------

    def evidence(self, start: int, stop: int, why: str, weight: float = 1.0) -> Evidence:
        """Evidence that quotes the words ``start … stop - 1``."""
        return self.evidence_at(self.starts[start], self.end(stop - 1), why, weight)

    def evidence_at(self, raw_start: int, raw_end: int, why: str, weight: float = 1.0) -> Evidence:
        """Evidence that quotes raw offsets; a span that leaves the title is cut at its end."""
        if raw_start < self._title_length:
            raw_end = min(raw_end, self._title_length)
            part, shift = Part.TITLE, 0
        else:
            part, shift = Part.TEXT, self._title_length + 1
        return Evidence(
            words=self.raw[raw_start:raw_end],
            part=part,
            start=raw_start - shift,
            end=raw_end - shift,
            why=why,
            weight=weight,
        )


def _ends_something(gap: str) -> bool:
    match = _BREAK.search(gap)
    return match is not None and (match.group() != "." or gap.strip(".") != "")
