"""One instance of the service per database.

The lock dies with the process that holds it, however it dies: a restart after a crash need not wait, and a
second start is refused at once. On SQLite it is a lock of the operating system on a file beside the
database; on PostgreSQL an advisory lock of a session.
"""

import contextlib
import fcntl
import os
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.store.database import Database

_ADVISORY_KEY = 0x434F4D54  # "COMT"


class OnlyInstance(AbstractContextManager["OnlyInstance"]):
    """Held for as long as the block runs. Raises `InputError` when another process holds it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[str] | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> "OnlyInstance":
        if self._database.is_sqlite:
            self._lock_file()
        else:
            self._lock_session()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):  # a session that is gone holds no lock
                self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_KEY})
                self._connection.commit()
            self._connection.close()

    def _lock_file(self) -> None:
        path = Path(f"{self._database.path}.lock")
        file = path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "?"
            file.close()
            raise InputError(_refusal(self._database.place, holder)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def _lock_session(self) -> None:
        connection = self._database.connect()
        held = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY_KEY}).scalar()
        connection.commit()
        if not held:
            connection.close()
            raise InputError(_refusal(self._database.place, "?"))
        self._connection = connection


def _refusal(place: str, holder: str) -> str:
    return _(
        "Comtoise tourne déjà sur cette base ({place}, processus {holder}) : "
        "arrêtez l’autre service avant d’en lancer un second."
    ).format(place=place, holder=holder)
