"""Findings in the editor and before the approval: shown, fixed, put aside, taken up; and the page of the checks."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.domain.checks.described import ALL_CHECKS
from service.operations.check_settings import set_severity
from service.queries.rules import office_severities
from service.uow import Desk
from service.web.replacements import replacement, visible
from tests.desk_fixtures import People
from tests.operations.checking_steps import WRONG, check, in_french, open_codes, put
from tests.operations.making import text_of
from tests.operations.steps import act, drafted
from tests.operations.test_fixes import FIXED, MARKS_WRONG, ONE_FIXED, SOURCE
from tests.web.conftest import CountStatements
from tests.web.offices import browser, form_token, post


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    """A release in review in French with two numbers in it that are written as English writes them."""
    made = drafted(lite_desk, lite_people, targets=("fr",), text=SOURCE)
    put(lite_desk, lite_people, made, MARKS_WRONG)
    return made


def places(client: FlaskClient, path: str, act: str) -> list[str]:
    return re.findall(rf'action="([^"]+/findings/[^"]+/{act})"', client.get(path).text)


def row_version(desk: Desk, release_id: str) -> str:
    return str(text_of(desk, release_id, "fr").units[1].row_version)


def test_the_editor_shows_what_a_fix_would_replace_by_what(app: Flask, release_id: str) -> None:
    page = browser(app, "reviewer").get(f"/releases/{release_id}/fr").text

    assert re.search(r"(?s)<del>.*?12,500.*?</del><ins>.*?12<span.*?no-break space.*?⍽", page)
    assert 2 == page.count('aria-keyshortcuts="Alt+X"')


def test_a_fix_is_one_button_without_a_script(app: Flask, release_id: str, lite_desk: Desk) -> None:
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr"

    for _ in range(2):
        answer = post(client, places(client, path, "fix")[0], at=path, row_version=row_version(lite_desk, release_id))

    unit = text_of(lite_desk, release_id, "fr").units[1]
    assert (FIXED, f"{path}?done=fixed#unit-{unit.id}") == (unit.target, answer.location)
    assert [] == places(client, path, "fix")
    assert "The fix stands in the text now" in client.get(answer.location).text


def test_a_fix_by_the_script_is_answered_with_the_segment(app: Flask, release_id: str, lite_desk: Desk) -> None:
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    headers = {"Accept": "application/json", "X-CSRFToken": form_token(client, path)}

    answer = client.post(
        places(client, path, "fix")[0], data={"row_version": row_version(lite_desk, release_id)}, headers=headers
    )

    told = answer.get_json()
    assert (200, ONE_FIXED, "translated") == (answer.status_code, told["target"], told["state"])
    assert (1, True) == (told["parts"]["findings"].count('data-act="fix"'), "1,250" in told["parts"]["findings"])


@pytest.mark.parametrize("script", [False, True])
def test_a_fix_of_a_text_that_was_saved_meanwhile_shows_both_texts(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People, *, script: bool
) -> None:
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    before = row_version(lite_desk, release_id)
    put(lite_desk, lite_people, release_id, f"Aujourd’hui : {MARKS_WRONG}")
    place = places(client, path, "fix")[0]
    headers = {"Accept": "application/json"} if script else {}

    answer = client.post(place, data={"row_version": before, "csrf_token": form_token(client, path)}, headers=headers)

    assert 412 == answer.status_code
    assert f"Aujourd’hui : {MARKS_WRONG}" == text_of(lite_desk, release_id, "fr").units[1].target
    if script:
        assert f"Aujourd’hui : {ONE_FIXED}" == answer.get_json()["mine"]


def test_who_does_not_review_the_language_is_offered_no_fix(app: Flask, release_id: str) -> None:
    page = browser(app, "author").get(f"/releases/{release_id}/fr").text

    assert ("12,500" in page, 0, 0) == (True, page.count("/fix"), page.count("/dismiss"))


def test_what_was_put_aside_names_who_and_why_and_is_taken_up_again(
    app: Flask, release_id: str, lite_desk: Desk
) -> None:
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    post(client, places(client, path, "dismiss")[0], at=path, reason="Zo gevraagd.")
    shown = [client.get(each).text for each in (path, f"{path}/approve")]

    answer = post(client, places(client, path, "take-up")[0], at=path)

    assert [True, True] == ["Put aside by Reviewer: Zo gevraagd." in page for page in shown]
    assert answer.location.startswith(f"{path}?done=taken-up#unit-")
    assert ["numbers", "numbers"] == open_codes(lite_desk, release_id)


def test_the_page_before_the_approval_says_when_the_checks_look_again(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    release_id = in_french(lite_desk, lite_people)
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr/approve"
    before = client.get(path).text
    act(lite_desk, lite_people.admin, set_severity, "numbers", "warning")

    stale = client.get(path).text
    check(lite_desk)

    again = "the checks look at the whole of it again"
    assert [False, True, False] == [again in page for page in (before, stale, client.get(path).text)]


def test_an_approval_by_the_page_is_refused_and_shows_the_error_that_no_worker_had_found(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    act(lite_desk, lite_people.admin, set_severity, "numbers", "off")
    release_id = in_french(lite_desk, lite_people)
    put(lite_desk, lite_people, release_id, WRONG)
    check(lite_desk)
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr/approve"
    digest = text_of(lite_desk, release_id, "fr").digest
    act(lite_desk, lite_people.admin, set_severity, "numbers", "default")

    answer = post(client, path, digest=digest)

    assert 409 == answer.status_code
    assert "Errors still open: 1." in answer.text
    assert "The source says “25”, the translation “52”." in answer.text


def test_findings_cost_the_editor_no_statement_each(
    app: Flask, lite_desk: Desk, lite_people: People, release_id: str, count_statements: CountStatements
) -> None:
    client, path = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    with count_statements() as with_findings:
        client.get(path)
    put(lite_desk, lite_people, release_id, FIXED)
    with count_statements() as without:
        client.get(path)

    assert len(with_findings) == len(without)


def test_everybody_reads_the_checks_and_administrators_set_them(app: Flask, lite_desk: Desk) -> None:
    reader, admin = browser(app, "author"), browser(app, "admin")
    pages = [client.get("/checks").text for client in (reader, admin)]

    assert [len(ALL_CHECKS)] * 2 == [page.count('<tr id="check-') for page in pages]
    assert [0, len(ALL_CHECKS)] == [page.count("<select") for page in pages]
    assert 'href="/checks"' in pages[1]


def test_only_what_was_chosen_otherwise_is_set(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    admin = browser(app, "admin")
    act(lite_desk, lite_people.admin, set_severity, "length", "info")  # after the page was loaded

    answer = post(
        admin,
        "/checks",
        **{"numbers": "warning", "numbers before": "default", "length": "default", "length before": "default"},
    )

    with lite_desk.read() as reading:
        found = office_severities(reading.session)
    assert ("/checks?done=checks-changed", "warning", "info") == (answer.location, found["numbers"], found["length"])
    assert "set by Admin" in admin.get("/checks").text


@pytest.mark.parametrize(
    "form", [{"spelling": "off", "spelling before": "default"}, {"numbers": "fatal", "numbers before": "default"}]
)
def test_what_is_no_check_or_no_severity_sets_nothing(app: Flask, lite_desk: Desk, form: dict[str, str]) -> None:
    answer = post(browser(app, "admin"), "/checks", **form)

    with lite_desk.read() as reading:
        assert "numbers" not in office_severities(reading.session)
    assert answer.status_code in {404, 422}


@pytest.mark.parametrize(
    "text, signs",
    [
        ("12\u202f500", "12⍽500"),
        (" ", "␣"),
        ("\u00a0", "⍽"),
        ("a b", "a b"),
        (" a", "␣a"),
        ("  ", "␣␣"),
        ("a  b", "a ␣b"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_spaces_that_look_alike_can_be_told_apart(app: Flask, text: str, signs: str) -> None:
    with app.test_request_context():
        shown = re.sub(r'<span class="hidden">.*?</span>|</?span[^>]*>', "", visible(text))

    assert signs == shown


def test_a_replacement_shows_a_little_of_the_text_around(app: Flask) -> None:
    text = "Il a crié: «Bonjour !» et puis il est parti sans rien dire à personne."
    with app.test_request_context():
        shown = str(replacement(text, (19, 20), "\u00a0"))
        gone = str(replacement(text, (19, 20), ""))

    plain = re.sub(r'<span class="hidden"[^>]*>.*?</span>|</?span[^>]*>', "", shown)
    assert "…a crié: «Bonjour<del>␣</del><ins>⍽</ins>!» et puis il es…" == plain
    assert "<ins>" not in gone
