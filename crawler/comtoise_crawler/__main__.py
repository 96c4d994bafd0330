"""The collector process: ``python -m comtoise_crawler --config config.yaml``.

It stops on SIGTERM, SIGINT, or when its standard input closes: its supervisor is gone. Its memory is
limited, so that a hostile document can hurt nothing but this process.
"""

import asyncio
import contextlib
import logging
import os
import resource
import signal
import sys
import threading
from pathlib import Path

import click

from comtoise import logs
from comtoise.config import load_config, load_secrets
from comtoise.errors import ComtoiseError
from comtoise.store import Database
from comtoise_crawler.collector import collector_for

MEMORY_MAX = 1024 * 1024 * 1024  #: bytes of private memory


@click.command()
@click.option("--config", "config_path", type=click.Path(path_type=Path), required=True)
def main(config_path: Path) -> None:
    """Poll what falls due until told to stop."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_MAX, resource.RLIM_INFINITY))
    try:
        asyncio.run(_run(config_path))
    except ComtoiseError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _leave() -> None:
    """End now: all is committed, and a name server that does not answer holds threads nobody can interrupt."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


async def _run(config_path: Path) -> None:
    config = load_config(config_path)
    logs.set_up(config.log_level)
    secrets = load_secrets(os.environ, config_path.parent / ".env")
    database = Database.open(secrets.database(config, beside=config_path))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    threading.Thread(target=_watch_parent, args=(loop, stop), daemon=True).start()
    collector = collector_for(config, database)
    try:
        await collector.run(stop)
    finally:
        database.close()
    _leave()


def _watch_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 4096):
            pass
    loop.call_soon_threadsafe(stop.set)


if __name__ == "__main__":
    main()
