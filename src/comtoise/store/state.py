"""How the whole desk stands, in figures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy import text as sql
from sqlalchemy.orm import InstrumentedAttribute

from comtoise.model import DeliveryState
from comtoise.store import outbox
from comtoise.store.database import Tx
from comtoise.store.tables import ArticleRow, DeliveryRow, ReaderRow, SourceRow

LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What /etat shows."""

    sources: int  #: active
    late: int  #: of them, due for longer than `LATE` and not read
    last_poll: datetime | None
    articles_today: int  #: of the last 24 hours
    to_understand: int
    readers: int  #: active
    deliveries: dict[DeliveryState, int]
    oldest_waiting: datetime | None  #: since when the oldest due delivery waits
    database_bytes: int
    schema: str  #: revision


def figures(tx: Tx, now: datetime) -> Figures:
    """Read them all in one view of the database."""
    active = SourceRow.active.is_(True)
    return Figures(
        sources=_count(tx, SourceRow.id, active),
        late=_count(tx, SourceRow.id, active, SourceRow.next_due_at < now - LATE),
        last_poll=tx.scalar(select(func.max(SourceRow.last_polled_at))),
        articles_today=_count(tx, ArticleRow.id, ArticleRow.first_seen >= now - timedelta(days=1)),
        to_understand=_count(tx, ArticleRow.id, ArticleRow.understood_at.is_(None)),
        readers=_count(tx, ReaderRow.id, ReaderRow.disabled_reason.is_(None), ReaderRow.paused.is_(False)),
        deliveries=outbox.counts(tx),
        oldest_waiting=tx.scalar(
            select(func.min(DeliveryRow.not_before)).where(
                DeliveryRow.state == DeliveryState.WAITING.value, DeliveryRow.not_before <= now
            )
        ),
        database_bytes=_bytes(tx),
        schema=tx.scalar(sql("SELECT version_num FROM alembic_version")) or "",
    )


def _count(tx: Tx, column: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]) -> int:
    return tx.scalar(select(func.count(column)).where(*conditions)) or 0


def _bytes(tx: Tx) -> int:
    if tx.get_bind().dialect.name == "sqlite":
        pages = tx.scalar(sql("PRAGMA page_count")) or 0
        return int(pages * (tx.scalar(sql("PRAGMA page_size")) or 0))
    return int(tx.scalar(sql("SELECT pg_database_size(current_database())")) or 0)
