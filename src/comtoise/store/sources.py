"""What polling has taught about each source, and when each is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from comtoise.model import Source
from comtoise.store.database import Tx
from comtoise.store.tables import SourceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What is known of a source before it is polled."""

    source_id: str
    url: str
    next_due_at: datetime
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    unconditional_at: datetime | None
    polls: int
    seeded: bool  #: it has answered well once: what is new from now on may alert
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_new_at: datetime | None
    failures: int  #: in a row
    error_kind: str | None
    error_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """How one poll ended; stored whole, together with the articles it brought."""

    source_id: str
    at: datetime
    next_due_at: datetime
    ok: bool
    etag: str | None = None  #: to send next time, exactly as received
    last_modified: str | None = None
    body_hash: str | None = None
    unconditional: bool = False  #: this fetch was made without validators
    new_articles: int = 0
    counted: bool = True  #: False: a failure that is no fault of the source
    error_kind: str | None = None  #: short code: http-404, html, timeout, dns, tls, robots, too-large …
    error_text: str | None = None  #: one French sentence


def sync_cards(tx: Tx, cards: Iterable[Source], now: datetime) -> None:
    """Make the table follow the configuration.

    A new source is due at once. One whose address changed, or that comes back, is due at once too, and what it
    shows first is kept without alerting, as for a new one.
    A source that left the configuration keeps its rows and is no longer polled.
    """
    known = {row.id: row for row in tx.scalars(select(SourceRow))}
    seen = set()
    for card in cards:
        seen.add(card.id)
        row = known.get(card.id)
        if row is None:
            tx.add(SourceRow(id=card.id, name=card.name, url=card.url, next_due_at=now))
        else:
            if row.url != card.url or not row.active:
                row.etag = row.last_modified = row.body_hash = row.first_success_at = None
                row.next_due_at = now
            row.name, row.url, row.active = card.name, card.url, True
    for source_id, row in known.items():
        if source_id not in seen:
            row.active = False
    tx.flush()


def due(
    tx: Tx, now: datetime, *, limit: int, skip: Iterable[str] = (), only: Iterable[str] | None = None
) -> list[PollState]:
    """The active sources to poll, the longest overdue first; *skip* names those already in flight."""
    query = select(SourceRow) if only is None else select(SourceRow).where(SourceRow.id.in_(list(only)))
    rows = tx.scalars(
        query.where(SourceRow.active, SourceRow.next_due_at <= now, SourceRow.id.not_in(list(skip)))
        .order_by(SourceRow.next_due_at, SourceRow.id)
        .limit(limit)
    )
    return [_state(row) for row in rows]


def states(tx: Tx) -> list[PollState]:
    """All active sources, by id."""
    return [
        _state(row) for row in tx.scalars(select(SourceRow).where(SourceRow.active).order_by(SourceRow.id))
    ]


def make_due(tx: Tx, now: datetime, source_ids: Iterable[str] | None = None) -> None:
    """Ask for a poll now of the given sources, or of all."""
    query = update(SourceRow).values(next_due_at=now)
    if source_ids is not None:
        query = query.where(SourceRow.id.in_(list(source_ids)))
    tx.execute(query)


def postpone(tx: Tx, source_ids: Iterable[str], until: datetime) -> None:
    """Leave sources alone until a moment: their host asked for it."""
    tx.execute(
        update(SourceRow)
        .where(SourceRow.id.in_(list(source_ids)), SourceRow.next_due_at < until)
        .values(next_due_at=until)
    )


def record(tx: Tx, outcome: PollOutcome) -> None:
    """Store the outcome of a poll, whatever it was, with the next due time.

    Call it in the transaction that stores the articles: validators never run ahead of what they vouch for.
    """
    row = tx.get_one(SourceRow, outcome.source_id)
    row.polls += 1
    row.last_polled_at = outcome.at
    row.next_due_at = outcome.next_due_at
    if outcome.unconditional:
        row.unconditional_at = outcome.at
    if outcome.ok:
        row.failures = 0
        row.error_kind = row.error_text = None
        row.last_success_at = outcome.at
        row.first_success_at = row.first_success_at or outcome.at
        row.etag, row.last_modified = outcome.etag, outcome.last_modified
        row.body_hash = outcome.body_hash
        if outcome.new_articles:
            row.last_new_at = outcome.at
    else:
        row.failures += outcome.counted
        row.error_kind, row.error_text = outcome.error_kind, outcome.error_text


def record_rights(
    tx: Tx, source_id: str, *, at: datetime, robots: str | None = None, tdm_reserved: bool | None = None
) -> None:
    """Store what the source's host says of robots or of text and data mining; None leaves what is known."""
    verdicts = {"robots_verdict": robots, "tdm_reserved": tdm_reserved}
    tx.execute(
        update(SourceRow)
        .where(SourceRow.id == source_id)
        .values(rights_checked_at=at, **{k: v for k, v in verdicts.items() if v is not None})
    )


def _state(row: SourceRow) -> PollState:
    return PollState(
        source_id=row.id,
        url=row.url,
        next_due_at=row.next_due_at,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        unconditional_at=row.unconditional_at,
        polls=row.polls,
        seeded=row.first_success_at is not None,
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_new_at=row.last_new_at,
        failures=row.failures,
        error_kind=row.error_kind,
        error_text=row.error_text,
    )
