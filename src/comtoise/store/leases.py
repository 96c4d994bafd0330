"""Leases: one leader at a time, and a fence against one that was paused and wakes up late."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from comtoise.store.database import Tx
from comtoise.store.tables import LeaseRow


def take(tx: Tx, name: str, holder: str, *, now: datetime, length: timedelta) -> int | None:
    """Become the holder if the lease is free or has run out; return the fence number, None if it is held."""
    insert = sqlite_insert if tx.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = insert(LeaseRow).values(name=name, holder=holder, until=now + length, fence=1)
    statement = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "until": now + length, "fence": LeaseRow.fence + 1},
        where=LeaseRow.until < now,
    )
    fence: int | None = tx.scalar(statement.returning(LeaseRow.fence))
    return fence


def renew(tx: Tx, name: str, holder: str, fence: int, *, now: datetime, length: timedelta) -> bool:
    """Hold on; False when somebody else took over meanwhile: the caller must stop writing."""
    held = tx.scalar(
        update(LeaseRow)
        .where(LeaseRow.name == name, LeaseRow.holder == holder, LeaseRow.fence == fence)
        .values(until=now + length)
        .returning(LeaseRow.fence)
    )
    return held is not None


def release(tx: Tx, name: str, holder: str, fence: int) -> None:
    """Let go at once, so that the next one need not wait."""
    tx.execute(
        delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder, LeaseRow.fence == fence)
    )


def holder(tx: Tx, name: str, *, now: datetime) -> str | None:
    """Who holds a lease now."""
    row = tx.get(LeaseRow, name)
    return row.holder if row is not None and row.until >= now else None
