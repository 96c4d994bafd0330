"""The download handler: aiohttp's, with the address guard, lenient headers, limits and an abort for the stop.

Scrapy labels both its reactorless mode and this handler experimental: the version is pinned, and what reaches
into the parent is in this module alone.
"""

import asyncio
import errno
import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
from aiohappyeyeballs import AddrInfoType
from aiohttp.abc import AbstractResolver
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Headers, Response

from comtoise_crawler.addresses import GuardedResolver, is_allowed, networks
from comtoise_crawler.hosts import DEFAULT_PORTS

PARTIAL = "first_bytes"  #: of a request's meta: read so many bytes of the answer and leave the rest
HEADERS_MAX = 128  #: lines of an answer's header
HEADER_MAX = 65_536  #: bytes of one of them: French sites send Latin-1 and very long ones
FIRST_BYTE = 0.75  #: of the time of a request, for its header to arrive
ENCODINGS_MAX = 2  #: layers of compression; honest servers use one


class _Answered(_ClientResponse):
    """An answer of which only the first bytes may be wanted."""

    first_bytes: int | None = None


class GuardedHandler(AiohttpDownloadHandler):
    """Fetches over HTTP from allowed machines and ports only."""

    def __init__(self, crawler: Crawler, resolver: AbstractResolver | None = None) -> None:
        super().__init__(crawler)
        self._inflight: set[asyncio.Future[Response]] = set()
        self._allowed = networks(crawler.settings.getlist("COMTOISE_ALLOWED_NETWORKS"))
        self._ports = {int(port) for port in crawler.settings.getlist("COMTOISE_ALLOWED_PORTS", [80, 443])}
        self._session.detach()  # the stock session has opened nothing yet
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                resolver=GuardedResolver(self._allowed, resolver),
                socket_factory=self._socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_Answered,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trust_env=False,
            max_line_size=HEADER_MAX,
            max_field_size=HEADER_MAX,
            max_headers=HEADERS_MAX,
        )

    def _socket(self, info: AddrInfoType) -> socket.socket:
        """The socket of one connection: the last look at where it leads, whatever named it."""
        family, kind, protocol, _name, address = info
        if not is_allowed(str(address[0]), self._allowed):
            raise OSError(errno.EACCES, "address refused: not a public machine")
        return socket.socket(family, kind, protocol)

    @asynccontextmanager
    async def _make_request(self, request: Request, timeout: float) -> AsyncIterator[_ClientResponse]:
        patience = timeout * FIRST_BYTE
        try:
            async with (
                asyncio.timeout(patience) as waiting,
                super()._make_request(request, timeout) as response,
            ):
                waiting.reschedule(None)
                if isinstance(response, _Answered):
                    response.first_bytes = request.meta.get(PARTIAL)
                yield response
        except TimeoutError as error:
            raise DownloadTimeoutError(f"{request.url}: no header within {patience:g} s") from error

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        headers = Headers()
        partial = isinstance(response, _Answered) and response.first_bytes is not None
        layers = 0
        for name, value in response.raw_headers:
            if partial and name.lower() == b"content-length":
                continue  # it would refuse a body of which only the beginning is read
            layers += (value.count(b",") + 1) if name.lower() == b"content-encoding" else 0
            headers.appendlist(name, value)
        if layers > ENCODINGS_MAX:
            raise DownloadCancelledError(f"{layers} layers of compression")
        return headers

    @staticmethod
    def _iter_body_chunks(response: _ClientResponse) -> AsyncIterator[bytes]:
        wanted = response.first_bytes if isinstance(response, _Answered) else None
        chunks = response.content.iter_any()
        return aiter(chunks) if wanted is None else _first(chunks, wanted)

    def check(self, url: str) -> None:
        """Refuse what the resolver never sees: ports, credentials in the address, address literals.

        Raises:
            DownloadCancelledError: with the reason.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise DownloadCancelledError(f"address refused: {error}") from error
        host = parts.hostname or ""
        literal = _literal(host)
        inside = literal is not None and any(literal in network for network in self._allowed)
        if literal is not None and not is_allowed(str(literal), self._allowed):
            raise DownloadCancelledError("address refused: not a public machine")
        if port not in self._ports and not inside:
            raise DownloadCancelledError(f"address refused: port {port}")
        if parts.username is not None:
            raise DownloadCancelledError("address refused: it carries credentials")

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


async def _first(chunks: AsyncIterator[bytes], wanted: int) -> AsyncIterator[bytes]:
    """The chunks up to *wanted* bytes."""
    async for chunk in chunks:
        yield chunk[:wanted]
        wanted -= len(chunk)
        if wanted <= 0:
            return


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
