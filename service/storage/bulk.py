"""Many rows at once, as fast as each database takes them: COPY on PostgreSQL, statements of many rows on SQLite."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, FromClause, Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

_ROWS_AT_ONCE = 100
_BINARY_COPY = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # no flags, and nothing more before the rows
_END_OF_COPY = b"\xff\xff"
_FIELD = (("size", ">i4"), ("value", ">i8"))
_LAST_GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


def one_of(dialect: str, kind: str, name: str = ":listed") -> str:
    """Return what selects the values of a JSON list; `kind` is what PostgreSQL is to read them as.

    One statement serves lists of every length. PostgreSQL would plan for each length of an array anew, which takes
    longer than the reading.
    """
    if dialect == "postgresql":
        return f"SELECT value::{kind} FROM jsonb_array_elements_text(CAST({name} AS jsonb))"  # noqa: S608 - ours
    return f"SELECT value FROM json_each({name})"  # noqa: S608 - ours


def reserve_ids(session: Session, column: Column[int], count: int) -> list[int]:
    """Return ids that no other row has or gets; on SQLite they are free for as long as the transaction lasts.

    Where the table's ids are given once and never again (`sqlite_autoincrement`), these are new ones as well.
    """
    table = column.table
    if session.get_bind().dialect.name != "postgresql":
        last = session.scalar(_LAST_GIVEN, {"name": table.name}) if _gives_once(table) else None
        last = last or session.scalar(select(func.max(column))) or 0
        return list(range(last + 1, last + 1 + count))
    asked = text(f"SELECT {next_ids(table.name, column.name, ':count')}")
    return list(session.execute(asked, {"count": count}).scalar_one())


def next_ids(table: str, column: str, mark: str) -> str:
    """Return what gives ids of a table that no other row has or gets, on PostgreSQL; `mark` stands for how many.

    The sequence is looked for once, not for each of them.
    """
    sequence = f"(SELECT pg_get_serial_sequence('{table}', '{column}')::regclass)"
    return f"ARRAY(SELECT nextval({sequence}) FROM generate_series(1, {mark}))"  # noqa: S608 - ours


def read_rows(
    connection: Connection, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """Return the rows of a statement as the driver has them, without their names.

    For a few dozen rows on PostgreSQL, what SQLAlchemy prepares to name them by takes longer than the server's answer.
    """
    with _driver_of(connection, statement) as driver:
        cursor = driver.cursor()
        try:
            rows: list[tuple[Any, ...]] = cursor.execute(statement, values).fetchall()
        finally:
            cursor.close()
    return rows


def write_rows(session: Session, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, each with a value for every one of the columns; raise SQLAlchemy's own error on a conflict."""
    connection = session.connection()
    dialect = connection.dialect
    kinds = (table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns)
    as_text = dialect.name == "postgresql"
    processors = [(place, _Processed(kind, as_text=as_text)) for place, kind in enumerate(kinds) if kind is not None]
    bound = (_bound(row, processors) for row in rows) if processors else rows
    names = ", ".join(columns)
    if dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({names}) FROM STDIN", bound)
        return
    _insert(connection, f"INSERT INTO {table.name} ({names}) VALUES ", len(columns), list(bound))  # noqa: S608 - ours


def write_numbers(session: Session, table: Table, columns: Sequence[str], numbers: NDArray[np.int64]) -> None:
    """Add rows of whole numbers, none of which is missing: for every one of the columns a row of `numbers`."""
    connection = session.connection()
    names = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        _send(
            connection,
            f"COPY {table.name} ({names}) FROM STDIN (FORMAT binary)",
            lambda copy: copy.write(_packed(numbers)),
        )
        return
    _insert(connection, f"INSERT INTO {table.name} ({names}) VALUES ", len(columns), numbers.T.tolist())  # noqa: S608 - ours


def look_over(session: Session, *tables: Table) -> None:
    """Let PostgreSQL see how much there is in some tables now, with no effect on SQLite.

    It keeps a plan for as long as it does not look, and looks by itself once a minute at most: what was planned while a
    table was empty would read all of it a thousand times over.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {', '.join(table.name for table in tables)}")


def _packed(numbers: NDArray[np.int64]) -> bytes:
    """Return rows as PostgreSQL's binary COPY has them: how many fields, and of each how many bytes and its value."""
    fields = [("fields", ">i2"), *((f"{kind}{n}", form) for n in range(len(numbers)) for kind, form in _FIELD)]
    rows = np.empty(numbers.shape[1], dtype=fields)
    rows["fields"] = len(numbers)
    for n, values in enumerate(numbers):
        rows[f"size{n}"], rows[f"value{n}"] = values.itemsize, values
    return _BINARY_COPY + rows.tobytes() + _END_OF_COPY


def _insert(connection: Connection, statement: str, columns: int, rows: Sequence[Sequence[Any]]) -> None:
    """Add rows on SQLite: as many as there are, by statements of a hundred, which take half the time of single ones."""
    marks = f"({', '.join('?' * columns)})"
    whole = len(rows) - len(rows) % _ROWS_AT_ONCE
    for first in range(0, whole, _ROWS_AT_ONCE):
        part = tuple(chain.from_iterable(rows[first : first + _ROWS_AT_ONCE]))
        connection.exec_driver_sql(statement + ", ".join([marks] * _ROWS_AT_ONCE), part)
    if rest := [tuple(row) for row in rows[whole:]]:
        connection.exec_driver_sql(statement + marks, rest)


def _copy(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    def write(copy: Any) -> None:
        for row in rows:
            copy.write_row(row)

    _send(connection, statement, write)


def _send(connection: Connection, statement: str, write: Callable[[Any], None]) -> None:
    with _driver_of(connection, statement) as driver, driver.cursor() as cursor, cursor.copy(statement) as copy:
        write(copy)


@contextmanager
def _driver_of(connection: Connection, statement: str) -> Iterator[Any]:
    """Give the driver's own connection; its errors become SQLAlchemy's, as those of every other statement."""
    errors = connection.dialect.loaded_dbapi.Error
    try:
        yield connection.connection.driver_connection
    except errors as error:
        raise DBAPIError.instance(statement, None, error, errors, dialect=connection.dialect) from error


def _gives_once(table: FromClause) -> bool:
    return isinstance(table, Table) and bool(table.dialect_options["sqlite"]["autoincrement"])


class _Processed(dict[Any, Any]):
    """Values of a column as the driver takes them, `as_text` for COPY; most moments and flags are the same few."""

    def __init__(self, process: Callable[[Any], Any], *, as_text: bool) -> None:
        super().__init__()
        self._process = process
        self._as_text = as_text

    def of(self, value: Any) -> Any:
        """Return a value as the driver takes it; what cannot be a key is worked out anew, unless it is empty."""
        if not isinstance(value, (list, dict)):
            return self[value]
        if value:
            return self._processed(value)
        kind = type(value)  # no column holds one, so that it stands for nothing else
        if kind not in self:
            self[kind] = self._processed(value)
        return self[kind]

    def __missing__(self, value: Any) -> Any:
        self[value] = processed = self._processed(value)
        return processed

    def _processed(self, value: Any) -> Any:
        if self._as_text and isinstance(value, (list, dict)):
            return json.dumps(value)
        processed = self._process(value)
        return processed.isoformat() if self._as_text and isinstance(processed, datetime) else processed


def _bound(row: Sequence[Any], processors: Sequence[tuple[int, _Processed]]) -> list[Any]:
    values = list(row)
    for place, processed in processors:
        values[place] = processed.of(values[place])
    return values
