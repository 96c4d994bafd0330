"""The downloader middleware that asks a host for its rules before anything else is fetched from it."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from comtoise.text.clean import URL_MAX
from comtoise_crawler.handler import PARTIAL
from comtoise_crawler.hosts import host_of
from comtoise_crawler.intake import Intake
from comtoise_crawler.rights import ROBOTS_MAX, Forbidden, Robots, tdm_reserved
from comtoise_crawler.spiders.watch import WatchSpider

FRESH = timedelta(hours=24)  #: RFC 9309, 2.4
RETRY_UNREACHABLE = timedelta(minutes=30)  #: sooner than a day for a host that did not answer
HELD_MAX = (
    32 * 1024 * 1024
)  #: characters of rules held in memory; what is put away is read back from the store
HELD_COST = 1024  #: characters that a host without rules counts for

#: What a download ends with when the host, not we, is at fault.
_HOST_FAILED = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    IgnoreRequest,
)


@dataclass(frozen=True, slots=True)
class _Host:
    """What a host has asked of us, and when it was asked; None: not asked yet."""

    robots: tuple[datetime, Robots] | None = None
    tdm: tuple[datetime, str | None] | None = None

    @property
    def cost(self) -> int:
        robots = len(self.robots[1].body or "") if self.robots is not None else 0
        tdm = len(self.tdm[1] or "") if self.tdm is not None else 0
        return HELD_COST + robots + tdm


class RightsMiddleware:
    """robots.txt and the TDM reservation, for every request; fetched once a day per host and kept."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._held = 0
        #: Gone when nobody holds or awaits them: of hosts that never answer there may be any number.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RightsMiddleware":
        """Scrapy's way in."""
        return cls(crawler)

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002
        """Let the request pass, or raise `Forbidden`. Redirects come this way too, one by one.

        Raises:
            Forbidden: by a rule of the publisher's, or because a redirect leaves https.
            DownloadCancelledError: the address is too long.
        """
        if len(request.url) > URL_MAX:
            raise DownloadCancelledError(f"address refused: longer than {URL_MAX} characters")
        parts = urlsplit(request.url)
        if parts.scheme == "http" and any(
            url.startswith("https:") for url in request.meta.get("redirect_urls", ())
        ):
            raise Forbidden("downgrade", f"a redirect leaves https for {request.url}")
        request.meta["download_slot"] = host_of(request.url)  # the pace is that of the host that answers
        if request.meta.get("rules"):
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        card = self._intake.cards.get(getattr(request.meta.get("job"), "source_id", ""))
        bound = card is None or not card.full_text_licence  # it lifts the reservation, never robots.txt
        async with self._lock(origin):
            robots = await self._robots_of(origin)
            tdmrep = await self._tdm_of(origin, robots) if bound and not robots.unreachable else None
        if not robots.allows(request.url):
            kind = "robots-unreachable" if robots.unreachable else "robots"
            raise Forbidden(kind, f"robots.txt of {origin} forbids {request.url}")
        if bound and request.meta.get("page") and (robots.refusals or tdm_reserved(tdmrep, request.url)):
            raise Forbidden("tdm", f"{origin} reserves text and data mining")

    async def _robots_of(self, origin: str) -> Robots:
        now = self._intake.now()
        host = self._host(origin)
        known = host.robots
        if known is None:
            known = await self._intake.call(self._intake.rules.robots_of, origin)
        if known is not None:
            at, robots = known
            if abs(now - at) < (RETRY_UNREACHABLE if robots.unreachable else FRESH):
                if host.robots is None:
                    await self._hold_robots(origin, known)
                return robots
        # A host that does not answer for its rules would not answer for the rest: the failure is told as such.
        robots = await self._ask_robots(origin)
        await self._hold_robots(origin, (now, robots))
        await self._intake.call(self._intake.rules.keep_robots, origin, robots, now)
        return robots

    async def _ask_robots(self, origin: str) -> Robots:
        try:
            response = await self._fetch(f"{origin}/robots.txt")
        except IgnoreRequest as error:
            if isinstance(error, Forbidden) or "redirect" not in str(error):
                raise
            return Robots(404, None)  # more than five redirects: there is none (RFC 9309, 2.3.1.2)
        return Robots(response.status, _text(response) if response.status == 200 else None)

    async def _hold_robots(self, origin: str, found: tuple[datetime, Robots]) -> None:
        """Keep it at hand, read: up to 500 KiB are not read on the loop."""
        if found[1].body:
            await asyncio.to_thread(found[1].allows, origin)
        self._hold(origin, replace(self._host(origin), robots=found))

    async def _tdm_of(self, origin: str, robots: Robots) -> str | None:
        now = self._intake.now()
        held = self._host(origin).tdm
        known = held if held is not None else await self._intake.call(self._intake.rules.tdm_of, origin)
        if known is not None and abs(now - known[0]) < FRESH:
            if held is None:
                self._hold(origin, replace(self._host(origin), tdm=known))
            return known[1]
        url = f"{origin}/.well-known/tdmrep.json"
        body = None
        if robots.allows(url):
            try:
                response = await self._fetch(url)
            except _HOST_FAILED as error:
                if "shutdown" in str(error):
                    raise
                # Its robots.txt came: what fails here says nothing, and is asked again in a while.
                self._hold(origin, replace(self._host(origin), tdm=(now - FRESH + RETRY_UNREACHABLE, None)))
                return None
            if response.status == 200:
                body = _text(response)
        self._hold(origin, replace(self._host(origin), tdm=(now, body)))
        await self._intake.call(self._intake.rules.keep_tdm, origin, body, now)
        return body

    async def _fetch(self, url: str) -> Response:
        request = Request(
            url,
            meta={
                "rules": True,  # redirects are followed, five at most (RFC 9309, 2.3.1.2)
                "handle_httpstatus_list": list(range(400, 600)),
                PARTIAL: ROBOTS_MAX,
            },
            dont_filter=True,
        )
        engine = self._crawler.engine
        if engine is None:
            raise RuntimeError("the crawl has not started")
        return await engine.download_async(request)

    # What is held in memory

    def _host(self, origin: str) -> _Host:
        host = self._hosts.get(origin)
        if host is None:
            return _Host()
        self._hosts.move_to_end(origin)
        return host

    def _hold(self, origin: str, host: _Host) -> None:
        before = self._hosts.pop(origin, None)
        self._held += host.cost - (before.cost if before is not None else 0)
        self._hosts[origin] = host
        while self._held > HELD_MAX and len(self._hosts) > 1:
            _origin, put_away = self._hosts.popitem(last=False)
            self._held -= put_away.cost

    def _lock(self, origin: str) -> asyncio.Lock:
        return self._locks.setdefault(origin, asyncio.Lock())

    @property
    def _intake(self) -> Intake:
        spider = self._crawler.spider
        if not isinstance(spider, WatchSpider):
            raise TypeError("only the watch spider fetches")
        return spider.intake


def _text(response: Response) -> str:
    return response.body[:ROBOTS_MAX].decode("utf-8", "replace").replace("\x00", "")
