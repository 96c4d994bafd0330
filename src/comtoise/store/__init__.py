"""The only folder that knows SQLAlchemy: tables, one module per stored thing, migrations."""

from comtoise.store.database import Database, Tx

__all__ = ["Database", "Tx"]
