"""When to poll, and what a source's silence means. Pure: no clock, no database, no network."""

from comtoise.polling.hints import Hints, read_hints
from comtoise.polling.rhythm import Bounds, next_poll, phase

__all__ = ["Bounds", "Hints", "next_poll", "phase", "read_hints"]
