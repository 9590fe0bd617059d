"""Signing in for tests, and whose a session or a token is."""

from __future__ import annotations

from service.domain.permissions import DESK, Actor
from service.operations.sessions import sign_in
from service.queries.accounts import session_owner, token_owner
from service.uow import Desk
from tests.desk_fixtures import PASSWORD
from tests.operations.steps import act

EMAIL = "author@office.example"


def try_to_sign_in(
    desk: Desk, *, email: str = EMAIL, password: str = PASSWORD, address: str = "192.0.2.1"
) -> str | None:
    found = act(desk, DESK, sign_in, email=email, password=password, address=address)
    return found[1] if found else None


def signed_in(desk: Desk, email: str = EMAIL) -> str:
    token = try_to_sign_in(desk, email=email)
    assert token
    return token


def owner(desk: Desk, token: str) -> Actor | None:
    with desk.read() as reading:
        found = session_owner(reading.session, token, reading.now)
        return found.actor if found else None


def bearer(desk: Desk, text: str) -> Actor | None:
    with desk.read() as reading:
        found = token_owner(reading.session, text, reading.now)
        return found[0] if found else None
