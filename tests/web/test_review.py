"""The editor and the acts on a whole version: save, confirm, conflicts, findings, approve, send back, reopen."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.operations.review import edit_unit
from service.storage.models import Unit, Version
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import TEXT, approve, draft, submit
from tests.web.conftest import CountStatements, UnitsOf
from tests.web.offices import browser, form_token, post

JSON = {"Accept": "application/json"}


def _save(client: FlaskClient, release_id: str, unit: Unit, **form: str) -> TestResponse:
    path = f"/releases/{release_id}/fr"
    return post(client, f"{path}/units/{unit.id}/save", at=path, **{"row_version": str(unit.row_version), **form})


def _save_by_script(client: FlaskClient, release_id: str, unit: Unit, **form: str) -> TestResponse:
    path = f"/releases/{release_id}/fr"
    headers = {**JSON, "X-CSRFToken": form_token(client, path)}
    body = {"row_version": str(unit.row_version), **form}
    return client.post(f"{path}/units/{unit.id}/save", data=body, headers=headers)


def _version(desk: Desk, release_id: str, locale: str = "fr") -> Version:
    with desk.read() as reading:
        return reading.session.scalars(
            select(Version).where(Version.release_id == release_id, Version.locale == locale)
        ).one()


def test_the_editor_shows_each_source_beside_its_target_in_its_own_language(app: Flask, release_id: str) -> None:
    page = browser(app, "reviewer").get(f"/releases/{release_id}/fr").text

    assert page.count('<div class="source" id="source-') == 7
    assert len(re.findall(r'<textarea [^>]*lang="fr"', page)) == 7
    assert "Français, segment 3 of 7" in page
    assert "machine: libretranslate" in page


def test_who_does_not_review_the_language_reads_without_forms(app: Flask, release_id: str) -> None:
    page = browser(app, "french_reviewer").get(f"/releases/{release_id}/de").text

    assert "<textarea" not in page
    assert "You can read this version; its reviewers can change it." in page


def test_a_plain_form_saves_a_draft_and_comes_back_to_its_segment(
    app: Flask, release_id: str, units_of: UnitsOf
) -> None:
    unit = units_of(release_id, "fr")[2]

    answer = _save(browser(app, "reviewer"), release_id, unit, target="Un pont", act="save")

    saved = units_of(release_id, "fr")[2]
    assert answer.location == f"/releases/{release_id}/fr?done=saved#unit-{unit.id}"
    assert (saved.target, saved.state, saved.origin) == ("Un pont", "translated", "person")


def test_confirming_goes_on_to_the_next_open_segment(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    units = units_of(release_id, "fr")

    answer = _save(browser(app, "reviewer"), release_id, units[1], target=units[1].target, act="confirm")

    assert answer.location.endswith(f"#unit-{units[2].id}")
    assert units_of(release_id, "fr")[1].state == "reviewed"


@pytest.mark.parametrize("act, expected", [("source", "Persbericht"), ("draft", "[fr] Persbericht")])
def test_source_and_draft_are_taken_again_without_a_script(
    app: Flask, release_id: str, units_of: UnitsOf, act: str, expected: str
) -> None:
    client = browser(app, "reviewer")
    _save(client, release_id, units_of(release_id, "fr")[1], target="Communiqué", act="save")

    _save(client, release_id, units_of(release_id, "fr")[1], target="Communiqué", act=act)

    assert units_of(release_id, "fr")[1].target == expected


def test_the_script_is_told_what_the_server_has(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    unit = units_of(release_id, "fr")[0]

    answer = _save_by_script(browser(app, "reviewer"), release_id, unit, target=" Un pont ", act="confirm")

    told = answer.get_json()
    assert (told["unit"], told["row_version"], told["state"]) == (unit.id, unit.row_version + 1, "reviewed")
    assert (told["target"], told["count"], told["said"]) == ("Un pont", "1 of 7 confirmed", "Confirmed at 13:00")
    assert "Confirmed" in told["parts"]["head"]


def test_a_save_that_is_sent_twice_is_made_once(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    client = browser(app, "reviewer")
    unit = units_of(release_id, "fr")[0]

    answers = [
        _save_by_script(client, release_id, unit, target="Un pont", operation_id="op-1").get_json() for _ in range(2)
    ]

    assert [told["row_version"] for told in answers] == [unit.row_version + 1] * 2


def _edit_elsewhere(desk: Desk, people: People, release_id: str, unit: Unit) -> None:
    with desk.begin(people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target="Le texte de l’autre")


def test_a_stale_form_shows_both_texts_and_either_can_be_kept(
    app: Flask, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    unit = units_of(release_id, "fr")[2]
    _edit_elsewhere(lite_desk, lite_people, release_id, unit)
    client = browser(app, "reviewer")

    answer = _save(client, release_id, unit, target="Mon texte", act="save")
    row_version = re.search(r'name="row_version" value="(\d+)"', answer.text)
    assert row_version is not None
    again = _save(client, release_id, unit, target="Mon texte", act="save", row_version=row_version[1])

    assert answer.status_code == 412
    assert "Mon texte</textarea>" in answer.text
    assert ["Le", " de l’autre"] == re.findall(r"removed: </span>([^<]+)<", answer.text)
    assert "(Second Reviewer)" in answer.text
    assert again.status_code == 303
    assert units_of(release_id, "fr")[2].target == "Mon texte"


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 19, "9" * 5_000, "٢"])
def test_a_form_that_names_no_state_of_the_text_is_refused(
    app: Flask, release_id: str, units_of: UnitsOf, number: str
) -> None:
    answer = _save(
        browser(app, "reviewer"), release_id, units_of(release_id, "fr")[0], row_version=number, target="Autre"
    )

    assert 422 == answer.status_code
    assert "Autre" != units_of(release_id, "fr")[0].target


def test_a_stale_save_of_the_script_is_answered_with_both_texts(
    app: Flask, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    unit = units_of(release_id, "fr")[2]
    _edit_elsewhere(lite_desk, lite_people, release_id, unit)

    answer = _save_by_script(browser(app, "reviewer"), release_id, unit, target="Mon texte")

    told = answer.get_json()
    assert answer.status_code == 412
    assert (told["mine"], told["theirs"], told["by"]) == ("Mon texte", "Le texte de l’autre", "Second Reviewer")
    assert told["row_version"] == unit.row_version + 1


def test_the_script_is_told_when_the_session_has_ended(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    client = browser(app, "reviewer")
    unit = units_of(release_id, "fr")[0]
    headers = {**JSON, "X-CSRFToken": form_token(client, f"/releases/{release_id}/fr"), "Accept-Language": "en"}
    with client.session_transaction() as kept:
        kept["sid"] = "an ended one"

    answer = client.post(f"/releases/{release_id}/fr/units/{unit.id}/save", data={"target": "x"}, headers=headers)

    assert (answer.status_code, answer.get_json()["error"]) == (401, "Sign in first.")


def test_a_finding_stands_with_its_segment_and_is_put_aside_with_a_reason(
    app: Flask, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    client = browser(app, "reviewer")
    path = f"/releases/{release_id}/fr"
    _save(client, release_id, units_of(release_id, "fr")[5], target="Le pont a coûté 52 millions d’euros.", act="save")
    before = client.get(path).text
    found = re.search(r'action="([^"]+/findings/[^"]+/dismiss)"', before)
    assert found is not None

    post(client, found[1], at=path, reason="The source is wrong.")

    after = client.get(path).text
    assert '<li class="error">' in before
    assert "Put aside by Reviewer: The source is wrong." in after


def test_the_approve_page_shows_the_whole_text_and_what_will_happen(app: Flask, release_id: str) -> None:
    page = browser(app, "reviewer").get(f"/releases/{release_id}/fr/approve").text

    assert "[fr] De brug kostte 25 miljoen euro." in page
    assert "De brug kostte 25 miljoen euro." in page
    assert "Any later change takes the approval back." in page
    assert re.search(r'name="digest" value="[0-9a-f]{64}"', page)


def _approve(client: FlaskClient, release_id: str, **form: str) -> TestResponse:
    path = f"/releases/{release_id}/fr/approve"
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', client.get(path).text)
    assert digest is not None
    return post(client, path, **{"digest": digest[1], **form})


def test_approving_is_an_act_that_the_release_page_confirms(app: Flask, release_id: str, lite_desk: Desk) -> None:
    client = browser(app, "reviewer")

    answer = _approve(client, release_id)

    assert answer.location == f"/releases/{release_id}?done=approved"
    assert _version(lite_desk, release_id).state == "approved"
    assert re.search(r"Reviewer, .*13:00", client.get(answer.location).text)


def test_a_text_that_changed_meanwhile_is_not_approved(app: Flask, release_id: str, lite_desk: Desk) -> None:
    answer = _approve(browser(app, "reviewer"), release_id, digest="0" * 64)

    assert answer.status_code == 409
    assert "The text has changed since you read it" in answer.text
    assert _version(lite_desk, release_id).state == "in_review"


def test_who_wrote_part_of_the_text_is_told_why_another_must_approve(
    app: Flask, release_id: str, units_of: UnitsOf
) -> None:
    client = browser(app, "reviewer")
    _save(client, release_id, units_of(release_id, "fr")[2], target="Un pont ouvre le 14 mai 2026.", act="save")

    page = client.get(f"/releases/{release_id}/fr/approve").text
    answer = _approve(client, release_id)

    assert "another reviewer has to approve it" in page
    assert '<button class="main" disabled>' in page
    assert answer.status_code == 409


@pytest.mark.parametrize("act", ["request-changes", "reopen"])
def test_a_version_goes_back_only_with_a_reason_which_its_reviewers_read(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People, act: str
) -> None:
    approve(lite_desk, lite_people.reviewer, release_id, "fr")
    client = browser(app, "publisher")
    path = f"/releases/{release_id}/fr/{act}"

    refused = post(client, path, reason=" ")
    post(client, path, reason="De datum klopt niet.")

    page = browser(app, "reviewer").get(f"/releases/{release_id}/fr").text
    assert refused.status_code == 422
    assert 'href="#reason"' in refused.text
    assert _version(lite_desk, release_id).state == "in_review"
    assert re.search(r"Changes requested by Publisher:.*De datum klopt niet\.", page)


def test_a_version_is_taken_on_and_handed_over(
    app: Flask, release_id: str, lite_desk: Desk, lite_people: People
) -> None:
    client = browser(app, "reviewer")
    path = f"/releases/{release_id}/fr"

    post(client, f"{path}/claim", at=path)
    held = client.get(path).text
    refused = post(client, f"{path}/hand-over", to="publisher@office.example")
    post(client, f"{path}/hand-over", to="french_reviewer@office.example")

    assert "with Reviewer" in held
    assert refused.status_code == 422
    assert _version(lite_desk, release_id).claimed_by == lite_people.french_reviewer.user_id


def test_confirming_all_confirms_what_has_no_error(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    path = f"/releases/{release_id}/fr"

    post(browser(app, "reviewer"), f"{path}/confirm", at=path)

    assert {unit.state for unit in units_of(release_id, "fr")} == {"reviewed"}


def test_the_history_shows_every_save_and_restores_an_earlier_one(
    app: Flask, release_id: str, units_of: UnitsOf
) -> None:
    client = browser(app, "reviewer")
    unit = units_of(release_id, "fr")[1]
    _save(client, release_id, unit, target="Communiqué", act="save")

    page = client.get(f"/releases/{release_id}/fr/units/{unit.id}/history").text
    _save(client, release_id, units_of(release_id, "fr")[1], target="[fr] Persbericht", act="save")

    assert 'name="target" value="[fr] Persbericht"' in page
    assert '<ins><span class="hidden" lang="en">added: </span>Communiqué' in page
    assert units_of(release_id, "fr")[1].target == "[fr] Persbericht"


def test_a_unit_of_another_version_is_not_found(app: Flask, release_id: str, units_of: UnitsOf) -> None:
    unit = units_of(release_id, "de")[0]

    answer = _save(browser(app, "reviewer"), release_id, unit, target="x")

    assert answer.status_code == 404


def test_the_editor_takes_as_many_statements_for_a_long_text_as_for_a_short_one(
    app: Flask, lite_desk: Desk, lite_people: People, count_statements: CountStatements
) -> None:
    long_text = TEXT + "\n\n".join(f"Dit is zin nummer {n} van een lange tekst." for n in range(60)) + "\n"
    client = browser(app, "reviewer")
    counts = []
    for text in (TEXT, long_text):
        release_id = submit(lite_desk, lite_people.author, text=text)
        draft(lite_desk, release_id)
        with count_statements() as seen:
            client.get(f"/releases/{release_id}/fr")
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] < 22


@pytest.mark.parametrize("path", ["", "/fr", "/fr/text", "/fr/approve"])
def test_every_answer_bears_the_guards_of_an_office_page(app: Flask, release_id: str, path: str) -> None:
    answer = browser(app, "reviewer").get(f"/releases/{release_id}{path}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r" style=|<script>| on\w+=", answer.text)
