from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from service.dispatch import RecordingDispatcher
from service.operations import audit
from service.queries import audit as reading_audit
from service.queries.audit import first_broken_entry
from service.storage.models import AuditEntry
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk

WRITERS = 8
EACH = 12


def note(desk: Desk, subject: str, *, count: int = 1) -> None:
    with desk.begin() as work:
        for n in range(count):
            audit.record(work, "tested.thing", f"{subject}-{n}", number=n, list=["é", None, 1.5, True])


def fail_midway(desk: Desk) -> None:
    with desk.begin() as work:
        audit.record(work, "tested.thing", "lost")
        raise RuntimeError("midway")


def broken(desk: Desk) -> int | None:
    with desk.read() as reading:
        return first_broken_entry(reading.session)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'forged' WHERE number = 1",
        "UPDATE audit_entry SET hash = hash",
        "DELETE FROM audit_entry WHERE number = 1",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_refuses_to_change_the_audit(desk: Desk, statement: str) -> None:
    note(desk, "thing", count=2)

    with pytest.raises(DBAPIError, match="append-only"), desk.database.writing() as session:
        session.execute(text(statement))

    with desk.read() as reading:
        actions = reading.session.scalars(select(AuditEntry.action)).all()
    assert ["tested.thing"] * 2 == list(actions)


def test_postgresql_refuses_to_empty_the_audit(
    postgres_url: str, dispatcher: RecordingDispatcher, clock: StillClock
) -> None:
    desk = make_desk(postgres_url, dispatcher, clock)
    note(desk, "thing")

    with pytest.raises(DBAPIError, match="append-only"), desk.database.writing() as session:
        session.execute(text("TRUNCATE audit_entry"))
    desk.database.dispose()


def test_sqlite_refuses_to_replace_an_entry(lite_desk: Desk) -> None:
    note(lite_desk, "thing")

    with pytest.raises(DBAPIError, match="append-only"), lite_desk.database.writing() as session:
        session.execute(
            text(
                "INSERT OR REPLACE INTO audit_entry "
                "SELECT number, at, actor_id, via, 'forged', subject, release_id, facts, hash FROM audit_entry"
            )
        )


def test_every_entry_is_chained_to_the_one_before(desk: Desk) -> None:
    note(desk, "first", count=3)
    note(desk, "second", count=2)

    with desk.read() as reading:
        numbers = reading.session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)).all()

    assert ([1, 2, 3, 4, 5], None) == (list(numbers), broken(desk))


def test_what_was_rolled_back_leaves_no_entry_and_no_gap(desk: Desk) -> None:
    note(desk, "kept")
    with pytest.raises(RuntimeError, match="midway"):
        fail_midway(desk)
    note(desk, "kept-too")

    with desk.read() as reading:
        subjects = reading.session.scalars(select(AuditEntry.subject).order_by(AuditEntry.number)).all()

    assert (["kept-0", "kept-too-0"], None) == (list(subjects), broken(desk))


@pytest.mark.parametrize("at_once", [1, 5, 6, 7])
def test_a_long_chain_is_read_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(reading_audit, "CHECKED_AT_ONCE", at_once)
    note(desk, "thing", count=6)
    assert broken(desk) is None

    with desk.begin() as work:
        forged = AuditEntry(number=8, at=work.now, action="forged", subject="", via="", facts={}, hash="none")
        work.session.add(forged)

    assert 7 == broken(desk)


def test_writers_at_once_keep_the_chain_whole(desk: Desk) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda n: note(desk, f"writer-{n}", count=2), range(WRITERS * EACH)))

    with desk.read() as reading:
        numbers = reading.session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)).all()

    assert (list(range(1, 2 * WRITERS * EACH + 1)), None) == (list(numbers), broken(desk))


@pytest.mark.parametrize(
    "forgery, found",
    [
        ("UPDATE audit_entry SET action = 'forged' WHERE number = 3", 3),
        ("UPDATE audit_entry SET facts = '{\"number\": 9}' WHERE number = 2", 2),
        ("UPDATE audit_entry SET actor_id = 'usr_somebody' WHERE number = 4", 4),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00.000000' WHERE number = 1", 1),
        ("DELETE FROM audit_entry WHERE number = 2", 2),
        ("DELETE FROM audit_entry WHERE number = 1", 1),
    ],
)
def test_a_forged_entry_is_found(lite_desk: Desk, tmp_path: Path, forgery: str, found: int) -> None:
    note(lite_desk, "thing", count=5)
    with sqlite3.connect(tmp_path / "desk.db") as connection:
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("DROP TRIGGER audit_entry_no_delete")
        connection.execute(forgery)
    connection.close()

    assert found == broken(lite_desk)
