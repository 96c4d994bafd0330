"""Fold French text: what differs only by case, accents, ligatures, apostrophes, hyphens or spaces reads the same.

Folding keeps a way back: every folded character knows the offset it came from, so that evidence can
quote the words as they were written.

Source: decomposition is Unicode NFD without combining marks (UAX #15), then casefold; French ligatures,
apostrophes and spaces by the tables below.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "'’‘ʼ‛′‵＇`´"
_HYPHENS = "-‐‑‒–—−­"
_SPACES = "\u00a0\u202f\u2007\u2008\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u3000\t\n\r\x0b\x0c"


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _HYPHENS:
        return "" if char == "\u00ad" else "-"
    if char in _SPACES:
        return " "
    if char in "œŒ":
        return "oe"
    if char in "æÆ":
        return "ae"
    if char in "µμ":
        return "u"
    decomposed = unicodedata.normalize("NFKD", char)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


class _Table(dict[int, str]):
    def __missing__(self, codepoint: int) -> str:
        folded = _fold_char(chr(codepoint))
        self[codepoint] = folded
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Return *text* folded: same words, one spelling. Total and idempotent."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each character stood."""

    original: str
    text: str
    _offsets: tuple[int, ...] | None  #: None when every character folded to exactly one

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that folded to ``text[start:end]``."""
        if self._offsets is None:
            return start, end
        last = self._offsets[end - 1] + 1 if end > start else self._offsets[start]
        while last < len(self.original) and _fold_char(self.original[last]) == "":
            last += 1
        return self._offsets[start], last


def fold_with_offsets(text: str) -> Folded:
    """Fold *text* and keep the way back; costs little more than `fold` when no character changes length."""
    folded = fold(text)
    if len(folded) == len(text) and all(len(_TABLE[c]) == 1 for c in set(map(ord, text))):
        return Folded(text, folded, None)
    offsets = tuple(i for i, char in enumerate(text) for _ in _TABLE[ord(char)])
    return Folded(text, folded, offsets)
