"""A WebSub hub on loopback: it takes subscriptions, verifies them at their callback, and distributes."""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

import aiohttp
from aiohttp import web


@dataclass
class Hub:
    """Serve with `start`; what subscribers asked for is in `asked`, how verification went in `verified`."""

    lease_s: int = 86_400
    redirect: int | None = None  #: the first address answers with this status and sends on to the second
    asked: list[dict[str, str]] = field(default_factory=list)
    verified: asyncio.Queue[tuple[int, str]] = field(default_factory=asyncio.Queue)
    port: int = 0
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where to subscribe."""
        return f"http://127.0.0.1:{self.port}/{'moved' if self.redirect else 'hub'}"

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/hub", self._subscribe)
        app.router.add_post("/moved", self._move)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Hang up."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def verify(self, form: dict[str, str], **changed: str) -> tuple[int, str]:
        """Call the callback as a hub that verifies; return its status and body."""
        query = {
            "hub.mode": "subscribe",
            "hub.topic": form["hub.topic"],
            "hub.challenge": "a-challenge-42",
            "hub.lease_seconds": str(self.lease_s),
        }
        query |= {f"hub.{name}": value for name, value in changed.items()}
        query = {name: value for name, value in query.items() if value}
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{form['hub.callback']}?{urlencode(query)}") as answer,
        ):
            return answer.status, await answer.text()

    async def distribute(
        self, form: dict[str, str], body: bytes, *, method: str = "sha256", secret: str | None = None
    ) -> int:
        """Send *body* to a subscriber, signed with its secret or with another; return its status."""
        key = (form["hub.secret"] if secret is None else secret).encode()
        signature = hmac.new(key, body, getattr(hashlib, method)).hexdigest()
        headers = {"X-Hub-Signature": f"{method}={signature}"} if method != "md5" else {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(form["hub.callback"], data=body, headers=headers) as answer,
        ):
            return answer.status

    async def _move(self, _request: web.Request) -> web.Response:
        return web.Response(status=self.redirect or 500, headers={"Location": "/hub"})

    async def _subscribe(self, request: web.Request) -> web.Response:
        form = {name: values[0] for name, values in parse_qs(await request.text()).items()}
        self.asked.append(form)
        task = asyncio.get_running_loop().create_task(self._check(form))
        self._checks = getattr(self, "_checks", set()) | {task}
        return web.Response(status=202)

    async def _check(self, form: dict[str, str]) -> None:
        self.verified.put_nowait(await self.verify(form))
