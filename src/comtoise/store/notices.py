"""What the desk's administrators must be told, each thing once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from comtoise.store.database import Tx
from comtoise.store.tables import NoticeRow


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence or two, in French."""

    id: int
    text: str
    at: datetime


def give(tx: Tx, key: str, text: str, *, now: datetime) -> bool:
    """Ask for something to be told; False when that episode was told, or waits to be, already."""
    if tx.scalar(select(NoticeRow.id).where(NoticeRow.key == key[:200])) is not None:
        return False
    tx.add(NoticeRow(key=key[:200], text=text, at=now))
    tx.flush()
    return True


def waiting(tx: Tx, *, limit: int = 20) -> list[Notice]:
    """What was not told yet, the oldest first."""
    rows = tx.scalars(
        select(NoticeRow).where(NoticeRow.told_at.is_(None)).order_by(NoticeRow.id).limit(limit)
    )
    return [Notice(row.id, row.text, row.at) for row in rows]


def told(tx: Tx, notice_id: int, *, now: datetime) -> None:
    """Note that somebody was told."""
    tx.get_one(NoticeRow, notice_id).told_at = now
