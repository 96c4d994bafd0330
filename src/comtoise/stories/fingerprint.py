"""Fingerprints: near-identical texts found by equality of keys, in an index that survives restarts.

MinHash by one permutation: each run of three folded words is hashed once and falls in one of 64 bins that
keep their smallest hash; an empty bin borrows from a full one (optimal densification, Shrivastava 2017), so
that short texts stay comparable. The share of equal bins estimates the Jaccard similarity of the two texts,
with a standard error of 0.06 at 0.5. Bins are read four by four into 16 band keys: two texts share one with
probability 0.64 at similarity 0.5, 0.99 at 0.7 and 0.12 at 0.3. Keys are the same on every machine and
version of Python.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import eq

from comtoise.text.fold import spaced

BINS = 64
BANDS = 16
ROWS = BINS // BANDS
_RUN = 3  #: words hashed together
_WORDS_MAX = 3000  #: what follows is not read: a copy is recognised well before


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of the words of an article to recognise a copy of it."""

    content: int  #: hash of the whole folded text: equal when only case, accents or marks differ
    signature: tuple[int, ...]  #: 64 numbers of 16 bits, empty when there is no text

    @property
    def bands(self) -> tuple[int, ...]:
        """16 signed 64-bit keys, of which copies share some; empty when there is no text."""
        return _bands(self.signature)

    def similarity(self, other: "Fingerprint") -> float:
        """Estimate of the share of common word runs, 0..1; 0 when either has no text."""
        if self.content == other.content and self.signature:
            return 1.0
        return similarity(self.signature, other.signature)


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of equal bins of two signatures; 0 when either is empty."""
    if not one or not other:
        return 0.0
    equal: int = sum(map(eq, one, other))
    return equal / BINS


def fingerprint(title: str, text: str) -> Fingerprint:
    """The fingerprint of an article; its title counts as its first words.

    Copies of one wire text rarely keep the title: it weighs a few words among all.
    """
    words = spaced(f"{title}\n{text}").split()[:_WORDS_MAX]
    content = _hash(" ".join(words).encode())
    return Fingerprint(content=content, signature=_bins(words))


def _bins(words: Sequence[str]) -> tuple[int, ...]:
    if not words:
        return ()
    runs = {" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))}
    smallest: list[int | None] = [None] * BINS
    for run in runs:
        value, place = divmod(int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "little"), BINS)
        held = smallest[place]
        if held is None or value < held:
            smallest[place] = value
    return tuple(_borrow(smallest, place) & 0xFFFF for place in range(BINS))


def _borrow(smallest: Sequence[int | None], place: int) -> int:
    """The bin's value, or that of the first full bin met by a walk that depends on the bin only."""
    attempt = 0
    value = smallest[place]
    while value is None:
        attempt += 1
        value = smallest[_WALK[place][attempt % len(_WALK[place])]]
    return value


def _walk(place: int) -> tuple[int, ...]:
    """All bins in an order drawn for *place*."""
    order = sorted(
        range(BINS), key=lambda other: blake2b(struct.pack("<BB", place, other), digest_size=8).digest()
    )
    return tuple(order)


_WALK = tuple(_walk(place) for place in range(BINS))


def _bands(bins: Sequence[int]) -> tuple[int, ...]:
    return tuple(
        _hash(struct.pack(f"<B{ROWS}H", band, *bins[band * ROWS : (band + 1) * ROWS]))
        for band in range(BANDS if bins else 0)
    )


def _hash(data: bytes) -> int:
    """A signed 64-bit hash: what a BIGINT column holds."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)
