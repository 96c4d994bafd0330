"""Databases at this release's schema: migrated once in a run of the tests, copied for each of them."""

import functools
import tempfile
from pathlib import Path

from comtoise.store import Database


@functools.cache
def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "migrated.sqlite")
        database = Database.open(f"sqlite:///{path}")
        database.upgrade()
        database.close()
        assert [found.name for found in Path(folder).iterdir()] == [path.name], "all of it is in one file"
        return path.read_bytes()


def new_sqlite(path: Path) -> Database:
    """A new database in a file."""
    path.write_bytes(_sqlite())
    return Database.open(f"sqlite:///{path}")
