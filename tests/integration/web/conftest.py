"""The desk's pages, served on loopback over a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comtoise.store import Database
from support.migrated import new_sqlite


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    database = new_sqlite(tmp_path / "c.sqlite")
    yield database
    database.close()
