"""A process begun again after each kill, and who kills it: the server that it speaks with, at the event drawn."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass
class Killer:
    """Counts what happens to a server during a life of its client, and ends that life at the event drawn for it."""

    kill_at: int | None = None  #: the event, counted from 1 in each life, at which the client is killed
    client: int | None = None  #: its process
    events: int = 0
    ready: threading.Event = field(default_factory=threading.Event)

    def happens(self) -> None:
        """Count an event, and kill the client when it is the one."""
        self.events += 1
        if self.events == self.kill_at:
            assert self.ready.wait(10)
            assert self.client is not None
            os.kill(self.client, signal.SIGKILL)


class Lives:
    """`support.weekly` over a database and a server (``smtp://…``, or the address of a Bot API)."""

    def __init__(self, database: Path, server_url: str) -> None:
        tests = Path(__file__).parents[1]
        log = database.with_suffix(".log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.weekly", f"sqlite:///{database}", server_url],
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tests), *filter(None, sys.path)])},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        log.close()

    def one(
        self, killer: Killer, now: datetime, *, statements: int | None = None, kill_at: int | None = None
    ) -> int:
        """How a life ended: killed (-9) after so many statements, at that event of the server, or well (0)."""
        killer.events, killer.kill_at = 0, kill_at
        killer.ready.clear()
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        print(json.dumps({"now": now.isoformat(), "statements": statements}), file=stdin, flush=True)
        killer.client = int(stdout.readline())
        killer.ready.set()
        return int(stdout.readline())

    def end(self) -> None:
        """No further life."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)
