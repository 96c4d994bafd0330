"""When mailboxes refuse us, and not their owners: all mail rests, and someone is told.

Going on would make it worse: each refusal counts against the sender's name.
"""

import threading
from datetime import datetime, timedelta

import structlog

log = structlog.get_logger(__name__)

IN_A_ROW = 5  #: refusals by policy (5.7.x), whoever the reader
REST_FIRST = timedelta(hours=1)
REST_LONGEST = timedelta(hours=12)


class PolicyWatch:
    """Counts refusals; used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refused = 0
        self._rests = 0
        self._until: datetime | None = None

    def paused_until(self, now: datetime) -> datetime | None:
        """The end of the rest, while there is one. After it one mail tries: a refusal begins the next."""
        with self._lock:
            if self._until is not None and now >= self._until:
                self._until = None
                self._refused = IN_A_ROW - 1
            return self._until

    def refused(self, now: datetime, reason: str) -> None:
        """A server refused by policy."""
        with self._lock:
            self._refused += 1
            if self._refused < IN_A_ROW or self._until is not None:
                return
            rest = min(REST_FIRST * 2**self._rests, REST_LONGEST)
            self._rests += 1
            self._until = now + rest
        log.error("mail_paused", reason=reason, until=(now + rest).isoformat(timespec="minutes"))

    def accepted(self) -> None:
        """A server took a mail."""
        with self._lock:
            self._refused = self._rests = 0
