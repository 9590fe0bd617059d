"""The pages of the tools for segments: undo, minor edits, earlier texts, find and replace, identical sentences."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.operations.releases import revise_source
from service.operations.review import confirm_all, edit_unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import TEXT, approve, draft
from tests.operations.steps import act, drafted, submission
from tests.web.conftest import UnitsOf
from tests.web.offices import browser, form_token, post

TYPO = TEXT.replace("meteen over", "meteeen over")
TWICE = TEXT.replace("Burgemeester An Peeters knipt het lint door.", "Wandelaars en fietsers kunnen er meteen over.")


def _revised(desk: Desk, people: People, text: str, *, minor: bool) -> str:
    release_id = drafted(desk, people, targets=("fr",), text=TYPO)
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    act(desk, people.author, revise_source, release_id, submission(text, minor=minor), row_version=None)
    return release_id


def _undo_link(page: str) -> str:
    found = re.search(r'action="([^"]+/acts/[^"]+/undo)"', page)
    assert found is not None
    return found[1]


def _follow(client: FlaskClient, address: str, **form: str | list[str]) -> str:
    return client.get(post(client, address, **form).headers["Location"]).text


def test_the_editor_tells_what_a_minor_edit_changed_and_accepts_it(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = _revised(lite_desk, lite_people, TEXT, minor=True)
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    unit = units_of(release_id, "fr")[3]

    page = client.get(place).text
    assert "Look at 1 minor edit …" in page
    assert 'aria-keyshortcuts="Alt+J"' in page
    assert f"{unit.id}:{unit.row_version}" in client.get(f"{place}/minor").text

    done = _follow(client, f"{place}/minor", unit=f"{unit.id}:{unit.row_version}")

    assert "The minor edits are accepted." in done
    assert "reviewed" == units_of(release_id, "fr")[3].state
    assert (
        "It is undone"
        in client.post(_undo_link(done), data={"csrf_token": form_token(client, place)}, follow_redirects=True).text
    )


def test_a_script_accepts_undoes_and_is_told_the_new_state(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = _revised(lite_desk, lite_people, TEXT, minor=True)
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    unit = units_of(release_id, "fr")[3]
    headers = {"Accept": "application/json", "X-CSRFToken": form_token(client, place)}

    def send(what: str, row_version: int) -> dict[str, object]:
        address = f"{place}/units/{unit.id}/{what}"
        told: dict[str, object] = client.post(address, data={"row_version": str(row_version)}, headers=headers).json
        return told

    accepted = send("accept-minor", unit.row_version)
    undone = send("undo", unit.row_version + 1)

    assert ("reviewed", "translated") == (accepted["state"], undone["state"])
    assert 'data-act="undo"' in str(undone["parts"])
    assert "error" in send("undo", unit.row_version)  # it was saved meanwhile


def test_the_text_of_the_earlier_source_is_one_button_away(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = _revised(lite_desk, lite_people, TYPO.replace("25 miljoen", "27 miljoen"), minor=False)
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    unit = units_of(release_id, "fr")[5]
    assert "Take the earlier text" in client.get(place).text

    post(client, f"{place}/units/{unit.id}/earlier", at=place, row_version=str(unit.row_version))

    taken = units_of(release_id, "fr")[5]
    assert ("[fr] De brug kostte 25 miljoen euro.", "translated") == (taken.target, taken.state)


def test_a_page_shows_what_a_revision_of_the_source_changed(app: Flask, lite_desk: Desk, lite_people: People) -> None:
    release_id = _revised(lite_desk, lite_people, TYPO.replace("25 miljoen", "27 miljoen"), minor=False)
    client, place = browser(app, "french_reviewer"), f"/releases/{release_id}/fr/changes"

    page = client.get(place).text

    assert "1 is changed" in page
    assert re.search(r"<ins>.*27.*</ins>", page)
    assert 404 == client.get(f"{place}?from=2&to=1").status_code
    assert 404 == client.get(f"{place}?from=x").status_code


def test_words_are_found_replaced_where_ticked_and_put_back(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    before = [unit.target for unit in units_of(release_id, "fr")]
    found = client.get(f"{place}/replace?find=brug&replacement=pont&whole=yes").text
    hits, rows = re.findall(r'name="hit" value="([^"]+)"', found), re.findall(r'name="row" value="([^"]+)"', found)
    assert 3 == len(hits) == len(rows)

    said = {"find": "brug", "replacement": "pont", "whole": "yes", "hit": hits[1:], "row": rows}
    done = _follow(client, f"{place}/replace", **said)

    assert "The words are replaced." in done
    assert 2 == sum("pont" in unit.target for unit in units_of(release_id, "fr"))
    client.post(_undo_link(done), data={"csrf_token": form_token(client, place)})
    assert before == [unit.target for unit in units_of(release_id, "fr")]
    assert 422 == client.get(f"{place}/replace?find=%20").status_code


def test_a_confirmed_text_is_offered_for_the_same_sentence(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",), text=TWICE)
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    here, there = units_of(release_id, "fr")[3], units_of(release_id, "fr")[6]
    act(
        lite_desk,
        lite_people.reviewer,
        edit_unit,
        release_id,
        "fr",
        here.id,
        row_version=None,
        target="À pied.",
        state="reviewed",
    )
    assert "Use this text there …" in client.get(place).text
    address = f"{place}/units/{here.id}/same"
    assert f'value="{there.id}:{there.row_version}" checked' in client.get(address).text

    done = _follow(client, address, unit=f"{there.id}:{there.row_version}", confirm="yes")

    assert "The text stands in the places that you chose." in done
    assert ("À pied.", "reviewed") == (units_of(release_id, "fr")[6].target, units_of(release_id, "fr")[6].state)


def test_an_author_calls_a_revision_minor_and_is_told_why_it_is_not(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",), text=TYPO)
    client, place = browser(app, "author"), f"/releases/{release_id}/source"

    def revise(text: str) -> int:
        version = re.search(r'name="row_version" value="(\d+)"', client.get(place).text)
        assert version is not None
        return post(client, place, body=text, format="text", minor="yes", row_version=version[1]).status_code

    assert 422 == revise(TEXT.replace("25 miljoen", "26 miljoen"))
    assert 303 == revise(TEXT)
    assert [3] == [n for n, unit in enumerate(units_of(release_id, "fr")) if unit.change_is_minor]


def _undo_late(app: Flask, desk: Desk, people: People, units_of: UnitsOf, **headers: str) -> TestResponse:
    """Ask to undo one's own save on a page that does not know of a colleague's."""
    release_id = drafted(desk, people, targets=("fr",))
    unit = units_of(release_id, "fr")[1]
    for person, text in ((people.reviewer, "Rita un."), (people.second_reviewer, "Rob deux.")):
        act(desk, person, edit_unit, release_id, "fr", unit.id, row_version=None, target=text)
    client, place = browser(app, "reviewer"), f"/releases/{release_id}/fr"
    sent = {"csrf_token": form_token(client, place), "row_version": str(unit.row_version + 1)}
    return client.post(f"{place}/units/{unit.id}/undo", data=sent, headers=headers)


def test_undo_behind_a_colleagues_save_offers_no_choice_and_tells_the_newest_text(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    answer = _undo_late(app, lite_desk, lite_people, units_of, Accept="application/json")

    told = answer.get_json()
    assert (412, "Rob deux.", False) == (answer.status_code, told["target"], "box" in told)
    assert told["error"].startswith("Second Reviewer saved this segment meanwhile.")


def test_undo_behind_a_colleagues_save_shows_it_without_a_script(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    page = _undo_late(app, lite_desk, lite_people, units_of).text

    assert "Second Reviewer saved this segment meanwhile." in page
    assert ("Rob deux." in page, "Keep yours" in page) == (True, False)


def _offers_to_undo(client: FlaskClient, release_id: str) -> int:
    return client.get(f"/releases/{release_id}/fr").text.count('data-act="undo"')


def test_undo_is_offered_only_where_there_is_something_to_undo(
    app: Flask, lite_desk: Desk, lite_people: People, units_of: UnitsOf
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")
    act(
        lite_desk,
        lite_people.author,
        revise_source,
        release_id,
        submission(f"{TEXT}\nEn nog een zin.\n"),
        row_version=None,
    )
    draft(lite_desk, release_id)
    client, unit = browser(app, "reviewer"), units_of(release_id, "fr")[1]
    assert 0 == _offers_to_undo(client, release_id)

    place = f"/releases/{release_id}/fr"
    headers = {"Accept": "application/json", "X-CSRFToken": form_token(client, place)}
    sent = {"row_version": str(unit.row_version), "target": "Un pont"}
    told = client.post(f"{place}/units/{unit.id}/save", data=sent, headers=headers).get_json()

    assert 'data-act="undo"' in told["parts"]["tools"]
    assert 1 == _offers_to_undo(client, release_id)
