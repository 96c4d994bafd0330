"""The collector as a supervised child: restarted when it dies or hangs, stopped when we stop, gone when we are gone.

The child reads its standard input: when this process ends, however it ends, the pipe closes and the child
stops. A child that dies at once is restarted with a growing pause, so that a fault does not burn the
machine; after a day it is renewed, which keeps a slow leak of a library harmless. What it reads it notes in a
few bytes shared with us (`comtoise_crawler.underway`): a child that reads one document for minutes is killed,
and its successor sets apart the source that the note names.
"""

import asyncio
import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

from comtoise_crawler.underway import Underway

PAUSE_FIRST_S = 1.0
PAUSE_MAX_S = 300.0
STEADY_S = 60.0  #: a child that lived this long starts again without a pause to speak of
RENEW_S = 24 * 3600.0
STOP_S = 8.0  #: to stop cleanly, then it is killed
HUNG_S = 120.0  #: for one document, or without a sign of life; the worst document measured takes 4
LOOK_S = 5.0


class Supervisor:
    """Keeps one child process alive."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        underway: Underway | None = None,
        folder: Path | None = None,
        hung_s: float = HUNG_S,
        look_s: float = LOOK_S,
    ) -> None:
        """Nothing is started before `run`.

        Args:
            underway: The note that the child was told to keep.
            folder: Where the child's files are; removed when `run` ends.
        """
        self._command = command
        self._folder = folder
        self._environment = dict(environment)
        self._underway = underway if underway is not None else Underway()
        self._hung_s = hung_s
        self._look_s = look_s
        self._log = structlog.get_logger("supervisor")
        self._renewed = asyncio.Event()
        self.text: Path | None = None  #: where the child reads its configuration
        self.starts = 0
        self.pid: int | None = None

    @classmethod
    def collector(
        cls, config: Path, environment: Mapping[str, str], *, epoch: int | None = None
    ) -> "Supervisor":
        """A supervisor of the collector for a configuration file, which it reads in the copy at `text`.

        *epoch* is the number of our lead: the collector writes nothing once another instance has taken it.
        """
        # The note lives as long as we do: it is told to the child by its path, and shared by its pages.
        folder = tempfile.mkdtemp(prefix="comtoise-")
        note, text = Path(folder, "underway"), Path(folder, config.name)
        text.write_bytes(config.read_bytes())
        command = [sys.executable, "-m", "comtoise_crawler", "--config", str(config)]
        command += ["--text", str(text), "--underway", str(note)]
        if epoch is not None:
            command += ["--epoch", str(epoch)]
        supervisor = cls(command, environment, underway=Underway(note), folder=Path(folder))
        supervisor.text = text
        return supervisor

    def renew(self) -> None:
        """End the child cleanly and start another at once: what it is to do has changed."""
        self._renewed.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the child alive until *stop* is set, then stop it."""
        try:
            await self._keep_alive(stop)
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    async def _keep_alive(self, stop: asyncio.Event) -> None:
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
            if self._renewed.is_set() or (ended == 0 and lived >= RENEW_S):
                self._renewed.clear()
                self._log.info("collector_renewed")
                continue
            pause = PAUSE_FIRST_S if lived >= STEADY_S else min(pause * 2, PAUSE_MAX_S)
            guilty = self._underway.now()
            self._log.error(
                "collector_died",
                exit=ended,
                lived_s=round(lived),
                restart_in_s=pause,
                reading=guilty.source_id if guilty is not None else None,
            )
            await _pause(stop, pause)

    async def _until_ended(self, child: asyncio.subprocess.Process, stop: asyncio.Event) -> int | None:
        ending = asyncio.ensure_future(child.wait())
        stopping = asyncio.ensure_future(stop.wait())
        renewing = asyncio.ensure_future(self._renewed.wait())
        asked = {stopping, renewing}
        started = time.monotonic()
        renewal = started + RENEW_S
        hung = False
        while (
            not (ending.done() or stopping.done() or renewing.done() or hung) and time.monotonic() < renewal
        ):
            await asyncio.wait({ending, *asked}, timeout=self._look_s, return_when=asyncio.FIRST_COMPLETED)
            hung = not ending.done() and self._is_hung(started)
        for each in asked:
            each.cancel()
        if hung:
            self._log.error("collector_hung", pid=child.pid)
            child.kill()
        elif not ending.done():
            if child.stdin is not None:
                child.stdin.close()
            await asyncio.wait({ending}, timeout=STOP_S)
            if not ending.done():
                self._log.warning("collector_killed", pid=child.pid)
                child.kill()
            await asyncio.wait({ending})
            self._underway.clear()  # it was ended by us: whatever it was reading is not to blame
        return await ending

    def _is_hung(self, started: float) -> bool:
        """Whether a child started then has read one document, or given no sign of life, for too long.

        What is older than the child is its predecessor's note.
        """
        reading, beaten = self._underway.now(), self._underway.beaten
        moments = (reading.since if reading is not None else None, beaten)
        now = time.monotonic()
        return any(
            now - moment > self._hung_s for moment in moments if moment is not None and moment >= started
        )


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until the stop."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
