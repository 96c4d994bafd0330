"""What hubs call: they verify that we asked, and announce that a source has news (WebSub, W3C, 2018).

A hub's message is proof of news, not news: it makes its source due, and the collector fetches it, behind all its
guards. So a forged or damaged message costs one conditional request, and no entry comes by two ways.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from comtoise.store import Database, hubs
from comtoise.store.transactions import Transactions

log = structlog.get_logger("web")

BODY_MAX = 10 * 1024 * 1024  #: bytes read to check a signature
GAP = timedelta(minutes=1)  #: between two polls of a source, whatever its hub announces
LEASE_MIN, LEASE_MAX = timedelta(hours=1), timedelta(days=365)
_METHODS = ("sha1", "sha256", "sha384", "sha512")  # those of the recommendation


class Clock(Protocol):
    """Tells the time, aware."""

    def __call__(self) -> datetime:
        """Return now."""


def routes(database: Database, clock: Clock) -> list[BaseRoute]:
    """The hook of all hubs; the last part of its path tells which subscription, and proves it."""
    hook = HubHook(database, clock)
    return [Route(hubs.CALLBACK_PATH + "{callback:str}", hook.answer, methods=["GET", "POST"])]


class HubHook(Transactions):
    """Answers hubs."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self._clock = clock

    async def answer(self, request: Request) -> Response:
        """Verify (GET) or take an announcement (POST); 410 for an address that is none of ours any more."""
        subscription = await self._read(lambda tx: hubs.by_callback(tx, request.path_params["callback"]))
        if subscription is None or subscription.state == hubs.DROPPED:
            return Response(status_code=410 if request.method == "POST" else 404)
        if request.method == "POST":
            return await self._announcement(request, subscription)
        return await self._verification(request, subscription)

    async def _verification(self, request: Request, subscription: hubs.HubSubscription) -> Response:
        said = request.query_params
        if said.get("hub.topic") != subscription.topic:
            return Response(status_code=404)
        if said.get("hub.mode") == "denied":
            reason = said.get("hub.reason", "")
            await self._write(lambda tx: hubs.denied(tx, subscription.source_id, reason, self._clock()))
            log.warning(
                "hub_denied", source=subscription.source_id, hub=subscription.hub, reason=reason[:300]
            )
            return Response()
        lease = _lease(said.get("hub.lease_seconds", ""))
        challenge = said.get("hub.challenge", "")
        if said.get("hub.mode") != "subscribe" or lease is None or not challenge:
            return Response(status_code=404)  # also « unsubscribe », which we never ask for
        await self._write(lambda tx: hubs.granted(tx, subscription.source_id, lease, self._clock()))
        log.info("hub_granted", source=subscription.source_id, hub=subscription.hub, lease=str(lease))
        return PlainTextResponse(challenge)

    async def _announcement(self, request: Request, subscription: hubs.HubSubscription) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_MAX:
                return Response(status_code=413)
        if not signed(body, request.headers.get("x-hub-signature", ""), subscription.secret):
            # The recommendation wants a 2xx here too: whoever guesses must not learn whether he guessed right.
            log.warning("hub_not_believed", source=subscription.source_id)
            return Response(status_code=202)
        await self._write(lambda tx: hubs.announced_news(tx, subscription.source_id, self._clock(), gap=GAP))
        log.info("hub_announced", source=subscription.source_id)
        return Response(status_code=202)


def signed(body: bytes, header: str, secret: str) -> bool:
    """Whether ``X-Hub-Signature: method=hex`` is the keyed hash of *body* (WebSub, 8)."""
    method, _equals, signature = header.partition("=")
    if method.lower() not in _METHODS or not signature.isascii():
        return False
    right = hmac.new(secret.encode(), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(right, signature.strip().lower())


def _lease(seconds: str) -> timedelta | None:
    """The lease granted, within reason; None when the hub names none."""
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 12):
        return None
    return min(max(timedelta(seconds=int(seconds)), LEASE_MIN), LEASE_MAX)
