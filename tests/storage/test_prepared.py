from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError

from service.storage.models import Release, User
from service.storage.prepared import Prepared
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import submit

MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
BEFORE = bindparam("before", type_=Release.created_at.type)


def test_rows_have_the_values_that_the_models_have(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, confidential=True)
    columns = Release.id, Release.confidential, Release.created_at, Release.embargo_at
    statement = select(*columns).where(Release.id == bindparam("asked"), Release.confidential.is_(True))

    with desk.read() as reading:
        session = reading.session
        found = Prepared(statement, session.connection().dialect).rows(session.connection(), {"asked": release_id})
        release = session.get_one(Release, release_id)

    assert [(release_id, True, release.created_at, None)] == found
    assert UTC is found[0][2].tzinfo


def test_a_moment_is_compared_whatever_its_time_zone(desk: Desk, people: People) -> None:
    submit(desk, people.author)
    with desk.read() as reading:
        connection, now = reading.session.connection(), reading.now
        older = Prepared(select(Release.id).where(Release.created_at < BEFORE), connection.dialect)
        far_east = timezone(timedelta(hours=11))
        found = [
            len(older.rows(connection, {"before": moment.astimezone(far_east)}))
            for moment in (now + timedelta(hours=1), now - timedelta(hours=1))
        ]

    assert [1, 0] == found


def test_a_list_in_it_stands_as_it_was(desk: Desk, people: People) -> None:
    ids = sorted(person.user_id or "" for person in (people.author, people.reviewer))
    with desk.read() as reading:
        connection = reading.session.connection()
        wanted = User.id.in_(ids), User.created_at.in_([reading.now, MOMENT]), User.id != bindparam("but")
        listed = Prepared(select(User.id).where(*wanted[::2]), connection.dialect)
        at_a_moment = Prepared(select(User.id).where(*wanted), connection.dialect)
        found = [listed.rows(connection, {"but": but}) for but in ids]
        all_then = at_a_moment.rows(connection, {"but": ""})

    assert [[(ids[1],)], [(ids[0],)]] == found
    assert [(each,) for each in ids] == sorted(all_then)


def test_a_moment_without_a_time_zone_and_a_missing_value_are_refused(desk: Desk) -> None:
    with desk.read() as reading:
        connection = reading.session.connection()
        older = Prepared(select(Release.id).where(Release.created_at < BEFORE), connection.dialect)
        with pytest.raises(ValueError, match="without a time zone"):
            older.rows(connection, {"before": datetime(2026, 1, 1)})  # noqa: DTZ001 - the fault
        with pytest.raises(KeyError):
            older.rows(connection, {})


def test_an_error_of_the_database_is_one_of_sqlalchemys(desk: Desk) -> None:
    with desk.read() as reading:
        connection = reading.session.connection()
        by_id = Prepared(select(Release.id).where(Release.id == bindparam("asked")), connection.dialect)
        with pytest.raises(DBAPIError):
            by_id.rows(connection, {"asked": object()})
