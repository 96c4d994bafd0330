"""Composed digests: one per reader and slot, kept so that every channel and button shows the same.

What a digest says is an edition, kept once for all the readers to whom a slot says the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, insert, literal, select

from comtoise.model import DeliveryKind, Digest, Rhythm
from comtoise.store.database import Tx
from comtoise.store.lists import CHUNK, among, insert_new, listed
from comtoise.store.tables import Base, DeliveryRow, DigestRow, EditionRow, EditionStoryRow
from comtoise.store.watch import chunks

_DIGESTS = Base.metadata.tables[DigestRow.__tablename__]
_DELIVERIES = Base.metadata.tables[DeliveryRow.__tablename__]
_TOLD = Base.metadata.tables[EditionStoryRow.__tablename__]


def done(tx: Tx, reader_id: int, rhythm: Rhythm, slot_key: str) -> bool:
    """Whether a slot was composed for a reader, even to say nothing."""
    query = select(DigestRow.id).where(
        DigestRow.reader_id == reader_id, DigestRow.rhythm == rhythm.value, DigestRow.slot_key == slot_key
    )
    return tx.scalar(query) is not None


def save(
    tx: Tx, reader_id: int, rhythm: Rhythm, slot_key: str, digest: Digest | None, *, at: datetime
) -> int | None:
    """Keep a digest (None: nothing to say) and return its id; None when the slot was already composed."""
    if done(tx, reader_id, rhythm, slot_key):
        return None
    row = DigestRow(
        reader_id=reader_id,
        rhythm=rhythm.value,
        slot_key=slot_key,
        composed_at=at,
        edition_id=None if digest is None else publish(tx, digest, at=at),
    )
    tx.add(row)
    tx.flush()
    return row.id


def publish(tx: Tx, digest: Digest, *, at: datetime) -> int:
    """Keep what a digest says; return the number of the edition."""
    row = EditionRow(composed_at=at, content=digest)
    tx.add(row)
    tx.flush()
    told = {int(story.id) for story in digest.stories if story.id.isdecimal()}  # a sample's are none of ours
    if told:
        tx.execute(insert(_TOLD), [{"story_id": story, "edition_id": row.id} for story in sorted(told)])
    return row.id


def give(
    tx: Tx, rhythm: Rhythm, slot_key: str, editions: Mapping[int, int | None], *, now: datetime
) -> Mapping[int, int]:
    """Give a slot's editions to their readers (None: nothing to say), and ask for them to be delivered.

    Returns:
        The ids of the digests made, by reader. A reader for whom the slot was composed already keeps what
        he has.
    """
    rows = [
        {
            "reader_id": reader_id,
            "rhythm": rhythm.value,
            "slot_key": slot_key,
            "composed_at": now,
            "edition_id": edition_id,
        }
        for reader_id, edition_id in editions.items()
    ]
    if not rows:
        return {}
    made = insert_new(tx, _DIGESTS).returning(_DIGESTS.c.reader_id, _DIGESTS.c.id)
    ids: dict[int, int] = dict(iter(tx.execute(made, rows)))
    asked = [
        {
            "key": f"digest:{digest_id}:{reader_id}",
            "kind": DeliveryKind.DIGEST.value,
            "reader_id": reader_id,
            "digest_id": digest_id,
            "created_at": now,
            "not_before": now,
        }
        for reader_id, digest_id in ids.items()
        if editions[reader_id] is not None
    ]
    if asked:
        tx.execute(insert(_DELIVERIES), asked)
    return ids


def load(tx: Tx, digest_id: int, *, reader_id: int) -> Digest | None:
    """A kept digest, for the buttons of a message already sent; None when it is somebody else's."""
    row = tx.get(DigestRow, digest_id)
    if row is None or row.reader_id != reader_id or row.edition_id is None:
        return None
    return tx.scalar(select(EditionRow.content).where(EditionRow.id == row.edition_id))


def tells(tx: Tx, reader_id: int, story_id: int, *, since: datetime) -> bool:
    """Whether a digest composed for a reader since a moment told a story."""
    query = select(DigestRow.id).where(DigestRow.reader_id == reader_id, *_told([story_id], since))
    return tx.scalar(query.limit(1)) is not None


def untold(
    tx: Tx, reader_ids: Sequence[int], story_ids: Collection[int], *, since: datetime
) -> Sequence[int]:
    """Of these readers, in the order given, those whom no digest composed since a moment told any of the stories."""
    found = (
        select(EditionStoryRow.edition_id)
        .join(EditionRow, EditionRow.id == EditionStoryRow.edition_id)
        .where(EditionStoryRow.story_id.in_(list(story_ids)), EditionRow.composed_at >= since)
    )
    if not story_ids or tx.scalar(found.limit(1)) is None:
        return reader_ids
    told: set[int] = set()
    for chunk in chunks(reader_ids, CHUNK):
        query = select(DigestRow.reader_id).where(
            among(tx, DigestRow.reader_id, chunk), *_told(story_ids, since)
        )
        told.update(tx.scalars(query))
    return [reader for reader in reader_ids if reader not in told]


def _told(story_ids: Collection[int], since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        DigestRow.composed_at >= since,
        exists().where(
            EditionStoryRow.edition_id == DigestRow.edition_id, EditionStoryRow.story_id.in_(list(story_ids))
        ),
    )


def editions_of(tx: Tx, reader_id: int) -> list[int]:
    """The editions that a reader was given."""
    query = select(DigestRow.edition_id).where(
        DigestRow.reader_id == reader_id, DigestRow.edition_id.is_not(None)
    )
    return [edition for edition in tx.scalars(query) if edition is not None]


def forget_unread(tx: Tx, editions: Iterable[int]) -> None:
    """Erase those of *editions* that no reader has any more: what they chose told what he follows."""
    for chunk in chunks(sorted(set(editions)), CHUNK):
        numbers, edition_id = listed(tx, chunk)
        unread = (
            select(edition_id)
            .select_from(numbers)
            .where(~exists(select(literal(1)).where(DigestRow.edition_id == edition_id)))
        )
        tx.execute(delete(EditionRow).where(EditionRow.id.in_(unread)))
