"""The database: the only place where the stages meet.

One writer at a time on SQLite (WAL, ``BEGIN IMMEDIATE``: a read-then-write transaction never meets
« database is locked »), as many as wanted on PostgreSQL. The caller owns the transaction; nothing above
the store sees a row.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, event, make_url, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from comtoise.errors import DataRefusedError, InputError, StorageError, SupersededError
from comtoise.files import unreadable, unwritable
from comtoise.i18n import _
from comtoise.store import schema
from comtoise.store.tables import LeaseRow

Tx = Session  #: a transaction, as the functions of this folder take it

#: What drivers raise of their own for a text or number that no column holds (lone surrogates, 2**70).
_NO_VALUE = (UnicodeEncodeError, OverflowError)

#: Shared by all writers of the leader; whoever takes the lead waits for them, and those after it find its number.
_EPOCH = select(LeaseRow.epoch).where(LeaseRow.name == "service").with_for_update(read=True, key_share=True)


class Database:
    """A database at an address; open it once per process and pass it down."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self._url = url
        self._epoch: int | None = None

    @classmethod
    def open(cls, address: str) -> "Database":
        """Open the database at a SQLAlchemy *address*; nothing is created but the folder of a SQLite file.

        Raises:
            InputError: the address or the file cannot be read, or the file exists and is no SQLite database.
        """
        try:
            url = make_url(address)
        except ArgumentError as error:
            raise InputError(
                _("L’adresse de la base de données est illisible ; exemple : sqlite:///comtoise.sqlite")
            ) from error
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() == "sqlite":
            return cls(_sqlite_engine(url), url)
        if url.get_backend_name() == "postgresql":
            return cls(
                create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=5, max_overflow=5), url
            )
        raise InputError(_("Comtoise connaît deux bases de données : sqlite et postgresql."))

    @property
    def is_sqlite(self) -> bool:
        """Whether one writer at a time is the rule."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def place(self) -> str:
        """The address without its password, for people and logs."""
        return self._url.render_as_string(hide_password=True)

    @property
    def path(self) -> str:
        """The file of a SQLite database."""
        return self._url.database or ":memory:"

    def connect(self) -> Connection:
        """A connection of its own, for what lasts longer than a transaction. Only for this folder."""
        with self._told():
            return self._engine.connect()

    def fence(self, epoch: int | None) -> None:
        """From now on, write only as long as this number is that of the leader (None: whoever leads)."""
        self._epoch = epoch

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """One transaction, committed at the end, rolled back by any exception.

        Raises:
            StorageError: the database refuses.
            SupersededError: another instance has taken the lead (see `fence`); nothing is written.
        """
        with self._session(readonly=False) as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Read only: what is changed in it is thrown away. On SQLite, one consistent view."""
        with self._session(readonly=True) as session:
            yield session

    @contextmanager
    def _session(self, *, readonly: bool) -> Iterator[Session]:
        options: dict[str, Any] = {"comtoise_readonly": readonly}
        try:
            with (
                self._engine.connect().execution_options(**options) as connection,
                Session(connection, expire_on_commit=False) as session,
            ):
                if not readonly:
                    self._check_lead(session)
                yield session
                if readonly:
                    session.rollback()
                else:
                    session.commit()
        except (DataError, IntegrityError, *_NO_VALUE) as error:
            raise DataRefusedError(f"{self.place}: {type(error).__name__}") from error
        except SQLAlchemyError as error:
            raise StorageError(f"{self.place}: {error}") from error

    def _check_lead(self, session: Session) -> None:
        if self._epoch is not None and session.scalar(_EPOCH) != self._epoch:
            raise SupersededError(
                _(
                    "Un autre Comtoise a pris le relais sur cette base ({place}) : celui-ci s’arrête, et n’y "
                    "écrit plus rien."
                ).format(place=self.place)
            )

    def upgrade(self) -> tuple[str | None, str]:
        """Bring the schema to this release's; return the revision before and after.

        On SQLite a copy is kept beside the file before a migration changes an existing one.
        """
        with self._told():
            before = schema.revision(self._engine)
            if self.is_sqlite and before not in (None, schema.head()):
                self.backup(Path(f"{self._url.database}.before-{schema.head()}"))
            schema.upgrade(self._engine)
        return before, schema.head()

    def check(self) -> None:
        """Refuse a database that is not there yet, is not at this release's schema, or is damaged.

        Raises:
            StorageError: with what to do, in one sentence.
        """
        found = None
        if not self.is_sqlite or Path(self.path).exists():  # looking must not make an empty database
            with self._told():
                found = schema.revision(self._engine)
        if found is None:
            raise StorageError(
                _(
                    "Rien n’a encore été collecté : lancez « comtoise run », qui crée la base ({place}) et commence "
                    "la collecte."
                ).format(place=self.place)
            )
        if found != schema.head():
            raise StorageError(
                _("La base {place} n’est pas à jour : lancez « comtoise db upgrade ».").format(
                    place=self.place
                )
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say a refusal of the database in one sentence."""
        try:
            yield
        except SQLAlchemyError as error:
            raise StorageError(
                _("La base {place} est hors d’atteinte ou endommagée.").format(place=self.place)
            ) from error

    def backup(self, target: Path) -> None:
        """Copy a SQLite database, while it is in use, to *target*; an existing file is never overwritten.

        Raises:
            InputError: the target exists or cannot be written, or the database is PostgreSQL (which has its own
                tool, pg_dump).
        """
        if not self.is_sqlite or not self._url.database:
            raise InputError(_("Cette commande copie une base SQLite ; pour PostgreSQL, utilisez pg_dump."))
        if target.exists():
            raise InputError(_("{target} existe déjà : choisissez un autre nom.").format(target=target))
        try:
            target.touch(exist_ok=False)  # SQLite would say no more than that it cannot open the file
        except OSError as error:
            raise unwritable(target, error) from error
        with sqlite3.connect(self._url.database) as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        copy.close()
        source.close()

    def fold_journal(self) -> None:
        """Have SQLite write its journal into the database and empty it: what was erased is then in no file.

        Somebody reading at that moment puts the last of it off until the next time.
        """
        if not self.is_sqlite:
            return
        with self._told():
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()


def _start(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(16)


def _sqlite_engine(url: URL) -> Engine:
    path = url.database
    if path and path != ":memory:":
        file = Path(path)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            start = _start(file) if file.exists() else b""
        except OSError as error:
            raise unreadable(file, error) from error
        if start and start != b"SQLite format 3\x00":
            raise InputError(_("{file} n’est pas une base SQLite : rien n’a été touché.").format(file=file))
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "busy_timeout=15000",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "secure_delete=ON",  # what people have erased leaves no letter in a free page
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        readonly = connection.get_execution_options().get("comtoise_readonly", False)
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine
