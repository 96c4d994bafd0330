"""Find many phrases in a text in one pass whose cost does not grow with their number.

The phrases, folded to words, go into one Aho-Corasick automaton, run once over the words of the text joined by
single spaces. Why an automaton: docs/decisions/0003-keywords.md.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from comtoise.text.fold import spaced


class Hit(NamedTuple):
    """A phrase found: its number in the order given, and the words it covers."""

    phrase: int
    start: int  #: index of its first word
    stop: int  #: index after its last word


def joined(words: Iterable[str]) -> bytes:
    """Folded words as `Phrases.scan` reads them: made once for a text, whatever the number of sets of phrases."""
    return f" {' '.join(words)} ".encode()


class Phrases:
    """A fixed set of phrases, compiled.

    A phrase matches whole words, whatever stands between them; written with a final ``*`` it also matches words that
    begin like its last one. Phrases without a letter or digit match nothing. Equal phrases are all reported.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        numbers: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            words = spaced(phrase).split()
            if words:
                open_end = phrase.rstrip().endswith("*")
                numbers.setdefault(f" {' '.join(words)}{'' if open_end else ' '}", []).append(number)
        self._numbers = tuple(tuple(group) for group in numbers.values())
        self._lengths = tuple(pattern.strip().count(" ") + 1 for pattern in numbers)
        self._automaton = (
            BytesAhoCorasick(
                map(str.encode, numbers),
                matchkind=MatchKind.Standard,
                implementation=Implementation.ContiguousNFA,
            )
            if numbers
            else None
        )

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every occurrence, overlapping ones too, by position of the last word. *words* are folded."""
        return [Hit(*hit) for hit in self.scan(joined(words))]

    def scan(self, line: bytes) -> list[tuple[int, int, int]]:
        """What `find` gives for the words `joined`, as plain tuples: an article has a hundred of them."""
        if self._automaton is None:
            return []
        hits = []
        stop = seen = 0
        numbers, lengths, count = self._numbers, self._lengths, line.count
        for pattern, _, end in self._automaton.find_matches_as_indexes(line, overlapping=True):
            # The words up to and including the last one: the spaces before its end, but for a closing one.
            end -= 1
            stop += count(b" ", seen, end)
            seen = end
            start = stop - lengths[pattern]
            for number in numbers[pattern]:
                hits.append((number, start, stop))
        return hits
