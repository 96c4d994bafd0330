"""The clock of a reader."""

from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comtoise.digests.composition import PARIS
from comtoise.model import Reader


def zone_of(reader: Reader) -> tzinfo:
    """Return the reader's zone, or Paris when this machine does not know it: better than no digest at all."""
    try:
        return ZoneInfo(reader.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return PARIS
