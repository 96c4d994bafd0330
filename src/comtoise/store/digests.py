"""Composed digests: one per reader and slot, kept so that every channel and button shows the same."""

from datetime import datetime

from sqlalchemy import Text, select, type_coerce

from comtoise.model import Digest, Rhythm
from comtoise.store.database import Tx
from comtoise.store.tables import DigestRow


def done(tx: Tx, reader_id: int, rhythm: Rhythm, slot_key: str) -> bool:
    """Whether a slot was composed for a reader, even to say nothing."""
    query = select(DigestRow.id).where(
        DigestRow.reader_id == reader_id, DigestRow.rhythm == rhythm.value, DigestRow.slot_key == slot_key
    )
    return tx.scalar(query) is not None


def done_readers(tx: Tx, rhythm: Rhythm, slot_key: str) -> set[int]:
    """The readers for whom a slot was composed."""
    return set(
        tx.scalars(
            select(DigestRow.reader_id).where(
                DigestRow.rhythm == rhythm.value, DigestRow.slot_key == slot_key
            )
        )
    )


def save(
    tx: Tx, reader_id: int, rhythm: Rhythm, slot_key: str, digest: Digest | None, *, at: datetime
) -> int | None:
    """Keep a digest (None: nothing to say) and return its id; None when the slot was already composed."""
    if done(tx, reader_id, rhythm, slot_key):
        return None
    row = DigestRow(
        reader_id=reader_id, rhythm=rhythm.value, slot_key=slot_key, composed_at=at, content=digest
    )
    tx.add(row)
    tx.flush()
    return row.id


def load(tx: Tx, digest_id: int, *, reader_id: int) -> Digest | None:
    """A kept digest, for the buttons of a message already sent; None when it is somebody else's."""
    row = tx.get(DigestRow, digest_id)
    return None if row is None or row.reader_id != reader_id else row.content


def tells(tx: Tx, reader_id: int, story_id: int, *, since: datetime) -> bool:
    """Whether a digest composed for a reader since a moment told a story."""
    query = select(DigestRow.id).where(
        DigestRow.reader_id == reader_id,
        DigestRow.composed_at >= since,
        # A story in the stored JSON: its id, then its lead. Numbers hold no wildcard.
        type_coerce(DigestRow.content, Text).like(f'%{{"id":"{story_id}","lead":%'),
    )
    return tx.scalar(query.limit(1)) is not None


def last(tx: Tx, reader_id: int) -> tuple[int, Digest] | None:
    """The last digest that said something to a reader, with its id."""
    row = tx.scalar(
        select(DigestRow)
        .where(DigestRow.reader_id == reader_id, DigestRow.content.is_not(None))
        .order_by(DigestRow.composed_at.desc(), DigestRow.id.desc())
        .limit(1)
    )
    return None if row is None or row.content is None else (row.id, row.content)
