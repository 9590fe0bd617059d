"""Publishing, scheduling and withdrawing from the pages: what they say first, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from lxml import html

from service.operations.endpoints import add_endpoint, change_endpoint
from service.storage.models import Release
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.operations.making import approve, draft, submit
from tests.web.offices import approved, browser, post, published

TOMORROW = NOON + timedelta(days=1)


def _release(desk: Desk, release_id: str) -> Release:
    with desk.read() as reading:
        return reading.session.get_one(Release, release_id)


def _main(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("string(//main)").split())


def test_the_page_says_what_will_happen_when_and_to_whom(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    with lite_desk.begin(lite_people.publisher) as work:
        add_endpoint(work, lite_desk.vault, url="https://news.example/told")
        add_endpoint(work, lite_desk.vault, url="https://news.example/pings", events=["ping"])
        off, _ = add_endpoint(work, lite_desk.vault, url="https://news.example/off")
        change_endpoint(work, off.id, enabled=False)
    release_id = approved(lite_desk, lite_people, embargo_at=TOMORROW)

    page = browser(app, "publisher").get(f"/releases/{release_id}/publish").text

    said = _main(page)
    assert html.fromstring(page).xpath("//tbody/tr/td[2]/text()") == ["leaves"] * 3
    assert "At the end of the embargo: Tue 3 Mar 2026, 13:00. Until then nothing leaves." in said
    assert "One endpoint is told: https://news.example/told" in said
    assert "pings" not in said
    assert "https://news.example/off" not in said
    assert "Schedule the publication" in said


def test_a_closed_gate_shows_its_reasons_and_no_button(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = submit(lite_desk, lite_people.author)
    draft(lite_desk, release_id)
    approve(lite_desk, lite_people.reviewer, release_id, "fr")
    publisher = browser(app, "publisher")

    page = publisher.get(f"/releases/{release_id}/publish")

    reasons = html.fromstring(page.text).xpath("//div[@id='summary']//li/text()")
    assert reasons == [
        "The version “Deutsch” is not approved (it is “In review”).",
        "The version “English” is not approved (it is “In review”).",
    ]
    assert "Publish now" not in page.text


def test_publishing_at_a_closed_gate_says_why_and_changes_nothing(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = submit(lite_desk, lite_people.author)
    draft(lite_desk, release_id)
    publisher = browser(app, "publisher")

    answer = post(publisher, f"/releases/{release_id}/publish", at="/account")

    assert answer.status_code == 409
    assert len(html.fromstring(answer.text).xpath("//div[@role='alert']//li")) == 3
    assert _release(lite_desk, release_id).publish_requested_at is None


def test_without_an_embargo_publishing_is_at_once(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = approved(lite_desk, lite_people)

    answer = post(browser(app, "publisher"), f"/releases/{release_id}/publish")

    assert (answer.status_code, answer.location) == (303, f"/releases/{release_id}?done=published")
    assert _release(lite_desk, release_id).state == "published"


def test_a_scheduled_publication_can_be_taken_back(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = approved(lite_desk, lite_people, embargo_at=TOMORROW)
    publisher = browser(app, "publisher")

    scheduled = post(publisher, f"/releases/{release_id}/publish")
    due_at = _release(lite_desk, release_id).due_at
    taken_back = post(publisher, f"/releases/{release_id}/publish/cancel", at=f"/releases/{release_id}/publish")

    assert scheduled.location == f"/releases/{release_id}?done=scheduled"
    assert due_at == TOMORROW
    assert taken_back.location == f"/releases/{release_id}?done=unscheduled"
    assert _release(lite_desk, release_id).due_at is None


def test_withdrawing_wants_a_reason(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = published(lite_desk, lite_people)
    publisher = browser(app, "publisher")

    without = post(publisher, f"/releases/{release_id}/withdraw", reason="  ")
    with_one = post(publisher, f"/releases/{release_id}/withdraw", reason="The date is wrong.")

    assert without.status_code == 422
    assert html.fromstring(without.text).xpath("//textarea[@id='reason']/@aria-invalid") == ["true"]
    assert with_one.location == f"/releases/{release_id}?done=withdrawn"
    assert _release(lite_desk, release_id).withdrawn_reason == "The date is wrong."


def test_the_reason_of_a_withdrawal_is_in_a_language_of_the_office(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = published(lite_desk, lite_people)
    publisher, page = browser(app, "publisher"), f"/releases/{release_id}/withdraw"

    offered = html.fromstring(publisher.get(page).text).xpath("//select[@id='reason_locale']/option")
    refused = post(publisher, page, reason="La fecha no es correcta.", reason_locale="es")
    post(publisher, page, reason="La date est fausse.", reason_locale="fr")

    assert ["nl", "fr", "de", "en"] == [option.get("value") for option in offered]
    assert ["nl"] == [option.get("value") for option in offered if option.get("selected") is not None]
    assert 422 == refused.status_code
    assert "La fecha no es correcta." in refused.text
    assert "fr" == _release(lite_desk, release_id).withdrawn_reason_locale
    shown = html.fromstring(publisher.get(f"/releases/{release_id}").text)
    assert ["La date est fausse."] == shown.xpath("//*[@id='standing']//span[@lang='fr']/text()")


@pytest.mark.parametrize(
    "make, expected", [(published, "Its public pages will say"), (approved, "Nobody outside has seen it")]
)
def test_the_page_says_what_withdrawing_does(
    make: Callable[[Desk, People], str], expected: str, lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = make(lite_desk, lite_people)

    said = _main(browser(app, "publisher").get(f"/releases/{release_id}/withdraw").text)

    assert expected in said


def test_the_schedule_is_read_and_shown_in_local_time(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = submit(lite_desk, lite_people.author)
    author = browser(app, "author")
    path = f"/releases/{release_id}/schedule"

    post(author, path, embargo_at="2026-07-01T09:30", deadline_at="2026-06-30T17:00", publish="as_approved")

    release = _release(lite_desk, release_id)
    page = html.fromstring(author.get(path).text)
    assert release.embargo_at == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    assert (release.publish, release.confidential) == ("as_approved", False)
    assert page.xpath("//input[@id='embargo_at']/@value") == ["2026-07-01T09:30"]
    assert page.xpath("//input[@id='deadline_at']/@value") == ["2026-06-30T17:00"]


def _filled(page: str, **changed: str) -> dict[str, str]:
    """Return the fields of a schedule's form as a browser sends them, with what a person changed."""
    form = html.fromstring(page).forms[-1]
    return {name: value for name, value in form.form_values() if name != "csrf_token"} | changed


def test_a_colleagues_embargo_is_not_written_over_by_an_older_page(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = submit(lite_desk, lite_people.author, embargo_at=TOMORROW)
    path = f"/releases/{release_id}/schedule"
    author, publisher = browser(app, "author"), browser(app, "publisher")
    older = author.get(path).text
    post(publisher, path, **_filled(publisher.get(path).text, embargo_at="2026-03-04T10:00"))

    refused = post(author, path, **_filled(older, deadline_at="2026-03-02T15:00"))
    moved = _release(lite_desk, release_id).embargo_at
    taken = post(author, path, **_filled(refused.text))

    assert refused.status_code == 412
    assert "As it stands now: embargo Wed 4 Mar 2026, 10:00, deadline none." in _main(refused.text)
    assert 'value="2026-03-02T15:00"' in refused.text
    assert moved == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert taken.status_code == 303
    assert _release(lite_desk, release_id).embargo_at == TOMORROW


def test_a_scheduled_release_leaves_sooner_only_where_a_publisher_says_so(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = approved(lite_desk, lite_people, embargo_at=TOMORROW)
    path = f"/releases/{release_id}/schedule"
    author, publisher = browser(app, "author"), browser(app, "publisher")
    post(publisher, f"/releases/{release_id}/publish")

    page = publisher.get(path).text
    by_author = post(author, path, **_filled(page, embargo_at=""))
    asked = post(publisher, path, **_filled(page, embargo_at="2026-03-02T17:00"))
    at_once = post(publisher, path, **_filled(page, embargo_at=""))
    before = _release(lite_desk, release_id).due_at
    said = post(publisher, path, **_filled(at_once.text, sure="yes"))

    assert "It is scheduled for Tue 3 Mar 2026, 13:00." in _main(page)
    assert (by_author.status_code, asked.status_code, at_once.status_code, said.status_code) == (403, 422, 422, 303)
    assert "only a publisher lets it leave sooner" in _main(by_author.text)
    assert "it happens sooner, Mon 2 Mar 2026, 17:00: tick that it may." in _main(asked.text)
    assert "it happens at once: tick that it may." in _main(at_once.text)
    assert before == TOMORROW
    assert _release(lite_desk, release_id).due_at == NOON


def test_an_hour_that_is_as_it_was_shown_stays_to_the_second(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    exact = TOMORROW + timedelta(seconds=30)
    release_id = submit(lite_desk, lite_people.author, embargo_at=exact)
    author = browser(app, "author")
    path = f"/releases/{release_id}/schedule"

    post(author, path, **_filled(author.get(path).text, confidential="yes"))

    assert (_release(lite_desk, release_id).embargo_at, _release(lite_desk, release_id).confidential) == (exact, True)


def test_an_emptied_field_takes_embargo_and_deadline_away(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = submit(lite_desk, lite_people.author, embargo_at=TOMORROW, deadline_at=TOMORROW)
    author = browser(app, "author")

    post(author, f"/releases/{release_id}/schedule", embargo_at="", deadline_at="", confidential="yes")

    release = _release(lite_desk, release_id)
    assert (release.embargo_at, release.deadline_at, release.confidential) == (None, None, True)


def test_an_hour_that_the_clock_shows_twice_can_be_written_with_its_offset(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = submit(lite_desk, lite_people.author)
    author = browser(app, "author")
    path = f"/releases/{release_id}/schedule"

    refused = post(author, path, embargo_at="2026-10-25T02:30", deadline_at="2026-10-20T09:00")
    field = html.fromstring(refused.text).xpath("//input[@id='embargo_at']")[0]
    taken = post(author, path, embargo_at="2026-10-25T02:30+02:00")

    assert refused.status_code == 422
    assert (field.get("value"), field.get("type")) == ("2026-10-25T02:30", "text")
    assert taken.status_code == 303
    assert _release(lite_desk, release_id).embargo_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
