"""Four processes that each read a number and write it back one higher, under different rules of connection.

Run as a program it prints what docs/adr/0002 states; the tests use it to show that nothing is lost under the desk's
own rules.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from service.storage.session import Database

PROCESSES = 4
ROUNDS = 100
READ = "SELECT n FROM tally"
WRITE = "UPDATE tally SET n = :n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of all rounds: how many were acknowledged, how many refused, and the number that stands."""

    acknowledged: int
    refused: int
    standing: int

    @property
    def lost(self) -> int:
        """How many acknowledged rounds have left no trace."""
        return self.acknowledged - self.standing


def _rounds_by_the_desk(path: str) -> tuple[int, int]:
    database = Database(f"sqlite:///{path}")
    refused = 0
    for _ in range(ROUNDS):
        try:
            with database.writing() as session:
                session.execute(text(WRITE), {"n": session.scalar(text(READ)) + 1})  # type: ignore[operator]
        except OperationalError:
            refused += 1
    database.dispose()
    return ROUNDS - refused, refused


def _rounds_by_default(path: str) -> tuple[int, int]:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 15})
    refused = 0
    for _ in range(ROUNDS):
        try:
            with engine.begin() as connection:
                number = connection.scalar(text(READ))
                connection.execute(text(WRITE), {"n": number + 1})
        except OperationalError:
            refused += 1
    engine.dispose()
    return ROUNDS - refused, refused


def _rounds_deferred(path: str) -> tuple[int, int]:
    connection = sqlite3.connect(path, isolation_level=None, timeout=15)
    refused = 0
    for _ in range(ROUNDS):
        try:
            connection.execute("BEGIN")
            number = connection.execute(READ).fetchone()[0]
            connection.execute(WRITE, {"n": number + 1})
            connection.execute("COMMIT")
        except sqlite3.OperationalError:
            connection.execute("ROLLBACK")
            refused += 1
    connection.close()
    return ROUNDS - refused, refused


RULES: dict[str, Callable[[str], tuple[int, int]]] = {
    "the library's default": _rounds_by_default,
    "BEGIN": _rounds_deferred,
    "the desk's (BEGIN IMMEDIATE)": _rounds_by_the_desk,
}


def measure(rule: str, folder: Path) -> Outcome:
    """Let all processes make their rounds under one rule, on a file of their own in `folder`."""
    path = folder / f"{list(RULES).index(rule)}.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE tally (n INTEGER NOT NULL)")
        connection.execute("INSERT INTO tally VALUES (0)")
    connection.close()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        counts = pool.map(RULES[rule], [str(path)] * PROCESSES, chunksize=1)
    with sqlite3.connect(path) as connection:
        standing = connection.execute(READ).fetchone()[0]
    connection.close()
    return Outcome(sum(made for made, _ in counts), sum(refused for _, refused in counts), standing)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for rule in RULES:
            outcome = measure(rule, Path(folder))
            sys.stdout.write(
                f"{rule}: {outcome.acknowledged} acknowledged, {outcome.refused} refused, {outcome.lost} lost\n"
            )
