"""Before a text is sent: its segments and what will happen to it, the text of a file, what a revision would change."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from service.formats import FILE_WRITERS, read
from service.storage.models import EngineState, Release, SourceRevision
from service.uow import Desk
from tests.desk_fixtures import People
from tests.formats.packing import part_of, repacked
from tests.operations.making import TEXT, approve, submit
from tests.web.conftest import CountStatements
from tests.web.offices import browser, form_token, post


def look(app: Flask, **form: object) -> TestResponse:
    client = browser(app, "author")
    sent = {"csrf_token": form_token(client, "/releases/new"), "body": TEXT, "format": "text", "act": "preview"}
    return client.post("/releases/new", data=sent | {"targets": ["fr", "de"]} | form)


def words(page: str, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in html.fromstring(page).xpath(path)]


def test_the_segments_stand_in_order_with_the_form_below_them_and_nothing_is_kept(app: Flask, lite_desk: Desk) -> None:
    answer = look(app, embargo_at="2026-03-02T15:10")

    segments = words(answer.text, "//*[@id='preview']//ol/li")
    assert 200 == answer.status_code
    assert 7 == len(segments)
    assert "Nieuwe brug over de Leie opent in mei" == segments[0]
    (facts,) = words(answer.text, "//*[@id='preview']/dl")
    assert "7 segments, 45 words" in facts
    assert "Mon 2 Mar 2026, 15:10 in 2 h 10" in facts
    assert "may not read the text until Mon 2 Mar 2026, 15:10" in facts
    assert ["Français 0 of 7 0 45", "Deutsch 0 of 7 0 45"] == words(answer.text, "//*[@id='preview']//tbody/tr")
    buttons = words(answer.text, "//button[contains(@class, 'main')]")
    assert ["Submit the text below", "Submit"] == buttons
    assert TEXT.strip() in html.fromstring(answer.text).get_element_by_id("body").text
    with lite_desk.read() as reading:
        assert 0 == reading.session.scalar(select(func.count()).select_from(Release))


@pytest.mark.parametrize(
    "form, said",
    [
        ({"embargo_at": "2026-03-01T09:00"}, "The embargo is over already"),
        ({"deadline_at": "2026-03-02T09:00"}, "is past"),
        ({"embargo_at": "2026-03-03T09:00", "deadline_at": "2026-03-03T10:00"}, "only after the embargo ends"),
        ({"body": TEXT + "\nEinde\n\n", "format": "text"}, ""),
        ({"body": "# Titel\n\nZin.\n\n## Leeg\n", "format": "markdown"}, "no text under the heading “Leeg”"),
        ({"confidential": "yes"}, "No engine runs on machines of the office"),
    ],
)
def test_what_an_author_may_want_to_mend_is_told(app: Flask, lite_desk: Desk, form: dict[str, str], said: str) -> None:
    with lite_desk.begin() as work:
        work.session.add(EngineState(name="deepl", place=0, runs_in_office=False, gate="open", checked_at=work.now))

    told = " ".join(words(look(app, **form).text, "//*[@id='preview']//ul/li"))

    assert said in told


def test_a_preview_is_refused_for_what_a_submission_is_refused_for(app: Flask) -> None:
    answer = look(app, targets=[])

    assert 422 == answer.status_code
    assert 'href="#targets"' in answer.text


def test_a_text_of_many_segments_costs_the_same_statements(app: Flask, count_statements: CountStatements) -> None:
    costs = []
    for more in (1, 60):
        with count_statements() as seen:
            look(app, body=TEXT + "".join(f"\nDit is zin {number} van de tekst.\n" for number in range(more)))
        costs.append(len(seen))

    assert costs[0] == costs[1]


def test_the_text_of_a_file_comes_back_for_the_form_and_is_not_kept(app: Flask, lite_desk: Desk) -> None:
    client = browser(app, "author")
    body = "# Een titel\n\nEen **eerste** zin.\n"
    files = {
        "tekst.md": body.encode(),
        "tekst.docx": FILE_WRITERS["docx"](read(body, "markdown").blocks, "nl"),
        "tekst.html": b"<h1>Een titel</h1><p>Een <b>eerste</b> zin.<script>alert(1)</script></p>",
        "tekst.exe": b"MZ",
    }
    token = form_token(client, "/releases/new")
    found = {
        name: client.post(
            "/releases/read",
            data={"csrf_token": token, "file": (io.BytesIO(data), name)},
            headers={"Accept": "application/json"},
        )
        for name, data in files.items()
    }

    for name in ("tekst.md", "tekst.docx", "tekst.html"):
        assert {"body": body, "format": "markdown", "warnings": []} == found[name].get_json(), name
    assert 422 == found["tekst.exe"].status_code
    assert "cannot be read" in found["tekst.exe"].get_json()["error"]
    with lite_desk.read() as reading:
        assert 0 == reading.session.scalar(select(func.count()).select_from(Release))


def test_what_was_left_out_of_a_file_is_told_with_its_text_and_in_the_preview(app: Flask) -> None:
    data = FILE_WRITERS["docx"](read("# Een titel\n\nDe eerste zin van de tekst.\n", "markdown").blocks, "nl")
    text = part_of(data, "word/document.xml").replace(b"</w:t>", b'</w:t><w:footnoteReference w:id="2"/>')
    noted = repacked(data, word__document_dot_xml=text)
    client = browser(app, "author")
    sent = {"csrf_token": form_token(client, "/releases/new"), "targets": ["fr"], "act": "preview"}

    told = client.post("/releases/read", data=sent | {"file": (io.BytesIO(noted), "a.docx")}).get_json()["warnings"]
    preview = client.post("/releases/new", data=sent | {"file": (io.BytesIO(noted), "a.docx")})

    assert ["The file has footnotes or endnotes: they were left out, with their marks."] == told
    assert told[0] in " ".join(words(preview.text, "//*[@id='preview']"))


def test_what_a_revision_would_change_is_shown_and_nothing_is_kept(
    app: Flask, lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    approve(lite_desk, lite_people.reviewer, release_id, "de")
    client = browser(app, "author")
    path = f"/releases/{release_id}/source"
    row_version = re.search(r'name="row_version" value="(\d+)"', client.get(path).text)
    assert row_version is not None

    answer = post(client, path, body=TEXT.replace("25", "26"), format="text", act="preview", row_version=row_version[1])

    rows = words(answer.text, "//*[@id='preview']//tbody/tr")
    assert 200 == answer.status_code
    assert "Deutsch Approved → In review 6 0 1 the approval" in rows
    assert "removed: 25" in " ".join(words(answer.text, "//*[@id='preview']//ol/li"))
    assert f'name="row_version" value="{row_version[1]}"' in answer.text
    buttons = words(answer.text, "//button[contains(@class, 'main')]")
    assert ["Revise the source with the text below", "Revise the source"] == buttons
    with lite_desk.read() as reading:
        assert 1 == reading.session.scalar(select(func.count()).select_from(SourceRevision))


def test_the_same_text_is_said_to_change_nothing_and_others_may_not_ask(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    release_id = submit(lite_desk, lite_people.author)
    form = {"body": TEXT, "format": "text", "act": "preview"}

    own = post(browser(app, "author"), f"/releases/{release_id}/source", **form)
    other = post(browser(app, "reviewer"), f"/releases/{release_id}/source", at="/account", **form)
    hidden = post(browser(app, "other_author"), f"/releases/{release_id}/source", at="/account", **form)

    assert "nothing would change" in own.text
    assert (403, 404) == (other.status_code, hidden.status_code)


def test_a_source_that_begins_with_its_title_is_revised_in_one_place(app: Flask, release_id: str) -> None:
    page = html.fromstring(browser(app, "author").get(f"/releases/{release_id}/source").text)

    assert "" == page.get_element_by_id("title").value


@pytest.mark.parametrize(
    "who, asked, said",
    [
        ("author", "", "Its drafts are made"),
        ("author", "?only=questions", "No question waits for you."),
        ("author", "?only=mine", "You have submitted no release yet."),
        ("author", "?q=niets&only=mine", "No release fits."),
        ("reviewer", "", "as soon as an author submits it"),
        ("reviewer", "?state=nonsense&locale=xx&only=xx", "as soon as an author submits it"),
    ],
)
def test_an_empty_list_says_why_and_what_comes_next(app: Flask, who: str, asked: str, said: str) -> None:
    page = browser(app, who).get(f"/releases{asked}").text

    assert said.lower() in page.lower()


def test_the_list_tells_how_far_each_language_is_and_with_whom(
    app: Flask, lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    queued = submit(lite_desk, lite_people.author, targets=("fr",))
    client = browser(app, "author")

    page = client.get("/releases").text
    shown = client.get(f"/releases/{queued}").text

    assert "data-poll" in page
    assert '<progress max="7" value="0" aria-label="Drafted: Français" data-drafting>' in page
    assert "0 of 7 confirmed" in page
    assert "Waiting for its draft: Français." in shown
    assert "Waiting for a reviewer: Français, Deutsch, English." in client.get(f"/releases/{release_id}").text
