"""A probe in a process of its own: what a stranger's documents cost is bounded, whatever they are made of.

Run as ``python -m comtoise_crawler.probing_apart`` it is the child: it is told what to look at on its standard input,
says each address before it is fetched, and last what it found.
"""

import asyncio
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from comtoise import logs
from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise_crawler.probing import Probe, probe
from comtoise_crawler.settings import CollectorSettings

MEMORY_MAX = 1024 * 1024 * 1024  #: bytes of private memory, as for the collector
CPU_MAX_S = 120  #: of processor time; the worst document measured takes 4


@dataclass(frozen=True, slots=True)
class _Asked:
    url: str
    settings: CollectorSettings
    memory_max: int
    cpu_max_s: int


@dataclass(frozen=True, slots=True)
class _Refused:
    reason: str


def probe_apart(
    url: str,
    settings: CollectorSettings,
    told: Callable[[str], None],
    *,
    memory_max: int = MEMORY_MAX,
    cpu_max_s: int = CPU_MAX_S,
) -> Probe:
    """What `comtoise_crawler.probing.probe` finds at *url*; arguments as for it.

    Raises:
        SourceError: as for it, and when a document ended the process that read it.
    """
    command = [sys.executable, "-m", "comtoise_crawler.probing_apart"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            with child.stdin as orders:
                pickle.dump(_Asked(url, settings, memory_max, cpu_max_s), orders)
            while isinstance(said := pickle.load(child.stdout), str):
                told(said)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise SourceError(_too_much()) from error
        finally:
            child.kill()
    if isinstance(said, _Refused):
        raise SourceError(said.reason)
    assert isinstance(said, Probe)
    return said


def _too_much() -> str:
    return _("Un document de ce site est démesuré, ou fait pour nuire : sa lecture a été arrêtée.")


def main() -> None:
    """The child's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent has it too, and ends us
    logs.set_up("warning")
    asked: _Asked = pickle.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_DATA, (asked.memory_max, asked.memory_max))
    resource.setrlimit(resource.RLIMIT_CPU, (asked.cpu_max_s, asked.cpu_max_s))

    def say(what: str | Probe | _Refused) -> None:
        sys.stdout.buffer.write(pickle.dumps(what))
        sys.stdout.buffer.flush()

    try:
        say(asyncio.run(probe(asked.url, asked.settings, say)))
    except SourceError as error:
        say(_Refused(str(error)))
    except MemoryError:
        say(_Refused(_too_much()))


if __name__ == "__main__":
    # Its values are of that module, and not of « __main__ »: the parent must know them.
    from comtoise_crawler.probing_apart import main as child

    child()
