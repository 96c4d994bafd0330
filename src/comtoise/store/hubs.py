"""Subscriptions at hubs (WebSub): what we asked for, what a hub granted, and until when."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from comtoise.store.database import Tx
from comtoise.store.sources import peace_until
from comtoise.store.tables import HubRow, SourceRow

LEASE = timedelta(days=10)  #: asked for; the hub decides
RENEW_AT = 0.8  #: of the lease
ANSWER_WAIT = timedelta(hours=1)  #: for the hub to come and verify, before we ask again
RETRY_MAX = timedelta(days=1)
DENIED_WAIT = timedelta(days=7)

WANTED, ACTIVE, DENIED, DROPPED = "wanted", "active", "denied", "dropped"


CALLBACK_PATH = "/websub/"  #: of the hook where hubs call


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSubscription:
    """One source at its hub."""

    source_id: str
    hub: str
    topic: str
    callback: str  #: the last part of our address: whoever knows it is the hub
    secret: str  #: signs what the hub sends
    state: str
    lease_until: datetime | None
    reason: str | None  #: why it was refused last, in the hub's words or a failure's kind


def callback_address(site: str, callback: str) -> str:
    """Where the hub of a subscription is to call."""
    return site.rstrip("/") + CALLBACK_PATH + callback


def announced(tx: Tx, source_id: str, hub: str | None, topic: str | None, now: datetime) -> None:
    """Follow what a source says of its hub: subscribe, change over, or let the subscription end."""
    row = tx.get(HubRow, source_id)
    if hub is None or topic is None:
        if row is not None and row.state != DROPPED:
            row.state, row.next_try_at = DROPPED, None
        return
    if row is not None and (row.hub, row.topic) == (hub, topic) and row.state != DROPPED:
        return
    if row is None:
        row = HubRow(source_id=source_id)
        tx.add(row)
    row.hub, row.topic = hub, topic
    # Another hub must not know the former one's address and secret.
    row.callback, row.secret = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
    row.state, row.next_try_at, row.lease_until, row.failures, row.reason = WANTED, now, None, 0, None


def due(tx: Tx, now: datetime, *, limit: int) -> list[HubSubscription]:
    """The subscriptions to ask for, or to renew, now: active sources only."""
    rows = tx.scalars(
        select(HubRow)
        .join(SourceRow, SourceRow.id == HubRow.source_id)
        .where(SourceRow.active, HubRow.next_try_at <= now, HubRow.state != DROPPED)
        .order_by(HubRow.next_try_at, HubRow.source_id)
        .limit(limit)
    )
    return [_subscription(row) for row in rows]


def asked(tx: Tx, source_id: str, now: datetime, *, refused: str | None) -> None:
    """Note that the hub was asked; *refused* is its answer when it was no « accepted ».

    An accepted request still waits for the hub's visit: without one, it is made again, later and later.
    """
    row = tx.get_one(HubRow, source_id)
    row.failures += 1
    row.reason = refused
    row.next_try_at = now + min(ANSWER_WAIT * 2 ** min(row.failures - 1, 10), RETRY_MAX)


def by_callback(tx: Tx, callback: str) -> HubSubscription | None:
    """The subscription behind one of our addresses."""
    row = tx.scalar(select(HubRow).where(HubRow.callback == callback))
    return None if row is None else _subscription(row)


def granted(tx: Tx, source_id: str, lease: timedelta, now: datetime) -> None:
    """The hub came to verify, and we confirmed."""
    row = tx.get_one(HubRow, source_id)
    row.state, row.failures, row.reason = ACTIVE, 0, None
    row.lease_until = now + lease
    row.next_try_at = now + lease * RENEW_AT


def denied(tx: Tx, source_id: str, reason: str, now: datetime) -> None:
    """The hub refuses, or ends the subscription; it is asked again in a week."""
    row = tx.get_one(HubRow, source_id)
    row.state, row.reason, row.lease_until = DENIED, reason[:300] or None, None
    row.next_try_at = now + DENIED_WAIT


def announced_news(tx: Tx, source_id: str, now: datetime, *, gap: timedelta) -> None:
    """The hub says that a source has news: poll it now, or *gap* after the last poll when that is later.

    Not before a moment that the source's host has asked us to wait for.
    """
    row = tx.get_one(HubRow, source_id)
    row.announced_at = now
    source = tx.get_one(SourceRow, source_id)
    at = now if source.last_polled_at is None else max(now, source.last_polled_at + gap)
    at = max(at, peace_until(tx, source.polled_url or source.url) or at)
    if source.set_apart_until is None:  # else no announcement brings it back sooner
        source.next_due_at = min(source.next_due_at, at)


def states(tx: Tx, source_ids: Iterable[str] | None = None) -> dict[str, HubSubscription]:
    """All subscriptions, or those of some sources, by source."""
    query = select(HubRow)
    if source_ids is not None:
        query = query.where(HubRow.source_id.in_(list(source_ids)))
    return {row.source_id: _subscription(row) for row in tx.scalars(query)}


def _subscription(row: HubRow) -> HubSubscription:
    return HubSubscription(
        source_id=row.source_id,
        hub=row.hub,
        topic=row.topic,
        callback=row.callback,
        secret=row.secret,
        state=row.state,
        lease_until=row.lease_until,
        reason=row.reason,
    )
