"""Rows of the outbox, written as the service writes them, and the moment at which they leave."""

from datetime import datetime

from comtoise.digests.alerts import SendNow
from comtoise.model import Delivery, Digest, Rhythm
from comtoise.store import Tx, digests, fanout, outbox, stories


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


def leaving(tx: Tx, now: datetime, *, limit: int = 10) -> list[Delivery]:
    """Claim what is due, and note that all of it leaves."""
    claimed = outbox.claim(tx, now, limit=limit)
    for delivery in claimed:
        assert outbox.leaves(tx, delivery.id, now=now)
    return claimed
