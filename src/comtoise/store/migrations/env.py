"""Alembic's entry: migrations run on the connection that `comtoise.store.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Text

from comtoise.store.search import INDEX_NAMES
from comtoise.store.tables import Base
from comtoise.store.types import Document, UtcDateTime


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as the plain ones they stand for: a migration must not change with the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Document | Text):
        return "sa.Text()"
    return False


def _is_compared(name: str | None, _kind: str, _parents: Any) -> bool:
    """Leave out the full-text index, which no class of ours describes."""
    return not INDEX_NAMES.fullmatch(name or "")


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
    include_name=_is_compared,
)
with context.begin_transaction():
    context.run_migrations()
