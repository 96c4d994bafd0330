"""The application: its routes, and what holds for every answer."""

import math
import time
from collections.abc import Callable, Iterable
from importlib import resources

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comtoise.delivery.throttle import Rate, Throttle

ACTING = Rate(burst=20, every_s=3.0)  #: POST by one visitor; hubs have a wider allowance
READING = Rate(burst=60, every_s=1.0)

#: Hooks of machines that know a secret. Mail providers unsubscribe their readers from a few addresses of their own.
FREE = ("/websub/", "/telegram/", "/desabonnement/")

#: No script, no frame, nothing from elsewhere, nothing kept by caches, no address told to other sites.
_HEADERS = [
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; img-src 'self' data:; "
     b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]  # fmt: skip


class SafeAnswers:
    """Puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        strict = [(b"strict-transport-security", b"max-age=31536000")] if https else []
        self._headers = [*_HEADERS, *strict]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers that the answer does not set itself."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _value in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in self._headers if name not in given),
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Throttled:
    """Refuses with 429 and Retry-After what one visitor asks too often."""

    def __init__(
        self, app: ASGIApp, *, free: tuple[str, ...], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """*free* are prefixes of paths that are not counted: their visitors are machines that know a secret."""
        self._app = app
        self._free = free
        self._clock = clock
        self._acting, self._reading = Throttle(ACTING), Throttle(READING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(self._free):
            await self._app(scope, receive, send)
            return
        throttle = self._acting if scope["method"] == "POST" else self._reading
        client = scope.get("client")
        wait_s = throttle.wait_s(_visitor(client[0] if client else ""), self._clock())
        if wait_s == 0:
            await self._app(scope, receive, send)
            return
        headers = [(b"retry-after", b"%d" % math.ceil(wait_s)), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 429, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _visitor(address: str) -> str:
    """An IPv6 visitor is his network (/64): he has all of its addresses."""
    return ":".join(address.split(":")[:4]) if ":" in address else address


async def _style(_request: Request) -> Response:
    css = (resources.files("comtoise.web") / "static" / "style.css").read_text("utf-8")
    return Response(css, media_type="text/css", headers={"cache-control": "public, max-age=3600"})


def application(routes: Iterable[BaseRoute], *, https: bool, free: tuple[str, ...] = FREE) -> Starlette:
    """The pages and hooks of *routes*."""
    return Starlette(
        routes=[Route("/style.css", _style), *routes],
        middleware=[Middleware(SafeAnswers, https=https), Middleware(Throttled, free=free)],
    )
