"""Switching a new database to its write-ahead log while another connection makes the same switch."""

from __future__ import annotations

import sqlite3

import pytest

from service.storage import session
from service.storage.session import _write_ahead


class BusyCursor:
    """Says some times that the database is locked, as SQLite does at once in the middle of a switch."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.asked = 0

    def execute(self, _statement: str) -> None:
        self.asked += 1
        if self.asked <= self.refusals:
            raise sqlite3.OperationalError("database is locked")


def test_who_comes_in_the_middle_of_the_switch_tries_again() -> None:
    cursor = BusyCursor(refusals=2)

    _write_ahead(cursor)  # type: ignore[arg-type]

    assert 3 == cursor.asked


def test_a_database_that_stays_locked_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "BUSY_MILLISECONDS", 0)

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        _write_ahead(BusyCursor(refusals=1_000_000))  # type: ignore[arg-type]
