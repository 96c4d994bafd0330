"""A witness beside the database, to recognise a copy put back in its place.

The moment of the last delivery settled is kept twice: in the database, in the transaction that settles it, and,
once that is committed, in a file beside it, which no backup holds. A database that is behind its witness is an
old state: what left since is not known to it, and would leave again. PostgreSQL has no file of ours beside it:
there, only a person can say it.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from comtoise.store.database import Database, Tx
from comtoise.store.tables import MarkRow

_SETTLED = "settled"
_SLACK = timedelta(seconds=1)  #: what writing a moment as text may lose


def mark(tx: Tx, at: datetime) -> None:
    """Keep in the database that a delivery was settled."""
    row = tx.get(MarkRow, _SETTLED)
    if row is None:
        tx.add(MarkRow(name=_SETTLED, at=at))
    else:
        row.at = max(row.at, at)
    tx.flush()


class Witness:
    """The file beside a SQLite database; without effect beside another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._path = Path(f"{database.path}.witness") if database.is_sqlite else None

    def saw(self, at: datetime) -> None:
        """Note that a delivery settled then is committed. A file cut short by a crash is no witness."""
        if self._path is None:
            return
        made = self._path.with_name(f"{self._path.name}.new")
        made.write_text(at.isoformat(), encoding="ascii")
        os.replace(made, self._path)

    def is_ahead(self) -> bool:
        """Whether something left that the database does not know of."""
        seen = self._read()
        if seen is None:
            return False
        with self._database.read() as tx:
            known = tx.scalar(select(MarkRow.at).where(MarkRow.name == _SETTLED))
        return known is None or known + _SLACK < seen

    def _read(self) -> datetime | None:
        if self._path is None or not self._path.exists():
            return None
        try:
            return datetime.fromisoformat(self._path.read_text(encoding="ascii").strip())
        except ValueError:
            return None
