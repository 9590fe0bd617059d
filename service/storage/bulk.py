"""Many rows at once, as fast as each database takes them: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Column, Connection, FromClause, Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

_LAST_GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


def reserve_ids(session: Session, column: Column[int], count: int) -> list[int]:
    """Return ids that no other row has or gets; on SQLite they are free for as long as the transaction lasts.

    Where the table's ids are given once and never again (`sqlite_autoincrement`), these are new ones as well.
    """
    table = column.table
    if session.get_bind().dialect.name != "postgresql":
        last = session.scalar(_LAST_GIVEN, {"name": table.name}) if _gives_once(table) else None
        last = last or session.scalar(select(func.max(column))) or 0
        return list(range(last + 1, last + 1 + count))
    asked = text("SELECT nextval(pg_get_serial_sequence(:name, :column)) FROM generate_series(1, :count)")
    named = {"name": table.name, "column": column.name, "count": count}
    return list(session.execute(asked, named).scalars())


def write_rows(session: Session, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, each with a value for every one of the columns; raise SQLAlchemy's own error on a conflict."""
    connection = session.connection()
    dialect = connection.dialect
    kinds = (table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns)
    processors = [(place, kind) for place, kind in enumerate(kinds) if kind is not None]
    bound = (_bound(row, processors) for row in rows) if processors else rows
    names = ", ".join(columns)
    if dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({names}) FROM STDIN", bound)
        return
    marks = ", ".join("?" for _ in columns)
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names of models
    listed = [tuple(row) for row in bound]
    if listed:
        connection.exec_driver_sql(statement, listed)


def _copy(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    driver = cast("Any", connection.connection.driver_connection)
    errors = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except errors as error:  # as for every other statement
        raise DBAPIError.instance(statement, None, error, errors, dialect=connection.dialect) from error


def _gives_once(table: FromClause) -> bool:
    return isinstance(table, Table) and bool(table.dialect_options["sqlite"]["autoincrement"])


def _bound(row: Sequence[Any], processors: Sequence[tuple[int, Any]]) -> list[Any]:
    values = list(row)
    for place, process in processors:
        values[place] = process(values[place])
    return values
