"""A form that is sent after the session ended: nothing of it is done, and its sender is told so on its page."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from service.queries.releases import version_row
from service.uow import Desk
from tests.desk_fixtures import PASSWORD, People, StillClock
from tests.web.offices import browser, form_token

UNSENT = "nothing of it was done"


def _english(app: Flask, person: str | None = None) -> FlaskClient:
    client = browser(app, person)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def _sign_in(client: FlaskClient, page: str, password: str = PASSWORD) -> tuple[str, str]:
    """Send the sign-in form of a page; return where it leads and what stands there."""
    form = html.fromstring(page).xpath("//form[contains(@action, 'sign-in')]")[0]
    answer = client.post(
        "/sign-in", data={**dict(form.form_values()), "email": "reviewer@office.example", "password": password}
    )
    return answer.location or "", answer.text


@pytest.mark.parametrize("ended", ["idle", "cookie gone"])
def test_it_leads_through_signing_in_back_to_its_page_which_says_so(
    ended: str, app: Flask, release_id: str, clock: StillClock, lite_desk: Desk, lite_people: People
) -> None:
    client = _english(app, "reviewer")
    stood_on = f"/releases/{release_id}?q=a%26b&done=commented"
    sent = {"csrf_token": form_token(client, "/")}
    if ended == "idle":
        clock.forward(minutes=31)
    else:
        client.delete_cookie("perstolk")

    answer = client.post(
        f"/releases/{release_id}/fr/claim", data=sent, headers={"Referer": f"http://localhost{stood_on}"}
    )
    asked = client.get(answer.location).text if answer.location else answer.text
    where, _ = _sign_in(client, asked)
    shown = html.fromstring(client.get(where).text)

    assert {"idle": 303, "cookie gone": 400}[ended] == answer.status_code
    assert UNSENT in asked
    assert f"/releases/{release_id}?q=a%26b&done=unsent" == where
    assert UNSENT in shown.xpath("string(//*[@class='banner' and @role='status'])")
    with lite_desk.read() as reading:
        _, row = version_row(reading.session, lite_people.admin, release_id, "fr")
    assert row.version.claimed_by is None


def test_a_wrong_password_in_between_loses_neither_the_page_nor_the_word(app: Flask, release_id: str) -> None:
    client = _english(app)

    asked = client.post("/releases/new").text
    _, again = _sign_in(client, asked, password="wrong")
    where, _ = _sign_in(client, again)

    assert UNSENT in again
    assert "/releases/new?done=unsent" == where


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/releases",
        "http://localhost//evil.example/",
        "http://localhost/sign-in?next=%2F",
        "http://localhost/language",  # takes forms only
        "http://localhost/no/such/page",
        "http://[broken",
        "",
    ],
)
def test_what_is_no_page_of_the_desk_is_not_gone_on_to(referer: str, app: Flask, release_id: str) -> None:
    client = _english(app)

    asked = client.post(f"/releases/{release_id}/fr/claim", headers={"Referer": referer}).text
    where, _ = _sign_in(client, asked)

    assert "/?done=unsent" == where
