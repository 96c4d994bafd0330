"""What the collector is reading, noted where its supervisor and its successor can see it.

A few bytes of memory that a file keeps: they outlive a process that is killed, cost about a microsecond to write,
and tell which document ended the collector, or holds it up.
"""

import mmap
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CLOCKS = struct.Struct("<dd")  #: last sign of life; since when something is read, 0 when nothing is
_JOB = struct.Struct("<qH")  #: article of a page, or 0; length of what follows
_ID_MAX = 200
_SIZE = _CLOCKS.size + _JOB.size + _ID_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document under way."""

    source_id: str
    article_id: int | None  #: of a page; None: the source's own list
    since: float  #: of the machine's monotonic clock, seconds


class Underway:
    """The note; a path of None notes in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None:
            self._note = mmap.mmap(-1, _SIZE)
            return
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < _SIZE:
                os.ftruncate(descriptor, _SIZE)
            self._note = mmap.mmap(descriptor, _SIZE)
        finally:
            os.close(descriptor)

    def beat(self) -> None:
        """Say that the collector lives."""
        struct.pack_into("<d", self._note, 0, time.monotonic())

    @property
    def beaten(self) -> float | None:
        """When it last said so; None before the first time."""
        beat, _since = _CLOCKS.unpack_from(self._note)
        return beat or None

    @contextmanager
    def reading(self, source_id: str, article_id: int | None = None) -> Iterator[None]:
        """Note what is read, for as long as it is. An error that we survive leaves no note."""
        name = source_id.encode()[:_ID_MAX]
        _JOB.pack_into(self._note, _CLOCKS.size, article_id or 0, len(name))
        start = _CLOCKS.size + _JOB.size
        self._note[start : start + len(name)] = name
        struct.pack_into("<d", self._note, 8, time.monotonic())
        try:
            yield
        finally:
            struct.pack_into("<d", self._note, 8, 0.0)

    def now(self) -> Reading | None:
        """What is being read, or was when its reader died."""
        _beat, since = _CLOCKS.unpack_from(self._note)
        if not since:
            return None
        article_id, length = _JOB.unpack_from(self._note, _CLOCKS.size)
        start = _CLOCKS.size + _JOB.size
        name = bytes(self._note[start : start + min(length, _ID_MAX)]).decode("utf-8", "replace")
        return Reading(source_id=name, article_id=article_id or None, since=since)

    def clear(self) -> None:
        """Forget all of it."""
        _CLOCKS.pack_into(self._note, 0, 0.0, 0.0)
