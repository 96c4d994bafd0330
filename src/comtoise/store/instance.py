"""One instance of the service per database, and no late word of an earlier one.

Who takes the lead gets a number greater than any before, and each of its writes is refused once there is a
greater one (`Database.fence`): a process that was paused, or cut off, and wakes up after another took over can
do no harm, whatever it still believes.

When may another take over? On SQLite, once the lock of the operating system on a file beside the database is
free: it dies with its process, however that dies. On PostgreSQL, once the leader's session is gone (a restart
after a crash need not wait), or once its lease has run out: a machine that was cut off leaves its session
behind for hours. The lease is renewed by a thread; its leader, by its own clock, sends nothing more when it
could not renew it in time, and stops when it finds that it was superseded.
"""

import contextlib
import fcntl
import os
import platform
import threading
import time
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO

import structlog
from sqlalchemy import inspect, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from comtoise.errors import InputError, StorageError
from comtoise.i18n import _
from comtoise.store.database import Database, Tx
from comtoise.store.tables import LeaseRow

LEASE_S = 30.0  #: without a sign of life
_RENEWALS = 6  #: in the time of a lease
_ADVISORY_KEY = 0x434F4D54  # "COMT"; beside it, the number of the leader
_NAME = "service"

log = structlog.get_logger("instance")


class OnlyInstance(AbstractContextManager["OnlyInstance"]):
    """The lead, for as long as the block runs. Raises `InputError` when another process has it.

    A database that has no tables yet gets them: nobody can lead it.
    """

    def __init__(self, database: Database, *, lease_s: float = LEASE_S) -> None:
        self._database = database
        self._lease_s = lease_s
        self._file: IO[str] | None = None
        self._session: Connection | None = None
        self._renewing: threading.Thread | None = None
        self._done = threading.Event()
        self._good_until = 0.0
        self.superseded = False  #: another has taken the lead
        self.epoch = 0  #: the number of this lead

    def __enter__(self) -> "OnlyInstance":
        if self._database.is_sqlite:
            self._lock_file()
        try:
            self._lead()
        except BaseException:
            self._let_go()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._renewing is not None:
            self._renewing.join(timeout=2.0)  # a database that does not answer must not hold up a stop
        self._database.fence(None)
        # Gone, or refused: the lease runs out by itself.
        with contextlib.suppress(StorageError), self._database.write() as tx:
            tx.execute(
                update(LeaseRow)
                .where(LeaseRow.name == _NAME, LeaseRow.epoch == self.epoch)
                .values(until=None, holder=None)
            )
        self._let_go()

    def held(self) -> bool:
        """Whether the lead is ours beyond doubt, by our own clock: asked before each message, reads nothing."""
        if self._database.is_sqlite:
            return True  # the file stays locked as long as we live
        return not self.superseded and _since_boot_s() < self._good_until

    def _lead(self) -> None:
        connection = self._database.connect()
        try:
            bare = not inspect(connection).has_table(LeaseRow.__tablename__)
            connection.rollback()
        finally:
            connection.close()
        if bare:
            self._database.upgrade()
        asked_s = _since_boot_s()
        with self._database.write() as tx:
            row = tx.get_one(LeaseRow, _NAME, with_for_update=True)
            if not self._free(tx, row):
                raise InputError(_refusal(self._database.place, row.holder or "?"))
            row.epoch += 1
            row.holder = f"{platform.node()} {os.getpid()}"
            row.until = self._now(tx) + timedelta(seconds=self._lease_s)
            self.epoch = row.epoch
            self._hold_session()
        self._database.fence(self.epoch)
        if not self._database.is_sqlite:
            self._good_until = asked_s + self._lease_s
            self._renewing = threading.Thread(target=self._keep_renewing, name="lease", daemon=True)
            self._renewing.start()

    def _free(self, tx: Tx, row: LeaseRow) -> bool:
        if self._database.is_sqlite or row.until is None or row.until <= self._now(tx):
            return True
        # Its leader holds a lock under its number for as long as its session lives.
        gone = tx.scalar(
            text("SELECT pg_try_advisory_xact_lock(:key, :epoch)"),
            {"key": _ADVISORY_KEY, "epoch": row.epoch},
        )
        return bool(gone)

    def _now(self, tx: Tx | Connection) -> datetime:
        """The database's clock: machines may differ."""
        if self._database.is_sqlite:
            return datetime.now(UTC)
        now: datetime = tx.execute(text("SELECT clock_timestamp()")).scalar_one()
        return now.astimezone(UTC)

    def _hold_session(self) -> None:
        """On PostgreSQL, open a session that says by its lock that we live."""
        if self._database.is_sqlite:
            return
        self._session = self._database.connect()
        self._session.execute(
            text("SELECT pg_try_advisory_lock(:key, :epoch)"), {"key": _ADVISORY_KEY, "epoch": self.epoch}
        )
        self._session.commit()

    def _keep_renewing(self) -> None:
        while not self.superseded and not self._done.wait(self._lease_s / _RENEWALS):
            try:
                self._renew()
            except (SQLAlchemyError, StorageError) as error:
                log.warning("lease_not_renewed", error=type(error).__name__)
                self._drop_session()

    def _renew(self) -> None:
        asked_s = _since_boot_s()
        if self._session is None:
            self._hold_session()
        session = self._session
        if session is None:
            return
        renewed = session.execute(
            update(LeaseRow)
            .where(LeaseRow.name == _NAME, LeaseRow.epoch == self.epoch)
            .values(until=self._now(session) + timedelta(seconds=self._lease_s))
        ).rowcount
        session.commit()
        if renewed:
            self._good_until = asked_s + self._lease_s
        else:
            self.superseded = True
            log.critical("superseded", epoch=self.epoch)

    def _drop_session(self) -> None:
        if self._session is not None:
            with contextlib.suppress(SQLAlchemyError):  # it is of no use any more, whatever its state
                self._session.invalidate()
                self._session.close()
            self._session = None

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
        self._drop_session()

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


def _since_boot_s() -> float:
    """Seconds, also those of a machine that slept, where the system counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _refusal(place: str, holder: str) -> str:
    return _(
        "Comtoise tourne déjà sur cette base ({place}, processus {holder}) : "
        "arrêtez l’autre service avant d’en lancer un second."
    ).format(place=place, holder=holder)
