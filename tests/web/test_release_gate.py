"""The gate on the page of a release: what publishing does, what keeps it, who hears of it, and all that happened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from lxml import html

from service.operations.endpoints import add_endpoint
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import TEXT, approve, draft, submit
from tests.operations.steps import attempt, deliveries, relay, revise
from tests.web.conftest import CountStatements
from tests.web.offices import approved, browser, published

URL = "https://news.example/told"


def _tell(desk: Desk, people: People) -> None:
    with desk.begin(people.publisher) as work:
        add_endpoint(work, desk.vault, url=URL, events=["release.published", "version.approved"], public=False)


def _page(app: Flask, release_id: str, who: str = "publisher") -> Any:
    return html.fromstring(browser(app, who).get(f"/releases/{release_id}").text)


def _gate(page: Any) -> str:
    return " ".join(page.xpath("string(//section[contains(@class, 'gate')])").split())


def _happened(page: Any) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath("//ol[contains(@class, 'log')]/li")]


def test_the_gate_says_what_keeps_each_language(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    release_id = submit(lite_desk, lite_people.author, embargo_at=NOON + timedelta(days=1))
    draft(lite_desk, release_id)
    approve(lite_desk, lite_people.reviewer, release_id, "fr")

    said = _gate(_page(app, release_id))

    assert "it leaves at the end of the embargo, Tue 3 Mar 2026, 13:00; until then nothing leaves" in said
    assert "Nothing can leave yet. All languages are published together." in said
    assert "The version “Deutsch” is not approved" in said
    assert "The version “Français”" not in said


def test_an_open_gate_says_what_leaves_and_who_is_told(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    _tell(lite_desk, lite_people)
    release_id = approved(lite_desk, lite_people)

    publisher, author = (_page(app, release_id, who) for who in ("publisher", "author"))

    assert "it leaves at once. Would leave: Français, Deutsch, English." in _gate(publisher)
    assert f"one endpoint is told: {URL}" in _gate(publisher)
    assert "one endpoint is told." in _gate(author)
    assert URL not in _gate(author)
    assert "Publish …" not in _gate(author)


def test_a_public_release_is_corrected_one_language_at_a_time_with_a_reason(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    release_id = published(lite_desk, lite_people)
    page = _page(app, release_id)

    assert "Every language is public." in _gate(page)
    assert "Publish …" not in _gate(page)
    ways = page.xpath("//a[starts-with(text(), 'Correct')]/@href")
    assert [f"/releases/{release_id}/{locale}/reopen" for locale in ("fr", "de", "en")] == ways
    assert 'name="reason"' in browser(app, "publisher").get(ways[0]).text


def test_a_withdrawn_release_has_no_gate(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    release_id = published(lite_desk, lite_people)
    client = browser(app, "publisher")
    path = f"/releases/{release_id}/withdraw"
    token = html.fromstring(client.get(path).text).xpath("//input[@name='csrf_token']/@value")[0]
    client.post(path, data={"csrf_token": token, "reason": "Wrong."})

    assert "" == _gate(_page(app, release_id))


def test_what_happened_leads_to_what_it_changed(
    app: Flask, lite_desk: Desk, lite_people: People, clock: StillClock
) -> None:
    release_id = submit(lite_desk, lite_people.author)
    draft(lite_desk, release_id)
    approve(lite_desk, lite_people.reviewer, release_id, "fr")
    clock.forward(hours=1)
    revise(lite_desk, lite_people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))
    draft(lite_desk, release_id)
    clock.forward(hours=1)
    approve(lite_desk, lite_people.reviewer, release_id, "fr")

    ways = _page(app, release_id, "author").xpath("//ol[contains(@class, 'log')]//a/@href")

    place = f"/releases/{release_id}/fr/compare"
    assert [
        f"{place}?old=approval-1&new=approval-2",
        f"{place}?old=source-1&new=source-2",
        f"{place}?old=draft&new=approval-1",
    ] == ways
    assert [200] * 3 == [browser(app, "author").get(way).status_code for way in ways]


def test_who_may_see_endpoints_sees_each_attempt_in_the_time_line(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    _tell(lite_desk, lite_people)
    release_id = published(lite_desk, lite_people)
    relay(lite_desk)
    attempt(lite_desk, deliveries(lite_desk)[0].id, status=503)

    shown = [line for line in _happened(_page(app, release_id)) if "Told to" in line]
    hidden = _happened(_page(app, release_id, "author"))

    assert 4 == len(shown)
    assert any("Attempt 1: 503" in line for line in shown)
    assert not any("Told to" in line or URL in line for line in hidden)


def test_the_page_costs_the_same_whatever_happened(
    app: Flask, lite_desk: Desk, lite_people: People, count_statements: CountStatements
) -> None:
    _tell(lite_desk, lite_people)
    one = approved(lite_desk, lite_people)
    relay(lite_desk)
    client = browser(app, "publisher")
    costs = []
    for release_id in (one, approved(lite_desk, lite_people, targets=("fr",))):  # type: ignore[arg-type]
        relay(lite_desk)
        client.get(f"/releases/{release_id}")
        with count_statements() as seen:
            client.get(f"/releases/{release_id}")
        costs.append(len(seen))

    assert costs[0] == costs[1]
