"""What one poll came to, for people and machines."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One poll, as `comtoise crawl` prints it."""

    source: str
    ok: bool
    status: int | None = None
    entries: int = 0
    new: int = 0
    edited: int = 0
    unchanged: bool = False
    recovered: int = 0  #: entries found in an archive after the window was replaced whole
    window_replaced: bool = False  #: nothing that the source shows was seen before: items were probably lost
    found: str | None = None  #: the address where the source was found to be, when it is not its card's
    error_kind: str | None = None
    error: str | None = None
    next_due_at: datetime
