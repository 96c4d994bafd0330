"""The outbox: what is to be delivered, once.

A row is made in the transaction that causes it, claimed in one, noted to leave in another just before it does,
settled in the last. A unique key per (what, reader) refuses a second row. A row found `sending` after a crash had
left or had not (`leaves`). If it had, it may have arrived: it becomes `unknown`, is tried again, later each time and
no more than a few times, and says that it may be a repeat. If it had not, it waits as before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, exists, func, literal_column, select, update
from sqlalchemy.orm import aliased

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import (
    Channel,
    Deferred,
    Delivery,
    DeliveryKind,
    DeliveryState,
    MaybeSent,
    Moved,
    Outcome,
    Reader,
    Refused,
    Sent,
)
from comtoise.store import digests, notices, readers, stories, words
from comtoise.store.database import Tx
from comtoise.store.tables import DeliveryRow, ReaderRow

STRIKES_MAX = 3  #: refusals for an absent reader, over at least STRIKES_SPAN, before he is disabled
STRIKES_SPAN = timedelta(hours=48)
DOUBT_WAITS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)  #: before the next try, the last again
REPEAT_AFTER = timedelta(minutes=1)  #: what may have arrived is repeated then
#: The waits of what is interrupted again and again.
RESUME_FIRST, RESUME_MAX = timedelta(minutes=1), timedelta(minutes=15)
INTERRUPTIONS_MAX = 6  #: of what may have arrived each time; then a person decides
OWED_SINCE = timedelta(days=14)  #: an expired alert that no digest could tell by then is old news
_INTERRUPTING = (DeliveryKind.ALERT.value, DeliveryKind.FOLLOW_UP.value)
_EXPIRED, _DIGESTED, _CANCELLED = "expired", "digested", "cancelled"
INTERRUPTED, INTERRUPTED_OFTEN = "interrupted", "interrupted often"
#: Spelt as in the indexes of `comtoise.store.tables` (DUE, OPEN, OWED): with parameters, none would be used.
_WAITING: ColumnElement[str] = literal_column("'waiting'")
_UNKNOWN: ColumnElement[str] = literal_column("'unknown'")
_SENDING: ColumnElement[str] = literal_column("'sending'")
_MERGED: ColumnElement[str] = literal_column("'merged'")

log = structlog.get_logger("outbox")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """A row of the outbox, for people."""

    id: int
    kind: DeliveryKind
    state: DeliveryState
    reader_id: int
    story_id: int | None
    digest_id: int | None
    not_before: datetime
    attempts: int
    reason: str | None
    message_ref: str | None
    settled_at: datetime | None


def _facts_of(key: str) -> tuple[str, ...]:
    """The facts that a follow-up tells, from the key that makes it unique."""
    return tuple(key.rpartition(":")[2].split("+"))


def enqueue_confirmation(tx: Tx, *, reader_id: int, now: datetime) -> bool:
    """Ask a mailbox whether it wants to receive, and void what was asked before; False when that was less than a
    day ago, whoever writes its address into our form."""
    if not readers.put_question(tx, reader_id, now=now):
        return False
    tx.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.reader_id == reader_id,
            DeliveryRow.kind == DeliveryKind.CONFIRM.value,
            DeliveryRow.state.in_([_WAITING, _UNKNOWN]),
        )
        .values(state=DeliveryState.FAILED.value, reason=_CANCELLED, settled_at=now)
    )
    tx.add(
        DeliveryRow(
            key=f"confirm:{reader_id}:{now.timestamp():.0f}",
            kind=DeliveryKind.CONFIRM.value,
            reader_id=reader_id,
            created_at=now,
            not_before=now,
        )
    )
    tx.flush()
    return True


def merge_expired(tx: Tx, *, before: datetime) -> int:
    """Hand alerts that waited since before a moment over to the next digest (see `owed`); return how many."""
    result = tx.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.kind.in_(_INTERRUPTING),
            DeliveryRow.state == DeliveryState.WAITING.value,
            DeliveryRow.created_at < before,
        )
        .values(state=DeliveryState.MERGED.value, reason=_EXPIRED)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def owed(tx: Tx, reader_id: int, *, now: datetime) -> frozenset[int]:
    """The stories whose alerts expired for a reader, and that no digest has told him since."""
    rows = tx.execute(
        select(DeliveryRow.story_id, DeliveryRow.created_at).where(
            DeliveryRow.reader_id == reader_id, *_owed(now)
        )
    )
    return frozenset(
        story_id
        for story_id, since in rows
        if story_id is not None and not digests.tells(tx, reader_id, story_id, since=since)
    )


def owing(tx: Tx, *, now: datetime) -> frozenset[int]:
    """The readers to whom a digest owes a story, see `owed`."""
    return frozenset(tx.scalars(select(DeliveryRow.reader_id).where(*_owed(now))))


def paid(tx: Tx, reader_id: int, digest_id: int, *, now: datetime) -> None:
    """The next digest was composed: what was owed to its reader is told there, or was cut with the rest."""
    tx.execute(
        update(DeliveryRow)
        .where(DeliveryRow.reader_id == reader_id, *_owed(now))
        .values(digest_id=digest_id, reason=_DIGESTED, settled_at=now)
    )


def _owed(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        DeliveryRow.state == _MERGED,
        DeliveryRow.reason == literal_column(f"'{_EXPIRED}'"),
        DeliveryRow.created_at >= now - OWED_SINCE,
    )


def set_aside(tx: Tx, *, now: datetime) -> int:
    """After an old state was restored: what is to be sent may have been; none of it leaves. Return how many."""
    result = tx.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.state.in_(
                [DeliveryState.WAITING.value, DeliveryState.UNKNOWN.value, DeliveryState.SENDING.value]
            )
        )
        .values(state=DeliveryState.MERGED.value, reason="restored", settled_at=now)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def claim(tx: Tx, now: datetime, *, limit: int, channels: Iterable[str] | None = None) -> list[Delivery]:
    """Take the rows to send now, oldest first, one per reader so that each reader's order is kept.

    A row that must wait (429, grey list, quiet hours) holds back the later ones of its reader, and nobody
    else's. Rows of paused or disabled readers wait. The caller commits before sending.
    """
    earlier = aliased(DeliveryRow)
    held_back = exists().where(
        earlier.reader_id == DeliveryRow.reader_id,
        earlier.state.in_([_WAITING, _UNKNOWN, _SENDING]),
        (earlier.id < DeliveryRow.id) | (earlier.state == _SENDING),
    )
    receives = exists().where(
        ReaderRow.id == DeliveryRow.reader_id,
        ReaderRow.paused.is_(False),
        ReaderRow.disabled_reason.is_(None),
        ReaderRow.confirmed_at.is_not(None) | (DeliveryRow.kind == DeliveryKind.CONFIRM.value),
    )
    if channels is not None:
        receives = receives.where(ReaderRow.channel.in_(list(channels)))
    # Not a join: from the rows that are due, in their order, until there are enough.
    first = (
        select(DeliveryRow.id)
        .where(
            DeliveryRow.state.in_([_WAITING, _UNKNOWN]), DeliveryRow.not_before <= now, receives, ~held_back
        )
        .order_by(DeliveryRow.not_before, DeliveryRow.id)
        .limit(limit)
    )
    ids = list(tx.scalars(first))
    claimed = tx.scalars(
        update(DeliveryRow)
        .where(DeliveryRow.id.in_(ids), DeliveryRow.state.in_([_WAITING, _UNKNOWN]))
        .values(
            maybe_repeat=DeliveryRow.maybe_repeat | (DeliveryRow.state == DeliveryState.UNKNOWN.value),
            state=DeliveryState.SENDING.value,
            claimed_at=now,
            left_at=None,
        )
        .returning(DeliveryRow),
        execution_options={"synchronize_session": False},
    ).all()
    read = (_read_back(tx, row, now) for row in sorted(claimed, key=lambda row: row.id))
    return [delivery for delivery in read if delivery is not None]


def _read_back(tx: Tx, row: DeliveryRow, now: datetime) -> Delivery | None:
    """A claimed row with what it delivers; one that cannot be read (broken, or of another release) fails alone."""
    try:
        return _delivery(tx, row)
    except (ValueError, LookupError, TypeError) as error:
        log.exception("delivery_unreadable", delivery=row.id)
        row.state, row.settled_at = DeliveryState.FAILED.value, now
        row.reason = f"unreadable: {type(error).__name__}"
        notices.give(
            tx,
            f"unreadable:{now:%Y%m%d}",
            _(
                "Un envoi n’a pas pu être relu dans la base et n’est pas parti (ligne {id}) ; les autres "
                "partent. Pour voir lesquels : comtoise outbox list --state failed."
            ).format(id=row.id),
            now=now,
        )
        tx.flush()
        return None


def leaves(tx: Tx, delivery_id: int, *, now: datetime) -> bool:
    """Note that a claimed row leaves now; False when it must not: its reader was erased, or it was given back.

    To be committed just before the request leaves. It tells, after a crash, what may have arrived (`recover`).
    """
    result = tx.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery_id, DeliveryRow.state == _SENDING)
        .values(left_at=now)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def settle(tx: Tx, delivery_id: int, outcome: Outcome, *, now: datetime) -> None:
    """Write how handing over a claimed row ended. A row that is gone, or no longer being sent, is left so."""
    row = tx.get(DeliveryRow, delivery_id, with_for_update=True)
    if row is None or row.state != DeliveryState.SENDING.value:
        log.warning("delivery_settled_elsewhere", delivery=delivery_id, outcome=type(outcome).__name__)
        return
    row.attempts += outcome.tried if isinstance(outcome, Deferred) else 1
    row.settled_at = now
    match outcome:
        case Sent(message_ref):
            row.state, row.message_ref = DeliveryState.SENT.value, message_ref or row.message_ref
            row.reason = None
            _clear_strikes(tx, row.reader_id, now)
        case Deferred(until=until, reason=reason):
            row.state, row.not_before, row.reason = DeliveryState.WAITING.value, until, reason
        case MaybeSent(reason):
            row.reason, row.not_before = reason, now + REPEAT_AFTER
            if row.left_at is None:  # stopped, or out of time, before it began to leave
                row.state = DeliveryState.WAITING.value
            else:
                row.state = (DeliveryState.FAILED if row.maybe_repeat else DeliveryState.UNKNOWN).value
        case Moved(address):
            readers.move(tx, row.reader_id, address)
            row.state = DeliveryState.WAITING.value
        case Refused(reason, reader_gone, reader_doubtful, bounce):
            row.state, row.reason = DeliveryState.FAILED.value, reason
            if reader_gone:
                readers.disable(tx, row.reader_id, reason, now=now)
            elif bounce:
                readers.bounced(tx, row.reader_id, weight=bounce, now=now)
            elif reader_doubtful:
                strikes = _strike(tx, row.reader_id, reason, now)
                if strikes is not None:  # it may be a passing trouble: what is to be sent is not lost for it
                    row.state = DeliveryState.WAITING.value
                    row.not_before = now + DOUBT_WAITS[min(strikes, len(DOUBT_WAITS)) - 1]


def tell_closed(tx: Tx, channel: Channel, reason: str, *, now: datetime) -> None:
    """Have the desk told, once a day, that a channel lets nothing through; what is to be sent waits."""
    log.critical("channel_closed", channel=channel.value, reason=reason)
    words = {
        Channel.TELEGRAM: _(
            "Telegram refuse le jeton du robot : plus rien ne part par Telegram, tout est gardé. Vérifiez "
            "TELEGRAM_BOT_TOKEN auprès de @BotFather, puis relancez le service."
        ),
        Channel.MAIL: _(
            "Le serveur de courriel refuse nos envois : plus rien ne part par courriel, tout est gardé. "
            "Vérifiez SMTP_URL, puis relancez le service."
        ),
    }
    text = words.get(channel) or _("Plus rien ne part par {channel}.").format(channel=channel.value)
    notices.give(tx, f"closed:{channel.value}:{now:%Y%m%d}", text, now=now)


def retry(tx: Tx, delivery_id: int, *, now: datetime) -> OutboxLine:
    """Send a row again that was given up, in doubt, set aside or waits; one that may have arrived says so.

    Raises:
        InputError: there is no such row, it was sent, is being sent, or its reader no longer receives.
    """
    row = _by_hand(tx, delivery_id)
    if row.state in (DeliveryState.SENT.value, DeliveryState.SENDING.value):
        raise InputError(
            _("L’envoi {id} est déjà parti, ou part en ce moment : rien à refaire.").format(id=row.id)
        )
    reader = tx.get_one(ReaderRow, row.reader_id)
    if reader.disabled_reason is not None:
        raise InputError(
            _("Le destinataire de l’envoi {id} ne reçoit plus rien ({reason}).").format(
                id=row.id, reason=reader.disabled_reason
            )
        )
    # What was given up or set aside after a doubt keeps the mark of a possible repeat.
    doubtful = row.state == DeliveryState.UNKNOWN.value or row.reason == "restored"
    row.maybe_repeat = row.maybe_repeat or doubtful
    if row.kind in _INTERRUPTING:
        row.digest_id = None
    row.state, row.not_before, row.reason, row.settled_at = DeliveryState.WAITING.value, now, None, None
    tx.flush()
    return _line(row)


def cancel(tx: Tx, delivery_id: int, *, now: datetime) -> OutboxLine:
    """Never send a row that is not sent yet.

    Raises:
        InputError: there is no such row, or it is settled or being sent.
    """
    row = _by_hand(tx, delivery_id)
    if row.state not in (DeliveryState.WAITING.value, DeliveryState.UNKNOWN.value):
        raise InputError(
            _("L’envoi {id} n’attend plus ({state}) : trop tard pour l’annuler.").format(
                id=row.id, state=state_name(DeliveryState(row.state))
            )
        )
    row.state, row.reason, row.settled_at = DeliveryState.FAILED.value, _CANCELLED, now
    tx.flush()
    return _line(row)


def _by_hand(tx: Tx, delivery_id: int) -> DeliveryRow:
    row = tx.get(DeliveryRow, delivery_id, with_for_update=True)
    if row is None:
        raise InputError(_("Il n’y a pas d’envoi {id}.").format(id=delivery_id))
    return row


def recover(tx: Tx, now: datetime) -> int:
    """After a crash: settle the rows that were being sent. Return how many there were.

    What had not left waits again. What had left may have arrived: it is repeated, marked. Both wait longer each time,
    so that a message at which the service dies does not keep the others from leaving; what has been interrupted
    `INTERRUPTIONS_MAX` times is repeated no more, and the desk is told. To be called by the only sender before it
    starts.
    """
    rows = tx.scalars(select(DeliveryRow).where(DeliveryRow.state == _SENDING)).all()
    given_up = 0
    for row in rows:
        row.reason = INTERRUPTED
        row.interruptions += 1
        if row.left_at is None:
            row.state, row.not_before = DeliveryState.WAITING.value, now + _resumed_after(row.interruptions)
        elif row.interruptions < INTERRUPTIONS_MAX or not row.maybe_repeat:
            wait = max(REPEAT_AFTER, _resumed_after(row.interruptions))
            row.state, row.not_before = DeliveryState.UNKNOWN.value, now + wait
        else:
            row.state, row.reason, row.settled_at = DeliveryState.FAILED.value, INTERRUPTED_OFTEN, now
            given_up += 1
    if given_up:
        notices.give(
            tx,
            f"interrupted:{now:%Y%m%d}",
            _(
                "Le service s’est arrêté {times} fois pendant le même envoi : il est peut-être arrivé plusieurs "
                "fois, peut-être pas du tout, et ne repartira pas seul. Pour voir lesquels : "
                "comtoise outbox list --state failed ; pour en renvoyer un : comtoise outbox retry."
            ).format(times=INTERRUPTIONS_MAX),
            now=now,
        )
    tx.flush()
    return len(rows)


def _resumed_after(interruptions: int) -> timedelta:
    """At once, then 1, 2, 4 … minutes."""
    if interruptions == 1:
        return timedelta(0)
    doubled: int = 2 ** min(interruptions - 2, 10)
    return min(RESUME_FIRST * doubled, RESUME_MAX)


def lines(tx: Tx, *, states: Iterable[DeliveryState] | None = None, limit: int = 100) -> list[OutboxLine]:
    """Rows of the outbox, the newest first."""
    query = select(DeliveryRow).order_by(DeliveryRow.id.desc()).limit(limit)
    if states is not None:
        query = query.where(DeliveryRow.state.in_([state.value for state in states]))
    return [_line(row) for row in tx.scalars(query)]


def of_reader(tx: Tx, reader_id: int) -> list[OutboxLine]:
    """All that a reader was sent or is to be sent, as far as it is remembered, the oldest first."""
    query = select(DeliveryRow).where(DeliveryRow.reader_id == reader_id).order_by(DeliveryRow.id)
    return [_line(row) for row in tx.scalars(query)]


def _line(row: DeliveryRow) -> OutboxLine:
    return OutboxLine(
        id=row.id,
        kind=DeliveryKind(row.kind),
        state=DeliveryState(row.state),
        reader_id=row.reader_id,
        story_id=row.story_id,
        digest_id=row.digest_id,
        not_before=row.not_before,
        attempts=row.attempts,
        reason=row.reason,
        message_ref=row.message_ref,
        settled_at=row.settled_at,
    )


def state_name(state: DeliveryState) -> str:
    """A state in a word, for people."""
    return {
        DeliveryState.WAITING: _("en attente"),
        DeliveryState.SENDING: _("en cours d’envoi"),
        DeliveryState.SENT: _("envoyé"),
        DeliveryState.UNKNOWN: _("incertain"),
        DeliveryState.FAILED: _("échoué"),
        DeliveryState.MERGED: _("laissé au résumé"),
    }[state]


def counts(tx: Tx) -> dict[DeliveryState, int]:
    """How many rows stand in each state."""
    rows = tx.execute(select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state))
    return {DeliveryState(state): count for state, count in rows}


def _delivery(tx: Tx, row: DeliveryRow) -> Delivery:
    subscriber = readers.get(tx, row.reader_id)
    if subscriber is None:
        raise LookupError(f"no reader {row.reader_id}")
    story = digest = None
    if row.story_id is not None:
        found = words.enriched(
            tx, stories.load(tx, [row.story_id]), only=subscriber.subscription.words
        )  # his own, as reasons
        story = found[0] if found else None
    if row.digest_id is not None:
        digest = digests.load(tx, row.digest_id, reader_id=row.reader_id)
    return Delivery(
        id=row.id,
        kind=DeliveryKind(row.kind),
        reader=Reader(
            id=subscriber.reader.id,
            channel=subscriber.reader.channel,
            address=subscriber.reader.address,
            language=subscriber.reader.language,
            timezone=subscriber.reader.timezone,
            confirmed=subscriber.reader.confirmed,
        ),
        story=story,
        digest=digest,
        digest_id=row.digest_id,
        attempts=row.attempts,
        maybe_repeat=row.maybe_repeat,
        message_ref=row.message_ref,
        asked_at=row.created_at if row.kind == DeliveryKind.CONFIRM.value else None,
        news=_facts_of(row.key) if row.kind == DeliveryKind.FOLLOW_UP.value else (),
    )


def _strike(tx: Tx, reader_id: int, reason: str, now: datetime) -> int | None:
    """Count a refusal that may pass; return how many there were, None when they are enough to disable the reader."""
    reader = tx.get_one(ReaderRow, reader_id)
    reader.strikes += 1
    reader.first_strike_at = reader.first_strike_at or now
    if reader.strikes >= STRIKES_MAX and now - reader.first_strike_at >= STRIKES_SPAN:
        readers.disable(tx, reader_id, reason, now=now)
        return None
    return reader.strikes


def _clear_strikes(tx: Tx, reader_id: int, now: datetime) -> None:
    reader = tx.get_one(ReaderRow, reader_id)
    reader.strikes, reader.first_strike_at = 0, None
    if reader.channel == "mail":
        reader.last_contact_at = now  # a mailbox that takes our mail is no silent reader
