"""Know from its words alone that a pattern cannot match: a look in a table instead of a search.

A large alternation tried at each letter of a sentence costs some ten microseconds; most sentences hold none of the
words that it needs. A *family* is one such need: the words, folded, of which a pattern must hold one. `Cues` gives a
bit to each family and remembers the bits of each word met, so that the needs of all patterns are known from one pass
over the words of the sentence.

A family may name more words than its pattern needs, never fewer: then the answer is the pattern's own.
"""

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from comtoise.text.patterns import alternatives

MOST = 100_000  #: words remembered, some ten megabytes; a text made to exceed it costs time, never an answer


class Cues:
    """The families of words that some patterns need.

    Args:
        families: By name, the words, each a small regular expression on a whole folded word, separated by ``|``.
    """

    def __init__(self, families: Mapping[str, str]) -> None:
        self._bits = {name: 1 << number for number, name in enumerate(families)}
        self._table = _Table(
            [(bit, re.compile(alternatives(families[name]))) for name, bit in self._bits.items()]
        )

    def bit(self, family: str) -> int:
        """The bit of a family in what `of` returns."""
        return self._bits[family]

    def each(self, words: Iterable[str]) -> list[int]:
        """The bits of the families that each of the folded *words* belongs to."""
        return list(map(self._table.__getitem__, words))

    def of(self, words: Iterable[str]) -> int:
        """The bits of the families that the folded *words* belong to, together."""
        return reduce(or_, map(self._table.__getitem__, words), 0)


class _Table(dict[str, int]):
    """The bits of each word, worked out when the word is first met."""

    def __init__(self, families: list[tuple[int, re.Pattern[str]]]) -> None:
        super().__init__()
        self._families = families

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST:
            self.clear()
        bits = sum(bit for bit, pattern in self._families if pattern.fullmatch(word))
        self[word] = bits
        return bits
