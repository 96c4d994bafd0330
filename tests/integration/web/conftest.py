"""The desk's pages, served on loopback over a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comtoise.store import Database


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    database.upgrade()
    yield database
    database.close()
