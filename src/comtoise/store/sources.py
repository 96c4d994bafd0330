"""What polling has taught about each source, and when each is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row, Update, bindparam, func, or_, select, update
from sqlalchemy.orm.util import identity_key

from comtoise.model import RightsSign, Source, is_reserved
from comtoise.polling import History
from comtoise.polling.health import Episode, Trouble
from comtoise.store.addresses import NOWHERE_ELSE, Address, of_row, to_row
from comtoise.store.database import Tx
from comtoise.store.known import forget_listed
from comtoise.store.tables import Base, SourceRow
from comtoise.store.types import UtcDateTime

_SOURCE = Base.metadata.tables[SourceRow.__tablename__]


def _outcome(
    *, set_to: Sequence[str], kept_if_none: Sequence[str], added: Sequence[str], **fixed: Any
) -> Update:
    """A statement that stores an outcome: made once, for it is run at every poll."""
    column = _SOURCE.c
    given = {name: bindparam(name, type_=column[name].type) for name in (*set_to, *kept_if_none, *added)}
    return (
        update(_SOURCE)
        .where(column.id == bindparam("source"))
        .values(
            polls=column.polls + 1,
            **{name: given[name] for name in set_to},
            **{name: func.coalesce(given[name], column[name]) for name in kept_if_none},
            **{name: column[name] + given[name] for name in added},
            **fixed,
        )
    )


_EVERY = ("last_polled_at", "next_due_at")
_TROUBLE = ("trouble_kind", "trouble_text", "trouble_since", "trouble_polls", "trouble_told_at")
_ERROR = ("error_kind", "error_text")
_GOOD = _outcome(
    set_to=(*_EVERY, *_TROUBLE, "etag", "last_modified", "body_hash", "last_success_at"),
    kept_if_none=(
        "unconditional_at", "last_new_at", "history", "shown", "shown_usual", "last_loss_at", "wait_most_s"
    ),
    added=("recovered", "losses"),
    first_success_at=func.coalesce(_SOURCE.c.first_success_at, bindparam("first_success_at", type_=UtcDateTime())),
    failures=0,
    crashes=0,
    error_kind=None,
    error_text=None,
    set_apart_until=None,
)  # fmt: skip
_BAD = _outcome(
    set_to=(*_EVERY, *_TROUBLE, *_ERROR),
    kept_if_none=("unconditional_at",),
    added=("recovered",),
    failures=_SOURCE.c.failures + 1,
)
_OURS = _outcome(set_to=(*_EVERY, *_ERROR), kept_if_none=("unconditional_at",), added=("recovered",))

#: The active sources: rows, not objects that can be changed, which would cost as much again at every poll.
_STATES = select(
    *(getattr(SourceRow, column.name) for column in _SOURCE.c if column.name != "history")
).where(SourceRow.active)

FARTHEST = timedelta(days=8)  #: no rule waits longer: a source that is gone is looked at every week
APART_FIRST = timedelta(hours=6)
APART_NEXT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollState:
    """What is known of a source before it is polled."""

    source_id: str
    url: str
    next_due_at: datetime
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    unconditional_at: datetime | None
    polls: int
    seeded: bool  #: it has answered well once: what is new from now on may alert
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_new_at: datetime | None
    failures: int  #: in a row
    error_kind: str | None
    error_text: str | None
    episode: Episode | None  #: of trouble, if one lasts
    address: Address  #: why `url` is not the card's, where it may move to, whether it is gone
    recovered: int  #: entries found in archives after a window was replaced whole
    rights: tuple[RightsSign, ...] = ()  #: what its publisher says for machines
    crashes: int = 0  #: of the collector while it was read, since its last good poll
    set_apart_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a good poll taught of the source's rhythm; None leaves what was known."""

    shown: int | None = None  #: entries
    shown_usual: float | None = None
    history: History | None = None  #: when something new to the source was found
    wait_most_s: int | None = None  #: a window was replaced whole: the longest interval from now on
    lost: bool = False  #: … and what fell out of it was not all found in an archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What polling has taught of a source's rhythm."""

    source_id: str
    history: History | None  #: as it was when the last new item came
    shown: int | None
    shown_usual: float | None
    losses: int
    last_loss_at: datetime | None
    wait_most_s: int | None
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """How one poll ended; stored whole, together with the articles it brought."""

    source_id: str
    at: datetime
    next_due_at: datetime
    ok: bool
    etag: str | None = None  #: to send next time, exactly as received
    last_modified: str | None = None
    body_hash: str | None = None
    unconditional: bool = False  #: this fetch was made without validators
    new_articles: int = 0
    counted: bool = True  #: False: a failure that is no fault of the source
    error_kind: str | None = None  #: short code: http-404, html, timeout, dns, tls, robots, too-large …
    error_text: str | None = None  #: one French sentence
    episode: Episode | None = None  #: of trouble, after this poll; not looked at when not counted
    lesson: Lesson = Lesson()
    address: Address | None = None  #: what is known of it after this poll; None leaves what was known
    recovered: int = 0  #: entries found in an archive


def sync_cards(tx: Tx, cards: Iterable[Source], now: datetime) -> None:
    """Make the table follow the configuration.

    A new source is due at once. One whose address changed, or that comes back, is due at once too, and what it
    shows first is kept without alerting, as for a new one.
    A source that left the configuration keeps its rows and is no longer polled.
    """
    said = select(SourceRow.id, SourceRow.name, SourceRow.url, SourceRow.active, SourceRow.polled_url)
    known = {row.id: row for row in tx.execute(said)}
    for card in cards:
        row = known.pop(card.id, None)
        if row is None:
            tx.add(SourceRow(id=card.id, name=card.name, url=card.url, next_due_at=now))
            continue
        located = card.selectors is not None and row.polled_url is not None
        if located or (row.name, row.url, row.active) != (card.name, card.url, True):
            _follow(tx, tx.get_one(SourceRow, card.id), card, now)
    tx.execute(update(SourceRow).where(SourceRow.id.in_(list(known))).values(active=False))
    tx.flush()


def _follow(tx: Tx, row: SourceRow, card: Source, now: datetime) -> None:
    """Make one row follow a card that has changed."""
    if row.url != card.url or (card.selectors is not None and row.polled_url is not None):
        to_row(row, NOWHERE_ELSE)  # a person has said where it is, or how to read it there
        forget_listed(tx, row.id)
    if row.url != card.url or not row.active:
        row.etag = row.last_modified = row.body_hash = row.first_success_at = None
        row.set_apart_until, row.crashes = None, 0
        row.next_due_at = now
    row.name, row.url, row.active = card.name, card.url, True


def due(
    tx: Tx, now: datetime, *, limit: int, skip: Iterable[str] = (), only: Iterable[str] | None = None
) -> list[PollState]:
    """The active sources to poll, the longest overdue first; *skip* names those already in flight.

    One due later than any rule would have it was scheduled by a clock that was wrong, and is due now.
    """
    query = _STATES if only is None else _STATES.where(SourceRow.id.in_(list(only)))
    rows = tx.execute(
        query.where(
            or_(SourceRow.next_due_at <= now, SourceRow.next_due_at > now + FARTHEST),
            SourceRow.id.not_in(list(skip)),
        )
        .order_by(SourceRow.next_due_at, SourceRow.id)
        .limit(limit)
    )
    return [_state(row) for row in rows]


def states(tx: Tx) -> list[PollState]:
    """All active sources, by id."""
    return [_state(row) for row in tx.execute(_STATES.order_by(SourceRow.id))]


def make_due(tx: Tx, now: datetime, source_ids: Iterable[str] | None = None) -> None:
    """Ask for a poll now of the given sources, or of all."""
    query = update(SourceRow).values(next_due_at=now)
    if source_ids is not None:
        query = query.where(SourceRow.id.in_(list(source_ids)))
    tx.execute(query)


def silence(tx: Tx) -> int:
    """Have every source read once without alerting, as when it was first met; return how many there are."""
    result = tx.execute(update(SourceRow).values(first_success_at=None))
    return int(result.rowcount)  # type: ignore[attr-defined]


def postpone(tx: Tx, source_ids: Iterable[str], until: datetime) -> None:
    """Leave sources alone until a moment: their host asked for it."""
    tx.execute(
        update(SourceRow)
        .where(SourceRow.id.in_(list(source_ids)), SourceRow.next_due_at < until)
        .values(next_due_at=until)
    )


def record(tx: Tx, outcome: PollOutcome) -> None:
    """Store the outcome of a poll, whatever it was, with the next due time.

    Call it in the transaction that stores the articles: validators never run ahead of what they vouch for.
    """
    record_all(tx, [outcome])


def record_all(tx: Tx, outcomes: Sequence[PollOutcome]) -> None:
    """Store the outcomes of polls of different sources."""
    rows: dict[Update, list[dict[str, Any]]] = {_GOOD: [], _BAD: [], _OURS: []}
    for outcome in outcomes:
        if outcome.address is not None:
            to_row(tx.get_one(SourceRow, outcome.source_id), outcome.address)
        rows[_GOOD if outcome.ok else _BAD if outcome.counted else _OURS].append(_values(outcome))
    tx.flush()  # what waits to be written of these rows would be forgotten with what is read of them, below
    for statement, values in rows.items():
        if values:
            tx.execute(statement, values)
    for outcome in outcomes:
        loaded = tx.identity_map.get(identity_key(SourceRow, outcome.source_id))
        if loaded is not None:
            tx.expire(loaded)


def _values(outcome: PollOutcome) -> dict[str, Any]:
    lesson, at = outcome.lesson, outcome.at
    values: dict[str, Any] = {
        "source": outcome.source_id,
        "last_polled_at": at,
        "next_due_at": outcome.next_due_at,
        "recovered": outcome.recovered,
        "unconditional_at": at if outcome.unconditional else None,
    }
    if outcome.ok:
        replaced = lesson.wait_most_s is not None
        values |= {
            "etag": outcome.etag,
            "last_modified": outcome.last_modified,
            "body_hash": outcome.body_hash,
            "first_success_at": at,
            "last_success_at": at,
            "last_new_at": at if outcome.new_articles or lesson.history is not None else None,
            "history": lesson.history,
            "shown": lesson.shown,
            "shown_usual": lesson.shown_usual,
            "losses": int(lesson.lost),
            "last_loss_at": at if replaced else None,
            "wait_most_s": lesson.wait_most_s,
            **_trouble(outcome.episode),
        }
    else:
        values |= {"error_kind": outcome.error_kind, "error_text": outcome.error_text}
        if outcome.counted:
            values |= _trouble(outcome.episode)
    return values


def _trouble(episode: Episode | None) -> dict[str, Any]:
    return {
        "trouble_kind": episode.trouble.kind if episode else None,
        "trouble_text": episode.trouble.text if episode else None,
        "trouble_since": episode.since if episode else None,
        "trouble_polls": episode.polls if episode else 0,
        "trouble_told_at": episode.told_at if episode else None,
    }


def _episode(row: Row[Any]) -> Episode | None:
    if row.trouble_kind is None or row.trouble_since is None:
        return None
    return Episode(
        trouble=Trouble(kind=row.trouble_kind, text=row.trouble_text or ""),
        since=row.trouble_since,
        polls=row.trouble_polls,
        told_at=row.trouble_told_at,
    )


def learned(tx: Tx, source_ids: Iterable[str] | None = None) -> dict[str, Learned]:
    """What is known of the rhythm of the active sources, or of these, by id."""
    query = select(
        SourceRow.id.label("source_id"),
        SourceRow.history,
        SourceRow.shown,
        SourceRow.shown_usual,
        SourceRow.losses,
        SourceRow.last_loss_at,
        SourceRow.wait_most_s,
        SourceRow.last_success_at,
    ).where(SourceRow.active)
    if source_ids is not None:
        query = query.where(SourceRow.id.in_(list(source_ids)))
    return {row.source_id: Learned(**row._mapping) for row in tx.execute(query.order_by(SourceRow.id))}


def needing_attention(tx: Tx) -> list[PollState]:
    """The active sources whose episode of trouble needs a person, the oldest episode first.

    An episode is told of apart from the others by its source and `Episode.since`.
    """
    told = _STATES.where(SourceRow.trouble_told_at.is_not(None))
    return [_state(row) for row in tx.execute(told.order_by(SourceRow.trouble_since, SourceRow.id))]


def record_rights(
    tx: Tx,
    source_id: str,
    *,
    at: datetime,
    robots: str | None = None,
    where: str | None = None,
    signs: tuple[RightsSign, ...] = (),
) -> tuple[RightsSign, ...]:
    """Store what a source's publisher allows, and return all the signs that are known of it.

    Args:
        robots: What its robots.txt says of the source's own address; None leaves what is known.
        where: The place that *signs* were read at: they replace what it said before. None leaves all of them.
    """
    row = tx.get(SourceRow, source_id)
    if row is None:
        return ()
    row.rights_checked_at = at
    if robots is not None:
        row.robots_verdict = robots
    if where is not None:
        row.rights_signs = tuple(sign for sign in row.rights_signs or () if sign.where != where) + signs
        row.tdm_reserved = is_reserved(row.rights_signs, at)
    return row.rights_signs or ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRights:
    """What is known of what a source's publisher allows."""

    robots: str | None  #: allowed, forbidden (rules), forbidden (unreachable); None: not asked yet
    reserved: bool | None  #: texts reserved: titles and links only; None: the publisher is silent
    signs: tuple[RightsSign, ...]  #: why
    checked_at: datetime | None


def rights(tx: Tx, now: datetime) -> dict[str, SourceRights]:
    """The rights of every active source, by id."""
    rows = tx.scalars(select(SourceRow).where(SourceRow.active).order_by(SourceRow.id))
    return {
        row.id: SourceRights(
            robots=row.robots_verdict,
            reserved=is_reserved(row.rights_signs or (), now),
            signs=row.rights_signs or (),
            checked_at=row.rights_checked_at,
        )
        for row in rows
    }


def at_origin(tx: Tx, origin: str) -> dict[str, str]:
    """The active sources that are polled at a host (``https://gazette.example``), with the address."""
    place = func.coalesce(SourceRow.polled_url, SourceRow.url)
    there = or_(place == origin, place.startswith(f"{origin}/", autoescape=True))
    rows = tx.execute(select(SourceRow.id, place).where(SourceRow.active, there))
    return {row.id: row[1] for row in rows}


def peace_until(tx: Tx, url: str) -> datetime | None:
    """Until when the host of an address wants peace (429, 503): when what it refused is asked for again; else None."""
    there = at_origin(tx, "://".join(urlsplit(url)[:2]))
    return tx.scalar(
        select(func.max(SourceRow.next_due_at)).where(
            SourceRow.id.in_(list(there)), SourceRow.error_kind.in_(("http-429", "http-503"))
        )
    )


def signs(tx: Tx) -> dict[str, tuple[RightsSign, ...]]:
    """What publishers say for machines, by source; those that say nothing are left out."""
    rows = tx.execute(select(SourceRow.id, SourceRow.rights_signs).where(SourceRow.rights_signs.is_not(None)))
    return {source_id: said for source_id, said in rows if said}


def set_apart(tx: Tx, source_id: str, now: datetime, *, error_kind: str, error_text: str) -> datetime | None:
    """Leave alone a source whose document ended the collector: 6 hours, then a day at each further time.

    Its pages wait with it; its next good poll ends it (`record`). Returns until when, None for an unknown source.
    """
    row = tx.get(SourceRow, source_id)
    if row is None:
        return None
    until = now + (APART_FIRST if row.crashes == 0 else APART_NEXT)
    row.crashes += 1
    row.failures += 1
    row.set_apart_until = row.next_due_at = until
    row.error_kind, row.error_text = error_kind, error_text
    row.trouble_kind, row.trouble_text = error_kind, error_text
    row.trouble_since = row.trouble_since or now
    row.trouble_told_at = row.trouble_told_at or now  # a person is needed at once
    return until


def _state(row: Row[Any]) -> PollState:
    return PollState(
        source_id=row.id,
        url=row.polled_url or row.url,
        next_due_at=row.next_due_at,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        unconditional_at=row.unconditional_at,
        polls=row.polls,
        seeded=row.first_success_at is not None,
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_new_at=row.last_new_at,
        failures=row.failures,
        error_kind=row.error_kind,
        error_text=row.error_text,
        episode=_episode(row),
        address=of_row(row),
        recovered=row.recovered,
        rights=row.rights_signs or (),
        crashes=row.crashes,
        set_apart_until=row.set_apart_until,
    )
