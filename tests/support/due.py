"""Rows of the outbox, written as the service writes them, what they tell, and the moment at which they leave."""

from datetime import datetime

from sqlalchemy import select

from comtoise.digests.alerts import SendNow
from comtoise.model import Delivery, Digest, Rhythm
from comtoise.store import Tx, digests, fanout, outbox, stories
from comtoise.store.tables import DigestRow


def alert(tx: Tx, *, reader_id: int, story_id: int, now: datetime) -> bool:
    """Have a story told at once; False when this reader already has it in the outbox."""
    (story,) = stories.load(tx, [story_id])
    return bool(
        fanout.alert(tx, story, [reader_id], lambda *_group: SendNow(), told_as=(), told_since=now, now=now)
    )


def digest(
    tx: Tx,
    said: Digest,
    *,
    reader_id: int,
    now: datetime,
    rhythm: Rhythm = Rhythm.DAILY,
    key: str | None = None,
) -> int:
    """Have a digest delivered, of the slot *key* or of its own; return its id."""
    edition = digests.publish(tx, said, at=now)
    return digests.give(tx, rhythm, key or said.slot.key, {reader_id: edition}, now=now)[reader_id]


def last_digest(tx: Tx, reader_id: int) -> tuple[int, Digest] | None:
    """The last digest that said something to a reader, with its id."""
    ids = select(DigestRow.id).where(DigestRow.reader_id == reader_id, DigestRow.edition_id.is_not(None))
    digest_id = tx.scalar(ids.order_by(DigestRow.composed_at.desc(), DigestRow.id.desc()).limit(1))
    said = None if digest_id is None else digests.load(tx, digest_id, reader_id=reader_id)
    return None if digest_id is None or said is None else (digest_id, said)


def leaving(tx: Tx, now: datetime, *, limit: int = 10) -> list[Delivery]:
    """Claim what is due, and note that all of it leaves."""
    claimed = outbox.claim(tx, now, limit=limit)
    for delivery in claimed:
        assert outbox.leaves(tx, delivery.id, now=now)
    return claimed
