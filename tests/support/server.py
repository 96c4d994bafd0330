"""An HTTP server on loopback that does exactly what a test says, well or badly."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as received."""

    path: str
    headers: dict[str, str]


RULES = ("/robots.txt", "/.well-known/tdmrep.json")  #: asked of each host before the rest
Write = Callable[[asyncio.StreamWriter, Asked], Awaitable[None]]


@dataclass
class ScriptedServer:
    """Answers each path with bytes, or by a coroutine that writes what it likes. Unknown paths are 404."""

    routes: dict[str, bytes | Write] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    host: str = "127.0.0.1"  #: another of the loopback network is another site
    _tls: bool = False
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen on a free port, in TLS with a certificate of its own if one is given."""
        self._tls = tls is not None
        self._server = await asyncio.start_server(self._serve, self.host, 0, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Hang up on everybody."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http{'s' if self._tls else ''}://{self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths asked for, in order, but for the host's rules (robots.txt, tdmrep.json)."""
        return [asked.path for asked in self.asked if asked.path not in RULES]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode("latin-1").split("\r\n")
                pairs = (line.split(":", 1) for line in lines if ":" in line)
                asked = Asked(first.split()[1], {name.lower(): value.strip() for name, value in pairs})
                self.asked.append(asked)
                answer = self.routes.get(asked.path, response(b"", status=404))
                if isinstance(answer, bytes):
                    writer.write(answer)
                    await writer.drain()
                else:
                    await answer(writer, asked)
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            self._open.discard(writer)
            writer.close()


def response(body: bytes, *, status: int = 200, **headers: str) -> bytes:
    """The bytes of an ordinary answer; header names with ``_`` for ``-``."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def rss(*numbers: int, base: str = "https://gazette.example", extra: str = "") -> bytes:
    """A small RSS document with one item per number."""
    items = "".join(
        f"<item><title>Titre {n}</title><link>{base}/{n}</link><guid>g{n}</guid>"
        f"<description>Chapô {n}</description><pubDate>Wed, 25 Nov 2026 07:00:00 +0100</pubDate></item>"
        for n in numbers
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Gazette</title>'
        f"<link>{base}</link>{extra}{items}</channel></rss>"
    ).encode()


def page(title: str = "Titre 1") -> bytes:
    """The page of an article, which says more than the item of `rss`."""
    said = "L’atelier investit dans deux presses neuves et cherche douze régleurs."
    text = "".join(f"<p>{said} Paragraphe {n}.</p>" for n in range(20))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()
