"""What readers mute, and until when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from comtoise.digests.mutes import Mute
from comtoise.store.database import Tx
from comtoise.store.lists import listed
from comtoise.store.tables import MuteRow


def save(tx: Tx, reader_id: int, mute: Mute) -> None:
    """Mute something, in the place of an earlier mute of the same."""
    row = tx.get(MuteRow, (reader_id, mute.kind, mute.topic))
    if row is None:
        tx.add(MuteRow(reader_id=reader_id, kind=mute.kind, topic=mute.topic, until=mute.until))
    else:
        row.until = mute.until
    tx.flush()


def lift(tx: Tx, reader_id: int, kind: str, topic: str) -> bool:
    """Hear of it again; False when it was not muted."""
    row = tx.get(MuteRow, (reader_id, kind, topic))
    if row is None:
        return False
    tx.delete(row)
    tx.flush()
    return True


def of_reader(tx: Tx, reader_id: int) -> tuple[Mute, ...]:
    """What a reader mutes, mutes that are over included until they are tidied away."""
    rows = tx.scalars(
        select(MuteRow).where(MuteRow.reader_id == reader_id).order_by(MuteRow.kind, MuteRow.topic)
    )
    return tuple(Mute(row.kind, row.topic, row.until) for row in rows)


def of_readers(tx: Tx, reader_ids: Sequence[int]) -> dict[int, tuple[Mute, ...]]:
    """The mutes of each of these readers; who mutes nothing is left out."""
    wanted, reader_id = listed(tx, reader_ids)
    rows = tx.scalars(
        select(MuteRow)
        .select_from(wanted.join(MuteRow, MuteRow.reader_id == reader_id))
        .order_by(MuteRow.reader_id, MuteRow.kind, MuteRow.topic)
    )
    found: dict[int, tuple[Mute, ...]] = {}
    for row in rows:
        found[row.reader_id] = (*found.get(row.reader_id, ()), Mute(row.kind, row.topic, row.until))
    return found


def forget_over(tx: Tx, *, now: datetime) -> None:
    """Erase the mutes that are over."""
    tx.execute(delete(MuteRow).where(MuteRow.until <= now))
