"""Alembic's entry: migrations run on the connection that `comtoise.store.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Text

from comtoise.store.tables import Base
from comtoise.store.types import Document, UtcDateTime


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as the plain ones they stand for: a migration must not change with the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Document | Text):
        return "sa.Text()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=_render
)
with context.begin_transaction():
    context.run_migrations()
