"""Statements that never change, sent past SQLAlchemy; and those that PostgreSQL is to plan anew each time.

It takes longer to prepare one, and to name its rows, than a database takes to answer it. SQLAlchemy still composes
them, once, and says what each database has for our types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from service.storage.bulk import read_rows


class Prepared:
    """A statement as a driver takes it; what changes in it are values that are called by their names."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        """Compose a statement for one kind of database; lists in it are as long as they are now."""
        compiled: Any = statement.compile(dialect=dialect)
        wanted = {name for name, bind in compiled.binds.items() if bind.required}
        full = compiled.construct_expanded_state(dict.fromkeys(wanted))
        self._text: str = full.statement
        self._places: Sequence[str] | None = full.positiontup
        self._standing = {name: value for name, value in full.parameters.items() if name not in wanted}
        kinds = ((name, bind.type) for name, bind in compiled.binds.items() if name in full.parameters)
        self._bind = [*_processors(kinds, dialect, _binding), *full.processors.items()]
        columns = enumerate(column.type for column in statement.selected_columns)
        self._read = _processors(columns, dialect, _reading)

    def rows(self, connection: Connection, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Return the rows, their values as the models have them; raise SQLAlchemy's own errors."""
        bound = {**self._standing, **values}
        for name, process in self._bind:
            bound[name] = process(bound[name])
        sent = bound if self._places is None else [bound[name] for name in self._places]
        return [self._row(row) for row in read_rows(connection, self._text, sent)]

    def _row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, process in self._read:
            values[place] = process(values[place])
        return tuple(values)


@contextmanager
def unprepared(session: Session) -> Iterator[None]:
    """Have PostgreSQL plan what is asked meanwhile for its very values, however often it was asked before."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    before, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        yield
    finally:
        driver.prepare_threshold = before


def _processors(
    kinds: Iterable[tuple[Any, TypeEngine[Any]]],
    dialect: Dialect,
    of: Callable[[TypeEngine[Any], Dialect], Callable[[Any], Any] | None],
) -> list[tuple[Any, Callable[[Any], Any]]]:
    found = ((name, of(kind.dialect_impl(dialect), dialect)) for name, kind in kinds)
    return [(name, process) for name, process in found if process is not None]


def _binding(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.bind_processor(dialect)


def _reading(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.result_processor(dialect, None)
