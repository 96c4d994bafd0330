"""Statements that every arrival makes, handed to the driver as they are.

SQLAlchemy writes the text of each once for each database, and knows its types; but to go through it every time
costs more than the database does: on SQLite, 15 µs for a row found in 2 (`bench/bench_stories.py`).
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, Dialect, Executable, Float, bindparam, text
from sqlalchemy.exc import DBAPIError

from comtoise.store.database import Tx
from comtoise.store.lists import is_sqlite

_LOTS = (1, 20, 400)  #: values in one statement: of one entry, of a usual poll, of a long list
Convert = Callable[[Any], Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """A statement in the words of one database."""

    text: str
    order: Sequence[str] | None  #: of the parameters; None: they are given by name
    constants: Values  #: parameters that the statement itself has
    binds: Sequence[tuple[str, Convert]]  #: parameters that are not given to the driver as they are
    reads: Sequence[tuple[int, Convert]]  #: columns that are not taken from the driver as they are

    def given(self, values: Values) -> Any:
        """The parameters as the driver takes them."""
        ready = {**self.constants, **values}
        for name, convert in self.binds:
            ready[name] = convert(ready[name])
        return ready if self.order is None else [ready[name] for name in self.order]

    def taken(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """A row as the model has it."""
        values = list(row)
        for place, convert in self.reads:
            values[place] = convert(values[place])
        return tuple(values)


class Prepared:
    """A statement whose text never changes. A list is one parameter: see `written`."""

    def __init__(self, statement: Executable, *columns: str) -> None:
        """*columns* are those that an INSERT or UPDATE fills; they have no other default than the database's."""
        self._statement = statement
        self._columns = columns
        self._made: dict[str, _Made] = {}

    def rows(self, tx: Tx, values: Values) -> list[tuple[Any, ...]]:
        """Execute it; return what it finds.

        Raises:
            DBAPIError: the database refuses, as when SQLAlchemy executes it.
        """
        cursor, made = self._execute(tx, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.close()
        return [made.taken(row) for row in found] if made.reads else found

    def row(self, tx: Tx, values: Values) -> tuple[Any, ...] | None:
        """Execute it; return the only row that it finds, if any."""
        found = self.rows(tx, values)
        return found[0] if found else None

    def run(self, tx: Tx, values: Values | Sequence[Values]) -> None:
        """Execute it, for each of *values* if they are many."""
        cursor, _made = self._execute(tx, values)
        cursor.close()

    def _execute(self, tx: Tx, values: Values | Sequence[Values]) -> tuple[Any, _Made]:
        tx.flush()  # what was changed through the session comes first
        connection = tx.connection()
        dialect = connection.dialect
        made = self._made.get(dialect.name) or self._made.setdefault(dialect.name, self._make(dialect))
        cursor = connection.connection.cursor()
        try:
            if isinstance(values, Mapping):
                cursor.execute(made.text, made.given(values))
            else:
                cursor.executemany(made.text, [made.given(each) for each in values])
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                made.text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
            ) from error
        return cursor, made

    def _make(self, dialect: Dialect) -> _Made:
        statement: Any = self._statement
        compiled = statement.compile(dialect=dialect, column_keys=list(self._columns) or None)
        binds = {
            name: parameter.type.dialect_impl(dialect).bind_processor(dialect)
            for parameter, name in compiled.bind_names.items()
        }
        constants = {
            name: parameter.value
            for parameter, name in compiled.bind_names.items()
            if parameter.value is not None
        }
        columns = statement.selected_columns if statement.is_select and not statement.is_text else ()
        # Drivers read floats as floats; of others SQLAlchemy asks for the type that the server tells.
        reads = [
            None
            if isinstance(column.type, Float)
            else column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in columns
        ]
        return _Made(
            text=str(compiled),
            order=compiled.positiontup if compiled.positional else None,
            constants=constants,
            binds=[(name, convert) for name, convert in binds.items() if convert is not None],
            reads=[(place, convert) for place, convert in enumerate(reads) if convert is not None],
        )


class Among:
    """A select about a list of values of any length and type, asked in lots of a few sizes."""

    def __init__(self, about: Callable[[Sequence[BindParameter[Any]]], Executable]) -> None:
        """*about* makes the statement from what stands for the values of a lot."""
        self._of_size = {
            size: Prepared(about([bindparam(f"asked_{place}") for place in range(size)])) for size in _LOTS
        }

    def rows(self, tx: Tx, asked: Iterable[Any], **values: Any) -> Iterator[tuple[Any, ...]]:
        """What is found of the values *asked*, lot after lot; *values* are the other parameters."""
        left = iter(asked)
        while some := list(islice(left, _LOTS[-1])):
            size = next(size for size in _LOTS if size >= len(some))
            some += [some[-1]] * (size - len(some))  # to be among values said twice is no more than once
            yield from self._of_size[size].rows(
                tx, {**values, **{f"asked_{place}": value for place, value in enumerate(some)}}
            )


def written(tx: Tx, query: str) -> Prepared:
    """SQL written out, about the list of numbers `ids`, which is given `packed`.

    ``{list}`` stands for it as rows of one column, `value`; ``{among}`` says that what stands before is one of it.
    """
    return _written(query, is_sqlite(tx))


@lru_cache(maxsize=32)
def _written(query: str, sqlite: bool) -> Prepared:
    among = f"IN {unrolled('ids', sqlite=True)}" if sqlite else "= ANY (CAST(:ids AS bigint[]))"
    return Prepared(text(query.format(list=unrolled("ids", sqlite=sqlite), among=among)))


def unrolled(name: str, *, sqlite: bool) -> str:
    """The list parameter *name* as a subquery, for SQL written out."""
    made = f"json_each(:{name})" if sqlite else f"unnest(CAST(:{name} AS bigint[]))"
    return f"(SELECT value FROM {made} AS value)"


def packed(tx: Tx, ids: Collection[int]) -> str | list[int]:
    """A list of numbers as one parameter."""
    return json.dumps(list(ids)) if is_sqlite(tx) else list(ids)
