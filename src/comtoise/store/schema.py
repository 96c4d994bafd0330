"""Migrations: the schema of this release, and the way to it from any earlier one.

Alembic is imported where it is used: it weighs 11 MiB, and the collector, which never migrates, does without.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.engine import Engine

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent / "migrations"


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    return config


def head() -> str:
    """The revision this release works with."""
    from alembic.script import ScriptDirectory

    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise RuntimeError("the package carries no migration")
    return revision


def revision(engine: Engine) -> str | None:
    """The revision a database is at; None for an empty one."""
    from alembic.runtime.migration import MigrationContext

    with engine.connect().execution_options(comtoise_readonly=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, target: str = "head") -> None:
    """Run the missing migrations in one transaction.

    SQLite rebuilds a table to alter it, and with foreign keys on, dropping the old one would delete the
    rows that point at it: they are switched off for the migration and checked before the commit.
    """
    from alembic import command

    config = _config()
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, target)
                if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                    raise RuntimeError("the migration would leave rows that point at nothing")
        finally:
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
