"""Coming in and going out: wrong passwords, the throttle, where one goes on to, sessions that end, form tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from service.app import create_app
from service.config import Settings
from service.operations.accounts import disable_user, reset_password
from service.operations.sessions import FAILURES_PER_ACCOUNT
from service.uow import Desk
from service.web.identity import local_path
from tests.desk_fixtures import PASSWORD, People, StillClock
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, form_token, post

WRONG = "The e-mail address or the password is wrong."


def test_who_is_not_signed_in_is_sent_to_the_form_and_back(app: Flask, release_id: str) -> None:
    client = browser(app)
    path = f"/releases/{release_id}/fr"

    sent = client.get(path)
    answer = post(client, sent.location, email="reviewer@office.example", password=PASSWORD, next=path)

    assert sent.status_code == 303
    assert sent.location.startswith("/sign-in?next=")
    assert answer.location == path


@pytest.mark.parametrize("email", ["reviewer@office.example", "nobody@office.example"])
def test_wrong_name_and_wrong_password_read_the_same(app: Flask, email: str) -> None:
    client = browser(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    answer = post(client, "/sign-in", email=email, password="not the password")

    assert answer.status_code == 401
    assert WRONG in answer.text


def test_too_many_failures_are_throttled_even_with_the_right_password(app: Flask) -> None:
    client = browser(app)
    for _ in range(FAILURES_PER_ACCOUNT):
        post(client, "/sign-in", email="reviewer@office.example", password="wrong")

    answer = post(client, "/sign-in", email="reviewer@office.example", password=PASSWORD)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"


@pytest.mark.parametrize(
    "address, expected",
    [
        ("/releases", "/releases"),
        ("/releases?q=brug", "/releases?q=brug"),
        ("//evil.example", None),
        ("https://evil.example/", None),
        ("/\\evil.example", None),
        ("/\t/evil.example", None),
        ("releases", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_path_of_this_desk_is_gone_on_to(address: str | None, expected: str | None) -> None:
    followed = local_path(address)

    assert followed == expected


def test_a_foreign_address_is_not_followed_after_signing_in(app: Flask) -> None:
    form = {"email": "reviewer@office.example", "password": PASSWORD, "next": "https://evil.example/"}

    answer = post(browser(app), "/sign-in", **form)

    assert answer.location == "/"


def test_the_cookie_changes_at_sign_in_and_holds_no_name(app: Flask) -> None:
    client = browser(app, "reviewer")

    with client.session_transaction() as kept:
        keys = set(kept)

    assert keys <= {"sid", "csrf_token"}


def test_signing_out_ends_the_session_itself_not_only_the_cookie(app: Flask) -> None:
    client = browser(app, "reviewer")
    with client.session_transaction() as kept:
        token = kept["sid"]

    post(client, "/sign-out", at="/")
    with client.session_transaction() as kept:
        kept["sid"] = token
    answer = client.get("/")

    assert answer.location.startswith("/sign-in")


def test_signing_out_is_not_done_by_a_link(app: Flask) -> None:
    answer = browser(app, "reviewer").get("/sign-out")

    assert answer.status_code == 405


def test_an_idle_session_ends_after_half_an_hour_and_a_used_one_lasts(app: Flask, clock: StillClock) -> None:
    client = browser(app, "reviewer")
    codes = []
    for minutes in (20, 20, 31):
        clock.forward(minutes=minutes)
        codes.append(client.get("/").status_code)

    assert codes == [200, 200, 303]


def test_a_closed_account_is_out_at_once(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    client = browser(app, "reviewer")
    with lite_desk.begin(lite_people.admin) as work:
        disable_user(work, lite_people.reviewer.user_id or "")

    answer = client.get("/")

    assert answer.status_code == 303


def test_a_one_time_password_opens_only_the_password_page(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    with lite_desk.begin(lite_people.admin) as work:
        password = reset_password(work, lite_people.reviewer.user_id or "")
    client = browser(app)

    answer = post(client, "/sign-in", email="reviewer@office.example", password=password)
    elsewhere = client.get("/releases")

    assert answer.location == "/account/password"
    assert elsewhere.location == "/account/password"


def test_a_form_without_its_token_is_refused(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")

    answer = client.post(f"/releases/{release_id}/fr/claim")

    assert answer.status_code == 400
    assert "too old or not from this desk" in answer.text


def test_a_form_that_comes_after_the_session_ended_leads_to_signing_in(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")
    token = form_token(client, "/")
    client.delete_cookie("perstolk")

    answer = client.post(f"/releases/{release_id}/comments", data={"csrf_token": token, "body": "Klopt dit?"})

    assert 400 == answer.status_code
    assert 'action="/sign-in"' in answer.text


def test_a_token_of_another_session_is_refused(app: Flask, release_id: str) -> None:
    theirs = form_token(browser(app, "second_reviewer"), "/")
    client = browser(app, "reviewer")
    client.get("/")

    answer = client.post(f"/releases/{release_id}/fr/claim", data={"csrf_token": theirs})

    assert answer.status_code == 400


def test_the_forms_of_an_answer_have_a_token_that_is_good(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")

    page = post(client, "/account/password", present="wrong", new="short", again="shorter").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    again = client.post(f"/releases/{release_id}/fr/claim", data={"csrf_token": token[1] if token else ""})

    assert again.status_code == 303


def test_a_text_that_went_through_signing_in_is_saved_by_the_form_behind_it(
    app: Flask, release_id: str, units_of: UnitsOf
) -> None:
    client = browser(app, "reviewer")
    unit = units_of(release_id, "fr")[0]
    place = f"/releases/{release_id}/fr/units/{unit.id}/save"
    sent = {"csrf_token": form_token(client, "/"), "row_version": str(unit.row_version), "target": "Un pont"}
    with client.session_transaction() as kept:
        kept["sid"] = "an ended one"

    asked = html.fromstring(client.post(place, data=sent).text).forms[-1]
    signed_in = client.post(
        "/sign-in", data={**dict(asked.form_values()), "email": "reviewer@office.example", "password": PASSWORD}
    )
    offered = html.fromstring(signed_in.text).xpath(f"//form[contains(@action, '{unit.id}')]")[0]
    saved = client.post(offered.action, data=dict(offered.form_values()))

    assert (200, 303) == (signed_in.status_code, saved.status_code)
    assert "Un pont" == units_of(release_id, "fr")[0].target


@pytest.mark.parametrize(
    "language, words", [("nl", "Aanmelden"), ("fr", "Se connecter"), ("de", "Anmelden"), ("en", "Sign in")]
)
def test_the_form_speaks_the_language_that_the_browser_asks_for(app: Flask, language: str, words: str) -> None:
    answer = browser(app).get("/sign-in", headers={"Accept-Language": f"{language}-BE,{language};q=0.9"})

    assert f'<html lang="{language}">' in answer.text
    assert words in answer.text


def test_a_language_can_be_chosen_before_signing_in(app: Flask) -> None:
    client = browser(app)

    post(client, "/language", at="/sign-in", language="de")
    answer = client.get("/sign-in", headers={"Accept-Language": "fr"})

    assert '<html lang="de">' in answer.text


def test_a_new_key_leaves_people_signed_in(lite_desk: Desk, lite_people: People, tmp_path: Path) -> None:
    assert lite_people.reviewer
    old, new = "the key of last year 1", "the key of this year 2"
    before, after, without = (
        create_app(Settings(secret_key=key, var_dir=tmp_path, **more), desk=lite_desk)  # type: ignore[arg-type]
        for key, more in ((old, {}), (new, {"old_secret_keys": old}), (new, {}))
    )
    cookie = browser(before, "reviewer").get_cookie("perstolk")
    assert cookie

    pages = []
    for app in (after, without):
        client = app.test_client()
        client.set_cookie("perstolk", cookie.value)
        pages.append(client.get("/").status_code)

    assert [200, 303] == pages
