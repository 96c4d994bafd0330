"""One story to many readers: who has it already, what each group of them is due, and their rows of the outbox.

Readers are decided about in groups: all who share a zone, quiet hours, a daily cap, rhythms and the number of
alerts they had today get the same answer, which is asked for once. Rows are written a few thousand to a
statement.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, time, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, cast, func, literal, literal_column, select
from sqlalchemy.orm import aliased

from comtoise.digests.alerts import AlertDecision, HoldUntil, SendNow
from comtoise.digests.mutes import muted
from comtoise.model import DeliveryKind, DeliveryState, Rhythm, Story, Subscription
from comtoise.store import digests, mutes
from comtoise.store.database import Tx
from comtoise.store.lists import CHUNK, among, insert_new, listed, no_row
from comtoise.store.tables import Base, DeliveryRow, ReaderRow
from comtoise.store.watch import chunks

Decide = Callable[
    [Subscription, tzinfo, int], AlertDecision
]  #: what a group is due: its choices, zone, alerts today

_DELIVERIES = Base.metadata.tables[DeliveryRow.__tablename__]
_INTERRUPTING = (DeliveryKind.ALERT.value, DeliveryKind.FOLLOW_UP.value)
_NOT_SENT = (DeliveryState.MERGED.value, DeliveryState.FAILED.value)


class Group(NamedTuple):
    """What decides, of a reader who follows the story."""

    timezone: str
    rhythms: str
    quiet_from: str | None
    quiet_to: str | None
    quiet_weekend: bool
    alerts_per_day: int


def alert(
    tx: Tx,
    story: Story,
    followers: Sequence[int],
    decide: Decide,
    *,
    told_as: Collection[int],
    told_since: datetime,
    now: datetime,
) -> int:
    """Write the alerts of *story* into the outbox; return how many.

    Args:
        followers: The readers whose subscription it fits; those who are paused, absent, alerted already, told in
            a digest or tired of its topics are passed over.
        told_as: The ids under which digests may have told it.
        told_since: Digests composed before are forgotten.
    """
    made = 0
    followers = digests.untold(tx, followers, told_as, since=told_since)
    for chunk in chunks(followers, CHUNK):
        key = literal(f"alert:{int(story.id)}:").concat(cast(ReaderRow.id, Text))
        without = no_row(DeliveryRow.id, DeliveryRow.key == key)
        for not_before, readers in _due(tx, story, chunk, decide, now, without).items():
            made += _enqueue(tx, int(story.id), readers, now=now, not_before=not_before)
    return made


def follow_up(
    tx: Tx, story: Story, followers: Sequence[int], news: Sequence[str], decide: Decide, *, now: datetime
) -> int:
    """Ask for what *story* adds to be told in reply to the alerts that were sent of it; return how many.

    Args:
        followers: The readers whose subscription it fits. Those who had no alert of it are passed over.
        news: The codes of `comtoise.stories.news_of`; each is told once to a reader.
    """
    told = _told_already(tx, int(story.id))
    made = 0
    for chunk in chunks(followers, CHUNK):
        alerts = _alerts_sent(tx, int(story.id), chunk)
        rows = [
            {
                "key": f"{_prefix(int(story.id), reader_id)}{'+'.join(fresh)}",
                "kind": DeliveryKind.FOLLOW_UP.value,
                "reader_id": reader_id,
                "story_id": int(story.id),
                "message_ref": alerts[reader_id],
                "created_at": now,
                "not_before": not_before,
            }
            for not_before, readers in _due(tx, story, list(alerts), decide, now).items()
            for reader_id in readers
            if (fresh := [fact for fact in news if fact not in told.get(reader_id, ())])
        ]
        if rows:
            tx.execute(insert_new(tx, _DELIVERIES), rows)
            made += len(rows)
    return made


def _prefix(story_id: int, reader_id: int) -> str:
    return f"followup:{story_id}:{reader_id}:"


def _told_already(tx: Tx, story_id: int) -> dict[int, set[str]]:
    """What follow-ups of a story told each reader, or are about to."""
    told: dict[int, set[str]] = {}
    rows = tx.execute(
        select(DeliveryRow.reader_id, DeliveryRow.key).where(
            DeliveryRow.story_id == story_id, DeliveryRow.kind == DeliveryKind.FOLLOW_UP.value
        )
    )
    for reader_id, key in rows:
        told.setdefault(reader_id, set()).update(key.rpartition(":")[2].split("+"))
    return told


def _alerts_sent(tx: Tx, story_id: int, chunk: Sequence[int]) -> dict[int, str | None]:
    """The message of the first alert of a story that each reader received."""
    rows = tx.execute(
        select(DeliveryRow.reader_id, DeliveryRow.message_ref)
        .where(
            among(tx, DeliveryRow.reader_id, chunk),
            DeliveryRow.story_id == story_id,
            DeliveryRow.kind == DeliveryKind.ALERT.value,
            DeliveryRow.state == DeliveryState.SENT.value,
        )
        .order_by(DeliveryRow.id.desc())  # the first one is seen last
    )
    return dict(iter(rows))


def update(tx: Tx, story_id: int, version: str, *, now: datetime) -> int:
    """Ask for every alert already sent of a story to show its *version*; return how many will be edited.

    An edit that still waits shows the story as it is when it leaves: a second one is not asked for.
    """
    waiting = aliased(DeliveryRow)
    sent = (
        select(
            literal(f"update:{story_id}:").concat(cast(DeliveryRow.reader_id, Text)).concat(f":{version}"),
            literal(DeliveryKind.UPDATE.value),
            DeliveryRow.reader_id,
            DeliveryRow.story_id,
            DeliveryRow.message_ref,
            literal(now, _DELIVERIES.c.created_at.type),
            literal(now, _DELIVERIES.c.not_before.type),
        )
        .where(
            DeliveryRow.story_id == story_id,
            DeliveryRow.kind == DeliveryKind.ALERT.value,
            DeliveryRow.state == DeliveryState.SENT.value,
            DeliveryRow.message_ref.is_not(None),
            no_row(
                waiting.id,
                waiting.reader_id == DeliveryRow.reader_id,
                waiting.story_id == story_id,
                waiting.kind == DeliveryKind.UPDATE.value,
                waiting.state == literal_column("'waiting'"),  # as the index of open rows spells it
            ),
        )
        .order_by(DeliveryRow.id)
    )
    names = ["key", "kind", "reader_id", "story_id", "message_ref", "created_at", "not_before"]
    made = insert_new(tx, _DELIVERIES).from_select(names, sent)
    result = tx.execute(made, execution_options={"preserve_rowcount": True})
    return int(result.rowcount)  # type: ignore[attr-defined]


def _due(
    tx: Tx,
    story: Story,
    chunk: Sequence[int],
    decide: Decide,
    now: datetime,
    *only: ColumnElement[bool],
) -> dict[datetime, list[int]]:
    """When each reader is to have a message about the story; whoever is not to have it is left out."""
    groups: dict[Group, list[int]] = {}
    for row in tx.execute(_open(tx, chunk).where(*only)):
        groups.setdefault(Group(*row[1:]), []).append(row[0])
    tired = {
        reader_id for reader_id, silent in mutes.of_readers(tx, chunk).items() if muted(story, silent, now)
    }
    due: dict[datetime, list[int]] = {}
    for group, readers in groups.items():
        zone = ZoneInfo(group.timezone)
        wanted = _subscription(group)
        answers: dict[int, AlertDecision] = {0: decide(wanted, zone, 0)}
        if not isinstance(answers[0], SendNow | HoldUntil):
            continue  # a full cap is a reason less, never one more
        sent = _sent_today(tx, readers, now, zone)
        for reader_id in readers:
            if reader_id in tired:
                continue
            count = sent.get(reader_id, 0)
            if count not in answers:
                answers[count] = decide(wanted, zone, count)
            match answers[count]:
                case SendNow():
                    due.setdefault(now, []).append(reader_id)
                case HoldUntil(until):
                    due.setdefault(until, []).append(reader_id)
    return due


def _open(tx: Tx, chunk: Sequence[int]) -> Select[int, str, str, str | None, str | None, bool, int]:
    """Of these readers, those who receive, with what decides."""
    return select(
        ReaderRow.id,
        ReaderRow.timezone,
        ReaderRow.rhythms,
        ReaderRow.quiet_from,
        ReaderRow.quiet_to,
        ReaderRow.quiet_weekend,
        ReaderRow.alerts_per_day,
    ).where(
        among(tx, ReaderRow.id, chunk),
        ReaderRow.paused.is_(False),
        ReaderRow.disabled_reason.is_(None),
        ReaderRow.confirmed_at.is_not(None),
    )


def _sent_today(tx: Tx, chunk: Sequence[int], now: datetime, zone: tzinfo) -> dict[int, int]:
    """How many alerts these readers of one zone had, or are to have, since their midnight; who had none is left out."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = tx.execute(
        select(DeliveryRow.reader_id, func.count())
        .where(
            among(tx, DeliveryRow.reader_id, chunk),
            DeliveryRow.created_at >= midnight,
            DeliveryRow.kind.in_(_INTERRUPTING),
            DeliveryRow.state.not_in(_NOT_SENT),
        )
        .group_by(DeliveryRow.reader_id)
    )
    return dict(iter(rows))


def told(tx: Tx, reader_ids: Sequence[int], since: datetime) -> dict[int, frozenset[str]]:
    """The stories that each of these readers was sent as alerts, or is being sent, since a moment."""
    rows = tx.execute(
        select(DeliveryRow.reader_id, DeliveryRow.story_id).where(
            among(tx, DeliveryRow.reader_id, reader_ids),
            DeliveryRow.created_at >= since,
            DeliveryRow.kind == DeliveryKind.ALERT.value,
            DeliveryRow.state.not_in(_NOT_SENT),
            DeliveryRow.story_id.is_not(None),
        )
    )
    found: dict[int, set[str]] = {}
    for reader, story_id in rows:
        found.setdefault(reader, set()).add(str(story_id))
    return {reader: frozenset(stories) for reader, stories in found.items()}


def _enqueue(tx: Tx, story_id: int, chunk: Sequence[int], *, now: datetime, not_before: datetime) -> int:
    readers, reader_id = listed(tx, chunk)
    made = insert_new(tx, _DELIVERIES).from_select(
        ["key", "kind", "reader_id", "story_id", "created_at", "not_before"],
        select(
            literal(f"alert:{story_id}:").concat(cast(reader_id, Text)),
            literal(DeliveryKind.ALERT.value),
            reader_id,
            literal(story_id),
            literal(now, _DELIVERIES.c.created_at.type),
            literal(not_before, _DELIVERIES.c.not_before.type),
        )
        .select_from(readers)
        .where(literal(1) == 1),  # SQLite would take ON CONFLICT for the ON of a join
    )
    result = tx.execute(made, execution_options={"preserve_rowcount": True})
    return int(result.rowcount)  # type: ignore[attr-defined]


def _subscription(group: Group) -> Subscription:
    """The choices of a group. What it follows is left out: the story is known to fit."""
    return Subscription(
        reader_id=0,
        rhythms=frozenset(_rhythms(group.rhythms)),
        quiet_from=time.fromisoformat(group.quiet_from) if group.quiet_from else None,
        quiet_to=time.fromisoformat(group.quiet_to) if group.quiet_to else None,
        quiet_weekend=group.quiet_weekend,
        alerts_per_day=group.alerts_per_day,
        worth_min=0,
    )


def _rhythms(names: str) -> Iterator[Rhythm]:
    return (Rhythm(name) for name in names.split(",") if name)
