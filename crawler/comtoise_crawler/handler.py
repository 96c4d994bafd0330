"""The download handler: aiohttp's, with the address guard, lenient headers and an abort for the stop.

Scrapy labels both its reactorless mode and this handler experimental: the version is pinned, and nothing
here but the constructor reaches into the parent.
"""

import asyncio
import ipaddress
from urllib.parse import urlsplit

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Response

from comtoise_crawler.addresses import GuardedResolver, is_allowed, networks


class GuardedHandler(AiohttpDownloadHandler):
    """Fetches over HTTP from allowed machines and ports only."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._inflight: set[asyncio.Future[Response]] = set()
        self._allowed = networks(crawler.settings.getlist("COMTOISE_ALLOWED_NETWORKS"))
        self._ports = {int(port) for port in crawler.settings.getlist("COMTOISE_ALLOWED_PORTS", [80, 443])}
        self._session.detach()  # the stock session has opened nothing yet
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                resolver=GuardedResolver(self._allowed),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trust_env=False,
            # French sites send Latin-1 and very long headers: read them, the body has its own limit.
            max_line_size=65_536,
            max_field_size=65_536,
        )

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        headers = Headers()
        for name, value in response.raw_headers:
            headers.appendlist(name, value)
        return headers

    def check(self, url: str) -> None:
        """Refuse what the resolver never sees: ports, credentials in the address, address literals.

        Raises:
            DownloadCancelledError: with the reason.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        except ValueError as error:
            raise DownloadCancelledError(f"address refused: {error}") from error
        host = parts.hostname or ""
        literal = _literal(host)
        inside = literal is not None and any(literal in network for network in self._allowed)
        if port not in self._ports and not inside:
            raise DownloadCancelledError(f"address refused: port {port}")
        if parts.username is not None:
            raise DownloadCancelledError("address refused: it carries credentials")
        if literal is not None and not is_allowed(str(literal), self._allowed):
            raise DownloadCancelledError("address refused: not a public machine")

    async def download_request(self, request: Request) -> Response:
        """Download, if the address is allowed; `abort` ends it with `DownloadCancelledError`."""
        self.check(request.url)
        task = asyncio.ensure_future(super().download_request(request))
        self._inflight.add(task)
        task.add_done_callback(self._inflight.discard)
        try:
            return await task
        except asyncio.CancelledError:
            raise DownloadCancelledError("shutdown") from None

    def abort(self) -> None:
        """End every download in flight."""
        for task in list(self._inflight):
            task.cancel()


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address a host part names without a resolver, also as ``0x7f.1`` or ``2130706433``."""
    try:
        return ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        pass
    parts = host.rstrip(".").split(".")
    try:
        numbers = [int(part, 0) if not _octal(part) else int(part, 8) for part in parts]
    except ValueError:
        return None
    if not 1 <= len(numbers) <= 4 or any(n < 0 for n in numbers) or any(n > 255 for n in numbers[:-1]):
        return None
    value = numbers[-1]
    for position, number in enumerate(numbers[:-1]):
        value += number << (24 - 8 * position)
    return ipaddress.IPv4Address(value) if value < 2**32 else None


def _octal(part: str) -> bool:
    return len(part) > 1 and part[0] == "0" and part.isdecimal()
