"""A list of terms on pages: shown before it is taken in, and taken in as it was shown."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from service.app import MAX_REQUEST_BYTES
from service.domain.concepts import ConceptDraft, TermDraft
from service.formats.tbx import write_tbx
from service.operations.terms import add_concept
from service.storage.models import Term, WaitingFile
from service.uow import Desk
from service.web import term_import
from service.web.term_import import MAX_FILE_BYTES
from tests.desk_fixtures import People
from tests.web.offices import browser, form_token

PLACE = "/terms/import"
LIST = "nl,fr,status,domain\nlidstaat,État membre,,EU\nwet,loi,,\nlidstaat,pays membre,forbidden,EU\nraad,conseil,,\n"
STANDING = (
    ConceptDraft((TermDraft("nl", "wet"), TermDraft("fr", "texte", gender="masculine"))),
    ConceptDraft((TermDraft("nl", "raad"), TermDraft("fr", "conseil"))),
)


@pytest.fixture(autouse=True)
def standing(lite_desk: Desk, lite_people: People) -> None:
    for draft in STANDING:
        add(lite_desk, lite_people, draft)


def add(desk: Desk, people: People, draft: ConceptDraft) -> None:
    with desk.begin(people.admin) as work:
        add_concept(work, draft)


def send(client: FlaskClient, data: str | bytes, *, name: str = "lijst.csv") -> TestResponse:
    content = data.encode() if isinstance(data, str) else data
    return client.post(PLACE, data={"csrf_token": form_token(client, PLACE), "file": (io.BytesIO(content), name)})


def confirm(client: FlaskClient, page: str) -> TestResponse:
    """Send the form of a page that shows what a list would change."""
    form = html.fromstring(page).forms[-1]
    return client.post(form.action, data=dict(form.form_values()))


def french(desk: Desk) -> set[str]:
    with desk.read() as reading:
        return set(reading.session.scalars(select(Term.text).where(Term.locale == "fr")))


def waiting(desk: Desk) -> int | None:
    with desk.read() as reading:
        return reading.session.scalar(select(func.count(WaitingFile.id)))


def counts(page: str) -> list[str]:
    return [each.text_content() for each in html.fromstring(page).xpath("//dl[@class='facts']//dd")]


def rows(page: str) -> list[list[str]]:
    """Return the rows of the first table of a page, each as the texts of its cells."""
    found = html.fromstring(page).xpath("//main//table")[0].xpath("./tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


def test_a_list_is_shown_before_anything_is_taken_in(lite_desk: Desk, app: Flask) -> None:
    reviewer = browser(app, "reviewer")

    sent = send(reviewer, LIST)
    page = reviewer.get(sent.location).text

    assert (303, {"texte", "conseil"}) == (sent.status_code, french(lite_desk))
    assert ["1", "1", "1"] == counts(page)
    assert [
        ["3", "wet", "Français", "texte (masculine)", "loi"],
        ["2", "lidstaat new", "Nederlands", "nothing", "lidstaat"],
        ["2", "lidstaat new", "Français", "nothing", "État membre pays membre (never to be used)"],
        ["2", "lidstaat new", "Domain", "nothing", "EU"],
    ] == rows(page)


def test_what_was_shown_is_taken_in_once(lite_desk: Desk, app: Flask) -> None:
    reviewer = browser(app, "reviewer")
    place = send(reviewer, LIST).location
    page = reviewer.get(place).text

    answer = confirm(reviewer, page)
    again = confirm(reviewer, page)

    assert (f"{place}?done=terms-imported", answer.location) == (answer.location, again.location)
    assert {"loi", "État membre", "pays membre", "conseil"} == french(lite_desk)
    assert ["1", "1", "1"] == counts(reviewer.get(place).text)


def test_the_same_list_again_changes_nothing_and_asks_nothing(app: Flask) -> None:
    reviewer = browser(app, "reviewer")
    confirm(reviewer, reviewer.get(send(reviewer, LIST).location).text)

    page = reviewer.get(send(reviewer, LIST).location).text

    assert ["0", "0", "3"] == counts(page)
    assert [] == html.fromstring(page).xpath("//main//form")


def test_what_is_no_longer_as_it_was_shown_is_shown_anew(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    reviewer = browser(app, "reviewer")
    page = reviewer.get(send(reviewer, LIST).location).text
    add(lite_desk, lite_people, ConceptDraft((TermDraft("nl", "lidstaat"),), domain="EU"))

    late = confirm(reviewer, page)
    untouched = french(lite_desk)
    then = confirm(reviewer, late.text)

    assert (412, ["0", "2", "1"], {"texte", "conseil"}) == (late.status_code, counts(late.text), untouched)
    assert (303, {"loi", "État membre", "pays membre", "conseil"}) == (then.status_code, french(lite_desk))


def test_a_list_of_several_parts_is_taken_whole(lite_desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_import, "AT_ONCE", 1)
    reviewer = browser(app, "reviewer")

    answer = confirm(reviewer, reviewer.get(send(reviewer, LIST).location).text)

    assert ["1", "1", "1"] == counts(reviewer.get(answer.location).text)
    assert {"loi", "État membre", "pays membre", "conseil"} == french(lite_desk)


def test_a_line_is_about_the_concept_that_was_shown_whatever_the_lines_before_it_change(
    lite_desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.term_import.AT_ONCE", 1)
    client = browser(app, "admin")
    shown = send(client, "nl,fr,de\nraad,assemblée,\n,assemblée,Versammlung\n")

    page = client.get(shown.location).text
    done = confirm(client, page)

    assert (["1", "1", "0"], 303) == (counts(page), done.status_code)
    assert {"texte", "assemblée"} == french(lite_desk)


def test_a_list_of_others_languages_is_not_for_a_reviewer_of_one(lite_desk: Desk, app: Flask) -> None:
    client = browser(app, "french_reviewer")
    place = send(client, "nl,fr,de\nwet,loi,Gesetz\n").location
    page = client.get(place).text

    forced = client.post(
        place, data={"csrf_token": form_token(client, PLACE), "stamp": str(stamp_of(browser(app, "reviewer")))}
    )
    own = confirm(client, client.get(send(client, "nl,fr\nwet,loi\n").location).text)

    assert ([], ["Deutsch"], ["Line 2"]) == (
        html.fromstring(page).xpath("//main//form"),
        html.fromstring(page).xpath("//p[@class='banner']/span/text()"),
        [text.partition(":")[0] for text in html.fromstring(page).xpath("//main//ul/li/text()")],
    )
    assert (403, 303, {"loi", "conseil"}) == (forced.status_code, own.status_code, french(lite_desk))


def stamp_of(client: FlaskClient) -> str:
    page = html.fromstring(client.get(send(client, LIST).location).text)
    return str(page.xpath("//input[@name='stamp']/@value")[0])


def test_only_its_sender_sees_and_takes_a_list(lite_desk: Desk, app: Flask) -> None:
    place = send(browser(app, "reviewer"), LIST).location
    admin = browser(app, "admin")

    seen = admin.get(place)
    taken = admin.post(place, data={"csrf_token": form_token(admin, PLACE), "stamp": "2"})

    assert (404, 404, {"texte", "conseil"}) == (seen.status_code, taken.status_code, french(lite_desk))


@pytest.mark.parametrize(
    "data, told",
    [
        ("", ["Line 1"]),
        ("nl,colour\nwet,red\n", ["Line 1", "colour"]),
        ("nl,fr\nwet,loi\n…,loi\n", ["Line 3"]),
        ("nl,fr,status\nwet,loi,good\nraad,a,bad\n", ["Line 2", "Line 3"]),
        ("<martif>\n<text>\n", ["Line 3"]),
        ("<tmx/>", ["TBX"]),
        (b"nl,fr\nwet,\xe9tat\n", ["Line 2", "UTF-8"]),
        ("nl,fr\nwet,loi\n,texte\n", ["Line 3", "line 2"]),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_lines_and_not_kept(
    lite_desk: Desk, app: Flask, data: str | bytes, told: list[str]
) -> None:
    answer = send(browser(app, "reviewer"), data)

    (alert,) = html.fromstring(answer.text).xpath("//div[@role='alert']")
    assert (422, 0, ["#file"]) == (answer.status_code, waiting(lite_desk), alert.xpath(".//a/@href"))
    assert [] == [words for words in told if words not in alert.text_content()]


def test_no_file_and_too_long_ones_are_refused(lite_desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_import, "MOST_CONCEPTS", 2)
    monkeypatch.setattr(term_import, "MAX_FILE_BYTES", 1_000)
    reviewer = browser(app, "reviewer")

    none = reviewer.post(PLACE, data={"csrf_token": form_token(reviewer, PLACE)})
    answers = [send(reviewer, data) for data in (LIST, b"a" * 1_001)]

    assert (422, 0) == (none.status_code, waiting(lite_desk))
    assert [(422, True)] * 2 == [(each.status_code, "from the command line: perstolk" in each.text) for each in answers]
    assert MAX_FILE_BYTES < MAX_REQUEST_BYTES


def test_a_term_base_of_another_program_is_taken_in_too(lite_desk: Desk, app: Flask) -> None:
    draft = ConceptDraft((TermDraft("nl", "lidstaat"), TermDraft("fr", "État membre", gender="masculine")))
    data = b"".join(write_tbx([("con_x", draft)], "nl"))
    reviewer = browser(app, "reviewer")

    page = reviewer.get(send(reviewer, data, name="export.tbx").location).text
    confirm(reviewer, page)

    assert ["1", "0", "0"] == counts(page)[:3]
    assert {"texte", "conseil", "État membre"} == french(lite_desk)


def test_what_of_a_term_base_is_left_out_is_told(app: Flask) -> None:
    data = b"".join(write_tbx([("con_x", ConceptDraft((TermDraft("nl", "lidstaat"), TermDraft("fr", "pays"))))], "nl"))
    reviewer = browser(app, "reviewer")

    page = reviewer.get(send(reviewer, data.replace(b'xml:lang="fr"', b'xml:lang="???"')).location).text

    assert ["1", "0", "0", "1"] == counts(page)
    assert ["???" in text for text in html.fromstring(page).xpath("//table[last()]//td[2]/text()")][-1:] == [True]


def test_the_list_of_terms_leads_to_it_for_those_who_keep_terms(app: Flask) -> None:
    links = {
        who: html.fromstring(browser(app, who).get("/terms").text).xpath(f"//div[@class='head']//a[@href='{PLACE}']")
        for who in ("author", "french_reviewer", "admin")
    }

    assert {"author": 0, "french_reviewer": 1, "admin": 1} == {who: len(found) for who, found in links.items()}
