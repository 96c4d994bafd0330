"""What readers say of stories: 👍 or « hors sujet »."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from comtoise.store.database import Tx
from comtoise.store.tables import FeedbackRow


class Verdict(StrEnum):
    """What a reader said."""

    USEFUL = "useful"
    OFF_TOPIC = "off-topic"


def give(tx: Tx, *, reader_id: int, story_id: int, verdict: Verdict, now: datetime) -> bool:
    """Store a verdict, replacing an earlier one; False when it was already this one."""
    row = tx.get(FeedbackRow, (reader_id, story_id))
    if row is None:
        tx.add(FeedbackRow(reader_id=reader_id, story_id=story_id, verdict=verdict.value, at=now))
        tx.flush()
        return True
    changed = row.verdict != verdict.value
    row.verdict, row.at = verdict.value, now
    return changed


def of_reader(tx: Tx, reader_id: int) -> dict[int, Verdict]:
    """All that a reader said, by story."""
    rows = tx.scalars(select(FeedbackRow).where(FeedbackRow.reader_id == reader_id))
    return {row.story_id: Verdict(row.verdict) for row in rows}
