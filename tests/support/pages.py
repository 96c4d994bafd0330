"""The desk's pages, served on loopback."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.routing import BaseRoute

from comtoise.web.application import application
from comtoise.web.server import WebServer


@asynccontextmanager
async def serving(routes: Sequence[BaseRoute]) -> AsyncIterator[str]:
    """Serve *routes*; their address."""
    web = WebServer(application(routes, https=False), "127.0.0.1", 0)
    stop = asyncio.Event()
    running = asyncio.create_task(web.run(stop))
    try:
        async with asyncio.timeout(60):
            await web.listening.wait()
        yield f"http://127.0.0.1:{web.port}"
    finally:
        stop.set()
        await running
