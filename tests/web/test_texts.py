"""The whole text of a version: its sentences with their marks, what changed since when, where the source stands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from lxml import html

from service.operations.review import edit_unit
from service.storage.models import Look
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, draft, submit, text_of
from tests.operations.steps import act, approve_present, version_of
from tests.queries.test_statement_counts import LONG
from tests.web.conftest import CountStatements, UnitsOf
from tests.web.offices import browser, post


def _page(app: Flask, release_id: str, query: str = "", *, who: str = "reviewer") -> Any:
    return html.fromstring(browser(app, who).get(f"/releases/{release_id}/fr/text{query}").text)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _edit(desk: Desk, people: People, release_id: str, place: int, target: str) -> None:
    unit = text_of(desk, release_id, "fr").units[place]
    act(desk, people.second_reviewer, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, target=target)


def test_each_sentence_stands_in_its_paragraph_and_leads_to_its_form(
    app: Flask, release_id: str, units_of: UnitsOf
) -> None:
    page = _page(app, release_id)

    paragraph = page.xpath("//div[@lang='fr']/p[2 or 1][span[@data-n='3']]")[0]
    unit = units_of(release_id, "fr")[2]
    assert ["3", "4"] == paragraph.xpath("./span/@data-n")
    assert [f"/releases/{release_id}/fr#unit-{unit.id}"] == paragraph.xpath("./span[1]/a/@href")
    assert "Segment 3○ Not confirmed" == _words(paragraph.xpath("./span[1]/a")[0])
    assert "en" == paragraph.xpath("./span[1]/a/@lang")[0]
    assert 7 == len(page.xpath("//div[@lang='nl']//span[@data-n]"))


def test_a_sentence_without_a_text_says_so_and_what_the_checks_found_is_told_in_words(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    _edit(lite_desk, lite_people, release_id, 3, "")
    _edit(lite_desk, lite_people, release_id, 5, "[fr] De brug kostte 52 miljoen euro.")

    page = _page(app, release_id)

    assert "no text yet" in _words(page.xpath("//span[@id='sentence-4']")[0])
    assert "en" == page.xpath("//span[@id='sentence-4']/em/@lang")[0]
    assert "1 error" in _words(page.xpath("//span[@id='sentence-6']/a")[0])


def test_what_changed_since_the_draft_is_marked_and_counted(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    _edit(lite_desk, lite_people, release_id, 4, "[fr] Plus sûr vers school")

    page = _page(app, release_id, "?since=draft")

    sentence = page.xpath("//span[@id='sentence-5']")[0]
    assert "removed: Veiliger naar end of removed" == _words(sentence.xpath("./del")[0])
    assert "added: Plus sûr vers end of added" == _words(sentence.xpath("./ins")[0])
    said = _words(page.xpath("//div[@role='status']")[0])
    assert said == (
        "Since the draft: 1 of 7 sentences differs: 1 rewritten, 0 new, 0 gone; 3 words came, 2 left. Segments: 5"
    )
    assert 1 == len(page.xpath("//ins"))


def test_since_the_last_approval_names_who_gave_it(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People, clock: StillClock
) -> None:
    before = _words(_page(app, release_id, "?since=approval").xpath("//div[@role='status']")[0])
    approve_present(lite_desk, lite_people.reviewer, release_id, "fr")
    clock.forward(hours=1)
    _edit(lite_desk, lite_people, release_id, 4, "Plus sûr")

    page = _page(app, release_id, "?since=approval")

    assert "Nobody has approved this version yet" in before
    assert "Since the approval by Reviewer, Mon 2 Mar 2026, 13:00: 1 of 7" in _words(
        page.xpath("//div[@role='status']")[0]
    )


def test_since_i_last_looked_leaves_this_sitting_out(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People, clock: StillClock
) -> None:
    first = _words(_page(app, release_id, "?since=look").xpath("//div[@role='status']")[0])
    clock.forward(hours=2)
    _edit(lite_desk, lite_people, release_id, 4, "Plus sûr")

    pages = []
    for _ in range(2):
        pages.append(_words(_page(app, release_id, "?since=look").xpath("//div[@role='status']")[0]))
        clock.forward(minutes=5)

    assert "You have not read this text before" in first
    assert all("Since you last looked, Mon 2 Mar 2026, 13:00: 1 of 7" in said for said in pages)


def test_asking_only_for_the_head_is_no_look(app: Flask, release_id: str, lite_desk: Desk, lite_people: People) -> None:
    browser(app, "reviewer").head(f"/releases/{release_id}/fr/text")

    version = version_of(lite_desk, release_id, "fr")
    with lite_desk.read() as reading:
        assert reading.session.get(Look, (lite_people.reviewer.user_id, version.id)) is None


def test_the_place_of_the_source_is_kept(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")
    path = f"/releases/{release_id}/fr/text"

    chosen = html.fromstring(client.get(f"{path}?source=none").text)
    again = html.fromstring(client.get(path).text)
    odd = html.fromstring(client.get(f"{path}?source=nowhere").text)

    assert [0, 0, 0] == [len(page.xpath("//div[@lang='nl']")) for page in (chosen, again, odd)]
    assert 1 == len(html.fromstring(client.get(f"{path}?source=above").text).find_class("whole above"))


def test_all_can_be_confirmed_from_here(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    client = browser(app, "reviewer")

    answer = post(client, f"/releases/{release_id}/fr/confirm", at=f"/releases/{release_id}/fr/text", view="text")

    assert answer.location.startswith(f"/releases/{release_id}/fr/text?done=confirmed-all&act=")
    assert {"reviewed"} == {unit.state for unit in units_of(release_id, "fr")}
    assert "Confirm all" not in client.get(answer.location).text


def test_who_does_not_review_the_language_reads_without_forms(app: Flask, release_id: str) -> None:
    page = browser(app, "author").get(f"/releases/{release_id}/fr/text").text

    assert "document.js" not in page
    assert "Confirm all" not in page
    assert re.search(r"Approve …", page) is None


def test_the_script_gets_one_sentence_and_its_form(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    unit = units_of(release_id, "fr")[2]

    told = browser(app, "reviewer").get(f"/releases/{release_id}/fr/text/{unit.id}?since=draft").get_json()

    assert (unit.id, unit.row_version) == (told["unit"], told["row_version"])
    assert told["sentence"].startswith('<span class="sentence translated" id="sentence-3"')
    assert "Français, segment 3 of 7" in told["form"]
    assert 404 == browser(app, "reviewer").get(f"/releases/{release_id}/fr/text/unt_none").status_code


def test_a_text_that_brings_html_stays_a_text(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    _edit(lite_desk, lite_people, release_id, 4, "<script>alert(1)</script> & <b>")

    for query in ("", "?since=draft"):
        page = browser(app, "reviewer").get(f"/releases/{release_id}/fr/text{query}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page or "script" in page


@pytest.mark.parametrize("query", ["", "?since=draft", "?since=approval", "?since=look"])
def test_a_long_text_costs_what_a_short_one_costs(
    app: Flask, lite_desk: Desk, lite_people: People, count_statements: CountStatements, query: str
) -> None:
    client = browser(app, "reviewer")
    costs = []
    for text in (TEXT, LONG):
        release_id = submit(lite_desk, lite_people.author, text=text, targets=("fr",))
        draft(lite_desk, release_id)
        approve_present(lite_desk, lite_people.reviewer, release_id, "fr")
        client.get(f"/releases/{release_id}/fr/text")
        with count_statements() as seen:
            assert 200 == client.get(f"/releases/{release_id}/fr/text{query}").status_code
        costs.append(len(seen))

    assert costs[0] == costs[1]
