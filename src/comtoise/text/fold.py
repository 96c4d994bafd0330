"""Fold French text: what differs only by case, accents, ligatures, apostrophes or spaces reads the same.

Two foldings. `fold` keeps punctuation (one spelling of each mark) and serves patterns. `spaced` keeps only
letters and digits, everything else being a space, and serves word matching. Both keep a way back to the
offsets of the original, paid for only when asked, so that evidence can quote the words as they were written.

Source: a character folds to its base letter (Unicode NFKD without combining marks, UAX #15), casefolded,
when that is one character; French ligatures, apostrophes, hyphens and spaces by the tables below; combining
marks and invisible formatting characters fold to nothing; any other character folds to itself.
"""

import codecs
import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from operator import add

_APOSTROPHES = "'’‘ʼ‛′‵＇`´"
_HYPHENS = "-‐‑‒–—―−"
_SPACES = "\t\n\r\x0b\x0c\x85" + (
    "\u00a0\u202f\u2007\u2008\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2028\u2029\u205f\u3000"
)
_LIGATURES = {
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ẞ": "ss", "þ": "th", "Þ": "th",
    "ĳ": "ij", "Ĳ": "ij", "ǽ": "ae", "Ǽ": "ae", "ǣ": "ae", "Ǣ": "ae",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
_OTHER = {"µ": "u", "μ": "u", "ø": "o", "Ø": "o", "ð": "d", "Ð": "d", "ƒ": "f"}
_INVISIBLE = "\u00ad\u034f\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f" + (
    "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)
_INVISIBLE_CHAR = re.compile(f"[{_INVISIBLE}]")
#: The characters whose fold is not one character long: without them, offsets are the original's.
_ODD_CHAR = re.compile(f"[{''.join(_LIGATURES)}{_INVISIBLE}]")


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _HYPHENS:
        return "-"
    if char in _SPACES:
        return " "
    if char in _OTHER:
        return _OTHER[char]
    if char in _LIGATURES:
        return _LIGATURES[char]
    if _INVISIBLE_CHAR.match(char):
        return ""
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).casefold()
    if len(base) == 1:
        # « Ａ´ »: a compatibility form may itself need the tables above.
        again = base if base == char else _fold_char(base)
        return again if len(again) == 1 else char
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


def _space_char(char: str) -> str:
    folded = _fold_char(char)
    letters = folded.isascii() or unicodedata.category(folded) in ("Ll", "Lo", "Nd")
    return folded if not folded or (folded.isalnum() and letters) else " "


class _Table(dict[int, str]):
    """A translation table filled as characters are met."""

    def __init__(self, spaced: bool) -> None:
        super().__init__()
        self._char = _space_char if spaced else _fold_char

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = folded = self._char(chr(codepoint))
        return folded


_FOLD = _Table(spaced=False)
_SPACED = _Table(spaced=True)


def fold(text: str) -> str:
    """Return *text* folded, punctuation kept: same words, one spelling. Total and idempotent.

    Done on cp1252 bytes where the folded text fits in it, as `spaced`.
    """
    try:
        data = text.encode("cp1252", "comtoise.fold").translate(_FOLD_BYTES, b"\xad")
    except UnicodeEncodeError:
        return text.translate(_FOLD)
    for mark, letters in _FOLD_LIGATURES:
        if mark in data:
            data = data.replace(mark, letters)
    return data.decode("cp1252")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each character stood."""

    original: str
    text: str
    _offsets: tuple[int, ...] | None  #: None when every character folded to exactly one

    @property
    def is_even(self) -> bool:
        """Whether offsets into the folded text are offsets into the original."""
        return self._offsets is None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that folded to ``text[start:end]``, invisible marks included."""
        if self._offsets is None:
            return start, end
        if start >= len(self._offsets):
            return len(self.original), len(self.original)
        last = self._offsets[end - 1] + 1 if end > start else self._offsets[start]
        while end > start and last < len(self.original) and _INVISIBLE_CHAR.match(self.original[last]):
            last += 1
        return self._offsets[start], last


def fold_with_offsets(text: str) -> Folded:
    """Fold *text* and keep the way back; costs little more than `fold` when no character changes length."""
    folded = fold(text)
    return Folded(text, folded, None if is_even(text, folded) else _offsets(text, _FOLD))


def is_even(text: str, folded: str) -> bool:
    """Whether each character of *text* folded to one, so that offsets into *folded* are offsets into *text*.

    Only invisible characters shorten a text, and only ligatures lengthen it.
    """
    return len(text) == len(folded) and not any(map(text.__contains__, _LIGATURES))


def _offsets(text: str, table: _Table) -> tuple[int, ...]:
    return tuple(i for i, char in enumerate(text) for _ in table[ord(char)])


def _byte_table() -> bytes:
    """What each cp1252 byte becomes when spaced; ligatures become the control bytes of `_BYTE_LIGATURES`."""
    table = bytearray(b" " * 256)
    for byte in range(256):
        char = bytes([byte]).decode("cp1252", "replace")
        spaced = _space_char(char)
        if len(spaced) == 1 and spaced.isascii():
            table[byte] = ord(spaced)
    for mark, (chars, _) in _BYTE_LIGATURES.items():
        for byte in chars.encode("cp1252"):
            table[byte] = mark[0]
    return bytes(table)


_BYTE_LIGATURES = {
    b"\x01": ("œŒ", b"oe"),
    b"\x02": ("æÆ", b"ae"),
    b"\x03": ("ß", b"ss"),
    b"\x04": ("þÞ", b"th"),
}
_BYTES = _byte_table()


def _fold_bytes() -> bytes:
    """What each cp1252 byte becomes when folded; one without a character stands for nothing and is kept."""
    table = bytearray(range(256))
    for byte in range(256):
        char = bytes([byte]).decode("cp1252", "ignore")
        if char and char not in _LIGATURES and char != "\u00ad":
            table[byte] = _fold_char(char).encode("cp1252")[0]
    for (mark, _), (chars, _) in zip(_FOLD_LIGATURES, _BYTE_LIGATURES.values(), strict=True):
        for byte in chars.encode("cp1252"):
            table[byte] = mark[0]
    return bytes(table)


#: Bytes that are no character of cp1252, so that no text holds them, and the letters they are made into.
_FOLD_LIGATURES = tuple(
    (mark, letters)
    for mark, (_, letters) in zip((b"\x81", b"\x8d", b"\x8f", b"\x90"), _BYTE_LIGATURES.values(), strict=True)
)


_FOLD_BYTES = _fold_bytes()


def _replace_char(error: UnicodeError) -> tuple[str, int]:
    """Codec handler: the word letters of what cp1252 does not hold, or give up when these are not ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    replacement = error.object[error.start : error.end].translate(_SPACED)
    if not replacement.isascii():
        raise error
    return replacement, error.end


def _fold_unheld(error: UnicodeError) -> tuple[str, int]:
    """Codec handler: the fold of what cp1252 does not hold; the codec gives up when it does not hold that."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].translate(_FOLD), error.end


codecs.register_error("comtoise.spaced", _replace_char)
codecs.register_error("comtoise.fold", _fold_unheld)


def spaced(text: str) -> str:
    """Return *text* folded to letters and digits, every other character a space.

    Equal to translating character by character, ten times faster: French text fits in cp1252, where a table
    of 256 bytes does it (docs/decisions/0003-keywords.md has the figures).
    """
    try:
        data = text.encode("cp1252", "comtoise.spaced").translate(_BYTES, b"\xad")
    except UnicodeEncodeError:
        return text.translate(_SPACED)
    for mark, (_, letters) in _BYTE_LIGATURES.items():
        if mark in data:
            data = data.replace(mark, letters)
    return data.decode("ascii")


def word_starts(line: str) -> list[int]:
    """The offset of each word of a *line* made by `spaced`, in order."""
    starts = []
    at = 0
    for piece in line.split(" "):
        if piece:
            starts.append(at)
            at += len(piece)
        at += 1
    return starts


def word_spans(text: str) -> list[tuple[int, int]]:
    """The spans, in *text*, of ``spaced(text).split()``: same words, same order.

    An invisible character between two letters, or after the last one, belongs to the word.
    """
    line = spaced(text)
    starts = word_starts(line)
    ends = list(map(add, starts, map(len, line.split())))
    if is_even(text, line):
        return list(zip(starts, ends, strict=True))
    odd = [(match.start(), len(_SPACED[ord(match.group())])) for match in _ODD_CHAR.finditer(text)]
    # Where, in the folded line, the distance to the original changes, and what it becomes.
    places, shifts = [0], [0]
    for start, width in odd:
        places.append(start - shifts[-1] + width)
        shifts.append(shifts[-1] + 1 - width)
    places.append(len(line) + len(text))
    raw_starts, raw_ends = starts.copy(), ends.copy()
    for step, shift in enumerate(shifts):
        first, stop = bisect_left(starts, places[step]), bisect_left(starts, places[step + 1])
        raw_starts[first:stop] = [start + shift for start in starts[first:stop]]
        raw_ends[first:stop] = [end + shift for end in ends[first:stop]]
        for index in range(stop - 1, first - 1, -1):
            if ends[index] + 2 < places[step + 1]:  # no odd character in the word, nor at its end
                break
            raw_starts[index] = _original(starts[index], step, places, shifts)
            inner = bisect_right(places, ends[index] - 1, step) - 1
            last = _original(ends[index] - 1, inner, places, shifts) + 1
            while last < len(text) and _INVISIBLE_CHAR.match(text[last]):
                last += 1
            raw_ends[index] = last
    return list(zip(raw_starts, raw_ends, strict=True))


def _original(index: int, step: int, places: list[int], shifts: list[int]) -> int:
    """The offset, in the original, of the character that folded to *index*; a ligature's for all its letters."""
    original = index + shifts[step]
    if step + 1 < len(shifts):
        # Inside the letters of the next ligature: its only character.
        original = min(original, places[step + 1] + shifts[step + 1] - 1)
    return original
