"""Files of the memory on pages: shown before they are taken in, taken in as they were shown, taken away as one."""

from __future__ import annotations

import io
from datetime import timedelta
from xml.sax.saxutils import escape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree, html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from service.app import MAX_REQUEST_BYTES
from service.formats.tmx import read_tmx
from service.queries.memory_import import count_import
from service.storage.models import MemoryUnit, UserGrant, WaitingFile
from service.uow import Desk
from service.web.memory_import import MAX_FILE_BYTES, MOST_TOLD
from tests.desk_fixtures import NOON, People
from tests.web.offices import CANARY, SECRET_TEXT, approved, browser, form_token, published

PLACE = "/memory/import"
FILE = [
    {"nl": "De brug is open.", "fr": "Le pont est ouvert.", "de": "Die Brücke ist offen."},
    {"nl": "De brug is dicht.", "fr": "Le pont est fermé."},
    {"nl": "De brug is weg.", "fr": ""},
    {"nl": "De brug <b>kraakt</b>.", "de": "Die Brücke ächzt."},
]


def tmx(units: list[dict[str, str]], *, srclang: str = "nl") -> bytes:
    """Return a file with a unit on each line, the first on line 2."""
    lines = [
        "<tu>"
        + "".join(f'<tuv xml:lang="{tag}"><seg>{escape(text)}</seg></tuv>' for tag, text in unit.items())
        + "</tu>"
        for unit in units
    ]
    head = f'<?xml version="1.0"?><tmx version="1.4"><header srclang="{srclang}"/><body>'
    return "\n".join([head, *lines, "</body></tmx>"]).encode()


def send(client: FlaskClient, data: bytes, *, source: str = "nl", name: str = "oud.tmx") -> TestResponse:
    form = {"csrf_token": form_token(client, PLACE), "source": source, "file": (io.BytesIO(data), name)}
    return client.post(PLACE, data=form)


def confirm(client: FlaskClient, place: str) -> TestResponse:
    return client.post(place, data={"csrf_token": form_token(client, place)})


def stored(desk: Desk) -> set[tuple[str, str, str]]:
    with desk.read() as reading:
        rows = reading.session.execute(select(MemoryUnit.target_locale, MemoryUnit.target, MemoryUnit.collection))
        return {tuple(row) for row in rows}


def counts(page: str) -> list[str]:
    return [each.text_content() for each in html.fromstring(page).xpath("//dl[@class='facts']//dd")]


def table(page: str, number: int) -> list[list[str]]:
    """Return the rows of a table of a page, each as the texts of its cells."""
    rows = html.fromstring(page).xpath("//main//table")[number].xpath("./tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_a_file_is_shown_before_anything_is_taken_in(lite_desk: Desk, app: Flask) -> None:
    reviewer = browser(app, "reviewer")

    sent = send(reviewer, tmx(FILE))
    page = reviewer.get(sent.location).text

    assert (303, set()) == (sent.status_code, stored(lite_desk))
    assert ["4", "0", "1"] == counts(page)
    assert [
        ["2", "De brug is open.", "Français", "Le pont est ouvert."],
        ["2", "De brug is open.", "Deutsch", "Die Brücke ist offen."],
        ["3", "De brug is dicht.", "Français", "Le pont est fermé."],
        ["5", "De brug <b>kraakt</b>.", "Deutsch", "Die Brücke ächzt."],
    ] == table(page, 0)
    assert [["4", "Français", "The segment is empty."]] == table(page, 1)


def test_what_was_shown_is_taken_in_once(lite_desk: Desk, app: Flask) -> None:
    reviewer = browser(app, "reviewer")
    place = send(reviewer, tmx(FILE), name="oud/brug.tmx").location

    answer = confirm(reviewer, place)
    page = reviewer.get(answer.location).text
    again = confirm(reviewer, place)

    assert (f"{place}?done=memory-imported", answer.location) == (answer.location, again.location)
    assert {
        ("fr", "Le pont est ouvert.", "brug.tmx"),
        ("fr", "Le pont est fermé.", "brug.tmx"),
        ("de", "Die Brücke ist offen.", "brug.tmx"),
        ("de", "Die Brücke ächzt.", "brug.tmx"),
    } == stored(lite_desk)
    assert (["4", "0", "1"], ["4", "0", "1"]) == (counts(page), counts(reviewer.get(place).text))
    with lite_desk.read() as reading:
        assert [b""] == list(reading.session.scalars(select(WaitingFile.content)))


def test_the_same_file_again_brings_nothing_and_asks_nothing(app: Flask) -> None:
    reviewer = browser(app, "reviewer")
    confirm(reviewer, send(reviewer, tmx(FILE)).location)

    page = reviewer.get(send(reviewer, tmx(FILE)).location).text

    assert ["0", "4", "1"] == counts(page)
    assert [] == html.fromstring(page).xpath("//main//form")


def test_only_its_sender_sees_and_takes_a_file(lite_desk: Desk, app: Flask) -> None:
    place = send(browser(app, "reviewer"), tmx(FILE)).location
    admin = browser(app, "admin")

    seen = admin.get(place)
    taken = admin.post(place, data={"csrf_token": form_token(admin, PLACE)})

    assert (404, 404, set()) == (seen.status_code, taken.status_code, stored(lite_desk))


def test_a_reviewer_of_one_language_takes_that_one_in(lite_desk: Desk, app: Flask) -> None:
    french = browser(app, "french_reviewer")

    place = send(french, tmx(FILE)).location
    page = french.get(place).text
    confirm(french, place)

    assert ["2", "0", "3"] == counts(page)
    assert [["2", "Deutsch"], ["4", "Français"], ["5", "Deutsch"]] == [row[:2] for row in table(page, 1)]
    assert {"fr"} == {locale for locale, _, _ in stored(lite_desk)}


def test_who_lost_a_language_meanwhile_takes_nothing_in(lite_desk: Desk, app: Flask) -> None:
    reviewer = browser(app, "second_reviewer")
    place = send(reviewer, tmx([FILE[0]])).location
    page = reviewer.get(place).text
    with lite_desk.begin() as work:
        for grant in work.session.scalars(select(UserGrant).where(UserGrant.locale == "de")):
            work.session.delete(grant)

    answer = confirm(reviewer, place)

    assert (["2", "0", "0"], 403, set()) == (counts(page), answer.status_code, stored(lite_desk))


def test_texts_may_be_translated_from_another_language(lite_desk: Desk, app: Flask) -> None:
    reviewer = browser(app, "reviewer")

    confirm(reviewer, send(reviewer, tmx(FILE[:1], srclang="fr"), source="fr").location)

    assert {"nl", "de"} == {locale for locale, _, _ in stored(lite_desk)}


@pytest.mark.parametrize(
    "data, told",
    [
        (b"", "Line 1"),
        (b"<tmx version='1.4'><body>\n<tu>\n", "Line 3"),
        (b"<xliff/>", "not TMX"),
        (tmx(FILE).replace(b"</seg></tuv></tu>\n</body>", b"</seg></tu>\n</body>"), "Line 5"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason_and_not_kept(
    lite_desk: Desk, app: Flask, data: bytes, told: str
) -> None:
    answer = send(browser(app, "reviewer"), data)

    page = html.fromstring(answer.text)
    with lite_desk.read() as reading:
        assert 0 == reading.session.scalar(select(func.count(WaitingFile.id)))
    assert (422, ["#file"]) == (answer.status_code, page.xpath("//div[@role='alert']//a/@href"))
    assert told in page.xpath("//div[@role='alert']")[0].text_content()


@pytest.mark.parametrize("size, code", [(MAX_FILE_BYTES + 1, 422), (MAX_REQUEST_BYTES, 413)])
def test_what_is_too_large_for_a_page_is_refused(lite_desk: Desk, app: Flask, size: int, code: int) -> None:
    reviewer = browser(app, "reviewer")
    fields = {"csrf_token": form_token(reviewer, PLACE), "source": "nl"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{each}' for name, each in fields.items()]
    parts.append('--x\r\nContent-Disposition: form-data; name="file"; filename="oud.tmx"\r\n\r\n')
    body = "\r\n".join(parts).encode() + b" " * size + b"\r\n--x--\r\n"

    answer = reviewer.post(PLACE, data=body, content_type="multipart/form-data; boundary=x")

    with lite_desk.read() as reading:
        assert 0 == reading.session.scalar(select(func.count(WaitingFile.id)))
    assert (code, code == 422) == (answer.status_code, "Take it in from the command line" in answer.text)


@pytest.mark.parametrize("source", ["", "xx", "nl-BE"])
def test_a_source_language_that_the_office_does_not_have_is_refused(app: Flask, source: str) -> None:
    answer = send(browser(app, "reviewer"), tmx(FILE), source=source)

    assert (422, ["#source"]) == (
        answer.status_code,
        html.fromstring(answer.text).xpath("//div[@role='alert']//a/@href"),
    )


def test_who_keeps_only_the_source_language_is_asked_for_another(app: Flask) -> None:
    answer = send(browser(app, "french_reviewer"), tmx(FILE, srclang="fr"), source="fr")

    assert (422, ["fr"]) == (
        answer.status_code,
        html.fromstring(answer.text).xpath("//select[@id='source']/option[@selected]/@value"),
    )


def test_a_file_that_the_page_takes_is_one_that_the_desk_takes() -> None:
    assert MAX_FILE_BYTES < MAX_REQUEST_BYTES


def test_of_much_that_is_left_out_the_first_is_shown(app: Flask) -> None:
    reviewer = browser(app, "reviewer")
    empty = [{"nl": f"De brug {number}.", "fr": ""} for number in range(MOST_TOLD + 1)]

    page = reviewer.get(send(reviewer, tmx(empty)).location).text

    assert ["0", "0", str(MOST_TOLD + 1)] == counts(page)
    assert [str(line) for line in range(2, MOST_TOLD + 2)] == [row[0] for row in table(page, 0)]


def test_what_is_public_is_taken_away_as_it_is_read(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    published(lite_desk, lite_people)
    approved(lite_desk, lite_people, text=SECRET_TEXT, embargo_at=NOON + timedelta(days=1))

    answer = browser(app, "author").get("/memory/export.tmx")
    has_length = "Content-Length" in answer.headers

    with lite_desk.read() as reading:
        filed = list(read_tmx(io.BytesIO(answer.data), "nl", ["fr", "de", "en"]))
        count = count_import(reading.session, filed, "nl")
    assert ("application/x-tmx+xml", 'attachment; filename="memory.tmx"', False) == (
        answer.mimetype,
        answer.headers["Content-Disposition"],
        has_length,
    )
    assert (0, 0) == (count.added, count.refused)
    assert count.unchanged > 10
    assert CANARY not in answer.text


def test_an_empty_memory_is_a_file_all_the_same(app: Flask) -> None:
    answer = browser(app, "author").get("/memory/export.tmx")

    assert [] == etree.fromstring(answer.data).findall("body/tu")


def test_the_search_leads_to_the_files(app: Flask) -> None:
    links = {
        who: html.fromstring(browser(app, who).get("/memory").text).xpath("//div[@class='head']//a/@href")
        for who in ("author", "french_reviewer", "admin")
    }

    both = [PLACE, "/memory/export.tmx"]
    assert {"author": ["/memory/export.tmx"], "french_reviewer": both, "admin": both} == links
