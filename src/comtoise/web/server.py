"""Serves the application on the service's own loop, and ends with it."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import structlog
import uvicorn
from starlette.types import ASGIApp

log = structlog.get_logger("web")

STOP_GRACE_S = 3
RETRY_S = 30.0
LOCAL_PROXIES = ["127.0.0.1", "::1"]  #: whose X-Forwarded-For is believed


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the service has its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Listens at one address."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        """Port 0 takes a free one."""
        self._app = app
        self.host, self.port = host, port
        self.listening = asyncio.Event()  #: set when who connects is answered, sooner or later

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until *stop* is set; a port that another program holds is tried again, while the rest goes on."""
        while not stop.is_set():
            try:
                await self._serve(stop)
            except OSError as error:
                log.error("pages_not_served", host=self.host, port=self.port, error=str(error))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RETRY_S)

    async def _serve(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        listening = await asyncio.to_thread(_listen, self.host, self.port)
        self.port = listening.getsockname()[1]
        self.listening.set()
        server = _Server(
            uvicorn.Config(
                self._app,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                proxy_headers=True,
                forwarded_allow_ips=LOCAL_PROXIES,
                timeout_graceful_shutdown=STOP_GRACE_S,
                limit_concurrency=100,
                h11_max_incomplete_event_size=16_384,
            )
        )
        serving = loop.create_task(server.serve(sockets=[listening]))
        log.info("pages_served", host=self.host, port=self.port)
        stopping = loop.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            server.should_exit = True
            await serving
        finally:
            stopping.cancel()
            listening.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=128)
    listening.setblocking(False)
    return listening
