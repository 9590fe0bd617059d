from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from threading import Timer
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from service.dispatch import RecordingDispatcher
from service.domain.events import EventType
from service.storage.models import OutboxRow
from service.storage.session import Database
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk

MOMENTS = [
    datetime(2026, 3, 29, 1, 30, 0, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2))),
    datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-11, minutes=-30))),
]


def row(moment: datetime) -> OutboxRow:
    return OutboxRow(topic=EventType.PING, payload={}, created_at=moment)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_comes_back_in_utc_to_the_microsecond(desk: Desk, moment: datetime) -> None:
    with desk.begin() as work:
        work.session.add(row(moment))

    with desk.read() as reading:
        stored = reading.session.scalars(select(OutboxRow.created_at)).one()

    assert (moment.astimezone(UTC), UTC) == (stored, stored.tzinfo)


def test_a_naive_moment_is_refused(desk: Desk) -> None:
    naive = row(MOMENTS[0].replace(tzinfo=None))

    with pytest.raises(StatementError, match="without a time zone"), desk.begin() as work:
        work.session.add(naive)


def test_a_naive_moment_is_refused_in_a_condition_too(desk: Desk) -> None:
    with pytest.raises(StatementError, match="without a time zone"), desk.read() as reading:
        reading.session.scalars(select(OutboxRow).where(OutboxRow.created_at < MOMENTS[0].replace(tzinfo=None))).all()


def test_stored_moments_sort_by_time_whatever_their_zone(desk: Desk) -> None:
    with desk.begin() as work:
        work.session.add_all([row(moment) for moment in MOMENTS])

    with desk.read() as reading:
        stored = reading.session.scalars(select(OutboxRow.created_at).order_by(OutboxRow.created_at)).all()

    assert sorted(moment.astimezone(UTC) for moment in MOMENTS) == list(stored)


def test_the_database_tells_the_time_in_utc(desk: Desk) -> None:
    with desk.database.reading() as session:
        told = desk.database.now(session)

    assert timedelta(0) == told.utcoffset()
    assert abs(datetime.now(UTC) - told) < timedelta(seconds=5)


def test_sqlite_too_is_asked_for_the_time(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class HourFast(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(hours=1)

    monkeypatch.setattr("service.storage.session.datetime", HourFast)
    database = Database(sqlite_url)

    with database.reading() as session:
        told = database.now(session)
    database.dispose()

    assert abs(datetime.now(UTC) - told) < timedelta(minutes=1)


def test_who_waits_to_write_is_told_the_time_behind_the_one_before(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.reading() as session:
        database.now(session)
    before = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    before.execute("BEGIN IMMEDIATE")
    ended: list[datetime] = []

    def end() -> None:
        ended.append(datetime.now(UTC))
        before.execute("COMMIT")

    timer = Timer(0.2, end)
    timer.start()
    with database.writing() as session:
        told = database.now(session)
    timer.join()
    before.close()
    database.dispose()

    assert ended[0] - told < timedelta(milliseconds=1)  # which is as fine as SQLite tells the time


class CountingClock(StillClock):
    """A clock that counts by which sessions it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Session] = []

    def __call__(self, session: Session) -> datetime:
        session.connection()
        self.asked.append(session)
        return super().__call__(session)


def test_a_reader_is_told_the_time_once_and_only_if_asked(database_url: str, dispatcher: RecordingDispatcher) -> None:
    clock = CountingClock()
    desk = make_desk(database_url, dispatcher, clock)
    clock.asked.clear()

    with desk.read() as reading:
        pass
    assert [] == clock.asked
    with desk.read() as reading:
        first = reading.now
        clock.forward(hours=1)
        assert first == reading.now
    assert first == reading.now
    assert [reading.session] == clock.asked
    desk.database.dispose()


def test_who_asks_for_the_time_behind_a_reading_holds_no_connection(
    postgres_url: str, dispatcher: RecordingDispatcher
) -> None:
    clock = CountingClock()
    desk = make_desk(postgres_url, dispatcher, clock)
    with desk.read() as reading:
        reading.session.execute(select(OutboxRow))

    assert clock.forward(hours=1) == reading.now
    pool: Any = desk.database.engine.pool
    assert 0 == pool.checkedout()
    desk.database.dispose()
