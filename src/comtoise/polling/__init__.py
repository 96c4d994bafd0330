"""When to poll, and what a source's rhythm is. Pure: no clock, no database, no network."""

from comtoise.polling.hints import Hints, read_hints
from comtoise.polling.history import History
from comtoise.polling.rhythm import Group, Groups, Rhythm
from comtoise.polling.schedule import Bounds, next_poll, phase
from comtoise.polling.sharing import budget

__all__ = [
    "Bounds",
    "Group",
    "Groups",
    "Hints",
    "History",
    "Rhythm",
    "budget",
    "next_poll",
    "phase",
    "read_hints",
]
