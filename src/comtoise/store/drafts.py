"""What an editor changed in the digest of a slot before it was struck."""

from datetime import datetime

from sqlalchemy import delete, select

from comtoise.digests import Edits
from comtoise.store.database import Tx
from comtoise.store.tables import DraftRow

PROMOTE, DEMOTE, REMOVE, NOTE = "promote", "demote", "remove", "note"
_NOTE_ID = 0


def edits(tx: Tx, slot_key: str) -> Edits:
    """The changes of a slot; none when nobody touched it."""
    rows = tx.scalars(
        select(DraftRow).where(DraftRow.slot_key == slot_key).order_by(DraftRow.at, DraftRow.story_id)
    ).all()
    return Edits(
        promoted=tuple(str(row.story_id) for row in rows if row.what == PROMOTE),
        demoted=frozenset(str(row.story_id) for row in rows if row.what == DEMOTE),
        removed=frozenset(str(row.story_id) for row in rows if row.what == REMOVE),
        note=next((row.text for row in rows if row.what == NOTE), ""),
    )


def put(tx: Tx, slot_key: str, story_id: int, what: str, *, who: str, now: datetime) -> None:
    """Promote, demote or remove a story; the last word counts."""
    _set(tx, slot_key, story_id, what, "", who, now)


def say(tx: Tx, slot_key: str, text: str, *, who: str, now: datetime) -> None:
    """Put the editor's note; an empty one takes it away."""
    if text:
        _set(tx, slot_key, _NOTE_ID, NOTE, text, who, now)
    else:
        undo(tx, slot_key, _NOTE_ID)


def undo(tx: Tx, slot_key: str, story_id: int | None = None) -> None:
    """Take back what was done to a story, or everything."""
    query = delete(DraftRow).where(DraftRow.slot_key == slot_key)
    tx.execute(query if story_id is None else query.where(DraftRow.story_id == story_id))


def _set(tx: Tx, slot_key: str, story_id: int, what: str, text: str, who: str, now: datetime) -> None:
    undo(tx, slot_key, story_id)
    tx.add(DraftRow(slot_key=slot_key, story_id=story_id, what=what, text=text, who=who[:100], at=now))
    tx.flush()
