"""Releases as pages: the form, what it refuses and keeps, one release's page, revising its source, comments."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from service.domain.drafts import DraftResult, EngineOutcome, OutcomeKind
from service.operations.drafting import finish_draft, start_draft
from service.storage.models import Release, Version
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import TEXT, job_of, submit
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, form_token, post

TARGETS = ["fr", "de"]


def _only_release(desk: Desk) -> Release:
    with desk.read() as reading:
        return reading.session.scalars(select(Release)).one()


def test_a_pasted_text_becomes_a_release_with_its_hours_in_local_time(app: Flask, lite_desk: Desk) -> None:
    client = browser(app, "author")

    answer = post(
        client,
        "/releases/new",
        body=TEXT,
        format="text",
        targets=TARGETS,
        embargo_at="2026-07-01T09:00",
        confidential="yes",
        publish="as_approved",
    )

    release = _only_release(lite_desk)
    assert answer.location == f"/releases/{release.id}?done=submitted"
    assert release.embargo_at == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert (release.confidential, release.publish) == (True, "as_approved")
    assert "The release is taken in" in client.get(answer.location).text


def test_a_file_is_read_by_its_ending(app: Flask, lite_desk: Desk) -> None:
    client = browser(app, "author")
    body = b"# Een titel\n\nEen eerste zin die lang genoeg is.\n"

    client.post(
        "/releases/new",
        data={
            "csrf_token": form_token(client, "/releases/new"),
            "file": (io.BytesIO(body), "bericht.md"),
            "targets": "fr",
        },
    )

    assert _only_release(lite_desk).title == "Een titel"


@pytest.mark.parametrize(
    "form, field, words",
    [
        ({"body": "?!", "targets": "fr"}, "body", "There is no text below the title"),
        ({"body": TEXT, "targets": []}, "targets", "Choose at least one language."),
        ({"body": TEXT, "targets": "fr", "embargo_at": "morgen"}, "embargo_at", "is not a date and time"),
        ({"body": TEXT, "targets": "fr", "embargo_at": "2026-03-29T02:30"}, "embargo_at", "skips"),
    ],
)
def test_a_form_that_is_refused_says_where_and_keeps_what_was_typed(
    app: Flask, form: dict[str, str | list[str]], field: str, words: str
) -> None:
    answer = post(browser(app, "author"), "/releases/new", format="text", title="Mijn titel", **form)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert words in answer.text
    assert "Mijn titel" in answer.text


def test_a_form_that_is_sent_twice_makes_one_release_and_a_changed_one_another(app: Flask, lite_desk: Desk) -> None:
    client = browser(app, "author")
    form = {"body": TEXT, "format": "text", "targets": "fr", "key": "one form"}
    for title in ("Een", "Een", "Twee"):
        post(client, "/releases/new", title=title, **form)

    with lite_desk.read() as reading:
        count = reading.session.scalar(select(func.count()).select_from(Release))

    assert count == 2


@pytest.mark.parametrize("name", ["reviewer", "publisher", "admin", "auditor"])
def test_only_authors_submit(app: Flask, name: str) -> None:
    client = browser(app, name)

    codes = client.get("/releases/new").status_code, post(client, "/releases/new", at="/", body=TEXT).status_code

    assert codes == (403, 403)


def test_a_release_of_somebody_else_reads_like_one_that_does_not_exist(app: Flask, release_id: str) -> None:
    client = browser(app, "other_author")

    hidden, missing = client.get(f"/releases/{release_id}"), client.get("/releases/rel_0000000000000000000000")

    assert hidden.status_code == 404
    assert hidden.data == missing.data


def test_a_draft_that_is_not_whole_says_why_and_can_be_tried_again(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    release_id = submit(lite_desk, lite_people.author)
    job_id = job_of(lite_desk, release_id, "fr")
    with lite_desk.begin() as work:
        drafting = start_draft(work, job_id)
    assert drafting is not None
    missing = tuple(segment.unit_id for segment in drafting.segments)
    outcome = EngineOutcome("google", OutcomeKind.FAILED, reason="timeout")
    with lite_desk.begin() as work:
        finish_draft(work, job_id, drafting.token, DraftResult((), missing, (outcome,)))
    client = browser(app, "author")

    page = client.get(f"/releases/{release_id}").text
    answer = post(client, f"/releases/{release_id}/fr/redraft", at=f"/releases/{release_id}", from_release="yes")

    assert "0 of 7 drafted · no engine drafted · google: did not answer in time" in page
    assert re.search(r'<progress max="7" value="0" aria-label="Drafted: Français" data-drafting>', page)
    assert "Try again now (Français)" in page
    assert answer.location == f"/releases/{release_id}?done=redrafting"


def test_a_new_source_marks_what_changed_and_keeps_the_rest(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    client = browser(app, "author")
    path = f"/releases/{release_id}/source"
    before = {unit.id: unit.target for unit in units_of(release_id, "fr")}
    row_version = re.search(r'name="row_version" value="(\d+)"', client.get(path).text)
    assert row_version is not None

    post(client, path, body=TEXT.replace("25 miljoen", "26 miljoen"), format="text", row_version=row_version[1])

    after = {unit.id: unit.target for unit in units_of(release_id, "fr")}
    page = browser(app, "reviewer").get(f"/releases/{release_id}/fr").text
    assert len(before.items() & after.items()) == 6
    assert "The source of 1 segment has changed" in page
    assert re.search(r'<del><span class="hidden" lang="en">removed:\s*</span>\s*25\b', page)


def test_a_source_that_somebody_else_revised_is_not_overwritten(app: Flask, release_id: str) -> None:
    client = browser(app, "author")
    path = f"/releases/{release_id}/source"

    answer = post(client, path, body=TEXT.replace("25", "27"), format="text", row_version="0")

    assert answer.status_code == 412
    assert "Somebody changed this release since you opened it." in answer.text
    assert "27 miljoen" in answer.text


def test_a_comment_stands_with_its_writer_and_an_empty_one_is_refused(app: Flask, release_id: str) -> None:
    client = browser(app, "french_reviewer")
    path = f"/releases/{release_id}"

    refused = post(client, f"{path}/comments", at=path, body="  ", locale="fr")
    answer = post(client, f"{path}/comments", at=path, body="Welke brug?", locale="fr")

    page = client.get(answer.location).text
    assert refused.status_code == 422
    said = r"<span class=\"lang\">fr</span>\s*</p>\s*<p class=\"soft\">French Reviewer · .*\s*<p class=\"said\">Welke b"
    assert re.search(said, page)


def test_the_time_line_tells_what_happened_and_who_did_it(app: Flask, release_id: str) -> None:
    page = browser(app, "author").get(f"/releases/{release_id}").text

    assert re.search(r"Release submitted\s*<div class=\"span\"><time [^>]*>[^<]*13:00</time> · Author", page)


def test_what_an_author_typed_is_text_on_every_page(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    release_id = submit(lite_desk, lite_people.author, text=TEXT.replace("Nieuwe brug", "<script>alert(1)</script>"))
    client = browser(app, "author")

    pages = [client.get(f"/releases/{release_id}{rest}").text for rest in ("", "/source", "/fr", "/fr/text")]

    assert all("<script>alert" not in page for page in pages)
    with lite_desk.read() as reading:
        assert reading.session.scalar(select(func.count()).select_from(Version)) == 3
