"""When an article was published, as well as it is known: a day, a month, a year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_PARIS = ZoneInfo("Europe/Paris")
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a first to a last day, both included, as proleptic Gregorian ordinals."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """Its length: 1 for a day."""
        return self.last - self.first + 1

    def gap(self, other: "Period") -> int:
        """Days between the two: 0 when they overlap, 1 for neighbours."""
        return max(0, self.first - other.last, other.first - self.last)

    @staticmethod
    def of(moment: datetime) -> "Period":
        """The day of an aware *moment*, in Paris."""
        day = moment.astimezone(_PARIS).toordinal()
        return Period(day, day)

    @staticmethod
    def parse(text: str | None) -> "Period | None":
        """« 2026 », « 2026-11 », « 2026-11-25 » or an ISO date and time; None for anything else."""
        match = _FORM.fullmatch(text.strip()) if text else None
        if match is None:
            return None
        year, month, day = (int(part) if part else 0 for part in match.groups())
        try:
            if day and text and len(text.strip()) > 10:
                moment = datetime.fromisoformat(text.strip())
                return Period.of(moment) if moment.tzinfo else Period(*[moment.toordinal()] * 2)
            first = date(year, month or 1, day or 1)
            last = date(year, month or 12, day or monthrange(year, month or 12)[1])
        except ValueError:
            return None
        return Period(first.toordinal(), last.toordinal())
