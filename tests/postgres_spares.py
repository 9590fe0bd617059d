"""Databases on PostgreSQL that tests use one after another.

What a test wrote is deleted, for to drop and copy a database costs more than most tests do.

A database whose tables are no longer those of the template, or that a test filled, is dropped instead.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

FILLED = 20_000  # rows; deleting more leaves so much behind that a fresh copy is better
SHAPE = """
SELECT (SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
         WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped),
       (SELECT count(*) FROM pg_index), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_proc),
       (SELECT count(*) FROM pg_namespace WHERE nspname NOT LIKE 'pg_%')
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
RESTART = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE public.%I RESTART', name);
  END LOOP;
END $$
"""
SEQUENCES = """
SELECT format('public.%I', sequencename), last_value FROM pg_sequences
 WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


@dataclass
class Spares:
    """Copies of a template that are free to be used; `server` is an address that ends without a database."""

    server: str
    template: str
    admin: psycopg.Connection[tuple[object, ...]]
    free: list[str] = field(default_factory=list)
    shape: tuple[object, ...] = ()
    rows: dict[str, bytes] = field(default_factory=dict)
    sequences: list[tuple[object, ...]] = field(default_factory=list)
    filled: sql.Composed = field(default_factory=lambda: sql.Composed([]))

    def __post_init__(self) -> None:
        """Read what the template holds."""
        with psycopg.connect(f"{self.server}/{self.template}") as connection:
            self.shape = _shape(connection)
            self.sequences = connection.execute(SEQUENCES.encode()).fetchall()
            for table in _tables(connection):
                name = sql.Identifier(table)
                with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(name)) as copy:
                    self.rows[table] = b"".join(bytes(part) for part in copy)
        asked = "SELECT {} AS name WHERE EXISTS (SELECT 1 FROM {})"
        self.filled = sql.SQL(" UNION ALL ").join(
            sql.SQL(asked).format(table, sql.Identifier(table)) for table in self.rows
        )

    def take(self) -> str:
        """Return the name of a database that holds what the template holds, and nothing else."""
        if self.free:
            return self.free.pop()
        name = f"perstolk_test_{secrets.token_hex(4)}"
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE {self.template}".encode())
        return name

    def give_back(self, name: str) -> None:
        """Make the database as the template is, and keep it; or drop it where that cannot be done."""
        self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )
        if self._emptied(name):
            self.free.append(name)
        else:
            self._drop(name)

    def drop(self) -> None:
        """Drop every free copy."""
        for name in self.free:
            self._drop(name)

    def _drop(self, name: str) -> None:
        self.admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())

    def _emptied(self, name: str) -> bool:
        try:
            with psycopg.connect(f"{self.server}/{name}") as connection:
                if _shape(connection) != self.shape:
                    return False
                connection.execute("SET session_replication_role = replica")  # no order among the tables
                deleted = sum(
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(str(table)))).rowcount
                    for (table,) in connection.execute(self.filled)
                )
                if deleted > FILLED:
                    return False
                connection.execute(RESTART.encode())
                connection.cursor().executemany("SELECT setval(%s, %s)", self.sequences)
                for table, rows in self.rows.items():
                    if rows:
                        name_of = sql.Identifier(table)
                        with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(name_of)) as copy:
                            copy.write(rows)
        except psycopg.Error:
            return False
        return True


def _shape(connection: psycopg.Connection[tuple[object, ...]]) -> tuple[object, ...]:
    return connection.execute(SHAPE.encode()).fetchone() or ()


def _tables(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    return [str(table) for (table,) in connection.execute(TABLES.encode())]
