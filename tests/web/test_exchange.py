"""The files of a version on its page: taken away in each format, brought back by a form without any script."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import approve
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, form_token

TITLE = "[fr] Nieuwe brug over de Leie opent in mei"
NEW = "Un nouveau pont sur la Lys"
ENDINGS = {
    "xliff": "xlf",
    "xliff12": "xlf",
    "docx": "docx",
    "odt": "odt",
    "html": "html",
    "markdown": "md",
    "text": "txt",
    "ninjs": "json",
}


def _file(client: FlaskClient, release_id: str) -> bytes:
    """Return the French version's file with another title in place of its target."""
    data = client.get(f"/releases/{release_id}/fr/export?format=xliff12").data
    return data.replace(TITLE.encode(), NEW.encode(), 1)


def _send(client: FlaskClient, release_id: str, data: bytes) -> TestResponse:
    place = f"/releases/{release_id}/fr"
    token = form_token(client, f"{place}/files")
    form = {"csrf_token": token, "file": (io.BytesIO(data), "texte.xlf")}
    return client.post(f"{place}/import", data=form)


def test_the_page_offers_every_format(app: Flask, release_id: str) -> None:
    page = browser(app, "author").get(f"/releases/{release_id}/fr/files").text

    assert list(ENDINGS) == re.findall(r'export\?format=(\w+)" download', page)


@pytest.mark.parametrize("form", ENDINGS)
def test_each_format_is_taken_away_as_a_file(app: Flask, release_id: str, form: str) -> None:
    answer = browser(app, "author").get(f"/releases/{release_id}/fr/export?format={form}")

    name = f"nieuwe-brug-over-de-leie-opent-in-mei.fr.{ENDINGS[form]}"
    assert (200, f'attachment; filename="{name}"') == (answer.status_code, answer.headers["Content-Disposition"])
    assert "no-store" == answer.headers["Cache-Control"]
    assert len(answer.data) > 100


def test_the_tab_stands_on_every_page_of_the_version(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")

    pages = [client.get(f"/releases/{release_id}/fr{rest}").text for rest in ("", "/text", "/approve")]

    assert [True] * 3 == [f'href="/releases/{release_id}/fr/files"' in page for page in pages]


def test_a_file_that_is_brought_back_is_saved_and_said_so(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    client = browser(app, "french_reviewer")

    answer = _send(client, release_id, _file(client, release_id))

    assert (303, f"/releases/{release_id}/fr/files?done=imported") == (answer.status_code, answer.location)
    assert NEW == units_of(release_id, "fr")[0].target
    assert "every text that it changed is saved" in client.get(answer.location).text


def test_a_file_that_nobody_touched_is_said_to_bring_nothing(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")

    answer = _send(client, release_id, client.get(f"/releases/{release_id}/fr/export?format=xliff").data)

    assert "it brought nothing new" in client.get(answer.location).text


def test_what_was_refused_is_shown_with_both_texts(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    client, colleague = browser(app, "reviewer"), browser(app, "second_reviewer")
    data = _file(client, release_id)
    unit = units_of(release_id, "fr")[0]
    token = form_token(colleague, f"/releases/{release_id}/fr")
    colleague.post(
        f"/releases/{release_id}/fr/units/{unit.id}/save",
        data={"csrf_token": token, "row_version": "2", "target": "Un pont <b>"},
    )

    answer = _send(client, release_id, data)

    assert 200 == answer.status_code
    assert "0 segments changed · 6 stayed the same · 1 was refused" in answer.text
    assert f'href="/releases/{release_id}/fr#unit-{unit.id}">1</a>' in answer.text
    assert f'<dd lang="fr">{NEW}</dd>' in answer.text
    assert '<dd lang="fr">Un pont &lt;b&gt;</dd>' in answer.text
    assert "Un pont <b>" == units_of(release_id, "fr")[0].target


@pytest.mark.parametrize("data", [b"", b"no XML", b"<html/>", b"<!DOCTYPE x><x/>"])
def test_a_file_that_cannot_be_read_is_told_beside_the_field(app: Flask, release_id: str, data: bytes) -> None:
    answer = _send(browser(app, "reviewer"), release_id, data)

    assert 422 == answer.status_code
    assert '<a href="#file">' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_no_file_is_told_in_the_readers_language(app: Flask, release_id: str) -> None:
    client = browser(app, "reviewer")
    token = form_token(client, f"/releases/{release_id}/fr/files")
    client.post("/account/language", data={"csrf_token": token, "language": "nl"})

    answer = client.post(f"/releases/{release_id}/fr/import", data={"csrf_token": token})

    assert "Kies eerst een bestand." in answer.text


def test_an_approved_version_has_no_form_and_takes_no_file(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    client = browser(app, "second_reviewer")
    data = _file(client, release_id)
    approve(lite_desk, lite_people.reviewer, release_id, "fr")

    page = client.get(f"/releases/{release_id}/fr/files").text
    answer = _send(client, release_id, data)

    assert 'type="file"' not in page
    assert 409 == answer.status_code
    assert "while the version is “Approved”" in answer.text


def test_who_does_not_review_the_language_is_not_offered_the_form(app: Flask, release_id: str) -> None:
    page = browser(app, "author").get(f"/releases/{release_id}/fr/files").text

    assert 'type="file"' not in page
