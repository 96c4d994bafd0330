"""Asks hubs to announce the news of the sources that name one (WebSub, W3C, 2018).

The request goes through the guarded downloader like any other: a feed may name any address as its hub.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import structlog
from scrapy import Request
from scrapy.http import Response
from structlog.typing import FilteringBoundLogger

from comtoise.store import Database, Tx, hubs
from comtoise.store.hubs import LEASE, HubSubscription
from comtoise.text.clean import clean_url
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import of_exception, of_status
from comtoise_crawler.hosts import host_of
from comtoise_crawler.kinds import Listed

#: ``<address>; name=value; name="value"``, as RFC 8288 writes links in a header.
_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]*))?)*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]*))', re.IGNORECASE)

log = structlog.get_logger("collector")

Fetch = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Announcer:
    """The hub that announces a source's news, and the name of the source there."""

    hub: str
    topic: str


def announcer(answer: Answer, listed: Listed) -> Announcer | None:
    """The hub of an answer: its ``Link`` headers first, then what the document says (WebSub, 4)."""
    links = dict(_links(answer.headers.get("link", "")))
    hub = clean_url(links["hub"], answer.url) if "hub" in links else listed.hub
    topic = clean_url(links["self"], answer.url) if "self" in links else listed.topic
    return Announcer(hub, topic) if hub and topic else None


class Announcements:
    """Follows what sources say of their hubs, and what hubs answer; the store is written only when that changes."""

    def __init__(
        self,
        database: Database,
        site: str | None,
        *,
        clock: Callable[[], datetime],
        log: FilteringBoundLogger,
    ) -> None:
        """*site* is our public address; without one no hub could call, and nothing is noted."""
        self.changed = False  #: there is a hub to ask; whoever asks resets it
        self._database = database
        self._site = site
        self._clock = clock
        self.log = log
        self._said: dict[str, Announcer | None] = {}
        self._loaded = False

    def note(self, tx: Tx, source_id: str, found: Announcer | None, now: datetime) -> None:
        """Take in what a good answer of a source says."""
        if self._site is None:
            return
        if not self._loaded:
            self._said = {
                known.source_id: Announcer(known.hub, known.topic) if known.state != hubs.DROPPED else None
                for known in hubs.states(tx).values()
            }
            self._loaded = True
        if self._said.get(source_id) != found:
            hub, topic = (found.hub, found.topic) if found else (None, None)
            hubs.announced(tx, source_id, hub, topic, now)
            self._said[source_id] = found
            self.changed = True

    def due(self, limit: int) -> list[HubSubscription]:
        """The subscriptions to ask for now."""
        if self._site is None:
            return []
        with self._database.read() as tx:
            return hubs.due(tx, self._clock(), limit=limit)

    def asked(self, source_id: str, refused: str | None) -> None:
        """Note how a hub answered; None when it accepted."""
        with self._database.write() as tx:
            hubs.asked(tx, source_id, self._clock(), refused=refused)
        self.log.info("hub_asked", source=source_id, refused=refused)


async def subscribe(fetch: Fetch, subscription: HubSubscription, callback: str) -> str | None:
    """Ask a hub; return None when it accepts, else why not. It comes to verify afterwards, by itself.

    Args:
        callback: Our address for this subscription, complete.
    """
    form = {
        "hub.mode": "subscribe",
        "hub.topic": subscription.topic,
        "hub.callback": callback,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
        "hub.secret": subscription.secret,
    }
    request = Request(
        subscription.hub,
        method="POST",
        body=urlencode(form),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        dont_filter=True,
        meta={
            "rules": True,  # a hub is asked, not crawled
            "download_slot": host_of(subscription.hub),
            "handle_httpstatus_list": list(range(400, 600)),
        },
    )
    try:
        response = await fetch(request)
    except Exception as error:
        failure = of_exception(error)
        if failure.kind == "error":
            log.exception("hub_not_asked", hub=subscription.hub)  # a mistake of ours, not of the hub
        return failure.kind
    return None if response.status in (202, 204) else of_status(response.status).kind


def _links(header: str) -> Iterator[tuple[str, str]]:
    """Relation and address of each link, backwards: in a dict the first of a relation wins."""
    for address, parameters in reversed(_LINK.findall(header[:8192])):
        found = _REL.search(parameters)
        for relation in (found[1] or found[2] or "").lower().split() if found else ():
            yield relation, address
