"""The database itself: opening, migrating, copying, locking."""

import sqlite3
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, create_engine, insert

from comtoise.errors import InputError, StorageError
from comtoise.model import Channel
from comtoise.store import Database, articles, readers, schema, search, sources
from comtoise.store.addresses import NOWHERE_ELSE
from comtoise.store.instance import OnlyInstance
from comtoise.store.tables import Base


def test_an_upgrade_is_needed_and_done_once(database_url: str) -> None:
    database = Database.open(database_url)
    with pytest.raises(StorageError, match="lancez « comtoise run »"):
        database.check()
    assert database.upgrade() == (None, schema.head())
    assert database.upgrade() == (schema.head(), schema.head())
    database.check()
    database.close()


def test_a_database_of_an_earlier_release_says_how_to_bring_it_up_to_date(database_url: str) -> None:
    engine = create_engine(database_url)
    schema.upgrade(engine, "0001")
    engine.dispose()
    database = Database.open(database_url)
    with pytest.raises(StorageError, match="« comtoise db upgrade »"):
        database.check()
    database.close()


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, _kind, _parent: not search.INDEX_NAMES.fullmatch(name or "")},
        )
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_a_failed_transaction_leaves_nothing(database: Database, now: datetime) -> None:
    def fail() -> None:
        with database.write() as tx:
            readers.register(tx, Channel.CONSOLE, "a", now=now)
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    with database.read() as tx:
        assert readers.find(tx, Channel.CONSOLE, "a") is None


def test_writers_at_once_lose_nothing(database: Database, now: datetime) -> None:
    def register(thread: int) -> None:
        for number in range(20):
            with database.write() as tx:
                readers.everyone(tx)  # read, then write: what plain BEGIN fails at on SQLite
                readers.register(tx, Channel.CONSOLE, f"{thread}-{number}", now=now)

    threads = [threading.Thread(target=register, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as tx:
        assert len(readers.everyone(tx)) == 80


def test_one_instance_at_a_time(database: Database, database_url: str) -> None:
    second = Database.open(database_url)
    with OnlyInstance(database), pytest.raises(InputError, match="tourne déjà"):
        OnlyInstance(second).__enter__()
    with OnlyInstance(second):
        pass
    second.close()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        pytest.param("pas une adresse", "illisible", id="no-address"),
        pytest.param("mysql://localhost/x", "sqlite et postgresql", id="unknown-database"),
    ],
)
def test_an_unusable_address_is_one_sentence(address: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Database.open(address)


def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mes notes, à garder")
    with pytest.raises(InputError, match="n’est pas une base SQLite"):
        Database.open(f"sqlite:///{file}")
    assert file.read_text() == "mes notes, à garder"


def test_a_copy_of_a_database_in_use(tmp_path: Path, now: datetime) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'a.sqlite'}")
    database.upgrade()
    with database.write() as tx:
        readers.register(tx, Channel.CONSOLE, "a", now=now)
    database.backup(tmp_path / "copie.sqlite")
    with pytest.raises(InputError, match="existe déjà"):
        database.backup(tmp_path / "copie.sqlite")
    database.close()
    with sqlite3.connect(tmp_path / "copie.sqlite") as copy:
        assert copy.execute("SELECT count(*) FROM reader").fetchone() == (1,)
    copy.close()


def test_a_database_out_of_reach_or_damaged_is_one_sentence(tmp_path: Path) -> None:
    away = Database.open("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StorageError, match="hors d’atteinte"):
        away.check()
    damaged = tmp_path / "d.sqlite"
    damaged.write_bytes(b"SQLite format 3\x00" + b"x" * 4096)
    with pytest.raises(StorageError, match="endommagée"):
        Database.open(f"sqlite:///{damaged}").upgrade()


def test_looking_at_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="lancez « comtoise run »"):
        Database.open(f"sqlite:///{tmp_path / 'none.sqlite'}").check()
    assert not (tmp_path / "none.sqlite").exists()


def test_a_database_of_the_first_version_with_rows_in_every_table_is_upgraded(
    database_url: str, now: datetime
) -> None:
    engine = create_engine(database_url)
    schema.upgrade(engine, "0001")
    old = MetaData()
    old.reflect(engine)
    tables = [table for table in old.sorted_tables if table.name != "alembic_version"]
    with engine.begin() as connection:
        for table in tables:
            connection.execute(insert(table).values({c.name: _value(c, now) for c in table.columns}))
    engine.dispose()
    database = Database.open(database_url)
    assert database.upgrade() == ("0001", schema.head())
    with database.read() as tx:
        (state,) = sources.states(tx)
        assert state.address == NOWHERE_ELSE
        assert sources.learned(tx)[state.source_id].history is None
        assert [found.title for found in articles.latest(tx, limit=5)] == ["1"]
    database.close()


def _value(column: Column[Any], now: datetime) -> object:
    """Something that a column holds; the same in all, so that rows name one another."""
    kind = column.type.python_type
    if (column.table.name, column.name) == ("digest", "content"):
        return '{"highlights": [], "sections": []}'
    return now if kind is datetime else kind(1)
