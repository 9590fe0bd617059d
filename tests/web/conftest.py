"""What the tests of the pages share: the application over a desk on SQLite, a drafted release, counted statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from service.queries.releases import version_row
from service.queries.review import unit_rows
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import draft, submit
from tests.web.offices import shared_app

UnitsOf = Callable[[str, str], list[Unit]]
CountStatements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def app(lite_desk: Desk, lite_people: People, tmp_path: Path) -> Flask:
    """The application, with people in its office."""
    return shared_app(lite_desk, tmp_path)


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    """A release whose three languages are drafted."""
    made = submit(lite_desk, lite_people.author)
    draft(lite_desk, made)
    return made


@pytest.fixture
def units_of(lite_desk: Desk, lite_people: People) -> UnitsOf:
    """Ask for the units of a version as they stand, in text order."""

    def ask(release: str, locale: str) -> list[Unit]:
        with lite_desk.read() as reading:
            _, row = version_row(reading.session, lite_people.admin, release, locale)
            return [each.unit for each in unit_rows(reading.session, row.version)]

    return ask


@pytest.fixture
def count_statements(lite_desk: Desk) -> CountStatements:
    """Collect the statements that reach the database inside a `with`."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(lite_desk.database.engine, "before_cursor_execute", note)
        yield seen
        event.remove(lite_desk.database.engine, "before_cursor_execute", note)

    return counting
