"""One's own account from the pages: password, language, tokens, and the end of every session."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from service.queries.accounts import token_owner
from service.storage.models import ApiToken
from service.uow import Desk
from tests.desk_fixtures import NOON, PASSWORD, People, StillClock
from tests.web.offices import browser, post

NEW = "quite another password 7"


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(app: Flask) -> None:
    here, elsewhere = browser(app, "author"), browser(app, "author")

    changed = post(here, "/account/password", present=PASSWORD, new=NEW, again=NEW)

    assert changed.location == "/account?done=password-changed"
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert post(browser(app), "/sign-in", email="author@office.example", password=NEW).status_code == 303


@pytest.mark.parametrize(
    "present, new, again, field",
    [("wrong", NEW, NEW, "present"), (PASSWORD, NEW, "other", "again"), (PASSWORD, "short", "short", "new")],
)
def test_a_password_that_is_not_taken_says_which_field(
    present: str, new: str, again: str, field: str, app: Flask
) -> None:
    answer = post(browser(app, "author"), "/account/password", present=present, new=new, again=again)

    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    assert page.xpath("//input[@aria-invalid='true']/@id") == [field]
    assert page.xpath("//input[@type='password'][@value!='']") == []


def test_the_pages_speak_the_chosen_language(app: Flask) -> None:
    author = browser(app, "author")

    post(author, "/account/language", at="/account", language="de")

    assert html.fromstring(author.get("/account").text).get("lang") == "de"


def test_a_token_is_shown_once_and_has_what_was_asked(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    author = browser(app, "author")

    issued = post(author, "/account/tokens", at="/account", name="Website", days="30", scopes=["read", "submit"])

    text = html.fromstring(issued.text).xpath("string(//code[@id='secret'])")
    with lite_desk.read() as reading:
        owner = token_owner(reading.session, text, reading.now)
    assert owner is not None
    assert (owner[0].user_id, owner[1].scopes) == (lite_people.author.user_id, ["read", "submit"])
    assert owner[1].expires_at is not None
    assert (owner[1].expires_at - NOON).days == 30
    assert issued.headers["Cache-Control"] == "no-store"
    assert text not in author.get("/account").text


@pytest.mark.parametrize(
    "name, days, scopes",
    [
        ("", "30", ["read"]),
        ("Website", "30", []),
        ("Website", "0", ["read"]),
        ("Website", "a week", ["read"]),
        ("Website", "3651", ["read"]),
        ("Website", "99999999", ["read"]),
        ("Website", "9" * 5000, ["read"]),  # more digits than Python reads as a number
        ("Website", "30", ["everything"]),
    ],
)
def test_a_token_that_cannot_be_issued_says_why(
    name: str, days: str, scopes: list[str], lite_desk: Desk, app: Flask
) -> None:
    answer = post(browser(app, "author"), "/account/tokens", at="/account", name=name, days=days, scopes=scopes)

    with lite_desk.read() as reading:
        issued = reading.session.scalars(select(ApiToken)).all()
    assert answer.status_code == 422
    assert html.fromstring(answer.text).xpath("//div[@role='alert']//li") != []
    assert issued == []


def test_a_revoked_token_opens_nothing(lite_desk: Desk, app: Flask) -> None:
    author = browser(app, "author")
    issued = post(author, "/account/tokens", at="/account", name="Website", days="", scopes=["read"])
    text = html.fromstring(issued.text).xpath("string(//code[@id='secret'])")
    action = html.fromstring(author.get("/account").text).xpath("//form[contains(@action, '/revoke')]/@action")[0]

    post(author, action, at="/account")

    with lite_desk.read() as reading:
        assert token_owner(reading.session, text, reading.now) is None
    assert "/revoke" not in author.get("/account").text


def test_signing_out_everywhere_ends_this_session_too(app: Flask) -> None:
    here, elsewhere = browser(app, "author"), browser(app, "author")

    answer = post(here, "/account/sign-out-everywhere", at="/account")

    assert answer.location == "/sign-in?done=signed-out"
    assert [client.get("/account").status_code for client in (here, elsewhere)] == [303, 303]


def test_a_session_ends_when_it_lies_idle(app: Flask, clock: StillClock) -> None:
    author = browser(app, "author")

    clock.forward(minutes=31)

    assert author.get("/account").status_code == 303
