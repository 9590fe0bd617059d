"""Endpoints and deliveries from the pages: secrets shown once, every attempt to be read, resending."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from service.operations.delivering import AttemptResult, claim_delivery, fan_out, record_attempt
from service.operations.upkeep import find_due
from service.storage.models import Delivery, Endpoint
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.web.offices import browser, post, published

URL = "https://news.example/hook"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")


def _only(desk: Desk) -> Endpoint:
    with desk.read() as reading:
        return reading.session.scalars(select(Endpoint)).one()


def _deliveries(desk: Desk) -> list[Delivery]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(Delivery)))


def _relay(desk: Desk) -> None:
    with desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with desk.begin() as work:
            fan_out(work, row)


def _try(desk: Desk, delivery_id: str, status: int) -> None:
    with desk.begin() as work:
        sending = claim_delivery(work, delivery_id, desk.vault)
    assert sending is not None
    with desk.begin() as work:
        record_attempt(work, sending, AttemptResult(31, status=status, answer="no room here"), jitter=0.0)


def test_a_secret_is_shown_once_and_kept_by_nobody(lite_desk: Desk, app: Flask) -> None:
    publisher = browser(app, "publisher")

    added = post(publisher, "/endpoints/new", url=URL, events=["release.published"], public="yes")

    endpoint = _only(lite_desk)
    secret = SECRET.findall(added.text)[0]
    later = publisher.get(f"/endpoints/{endpoint.id}").text + publisher.get("/endpoints").text
    assert added.headers["Cache-Control"] == "no-store"
    assert lite_desk.vault.unlock(endpoint.secret) == secret
    assert SECRET.findall(later) == []


def test_a_new_secret_leaves_the_old_one_a_day(lite_desk: Desk, app: Flask, clock: StillClock) -> None:
    publisher = browser(app, "publisher")
    first = SECRET.findall(post(publisher, "/endpoints/new", url=URL, events=["release.published"]).text)[0]
    path = f"/endpoints/{_only(lite_desk).id}"

    second = SECRET.findall(post(publisher, f"{path}/rotate", at=path).text)[0]

    assert first != second
    assert "Tue 3 Mar 2026, 13:00" in publisher.get(path).text
    clock.forward(hours=25)
    publisher = browser(app, "publisher")
    assert "Tue 3 Mar 2026, 13:00" not in publisher.get(path).text


@pytest.mark.parametrize("url", ["http://news.example/hook", "https://10.0.0.1/hook", "nonsense"])
def test_an_address_that_may_not_be_called_stays_in_the_form_with_the_reason(
    url: str, lite_desk: Desk, app: Flask
) -> None:
    lite_desk.office = type(lite_desk.office)()

    answer = post(browser(app, "publisher"), "/endpoints/new", url=url, description="The newsroom")

    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    assert page.xpath("//input[@id='url']/@value") == [url]
    assert page.xpath("//input[@id='url']/@aria-invalid") == ["true"]
    assert page.xpath("//div[@id='summary']//a/@href") == ["#url"]


def test_a_form_without_an_event_says_so_where_they_are(lite_desk: Desk, app: Flask) -> None:
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=URL, public="yes", events=["release.published"])
    path = f"/endpoints/{_only(lite_desk).id}"

    answers = [post(publisher, at, url=URL, public="yes") for at in ("/endpoints/new", path)]

    for answer in answers:
        page = html.fromstring(answer.text)
        assert answer.status_code == 422
        assert page.xpath("//div[@id='summary']//a/@href") == ["#events"]
        assert "Choose at least one event." in page.xpath("//fieldset[@id='events']")[0].text_content()
    assert _only(lite_desk).events == ["release.published"]


def test_settings_are_changed_as_the_form_says(lite_desk: Desk, app: Flask) -> None:
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=URL, events=["release.published"], public="yes")
    path = f"/endpoints/{_only(lite_desk).id}"

    answer = post(publisher, path, url=f"{URL}/2", events=["version.drafted", "release.submitted"])

    endpoint = _only(lite_desk)
    assert answer.location == f"{path}?done=endpoint-changed"
    assert (endpoint.url, endpoint.public) == (f"{URL}/2", False)
    assert endpoint.events == ["version.drafted", "release.submitted"]


def test_an_endpoint_is_switched_off_and_on_and_removed(lite_desk: Desk, app: Flask) -> None:
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=URL, events=["release.published"])
    path = f"/endpoints/{_only(lite_desk).id}"

    post(publisher, f"{path}/disable", at=path)
    off = _only(lite_desk).disabled_because
    post(publisher, f"{path}/enable", at=path)
    on = _only(lite_desk).disabled_at
    removed = post(publisher, f"{path}/remove")

    assert (off, on) == ("by_hand", None)
    assert removed.location == "/endpoints?done=endpoint-removed"
    assert publisher.get(path).status_code == 404
    assert URL not in publisher.get("/endpoints").text


def test_an_endpoint_that_was_given_up_is_told_of_until_somebody_switches_it_on(lite_desk: Desk, app: Flask) -> None:
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=URL, events=["release.published"])
    endpoint = _only(lite_desk)
    post(publisher, f"/endpoints/{endpoint.id}/test", at=f"/endpoints/{endpoint.id}")
    _relay(lite_desk)
    assert "switched off" not in publisher.get("/").text
    _try(lite_desk, _deliveries(lite_desk)[0].id, 410)

    told = {
        path: "An endpoint is switched off" in publisher.get(path).text for path in ("/", "/endpoints", "/deliveries")
    }
    reviewers = browser(app, "reviewer").get("/").text
    post(publisher, f"/endpoints/{endpoint.id}/enable", at="/")

    assert told == {"/": True, "/endpoints": True, "/deliveries": True}
    assert "An endpoint is switched off" not in reviewers
    assert "An endpoint is switched off" not in publisher.get("/").text
    assert [("pending", lite_desk_now(lite_desk))] == [(row.state, row.due_at) for row in _deliveries(lite_desk)]


def lite_desk_now(desk: Desk) -> datetime:
    with desk.read() as reading:
        return reading.now


def test_a_range_is_sent_again_from_the_page(
    lite_desk: Desk, lite_people: People, app: Flask, clock: StillClock
) -> None:
    publisher = browser(app, "publisher")
    published(lite_desk, lite_people)
    _relay(lite_desk)
    post(publisher, "/endpoints/new", url=URL, events=["release.published"])
    path = f"/endpoints/{_only(lite_desk).id}"
    clock.forward(minutes=1)

    nothing = post(publisher, f"{path}/replay", at=path, release="nergens", first="1")
    wrong = post(publisher, f"{path}/replay", at=path, since="2026-03-02T13:00", first="one")
    later = post(publisher, f"{path}/replay", at=path, since="2026-03-02T13:01")
    assert [] == _deliveries(lite_desk)
    sent = post(publisher, f"{path}/replay", at=path, since="2026-03-02T13:00")

    assert (422, 422, 303, 303) == tuple(it.status_code for it in (nothing, wrong, later, sent))
    assert "There is no release of that name." in nothing.text
    assert "This is a whole number." in wrong.text
    assert ["pending"] == [row.state for row in _deliveries(lite_desk)]


def test_a_delivery_shows_its_body_and_every_attempt(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=URL, events=["release.published"], public="yes")
    published(lite_desk, lite_people)
    _relay(lite_desk)
    delivery = _deliveries(lite_desk)[0]
    _try(lite_desk, delivery.id, 503)

    page = html.fromstring(publisher.get(f"/deliveries/{delivery.id}").text)

    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [["1", "Mon 2 Mar 2026, 13:00", "31", "503", "no room here"]]
    assert '"type": "release.published"' in page.xpath("string(//pre)")


def test_a_delivery_can_be_sent_again(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=URL, events=["release.published"], public="yes")
    published(lite_desk, lite_people)
    _relay(lite_desk)
    delivery = _deliveries(lite_desk)[0]
    _try(lite_desk, delivery.id, 200)

    answer = post(publisher, f"/deliveries/{delivery.id}/resend", at=f"/deliveries/{delivery.id}")

    again = _deliveries(lite_desk)[0]
    assert answer.location == f"/deliveries/{delivery.id}?done=resent"
    assert (again.id, again.state, again.due_at) == (delivery.id, "pending", again.created_at)


def test_the_log_is_paged_and_filtered(lite_desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.web.endpoints.DELIVERIES_PER_PAGE", 2)
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=URL, events=["release.published"])
    path = f"/endpoints/{_only(lite_desk).id}"
    for _ in range(3):
        post(publisher, f"{path}/test", at=path)
    _relay(lite_desk)

    first = html.fromstring(publisher.get("/deliveries?state=pending").text)
    older = html.fromstring(publisher.get(first.xpath("//a[@rel='next']/@href")[0]).text)
    none = html.fromstring(publisher.get("/deliveries?state=failed").text)

    links = [page.xpath("//tbody//th/a/@href") for page in (first, older, none)]
    assert [len(found) for found in links] == [2, 1, 0]
    assert len({*links[0], *links[1]}) == 3


@pytest.mark.parametrize("after", ["x", "2026-01-01~del_1", "2026-01-01T00:00:00+00:00~", "~"])
def test_a_made_up_place_in_the_log_begins_at_the_top(after: str, app: Flask) -> None:
    assert browser(app, "publisher").get("/deliveries", query_string={"after": after}).status_code == 200
