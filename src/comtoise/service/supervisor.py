"""The collector as a supervised child: restarted when it dies, stopped when we stop, gone when we are gone.

The child reads its standard input: when this process ends, however it ends, the pipe closes and the child
stops. A child that dies at once is restarted with a growing pause, so that a fault does not burn the
machine; after a day it is renewed, which keeps a slow leak of a library harmless.
"""

import asyncio
import contextlib
import sys
from collections.abc import Mapping, Sequence

import structlog

PAUSE_FIRST_S = 1.0
PAUSE_MAX_S = 300.0
STEADY_S = 60.0  #: a child that lived this long starts again without a pause to speak of
RENEW_S = 24 * 3600.0
STOP_S = 8.0  #: to stop cleanly, then it is killed


class Supervisor:
    """Keeps one child process alive."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._environment = dict(environment)
        self._log = structlog.get_logger("supervisor")
        self.starts = 0
        self.pid: int | None = None

    @classmethod
    def collector(cls, config: str, environment: Mapping[str, str]) -> "Supervisor":
        """A supervisor of the collector for a configuration file."""
        return cls([sys.executable, "-m", "comtoise_crawler", "--config", config], environment)

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the child alive until *stop* is set, then stop it."""
        loop = asyncio.get_running_loop()
        pause = PAUSE_FIRST_S
        while not stop.is_set():
            started = loop.time()
            try:
                child = await asyncio.create_subprocess_exec(
                    *self._command, stdin=asyncio.subprocess.PIPE, env=self._environment
                )
            except OSError:  # no memory, no descriptor: like a child that dies at once
                self._log.exception("collector_not_started", restart_in_s=pause)
                await _pause(stop, pause)
                pause = min(pause * 2, PAUSE_MAX_S)
                continue
            self.starts += 1
            self.pid = child.pid
            ended = await self._until_ended(child, stop)
            if stop.is_set():
                return
            lived = loop.time() - started
            pause = PAUSE_FIRST_S if lived >= STEADY_S else min(pause * 2, PAUSE_MAX_S)
            self._log.error("collector_died", exit=ended, lived_s=round(lived), restart_in_s=pause)
            await _pause(stop, pause)

    async def _until_ended(self, child: asyncio.subprocess.Process, stop: asyncio.Event) -> int | None:
        ending = asyncio.ensure_future(child.wait())
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({ending, stopping}, timeout=RENEW_S, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ending.done():
            if child.stdin is not None:
                child.stdin.close()
            await asyncio.wait({ending}, timeout=STOP_S)
            if not ending.done():
                self._log.warning("collector_killed", pid=child.pid)
                child.kill()
        return await ending


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until the stop."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
