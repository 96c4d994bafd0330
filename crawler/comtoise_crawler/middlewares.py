"""The downloader middleware that asks a host for its rules before anything else is fetched from it."""

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from comtoise_crawler.intake import Intake
from comtoise_crawler.rights import ROBOTS_MAX, Forbidden, Robots, tdm_reserved
from comtoise_crawler.spiders.watch import WatchSpider

FRESH = timedelta(hours=24)  #: RFC 9309, 2.4
RETRY_UNREACHABLE = timedelta(minutes=30)  #: sooner than a day for a host that did not answer


class RightsMiddleware:
    """robots.txt for every request, the TDM reservation for pages; fetched once a day per host and kept."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._robots: dict[str, tuple[datetime, Robots]] = {}
        self._tdm: dict[str, tuple[datetime, str | None]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RightsMiddleware":
        """Scrapy's way in."""
        return cls(crawler)

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002
        """Let the request pass, or raise `Forbidden`."""
        if request.meta.get("rules"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            robots = await self._robots_of(origin)
            page = request.meta.get("page", False)
            tdmrep = await self._tdm_of(origin, robots) if page else None
        if not robots.allows(request.url):
            kind = "robots-unreachable" if robots.verdict == "unreachable" else "robots"
            raise Forbidden(kind, f"robots.txt of {origin} forbids {request.url}")
        if page and tdm_reserved(tdmrep, request.url):
            raise Forbidden("tdm", f"{origin} reserves text and data mining")

    async def _robots_of(self, origin: str) -> Robots:
        now = datetime.now(UTC)
        known = self._robots.get(origin)
        if known is None:
            known = await self._intake.call(self._intake.robots_of, origin)
        if known is not None:
            at, robots = known
            if now - at < (RETRY_UNREACHABLE if robots.verdict == "unreachable" else FRESH):
                self._robots[origin] = known
                return robots
        # A host that does not answer for its rules would not answer for the rest: the failure is told as such.
        response = await self._fetch(f"{origin}/robots.txt")
        robots = Robots(response.status, _text(response))
        self._robots[origin] = (now, robots)
        await self._intake.call(self._intake.keep_robots, origin, robots, now)
        return robots

    async def _tdm_of(self, origin: str, robots: Robots) -> str | None:
        now = datetime.now(UTC)
        known = self._tdm.get(origin)
        if known is not None and now - known[0] < FRESH:
            return known[1]
        url = f"{origin}/.well-known/tdmrep.json"
        body = None
        if robots.allows(url):
            response = await self._fetch(url)
            if response.status == 200:
                body = _text(response)
        self._tdm[origin] = (now, body)
        await self._intake.call(self._intake.keep_tdm, origin, body, now)
        return body

    async def _fetch(self, url: str) -> Response:
        request = Request(
            url,
            meta={
                "rules": True,  # redirects are followed, five at most (RFC 9309, 2.3.1.2)
                "handle_httpstatus_list": list(range(400, 600)),
                "download_slot": urlsplit(url).netloc,
            },
            dont_filter=True,
        )
        engine = self._crawler.engine
        if engine is None:
            raise RuntimeError("the crawl has not started")
        return await engine.download_async(request)

    @property
    def _intake(self) -> Intake:
        spider = self._crawler.spider
        if not isinstance(spider, WatchSpider):
            raise TypeError("only the watch spider fetches")
        return spider.intake


def _text(response: Response) -> str:
    return response.body[:ROBOTS_MAX].decode("utf-8", "replace").replace("\x00", "")
