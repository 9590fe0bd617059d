"""A test's office as pages: the application over its desk, a browser for each person, releases in given states."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Settings
from service.domain.permissions import Actor
from service.operations.publishing import request_publication
from service.uow import Desk
from tests.desk_fixtures import PASSWORD, People
from tests.operations.making import TEXT, approve, draft, submit

CANARY = "Zilverreiger"
SECRET_TEXT = TEXT.replace("Nieuwe brug over de Leie opent in mei", f"{CANARY} krijgt een geheim nest")


def make_app(desk: Desk, folder: Path) -> Flask:
    """Compose the application over the test's desk, as it is deployed but for the form tokens' being asked for."""
    settings = Settings(secret_key="a secret key for tests only", var_dir=folder, public_url=desk.office.public_url)
    app = create_app(settings, desk=desk)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def shared_app(desk: Desk, folder: Path) -> Flask:
    """Return the one application of this process over another test's desk: to compose it costs more than most tests.

    For tests of one application that leave it as it is; others call `make_app`.
    """
    if desk.office.public_url not in _composed:
        _composed[desk.office.public_url] = make_app(desk, folder)
    app = _composed[desk.office.public_url]
    settings, _ = app.extensions["perstolk"]
    app.extensions["perstolk"] = (settings.model_copy(update={"var_dir": folder}), desk)
    return app


_composed: dict[str, Flask] = {}


def browser(app: Flask, name: str | None = None) -> FlaskClient:
    """Return a browser in which the person (`author`, `publisher` …) is signed in, or nobody."""
    client = app.test_client()
    if name is not None:
        answer = post(client, "/sign-in", email=f"{name}@office.example", password=PASSWORD)
        assert answer.status_code in {302, 303}, answer.text
    return client


def form_token(client: FlaskClient, path: str) -> str:
    """Return the token of the first form on a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found is not None, f"no form token on {path}"
    return found[1]


def post(client: FlaskClient, path: str, *, at: str | None = None, **form: str | list[str]) -> TestResponse:
    """Send a form with the token of the page it stands on (`at`, or the same path)."""
    return client.post(path, data={"csrf_token": form_token(client, at or path), **form})


def approved(desk: Desk, people: People, *, text: str = TEXT, embargo_at: datetime | None = None, **rest: str) -> str:
    """Return the id of a release of which every language is approved."""
    release_id = submit(desk, people.author, text=text, embargo_at=embargo_at, **rest)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    return release_id


def request_as(desk: Desk, publisher: Actor, release_id: str) -> None:
    """Publish a release, or schedule it, as a publisher would."""
    with desk.begin(publisher) as work:
        request_publication(work, release_id)


def published(desk: Desk, people: People, *, text: str = TEXT) -> str:
    """Return the id of a release that is public in every language."""
    release_id = approved(desk, people, text=text)
    request_as(desk, people.publisher, release_id)
    return release_id
