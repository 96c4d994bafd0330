"""Erase a reader from the tables and from the files, the same way whoever asks: bot, page or command."""

from datetime import datetime

from comtoise.store import readers
from comtoise.store.database import Database


def erase(database: Database, reader_id: int, *, key: bytes, now: datetime) -> bool:
    """Forget a reader (see `readers.forget`) and leave nothing of him in the journal; False when there is none."""
    with database.write() as tx:
        if readers.get(tx, reader_id) is None:
            return False
        readers.forget(tx, reader_id, key=key, now=now)
    database.fold_journal()
    return True
