"""What each host has asked of us: its robots.txt and its reservation of text and data mining."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_

from comtoise.store.database import Tx
from comtoise.store.tables import HostRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What is known of a host; every field may be unknown."""

    origin: str  #: scheme://host[:port]
    robots_body: str | None = None
    robots_status: int | None = None  #: None: not fetched, or no answer
    robots_at: datetime | None = None
    tdm_body: str | None = None
    tdm_at: datetime | None = None


def load(tx: Tx, origin: str) -> Host:
    """What is known of an origin."""
    row = tx.get(HostRow, origin)
    if row is None:
        return Host(origin=origin)
    return Host(
        origin=origin,
        robots_body=row.robots_body,
        robots_status=row.robots_status,
        robots_at=row.robots_at,
        tdm_body=row.tdm_body,
        tdm_at=row.tdm_at,
    )


def save_robots(tx: Tx, origin: str, *, status: int | None, body: str | None, at: datetime) -> None:
    """Keep a host's robots.txt as fetched."""
    row = _row(tx, origin)
    row.robots_status, row.robots_body, row.robots_at = status, body, at


def save_tdm(tx: Tx, origin: str, *, body: str | None, at: datetime) -> None:
    """Keep a host's /.well-known/tdmrep.json as fetched; None when it has none."""
    row = _row(tx, origin)
    row.tdm_body, row.tdm_at = body, at


def forget(tx: Tx, *, before: datetime) -> int:
    """Erase the hosts that were last asked before a moment; return how many. They are asked again when needed."""
    asked = func.coalesce(HostRow.robots_at, HostRow.tdm_at)
    gone = tx.execute(delete(HostRow).where(or_(asked.is_(None), asked < before)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _row(tx: Tx, origin: str) -> HostRow:
    row = tx.get(HostRow, origin)
    if row is None:
        row = HostRow(origin=origin)
        tx.add(row)
        tx.flush()
    return row
