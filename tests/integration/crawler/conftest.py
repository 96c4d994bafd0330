"""Servers that do as they are told, and a desk that polls them."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from support.migrated import new_sqlite
from support.polling import Watched
from support.server import ScriptedServer


@pytest.fixture
async def site() -> AsyncIterator[ScriptedServer]:
    """A publisher's server."""
    scripted = ScriptedServer()
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def other_site() -> AsyncIterator[ScriptedServer]:
    """A server of another publisher: another machine of the loopback network."""
    scripted = ScriptedServer(host="127.0.0.2")
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
def watched(tmp_path: Path, now: datetime) -> Iterator[Watched]:
    """A desk without sources."""
    database = new_sqlite(tmp_path / "watched.sqlite")
    yield Watched(database, now)
    database.close()
