"""An entry of the memory on its page: read by those who may read what it came from, kept by who answers for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from service.domain.memory_files import Filed, FiledTarget, FiledUnit
from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations.memory_import import MemoryImport
from service.operations.memory_keeping import edit_unit_target, retire_unit
from service.storage.models import MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.operations.steps import act
from tests.web.offices import approved, browser, post, published

SOURCE = CodedText("De brug kost {1}25 miljoen{/1}.", (InlineCode(1, CodeKind.BOLD),))
TARGET = "Le pont coûte {1}25 millions{/1}."
BETTER = "Ce pont coûte {1}25 millions{/1}."


@pytest.fixture
def unit_id(lite_desk: Desk, lite_people: People) -> int:
    """An entry that came from a file, with others of its source beside it."""
    targets = FiledTarget("fr", TARGET), FiledTarget("fr", "Un pont, {1}25{/1}."), FiledTarget("de", "Die Brücke.")
    filed: list[Filed] = [FiledUnit(1, SOURCE, targets)]
    list(MemoryImport("nl", "oud.tmx").take_all(lambda: lite_desk.begin(lite_people.admin), filed))
    with lite_desk.read() as reading:
        return reading.session.scalars(select(MemoryUnit.id).where(MemoryUnit.target == TARGET)).one()


def stored(desk: Desk, unit_id: int) -> MemoryUnit:
    with desk.read() as reading:
        return reading.session.get_one(MemoryUnit, unit_id)


def of_release(desk: Desk, release_id: str) -> int:
    with desk.read() as reading:
        french = select(MemoryUnit.id).where(MemoryUnit.release_id == release_id, MemoryUnit.target_locale == "fr")
        return reading.session.scalars(french.order_by(MemoryUnit.id)).first() or 0


def form(page: str) -> dict[str, str]:
    """Return what the entry's form would send as it stands; a browser leaves a text's first line break out."""
    (found,) = (each for each in html.fromstring(page).forms if "target" in each.fields)
    return {name: str(value).removeprefix("\n") for name, value in found.form_values() if name != "csrf_token"}


def words(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def test_an_entry_is_edited_by_its_form(lite_desk: Desk, app: Flask, unit_id: int) -> None:
    reviewer = browser(app, "french_reviewer")
    sent = form(reviewer.get(f"/memory/{unit_id}").text)

    answer = post(reviewer, f"/memory/{unit_id}", **{**sent, "target": BETTER, "reason": "Zo zegt men het."})
    after = reviewer.get(answer.location).text

    assert ({"row_version": "1", "target": TARGET, "reason": ""}, 303) == (sent, answer.status_code)
    assert f"/memory/{unit_id}?done=entry-changed" == answer.location
    assert (BETTER, 2) == (stored(lite_desk, unit_id).target, stored(lite_desk, unit_id).row_version)
    history = html.fromstring(after).xpath("//section[@aria-labelledby='history']//tbody/tr")
    assert [(["removed: Le end of removed"], ["added: Ce end of added"])] == [
        (
            [each.text_content() for each in row.xpath(".//*[@lang='fr']/del")],
            [each.text_content() for each in row.xpath(".//*[@lang='fr']/ins")],
        )
        for row in history
    ]
    assert "French Reviewer" in history[0].text_content()
    assert "Zo zegt men het." in history[0].text_content()


def test_a_form_that_is_sent_as_it_stands_changes_nothing(lite_desk: Desk, app: Flask, unit_id: int) -> None:
    reviewer = browser(app, "reviewer")

    answer = post(reviewer, f"/memory/{unit_id}", **form(reviewer.get(f"/memory/{unit_id}").text))

    assert f"/memory/{unit_id}?done=entry-unchanged" == answer.location
    assert 1 == stored(lite_desk, unit_id).row_version


def test_what_cannot_be_stored_stays_in_the_form(lite_desk: Desk, app: Flask, unit_id: int) -> None:
    reviewer = browser(app, "reviewer")

    answer = post(reviewer, f"/memory/{unit_id}", row_version="1", target="Le {2}pont{/2}", reason="Waarom.")

    page = html.fromstring(answer.text)
    assert 422 == answer.status_code
    assert ["#target"] == page.xpath("//div[@role='alert']//a/@href")
    assert {"row_version": "1", "target": "Le {2}pont{/2}", "reason": "Waarom."} == form(answer.text)
    assert TARGET == stored(lite_desk, unit_id).target


@pytest.mark.parametrize("row_version", ["", "one", "-1"])
def test_a_form_that_does_not_say_what_it_was_made_from_is_not_taken(
    lite_desk: Desk, app: Flask, unit_id: int, row_version: str
) -> None:
    answer = post(browser(app, "reviewer"), f"/memory/{unit_id}", row_version=row_version, target=BETTER)

    assert (422, TARGET) == (answer.status_code, stored(lite_desk, unit_id).target)


def test_who_read_an_older_entry_sees_both_texts_and_may_put_theirs_in_its_place(
    lite_desk: Desk, lite_people: People, app: Flask, unit_id: int
) -> None:
    reviewer = browser(app, "reviewer")
    sent = {**form(reviewer.get(f"/memory/{unit_id}").text), "target": "Mien."}
    act(lite_desk, lite_people.admin, edit_unit_target, unit_id, "Le leur.", "", 1)

    late = post(reviewer, f"/memory/{unit_id}", **sent)
    again = post(reviewer, f"/memory/{unit_id}", **form(late.text))

    assert (412, 303) == (late.status_code, again.status_code)
    assert ["removed: Le leur end of removed"] == [
        each.text_content() for each in html.fromstring(late.text).xpath("//*[@class='banner']//del")
    ]
    assert ("Mien.", 3) == (stored(lite_desk, unit_id).target, stored(lite_desk, unit_id).row_version)


def test_an_entry_is_taken_out_with_a_reason_and_put_back(lite_desk: Desk, app: Flask, unit_id: int) -> None:
    reviewer = browser(app, "reviewer")
    place = f"/memory/{unit_id}"

    without = post(reviewer, f"{place}/retire", row_version="1", reason=" ")
    out = post(reviewer, f"{place}/retire", row_version="1", reason="Verouderd.")
    then = reviewer.get(place).text
    was_out = stored(lite_desk, unit_id).retired_at
    back = post(reviewer, f"{place}/restore", at=place, row_version="2", why="Toch nodig.")

    assert (422, f"{place}?done=entry-retired", f"{place}?done=entry-restored") == (
        without.status_code,
        out.location,
        back.location,
    )
    assert ["#reason"] == html.fromstring(without.text).xpath("//div[@role='alert']//a/@href")
    assert (True, False) == ("This entry is taken out" in words(then), f"{place}/retire" in then)
    assert (NOON, None) == (was_out, stored(lite_desk, unit_id).retired_at)
    assert (True, True) == tuple(each in words(reviewer.get(place).text) for each in ("Verouderd.", "Toch nodig."))


def test_who_would_take_out_an_older_entry_is_asked_again(
    lite_desk: Desk, lite_people: People, app: Flask, unit_id: int
) -> None:
    reviewer = browser(app, "reviewer")
    act(lite_desk, lite_people.admin, edit_unit_target, unit_id, "Le leur.", "", 1)

    late = post(reviewer, f"/memory/{unit_id}/retire", row_version="1", reason="Verouderd.")

    assert (412, None) == (late.status_code, stored(lite_desk, unit_id).retired_at)
    assert (True, ["2"]) == (
        "Le leur." in words(late.text),
        html.fromstring(late.text).xpath("//main//input[@name='row_version']/@value"),
    )


def test_a_release_is_named_to_those_who_see_it_and_to_others_by_its_public_page(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = published(lite_desk, lite_people)
    unit_id = of_release(lite_desk, release_id)

    links = [
        html.fromstring(browser(app, who).get(f"/memory/{unit_id}").text).xpath(
            "//section[@aria-labelledby='origin']//a/@href"
        )
        for who in ("author", "other_author")
    ]

    assert [[f"/releases/{release_id}"], ["/fr/nieuwe-brug-over-de-leie-opent-in-mei"]] == links


def test_what_is_not_published_says_so_and_is_unknown_to_others(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    unit_id = of_release(lite_desk, approved(lite_desk, lite_people, embargo_at=NOON + timedelta(days=1)))

    seen = browser(app, "author").get(f"/memory/{unit_id}")
    unseen = browser(app, "other_author").get(f"/memory/{unit_id}")

    assert (200, 404) == (seen.status_code, unseen.status_code)
    assert "not published yet" in words(seen.text)


def test_what_stands_beside_an_entry_leads_there(
    lite_desk: Desk, lite_people: People, app: Flask, unit_id: int
) -> None:
    with lite_desk.read() as reading:
        other, german = reading.session.scalars(
            select(MemoryUnit.id).where(MemoryUnit.id != unit_id).order_by(MemoryUnit.id)
        )
    act(lite_desk, lite_people.admin, retire_unit, other, "Dubbel.", 1)

    page = html.fromstring(browser(app, "author").get(f"/memory/{unit_id}").text)

    assert [f"/memory/{german}"] == page.xpath("//section[@aria-labelledby='siblings']//a/@href")
    assert [f"/memory/{other}"] == page.xpath("//section[@aria-labelledby='others']//a/@href")
    assert ["taken out"] == page.xpath("//section[@aria-labelledby='others']//*[@class='badge']/text()")


@pytest.mark.parametrize("who", ["author", "publisher", "auditor"])
def test_those_who_only_read_get_no_form(app: Flask, unit_id: int, who: str) -> None:
    page = html.fromstring(browser(app, who).get(f"/memory/{unit_id}").text)

    assert [] == page.xpath("//main//form")
    assert ["De brug kost {1}25 miljoen{/1}."] == [each.text_content() for each in page.xpath("//p[@lang='nl']")]
    assert [TARGET] == [each.text_content() for each in page.xpath("//p[@lang='fr']")]


def test_a_number_that_no_entry_can_have_is_not_found(app: Flask) -> None:
    reviewer = browser(app, "reviewer")

    assert [404, 404] == [reviewer.get(f"/memory/{number}").status_code for number in (0, 10**30)]
