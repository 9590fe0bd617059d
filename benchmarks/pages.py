"""Statements that the queue and the editor cost, which must not grow with what there is, and how long pages take."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks import page_speed
from benchmarks.rows import Row
from service.app import create_app
from service.config import Settings
from service.dispatch import NullDispatcher
from service.storage import migrate
from service.uow import Desk, open_desk
from tests.desk_fixtures import PASSWORD, make_people
from tests.operations.making import draft, submit

FEW, MANY = 2, 40
SENTENCE = "De raad keurde maatregel {} goed op {} mei 2026. "


def run() -> list[Row]:
    """Count statements with few and with many; a difference of zero is the target."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/desk.db"
        migrate.upgrade(url)
        settings = Settings(secret_key="a key for benchmarks", var_dir=Path(folder), database_url=url)  # type: ignore[arg-type]  # noqa: S106 - a made-up one
        desk = open_desk(settings, dispatcher=NullDispatcher())
        people = make_people(desk)
        client = create_app(settings, desk=desk).test_client()
        _sign_in(client)
        ids = [submit(desk, people.author, text=_text(n, segments=4)) for n in range(FEW)]
        draft(desk, ids[0])
        queue_few = _count(desk, lambda: _get(client, "/"))
        editor_few = _count(desk, lambda: _get(client, f"/releases/{ids[0]}/fr"))
        for n in range(FEW, MANY):
            submit(desk, people.author, text=_text(n, segments=4))
        long_id = submit(desk, people.author, text=_text(99, segments=150))
        draft(desk, long_id)
        queue_many = _count(desk, lambda: _get(client, "/"))
        editor_many = _count(desk, lambda: _get(client, f"/releases/{long_id}/fr"))
        speed = page_speed.run(desk, people, settings)
        desk.database.dispose()
    return [
        Row(f"queue page, {FEW} releases", queue_few, "statements"),
        Row(f"queue page, {MANY} releases more", queue_many - queue_few, "statements more", 0),
        Row("editor page, 6 segments", editor_few, "statements"),
        Row("editor page, 150 segments more", editor_many - editor_few, "statements more", 0),
        *speed,
    ]


def _text(number: int, *, segments: int) -> str:
    body = "\n\n".join(SENTENCE.format(100 * number + n, n % 28 + 1) for n in range(segments))
    return f"Bericht nummer {number} van de regering over maatregelen\n\n{body}"


def _sign_in(client: FlaskClient) -> None:
    page = client.get("/sign-in").get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    form = {"csrf_token": found[1], "email": "reviewer@office.example", "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code in {302, 303}, answer.status_code


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)  # noqa: PLR2004


def _count(desk: Desk, act: Callable[[], None]) -> int:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)
    return len(statements)
