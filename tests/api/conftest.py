"""A desk behind its HTTP interface, with a token for each of its people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Settings
from service.domain.permissions import Actor
from service.operations.tokens import issue_token
from service.uow import Desk
from tests.desk_fixtures import People, make_people

BODY = """De gemeente opent op 14 mei 2026 een nieuwe brug over de Leie. Wandelaars en fietsers kunnen er meteen over.

Veiliger naar school

De brug kostte 25 miljoen euro. Burgemeester An Peeters knipt het lint door.
"""
RELEASE: dict[str, Any] = {"title": "Nieuwe brug over de Leie opent in mei", "body": BODY, "format": "text"}


@dataclass
class Office:
    """A desk, its people, and a client that speaks for any of them."""

    desk: Desk
    people: People
    client: FlaskClient
    tokens: dict[str, str]

    def call(self, who: str | None, method: str, path: str, **rest: Any) -> TestResponse:
        """Call the interface as somebody (None for nobody)."""
        headers = dict(rest.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **rest)

    def submit(self, **changes: Any) -> str:
        """Submit a release as its author and return its id."""
        answer = self.call("author", "POST", "/releases", json={**RELEASE, **changes})
        assert 201 == answer.status_code, answer.get_data(as_text=True)
        return str(answer.get_json()["id"])


def token_for(desk: Desk, actor: Actor, *scopes: str) -> str:
    """Issue a token to a person."""
    with desk.begin(actor) as work:
        return issue_token(work, user_id=actor.user_id or "", name="test", scopes=scopes)[1]


# The one application of this process, put over each test's desk: to compose it costs more than most tests.
_apps: dict[tuple[str, ...], Flask] = {}


def _compose(settings: Settings, desk: Desk) -> Flask:
    locales = tuple(desk.office.target_locales)
    if locales not in _apps:
        _apps[locales] = create_app(settings, desk=desk)
        _apps[locales].testing = True
    return _apps[locales]


def make_office(desk: Desk, folder: Path) -> Office:
    """Put a desk behind its interface."""
    settings = Settings(secret_key="a secret key for tests only", var_dir=folder)  # type: ignore[arg-type]
    app = _compose(settings, desk)
    app.extensions["perstolk"] = (settings, desk)
    people = make_people(desk)
    names = list(People.__dataclass_fields__)
    tokens = {name: token_for(desk, getattr(people, name)) for name in names if name != "passwords"}
    return Office(desk, people, app.test_client(), tokens)


@pytest.fixture
def office(lite_desk: Desk, tmp_path: Path) -> Office:
    """An office on SQLite."""
    return make_office(lite_desk, tmp_path)


@pytest.fixture
def any_office(desk: Desk, tmp_path: Path) -> Office:
    """An office on each kind of database."""
    return make_office(desk, tmp_path)
