"""What administrators did to the desk: who, when, what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from comtoise.store.database import Tx
from comtoise.store.tables import AuditRow

KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing done."""

    at: datetime
    who: str
    what: str  #: one French sentence


def note(tx: Tx, *, who: str, what: str, now: datetime) -> None:
    """Keep what was done, in the transaction that does it. The oldest deeds are forgotten."""
    row = AuditRow(at=now, who=who[:100], what=what)
    tx.add(row)
    tx.flush()
    tx.execute(delete(AuditRow).where(AuditRow.id <= row.id - KEPT))


def last(tx: Tx, *, limit: int = 5) -> list[Deed]:
    """What was done last, the latest first."""
    rows = tx.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
    return [Deed(at=row.at, who=row.who, what=row.what) for row in rows]
