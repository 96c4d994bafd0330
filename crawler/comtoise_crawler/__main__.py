"""The collector process: ``python -m comtoise_crawler --config config.yaml``.

It stops on SIGTERM, SIGINT, or when its standard input closes: its supervisor is gone. Its memory is
limited, so that a hostile document can hurt nothing but this process; the source that a predecessor was
reading when it died is set apart. The configuration is read by a child that ends with it: to read a thousand
cards takes 25 MiB for a moment, of which some 10 would stay with this process as holes in its memory.
"""

import asyncio
import contextlib
import gc
import logging
import os
import resource
import signal
import sys
import threading
from pathlib import Path

import click

from comtoise import logs
from comtoise.errors import ComtoiseError
from comtoise.store import Database
from comtoise_crawler.apart import apart
from comtoise_crawler.collector import Collector, collector_under
from comtoise_crawler.orders import Start, read_start
from comtoise_crawler.underway import Underway

MEMORY_MAX = 1024 * 1024 * 1024  #: bytes of private memory
BEAT_S = 1.0  #: between two signs of life


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), required=True)
@click.option("--underway", "underway_path", type=click.Path(path_type=Path), default=None)
@click.option("--text", "text_path", type=click.Path(path_type=Path), default=None)
@click.option("--epoch", type=int, default=None)
def main(config_path: Path, underway_path: Path | None, text_path: Path | None, epoch: int | None) -> None:
    """Poll what falls due until told to stop.

    ``--text`` is a copy of the configuration as the service has accepted it: what somebody is writing into
    the file meanwhile must not stop the collector. ``--epoch`` is the number of the service that started us:
    once another leads the database, nothing of ours is written.
    """
    limit_memory()
    try:
        start = apart(lambda: read_start(config_path, text_path or config_path))
        asyncio.run(_run(start, Underway(underway_path), epoch))
    except ComtoiseError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def limit_memory(limit: int = MEMORY_MAX) -> None:
    """From now on, what asks for more gets a `MemoryError`, or ends this process."""
    resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.RLIM_INFINITY))


def _leave() -> None:
    """End now: all is committed, and a name server that does not answer holds threads nobody can interrupt."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


async def _run(start: Start, underway: Underway, epoch: int | None) -> None:
    logs.set_up(start.log_level)
    database = Database.open(start.database)
    database.fence(epoch)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    threading.Thread(target=_watch_parent, args=(loop, stop), daemon=True).start()
    collector = collector_under(start.orders, database, underway=underway)
    gc.collect()
    gc.freeze()  # what starting made stays: looking for garbage in it again and again costs time
    try:
        await watched(collector, stop)
    finally:
        database.close()
    _leave()


async def watched(collector: Collector, stop: asyncio.Event) -> None:
    """Run *collector* with a note that its supervisor looks at; first set apart what the note's last reader left."""
    underway = collector.intake.underway
    left = underway.now()
    underway.clear()
    if left is not None:
        await collector.intake.call(collector.intake.set_apart, left)
    beating = asyncio.create_task(_beat(underway))
    try:
        await collector.run(stop)
    finally:
        beating.cancel()


async def _beat(underway: Underway) -> None:
    while True:
        underway.beat()
        await asyncio.sleep(BEAT_S)


def _watch_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 4096):
            pass
    loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    main()
