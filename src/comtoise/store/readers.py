"""Readers and what they follow. Who follows a story is found by `comtoise.store.watch`."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, func, select

from comtoise.model import Channel, Reader, Rhythm, Slot, Subscription, TopicKind
from comtoise.store import digests, watch, words
from comtoise.store.database import Tx
from comtoise.store.lists import listed, no_row
from comtoise.store.tables import DeliveryRow, DigestRow, FollowRow, ForgottenRow, ReaderRow

ERASED, GONE = "erased", "gone"
QUESTIONS_APART = timedelta(days=1)
BOUNCED = "bounced"
BOUNCES_MAX = 3.0
BOUNCES_APART = timedelta(
    hours=20
)  #: less than a day: two morning letters are never 24 h apart to the second
BOUNCES_STALE = timedelta(days=30)

_NARROWING = {"departements": "departement", "exclusions": watch.EXCLUSION}  #: select nothing by themselves
_ACTIVE = (
    ReaderRow.paused.is_(False),
    ReaderRow.disabled_reason.is_(None),
    ReaderRow.confirmed_at.is_not(None),
)
_KINDS = {**watch.FOLLOWED, **_NARROWING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A reader with what he follows."""

    reader: Reader
    subscription: Subscription
    since: datetime  #: registered then: earlier slots are not owed


class Question(StrEnum):
    """Where the question stands that a mailbox was asked: whether it wants to receive."""

    OPEN = "open"
    ANSWERED = "answered"  #: he receives
    VOID = "void"  #: another was asked since, or he answered this one and has stopped since


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What the desk gives to a reader who has chosen nothing yet."""

    rhythms: frozenset[Rhythm] = frozenset({Rhythm.DAILY})
    quiet_from: time | None = time(20, 0)
    quiet_to: time | None = time(7, 30)
    alerts_per_day: int = 5


def register(
    tx: Tx, channel: Channel, address: str, *, now: datetime, newcomer: Newcomer | None = None
) -> tuple[Reader, bool]:
    """The reader at an address, and whether he is new. A returning reader is enabled again."""
    row = _row(tx, channel, address)
    if row is not None:
        row.last_contact_at = now
        row.confirmed_at = row.confirmed_at or now
        row.disabled_reason = row.disabled_at = row.first_strike_at = None
        row.strikes = 0
        return _reader(row), False
    given = newcomer or Newcomer()
    row = ReaderRow(
        channel=channel.value,
        address=address,
        created_at=now,
        confirmed_at=now,
        last_contact_at=now,
        rhythms=_join(given.rhythms),
        quiet_from=_hour(given.quiet_from),
        quiet_to=_hour(given.quiet_to),
        alerts_per_day=given.alerts_per_day,
    )
    tx.add(row)
    tx.flush()
    tx.add(FollowRow(kind=watch.EVERYTHING[0], topic=watch.EVERYTHING[1], reader_id=row.id))
    tx.flush()
    watch.index(tx, _subscription(row, {}))
    return _reader(row), True


def ask(tx: Tx, channel: Channel, address: str, *, now: datetime) -> tuple[Reader, bool]:
    """A reader who may or may not have asked to receive, and whether his confirmation is to be asked for.

    Who receives already is left as he is. Who had stopped must confirm again.
    """
    row = _row(tx, channel, address)
    if row is not None and row.confirmed_at is not None:
        if row.disabled_reason is None:
            return _reader(row), False
        row.asked_at = None  # he answered that one: the next need not wait a day
    if row is None:
        register(tx, channel, address, now=now, newcomer=Newcomer(rhythms=frozenset({Rhythm.WEEKLY})))
        row = _row(tx, channel, address)
    if row is None:
        raise KeyError(address)
    row.confirmed_at = row.disabled_reason = row.disabled_at = row.first_strike_at = None
    row.strikes = 0
    row.last_contact_at = now
    tx.flush()
    return _reader(row), True


def put_question(tx: Tx, reader_id: int, *, now: datetime) -> bool:
    """Note that a mailbox is asked whether it wants to receive; False when it was asked less than a day ago."""
    row = tx.get_one(ReaderRow, reader_id, with_for_update=True)
    if row.asked_at is not None and now - row.asked_at < QUESTIONS_APART:
        return False
    row.asked_at = now
    return True


def question(tx: Tx, reader_id: int, asked_at: datetime) -> Question | None:
    """Where the question stands that was put then, to the second; None when the reader is gone."""
    row = tx.get(ReaderRow, reader_id)
    return None if row is None else _question(row, asked_at)


def answer(tx: Tx, reader_id: int, asked_at: datetime, *, now: datetime) -> Question | None:
    """The mailbox says that it wants to receive; return where the question stood, see `question`.

    Only an open one changes anything.
    """
    row = tx.get(ReaderRow, reader_id, with_for_update=True)
    if row is None:
        return None
    stood = _question(row, asked_at)
    if stood is Question.OPEN:
        row.confirmed_at = now
        _resume(row, now)
    return stood


def resume(tx: Tx, reader_id: int, *, now: datetime) -> None:
    """Who had stopped receives again, at his own wish; an inscription that was not confirmed stays so."""
    row = tx.get_one(ReaderRow, reader_id)
    if row.confirmed_at is not None:
        _resume(row, now)


def _question(row: ReaderRow, asked_at: datetime) -> Question:
    if row.confirmed_at is not None:
        return Question.ANSWERED if row.disabled_reason is None else Question.VOID
    same = row.asked_at is not None and int(row.asked_at.timestamp()) == int(asked_at.timestamp())
    return Question.OPEN if same else Question.VOID


def _resume(row: ReaderRow, now: datetime) -> None:
    row.disabled_reason = row.disabled_at = None
    row.bounce_score = 0.0
    row.last_contact_at = now


def find(tx: Tx, channel: Channel, address: str) -> Reader | None:
    """The reader at an address, if known."""
    row = _row(tx, channel, address)
    return None if row is None else _reader(row)


def get(tx: Tx, reader_id: int) -> Subscriber | None:
    """A reader by id, with what he follows."""
    found = _subscribers(tx, [reader_id], only_active=False)
    return found[0] if found else None


def subscription(tx: Tx, reader_id: int) -> Subscription:
    """What a reader follows."""
    found = get(tx, reader_id)
    if found is None:
        raise KeyError(reader_id)
    return found.subscription


def save(tx: Tx, wanted: Subscription) -> None:
    """Replace what a reader follows, and when."""
    row = tx.get_one(ReaderRow, wanted.reader_id)
    row.rhythms = _join(wanted.rhythms)
    row.quiet_from, row.quiet_to = _hour(wanted.quiet_from), _hour(wanted.quiet_to)
    row.quiet_weekend, row.empty_days = wanted.quiet_weekend, wanted.empty_days
    row.alerts_per_day = wanted.alerts_per_day
    row.worth_min = wanted.worth_min
    before = _own_words(tx, row.id)
    tx.execute(delete(FollowRow).where(FollowRow.reader_id == row.id))
    follows = {(kind, topic) for name, kind in _KINDS.items() for topic in getattr(wanted, name)}
    if all(kind in _NARROWING.values() for kind, _ in follows):
        follows.add(watch.EVERYTHING)
    tx.add_all(FollowRow(kind=kind, topic=topic, reader_id=row.id) for kind, topic in sorted(follows))
    tx.flush()
    words.use(tx, wanted.words | wanted.exclusions)
    words.forget_unused(tx, before - wanted.words - wanted.exclusions)
    watch.index(tx, wanted)


def pause(tx: Tx, reader_id: int, *, paused: bool) -> None:
    """Stop or resume everything for a reader, keeping his choices."""
    tx.get_one(ReaderRow, reader_id).paused = paused


def move(tx: Tx, reader_id: int, address: str) -> None:
    """Follow a chat to its new address; if the new address is already a reader, the old one is disabled."""
    row = tx.get_one(ReaderRow, reader_id)
    there = _row(tx, Channel(row.channel), address)
    if there is None or there.id == row.id:  # the chat may have told us before the answer to a message does
        row.address = address
    else:
        row.disabled_reason = "moved"
    tx.flush()


def disable(tx: Tx, reader_id: int, reason: str, *, now: datetime) -> None:
    """The channel says that the reader is gone: nothing more is sent; his choices are kept."""
    row = tx.get_one(ReaderRow, reader_id)
    row.disabled_reason, row.disabled_at = reason, now


def subscribers(tx: Tx, rhythm: Rhythm) -> list[Subscriber]:
    """All active readers of a rhythm, by id."""
    ids = tx.scalars(
        select(ReaderRow.id).where(ReaderRow.rhythms.contains(rhythm.value)).order_by(ReaderRow.id)
    )
    return _subscribers(tx, ids)


def zones(tx: Tx) -> list[str]:
    """The time zones of the readers. Read one by one off the index, whatever the number of readers."""
    found: list[str] = []
    last = tx.scalar(select(func.min(ReaderRow.timezone)))
    while last is not None:
        found.append(last)
        last = tx.scalar(select(func.min(ReaderRow.timezone)).where(ReaderRow.timezone > last))
    return found


def waiting(
    tx: Tx,
    slot: Slot,
    zone: str,
    *,
    after: int,
    limit: int,
    since_before: datetime | None = None,
    or_among: Collection[int] = (),
) -> list[Subscriber]:
    """The next active readers of a zone, by id, for whom a slot of their rhythm was not composed.

    Args:
        after: Only those with a greater id.
        since_before: Only those who registered before.
        or_among: These who want alerts alone are owed a daily slot too.
    """
    asked: ColumnElement[bool] = ReaderRow.rhythms.contains(slot.rhythm.value)
    if or_among and slot.rhythm is Rhythm.DAILY:
        numbers, owed = listed(tx, sorted(or_among))
        asked |= (ReaderRow.rhythms == Rhythm.INSTANT.value) & ReaderRow.id.in_(
            select(owed).select_from(numbers)
        )
    query = select(ReaderRow.id).where(
        ReaderRow.timezone == zone,
        ReaderRow.id > after,
        asked,
        *_ACTIVE,
        no_row(
            DigestRow.id,
            DigestRow.reader_id == ReaderRow.id,
            DigestRow.rhythm == slot.rhythm.value,
            DigestRow.slot_key == slot.key,
        ),
    )
    if since_before is not None:
        query = query.where(ReaderRow.created_at < since_before)
    return _subscribers(tx, tx.scalars(query.order_by(ReaderRow.id).limit(limit)))


def everyone(tx: Tx) -> list[Subscriber]:
    """All readers, also the paused and disabled ones."""
    return _subscribers(tx, tx.scalars(select(ReaderRow.id)), only_active=False)


def bounced(tx: Tx, reader_id: int, *, weight: float, now: datetime) -> bool:
    """A mail to a reader came back; whether he is disabled for it.

    One bounce a day counts, and a month without any wipes the slate: a full mailbox in August is no reason.

    Args:
        weight: 0.5 for what may pass, 1 for what will not, `BOUNCES_MAX` when the mailbox does not exist.
    """
    row = tx.get(ReaderRow, reader_id)
    if row is None or row.disabled_reason is not None:
        return False
    if row.bounced_at is not None and now - row.bounced_at > BOUNCES_STALE:
        row.bounce_score = 0.0
    elif row.bounced_at is not None and now - row.bounced_at < BOUNCES_APART and weight < BOUNCES_MAX:
        return False
    row.bounce_score += weight
    row.bounced_at = now
    if row.bounce_score >= BOUNCES_MAX:
        disable(tx, reader_id, BOUNCED, now=now)
    return row.disabled_reason is not None


def exported(wanted: Subscription) -> dict[str, object]:
    """What a reader follows and at which rhythm, as he may download it: French names, values that JSON can hold."""
    return {
        "filieres": sorted(wanted.sectors),
        "poles": sorted(wanted.clusters),
        "departements": sorted(wanted.departements),
        "signaux": sorted(wanted.signals),
        "entreprises": sorted(wanted.companies),
        "mots": sorted(wanted.words),
        "mots_exclus": sorted(wanted.exclusions),
        "silence_week_end": wanted.quiet_weekend,
        "jours_sans_nouvelle": wanted.empty_days,
        "rythmes": sorted(wanted.rhythms),
    }


def forget(tx: Tx, reader_id: int, *, key: bytes, now: datetime, reason: str = ERASED) -> None:
    """Erase a reader everywhere at once; only a keyed hash of the address stays."""
    row = tx.get_one(ReaderRow, reader_id)
    digest = _trace(Channel(row.channel), row.address, key)
    if tx.get(ForgottenRow, digest) is None:
        tx.add(ForgottenRow(hash=digest, at=now, reason=reason))
    _erase(tx, row)


def forgotten(tx: Tx, channel: Channel, address: str, *, key: bytes) -> str | None:
    """Why there is no reader at an address any more: `ERASED` at his wish, `GONE`; None: there never was one.

    Who had himself erased is inscribed by nobody else; who was gone only by confirming himself.
    """
    row = tx.get(ForgottenRow, _trace(channel, address, key))
    return None if row is None else row.reason


def unforget(tx: Tx, channel: Channel, address: str, *, key: bytes) -> None:
    """He asks to receive again, himself."""
    tx.execute(delete(ForgottenRow).where(ForgottenRow.hash == _trace(channel, address, key)))


def _trace(channel: Channel, address: str, key: bytes) -> str:
    return hmac.new(key, f"{channel.value}:{address.lower()}".encode(), hashlib.sha256).hexdigest()


def forget_absent(
    tx: Tx, *, gone_before: datetime, silent_before: datetime, key: bytes, now: datetime
) -> int:
    """Forget readers whose channel said they were gone before a moment, or who gave no sign since another."""
    rows = tx.scalars(
        select(ReaderRow.id).where(
            (ReaderRow.disabled_at < gone_before) | (ReaderRow.last_contact_at < silent_before),
            ReaderRow.channel != Channel.CONSOLE.value,
        )
    ).all()
    for reader_id in rows:
        forget(tx, reader_id, key=key, now=now, reason=GONE)
    return len(rows)


def forget_unconfirmed(tx: Tx, *, asked_before: datetime) -> int:
    """Erase inscriptions that were never confirmed, without a trace: nobody asked for anything."""
    rows = tx.scalars(
        select(ReaderRow).where(ReaderRow.confirmed_at.is_(None), ReaderRow.last_contact_at < asked_before)
    ).all()
    for row in rows:
        _erase(tx, row)
    return len(rows)


def _erase(tx: Tx, row: ReaderRow) -> None:
    """A reader with all that is his: what is shared goes when he was the last to have it."""
    own, editions = _own_words(tx, row.id), digests.editions_of(tx, row.id)
    tx.execute(delete(DeliveryRow).where(DeliveryRow.reader_id == row.id))
    tx.delete(row)
    tx.flush()
    words.forget_unused(tx, own)
    digests.forget_unread(tx, editions)


def _row(tx: Tx, channel: Channel, address: str) -> ReaderRow | None:
    return tx.scalar(
        select(ReaderRow).where(ReaderRow.channel == channel.value, ReaderRow.address == address)
    )


def _hour(at: time | None) -> str | None:
    return at.strftime("%H:%M") if at else None


def _join(rhythms: Iterable[Rhythm]) -> str:
    return ",".join(sorted(rhythm.value for rhythm in rhythms))


def _subscribers(tx: Tx, ids: Iterable[int], *, only_active: bool = True) -> list[Subscriber]:
    wanted = sorted(ids)
    found: list[Subscriber] = []
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        query = select(ReaderRow).where(ReaderRow.id.in_(chunk)).order_by(ReaderRow.id)
        if only_active:
            query = query.where(*_ACTIVE)
        rows = tx.scalars(query).all()
        follows: dict[int, dict[str, set[str]]] = {row.id: {} for row in rows}
        for follow in tx.scalars(select(FollowRow).where(FollowRow.reader_id.in_(list(follows)))):
            follows[follow.reader_id].setdefault(follow.kind, set()).add(follow.topic)
        found.extend(
            Subscriber(
                reader=_reader(row),
                subscription=_subscription(row, follows[row.id]),
                since=row.created_at,
            )
            for row in rows
        )
    return found


def _reader(row: ReaderRow) -> Reader:
    return Reader(
        id=row.id,
        channel=Channel(row.channel),
        address=row.address,
        language=row.language,
        timezone=row.timezone,
        paused=row.paused,
        confirmed=row.confirmed_at is not None,
        disabled_reason=row.disabled_reason,
    )


def _own_words(tx: Tx, reader_id: int) -> frozenset[str]:
    """The words that a reader follows or excludes."""
    own = [TopicKind.WORD.value, watch.EXCLUSION]
    query = select(FollowRow.topic).where(FollowRow.reader_id == reader_id, FollowRow.kind.in_(own))
    return frozenset(tx.scalars(query))


def _subscription(row: ReaderRow, follows: dict[str, set[str]]) -> Subscription:
    topics = {name: frozenset(follows.get(kind, ())) for name, kind in _KINDS.items()}
    return Subscription(
        reader_id=row.id,
        rhythms=frozenset(Rhythm(name) for name in row.rhythms.split(",") if name),
        quiet_from=time.fromisoformat(row.quiet_from) if row.quiet_from else None,
        quiet_to=time.fromisoformat(row.quiet_to) if row.quiet_to else None,
        quiet_weekend=row.quiet_weekend,
        empty_days=row.empty_days,
        alerts_per_day=row.alerts_per_day,
        worth_min=row.worth_min,
        **topics,
    )
