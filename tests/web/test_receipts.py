"""What publishers' pages show, as the desk's pages and mails tell it."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from service.domain.notices import NoticeKind
from service.domain.permissions import DESK
from service.operations.endpoints import add_endpoint
from service.operations.mailing import Mail, News
from service.operations.upkeep import find_due
from service.storage.models import Delivery, Receipt
from service.uow import Desk
from service.web.letters import write_letter
from tests.desk_fixtures import NOON, People
from tests.operations.steps import act, attempt, published, relay
from tests.web.offices import browser, post

SITE = "http://127.0.0.1:9/hook"


@pytest.fixture
def told(lite_desk: Desk, lite_people: People) -> tuple[str, str]:
    """A release that a receiver of receipts was sent, with one receipt that differs; the release and the delivery."""
    act(lite_desk, lite_people.publisher, add_endpoint, lite_desk.vault, url=SITE, receipts=True, description="Krant")
    release_id = published(lite_desk, lite_people)
    relay(lite_desk)
    (delivery_id,) = act(lite_desk, DESK, find_due).deliveries
    attempt(lite_desk, delivery_id, status=200)
    with lite_desk.begin() as work:
        french = work.session.scalars(select(Receipt).where(Receipt.locale == "fr")).one()
        french.state, french.because, french.url = "differs", "text", "http://127.0.0.1:9/fr"
        french.checked_at = work.now
    return release_id, delivery_id


def rows(page: str) -> list[list[str]]:
    """Return the cells of the table of receipts, without its last column."""
    found = html.fromstring(page).xpath("//*[@id='receipts']/descendant-or-self::*[self::section]//tbody/tr")
    found = found or html.fromstring(page).xpath("//*[@id='receipts']/following::tbody[1]/tr")
    return [[" ".join(cell.text_content().split()) for cell in row][:-1] for row in found]


def test_a_release_shows_what_its_publishers_pages_show(told: tuple[str, str], app: Flask) -> None:
    publisher = browser(app, "publisher")
    expected = [
        ["Krant de", "Deutsch", "awaited", "–"],
        ["Krant en", "English", "awaited", "–"],
        ["Krant fr", "Français", "differs the page does not show the text whole", "http://127.0.0.1:9/fr"],
    ]

    assert expected == rows(publisher.get(f"/releases/{told[0]}").text)
    assert expected == rows(publisher.get(f"/deliveries/{told[1]}").text)


@pytest.mark.parametrize("who", ["author", "reviewer", "auditor"])
def test_who_manages_no_endpoints_sees_none_of_it(told: tuple[str, str], app: Flask, who: str) -> None:
    page = browser(app, who).get(f"/releases/{told[0]}").text

    assert "Krant" not in page
    assert [] == rows(page)


def test_an_endpoint_is_asked_for_receipts_by_its_form(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    assert lite_people.publisher
    publisher = browser(app, "publisher")
    post(publisher, "/endpoints/new", url=SITE, events=["release.published"], public="yes", receipts="yes")
    path = publisher.get("/endpoints").text.split('href="/endpoints/end_')[1].split('"')[0]

    page = html.fromstring(publisher.get(f"/endpoints/end_{path}").text)
    assert [True] == [box.checked for box in page.xpath("//input[@name='receipts']")]
    post(publisher, f"/endpoints/end_{path}", url=SITE, events=["release.published"], public="yes")
    page = html.fromstring(publisher.get(f"/endpoints/end_{path}").text)
    assert [False] == [box.checked for box in page.xpath("//input[@name='receipts']")]


@pytest.mark.parametrize(
    "facts, sentence, link",
    [
        (
            {"what": "receipt", "state": "missing"},
            "A page of a publisher is missing, or does not show what was published. (French)",
            "/releases/rel_1#receipts",
        ),
        (
            {"what": "endpoint", "because": "gone", "endpoint": "end_1"},
            "An endpoint is switched off, because its receiver answered that it is gone.",
            "/endpoints/end_1",
        ),
        (
            {"what": "endpoint", "because": "failing", "endpoint": "end_1"},
            "An endpoint is switched off, because its deliveries failed for too long.",
            "/endpoints/end_1",
        ),
    ],
)
def test_a_mail_says_what_went_wrong_and_where(
    lite_desk: Desk, facts: dict[str, str], sentence: str, link: str
) -> None:
    of_release = ("rel_1", "fr") if facts["what"] == "receipt" else (None, None)
    news = News(NoticeKind.FAILED, NOON, *of_release, facts)

    letter = write_letter(Mail("ntc_1", "lea_1", 1, "a@office.example", "en", (news,)), lite_desk.office)

    assert f"Perstolk: {sentence}" == letter.subject
    assert f"{lite_desk.office.public_url}{link}" in letter.plain.splitlines()


def test_what_a_delivery_has_no_receipts_for_shows_none(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    act(lite_desk, lite_people.publisher, add_endpoint, lite_desk.vault, url=SITE)
    published(lite_desk, lite_people)
    relay(lite_desk)
    with lite_desk.read() as reading:
        delivery_id = reading.session.scalars(select(Delivery.id)).one()

    assert [] == rows(browser(app, "publisher").get(f"/deliveries/{delivery_id}").text.split("<h2>Attempts")[0])
