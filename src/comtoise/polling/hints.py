"""What a server says about when to come back: Retry-After, Cache-Control, Expires (RFC 9110, RFC 9111)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Both are wishes of the server; the poller bounds them."""

    not_before: datetime | None = None  #: from Retry-After
    fresh_s: int | None = None  #: from Cache-Control or Expires, and the feed's own ttl


def http_date(value: str) -> datetime | None:
    """An HTTP date, aware, UTC; None when it is not one."""
    try:
        found = parsedate_to_datetime(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def read_hints(headers: Mapping[str, str], *, now: datetime, ttl_s: int | None = None) -> Hints:
    """Read the hints of a response; header names in lower case. A wrong value counts as absent."""
    not_before = None
    retry_after = headers.get("retry-after", "").strip()
    if retry_after.isdecimal() and len(retry_after) <= 9:
        not_before = now + timedelta(seconds=int(retry_after))
    elif retry_after:
        not_before = http_date(retry_after)
    fresh = ttl_s
    if (max_age := _MAX_AGE.search(headers.get("cache-control", ""))) is not None:
        fresh = max(fresh or 0, int(max_age[1]))
    elif (expires := http_date(headers.get("expires", ""))) is not None:
        fresh = max(fresh or 0, int((expires - now).total_seconds()))
    return Hints(not_before=not_before, fresh_s=fresh if fresh and fresh > 0 else None)
