"""People from the pages: added with a password shown once, their roles, their accounts."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from service.queries.accounts import user_by_email
from service.storage.models import User
from service.uow import Desk
from tests.desk_fixtures import PASSWORD, People
from tests.web.offices import browser, post


def _user(desk: Desk, email: str) -> User:
    with desk.read() as reading:
        found = user_by_email(reading.session, email)
    assert found is not None
    return found


def test_a_person_is_added_and_signs_in_with_the_password_shown_once(lite_desk: Desk, app: Flask) -> None:
    admin = browser(app, "admin")
    fields = {"email": "Jan@Office.example", "name": "Jan Peeters", "language": "en"}

    added = post(admin, "/people/new", **fields, roles=["reviewer", "author"], locales=["fr", "de"])

    password = html.fromstring(added.text).xpath("string(//code[@id='secret'])")
    user = _user(lite_desk, "jan@office.example")
    entered = post(browser(app), "/sign-in", email=user.email, password=password)
    assert sorted((grant.role, grant.locale) for grant in user.grants) == [
        ("author", "*"),
        ("reviewer", "de"),
        ("reviewer", "fr"),
    ]
    assert added.headers["Cache-Control"] == "no-store"
    assert entered.location == "/account/password"
    assert password not in admin.get(f"/people/{user.id}").text


@pytest.mark.parametrize(
    "email, roles, expected",
    [("author@office.example", ["author"], 409), ("no address", ["author"], 422), ("new@office.example", [], 422)],
)
def test_what_cannot_be_added_stays_in_the_form(
    email: str, roles: list[str], expected: int, lite_desk: Desk, app: Flask
) -> None:
    answer = post(browser(app, "admin"), "/people/new", email=email, name="Jan", language="fr", roles=roles)

    page = html.fromstring(answer.text)
    assert answer.status_code == expected
    assert page.xpath("//div[@role='alert']//li") != []
    assert page.xpath("//input[@id='name']/@value") == ["Jan"]
    assert page.xpath("//select[@id='language']/option[@selected]/@value") == ["fr"]


def test_roles_are_replaced(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    path = f"/people/{lite_people.author.user_id}"

    answer = post(browser(app, "admin"), f"{path}/roles", at=path, roles=["publisher"])

    assert answer.location == f"{path}?done=roles-changed"
    assert [grant.role for grant in _user(lite_desk, "author@office.example").grants] == ["publisher"]


def test_the_last_administrator_stays_one(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    path = f"/people/{lite_people.admin.user_id}"
    admin = browser(app, "admin")

    demoted = post(admin, f"{path}/roles", at=path, roles=["author"])
    closed = post(admin, f"{path}/disable", at=path)

    assert (demoted.status_code, closed.status_code) == (409, 409)
    assert [grant.role for grant in _user(lite_desk, "admin@office.example").grants] == ["admin"]


def test_a_closed_account_is_out_at_once_and_in_again_when_opened(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    author, admin = browser(app, "author"), browser(app, "admin")
    path = f"/people/{lite_people.author.user_id}"

    post(admin, f"{path}/disable", at=path)
    out = author.get("/account").status_code
    refused = post(browser(app), "/sign-in", email="author@office.example", password=PASSWORD).status_code
    post(admin, f"{path}/enable", at=path)
    entered = post(browser(app), "/sign-in", email="author@office.example", password=PASSWORD).status_code

    assert (out, refused, entered) == (303, 401, 303)


def test_a_reset_password_is_shown_once_and_ends_the_old_one(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    path = f"/people/{lite_people.author.user_id}"
    author = browser(app, "author")

    answer = post(browser(app, "admin"), f"{path}/reset-password", at=path)

    password = html.fromstring(answer.text).xpath("string(//code[@id='secret'])")
    old = post(browser(app), "/sign-in", email="author@office.example", password=PASSWORD)
    new = post(browser(app), "/sign-in", email="author@office.example", password=password)
    assert author.get("/account").status_code == 303
    assert (old.status_code, new.location) == (401, "/account/password")
