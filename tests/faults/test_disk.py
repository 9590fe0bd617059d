"""Fault 14: the disk is full. What cannot be kept is refused as such, nothing is spoilt, and room alone mends it."""

from __future__ import annotations

import contextlib
import resource
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from service.operations.tokens import issue_token
from service.uow import Desk
from tests.desk_fixtures import People, _make_template
from tests.faults.noting import Noted
from tests.faults.postgres import OwnPostgres, find_postgres, may_mount
from tests.operations.making import TEXT
from tests.operations.steps import act
from tests.web.offices import browser, form_token, make_app, post

# What stands in for a full disk where no small one may be mounted for PostgreSQL: its own error, raised by hand.
FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$
"""
DISK_MEGABYTES = 96
LARGEST_FILE_BYTES = 4_000_000
LARGE = b"Nog een zin over de brug.\n" * (LARGEST_FILE_BYTES // 20)


@pytest.fixture(scope="module")
def small_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPostgres | None]:
    """A PostgreSQL server whose databases lie on a disk of their own, or None where none may be mounted."""
    programs = find_postgres()
    if programs is None or not may_mount(tmp_path_factory.mktemp("disk")):
        yield None
        return
    with OwnPostgres(programs, disk_megabytes=DISK_MEGABYTES) as server:
        with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as admin:
            admin.execute(f"CREATE TABLESPACE small LOCATION '{server.disk}'")
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tell: Callable[[str], None]) -> str:
    """The address of a migrated database: on a small disk, where PostgreSQL may have one."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    small: OwnPostgres | None = request.getfixturevalue("small_postgres")
    if small is None:
        tell("fault 14: no disk may be mounted here; PostgreSQL's own error stands in for a full one")
        return str(request.getfixturevalue("postgres_url"))
    name = f"desk_{secrets.token_hex(4)}"
    with psycopg.connect(small.url.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TABLESPACE small")
    url = f"{small.url.rpartition('/')[0]}/{name}"
    _make_template(url)
    return url


@contextmanager
def no_room(desk: Desk) -> Iterator[None]:
    """Let the database find no room for another release, and room again afterwards."""
    if desk.database.is_sqlite:
        return_room = _limited(desk)
    elif _is_small(desk):
        return_room = _filled(desk)
    else:
        return_room = _refusing(desk)
    with return_room:
        yield


@contextmanager
def _limited(desk: Desk) -> Iterator[None]:
    """Let SQLite have no more pages than it has: it fails as on a full disk, by its own count."""
    desk.database.dispose()

    def limit(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count={pages}")
        cursor.close()

    event.listen(desk.database.engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(desk.database.engine, "connect", limit)
        desk.database.dispose()


def _is_small(desk: Desk) -> bool:
    with desk.read() as reading:
        return bool(reading.session.scalar(text("SELECT count(*) FROM pg_tablespace WHERE spcname = 'small'")))


@contextmanager
def _filled(desk: Desk) -> Iterator[None]:
    """Fill the disk under PostgreSQL to its last block with something else, and take that away again."""
    with desk.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET default_transaction_read_only TO off"))
        connection.execute(text("CREATE TABLE something_else (it text)"))
        connection.execute(text("ALTER TABLE something_else ALTER it SET STORAGE EXTERNAL"))
        for rows in (1000, 100, 10, 1, 1):
            with contextlib.suppress(OperationalError):
                while True:
                    more = "INSERT INTO something_else SELECT repeat('x', 8000) FROM generate_series(1, :rows)"
                    connection.execute(text(more), {"rows": rows})
        try:
            yield
        finally:
            connection.execute(text("DROP TABLE something_else"))


@contextmanager
def _refusing(desk: Desk) -> Iterator[None]:
    with desk.begin() as work:
        work.session.execute(text(FULL))
        work.session.execute(text("CREATE TRIGGER no_room BEFORE INSERT ON block EXECUTE FUNCTION no_room()"))
    try:
        yield
    finally:
        with desk.begin() as work:
            work.session.execute(text("DROP TRIGGER no_room ON block"))
            work.session.execute(text("DROP FUNCTION no_room()"))


@contextmanager
def no_room_for_files() -> Iterator[None]:
    """Let this process write no file beyond a size: the kernel refuses the rest, as on a full disk."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE_BYTES, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.fixture
def app(desk: Desk, people: People, tmp_path: Path) -> Flask:
    return make_app(desk, tmp_path)


@pytest.fixture
def submit(desk: Desk, people: People, app: Flask) -> Callable[[], tuple[int, str]]:
    """Submit a long text by the API; return the status and the code or id."""
    _, token = act(desk, people.author, issue_token, user_id=people.author.user_id, name="a program")

    def send() -> tuple[int, str]:
        answer = app.test_client().post(
            "/api/v1/releases",
            json={"title": "Een titel", "body": TEXT + "Nog een zin over de brug.\n" * 300, "format": "text"},
            headers={"Authorization": f"Bearer {token}"},
        )
        return answer.status_code, answer.json.get("id") or answer.json["code"]

    return send


@pytest.mark.fault(14, "the disk is full", "507, nothing spoilt, well again as soon as there is room")
def test_a_full_disk(desk: Desk, app: Flask, noted: Noted, submit: Callable[[], tuple[int, str]]) -> None:
    with no_room(desk):
        refused = submit()
        page = browser(app).get("/sign-in")
    taken, release_id = submit()
    noted.accepted[release_id] = None

    if desk.database.is_sqlite:
        with desk.read() as reading:
            assert "ok" == reading.session.scalar(text("PRAGMA integrity_check"))
    assert (507, "database_full") == refused
    assert 200 == page.status_code
    assert 201 == taken


@pytest.mark.fault(14, "the disk is full, for a person", "507 on a page that says so")
def test_a_full_disk_on_a_page(desk: Desk, app: Flask, noted: Noted) -> None:
    author = browser(app, "author")
    body = TEXT + "Nog een zin over de brug.\n" * 300

    with no_room(desk):
        refused = post(author, "/releases/new", body=body, format="text", targets=["fr"])

    assert 507 == refused.status_code
    assert "no room left" in refused.text
    assert "5" == refused.headers["Retry-After"]


# The library that reads the form leaves it to the collector to close a file of which it could keep a part only.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile", "ignore:Unclosed file:ResourceWarning")
@pytest.mark.fault(14, "the disk is full while a large file comes in", "507, to programs and on a page")
def test_a_full_disk_under_a_large_file(desk: Desk, people: People, app: Flask, noted: Noted) -> None:
    _, token = act(desk, people.author, issue_token, user_id=people.author.user_id, name="a program")
    author, program = browser(app, "author"), app.test_client()
    in_form = form_token(author, "/releases/new")
    as_program = {"headers": {"Authorization": f"Bearer {token}"}}

    with no_room_for_files():
        answer = program.post("/api/v1/releases", **form_with(LARGE), **as_program)
        page = author.post("/releases/new", **form_with(LARGE, csrf_token=in_form, targets="fr"))
    again = program.post("/api/v1/releases", **form_with(TEXT.encode(), targets="fr"), **as_program)
    noted.accepted[again.json["id"]] = None

    assert (507, "disk_full") == (answer.status_code, answer.json["code"])
    assert (507, True) == (page.status_code, "no room left" in page.text)
    assert 201 == again.status_code


def form_with(file: bytes, **fields: str) -> dict[str, Any]:
    """Return a form with a file as it comes over the line; the client that would write it needs the disk itself."""
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{it}\r\n' for name, it in fields.items()]
    parts.append('--edge\r\nContent-Disposition: form-data; name="file"; filename="bericht.txt"\r\n\r\n')
    body = "".join(parts).encode() + file + b"\r\n--edge--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}
