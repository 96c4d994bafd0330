"""Long lists of ids in a query, without a parameter for each, and rows that may be there already."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Table,
    any_,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute

from comtoise.store.database import Tx

CHUNK = 5000  #: ids to a query: what Python holds of them at once


def is_sqlite(tx: Tx) -> bool:
    """Whether the transaction is in SQLite."""
    return tx.get_bind().dialect.name == "sqlite"


def listed(tx: Tx, ids: Sequence[int], name: str = "listed") -> tuple[FromClause, ColumnElement[int]]:
    """*ids* as a table of one column, and that column; the text of the query does not depend on their number."""
    if is_sqlite(tx):
        rows = func.json_each(literal(json.dumps(list(ids)))).table_valued("value", name=name)
        return rows, cast(rows.c.value, BigInteger)
    numbers = cast(literal(list(ids), ARRAY(BigInteger)), ARRAY(BigInteger))
    found = func.unnest(numbers).table_valued("value", name=name).render_derived()
    return found, found.c.value


def among(
    tx: Tx, column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ids: Sequence[int]
) -> ColumnElement[bool]:
    """Whether *column* is one of *ids*, asked of its index.

    PostgreSQL counts the ids and knows from its statistics how many rows each has; of a joined list it guesses, and
    reads a table of millions from end to end.
    """
    if is_sqlite(tx):
        rows, value = listed(tx, ids)
        return column.in_(select(value).select_from(rows))
    return column == any_(cast(literal(list(ids), ARRAY(BigInteger)), ARRAY(BigInteger)))


def no_row(column: InstrumentedAttribute[Any], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether no row is so, asked by itself for each row of the query around.

    Of NOT EXISTS, PostgreSQL may make a join that reads all the rows that are so, for whomever: this it leaves alone.
    """
    return select(column).where(*where).limit(1).scalar_subquery().is_(None)


def insert_new(tx: Tx, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that passes over the rows that are there already."""
    made = sqlite.insert(table) if is_sqlite(tx) else postgresql.insert(table)
    return made.on_conflict_do_nothing()
