"""Reviewing, approving and publishing through the interface."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest

from tests.api.conftest import Office
from tests.desk_fixtures import StillClock
from tests.operations.making import draft


def _drafted(office: Office, **changes: Any) -> str:
    release_id = office.submit(**changes)
    draft(office.desk, release_id)
    return release_id


def _version(office: Office, release_id: str, locale: str = "fr") -> dict[str, Any]:
    answer = office.call("reviewer", "GET", f"/releases/{release_id}/versions/{locale}")
    assert 200 == answer.status_code
    found: dict[str, Any] = answer.get_json()
    return found


def _units(office: Office, release_id: str, locale: str = "fr") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.call(
        "reviewer", "GET", f"/releases/{release_id}/versions/{locale}/units"
    ).get_json()["items"]
    return found


def _save(
    office: Office, who: str, release_id: str, unit: dict[str, Any], target: str, version: int | None = None
) -> Any:
    return office.call(
        who,
        "PATCH",
        f"/releases/{release_id}/versions/fr/units/{unit['id']}",
        json={"target": target},
        headers={"If-Match": f'"{version or unit["row_version"]}"'},
    )


def _approve_all(office: Office, release_id: str) -> None:
    for locale in ("fr", "de", "en"):
        digest = _version(office, release_id, locale)["digest"]
        answer = office.call(
            "reviewer", "POST", f"/releases/{release_id}/versions/{locale}/approve", json={"digest": digest}
        )
        assert 200 == answer.status_code, answer.get_data(as_text=True)


def _reasons(answer: Any) -> list[str]:
    return [reason["code"] for reason in answer.get_json()["reasons"]]


def test_units_come_in_text_order_with_the_title_first(office: Office) -> None:
    units = _units(office, _drafted(office))

    assert list(range(1, len(units) + 1)) == [unit["n"] for unit in units]
    assert ["title", "lead", "lead", "heading", "paragraph", "paragraph"] == [unit["kind"] for unit in units]
    assert {"kind": "mt", "engine": "libretranslate", "score": None}.items() <= units[0]["origin"].items()


def test_a_version_tells_its_progress_engines_and_digest(office: Office) -> None:
    version = _version(office, _drafted(office))

    assert {"segments": 6, "drafted": 6, "empty": 0, "confirmed": 0} == version["progress"]
    assert ["libretranslate"] == [engine["name"] for engine in version["engines"]]
    assert 64 == len(version["digest"])
    assert version["approval"] is None


def test_a_save_answers_the_unit_with_its_new_tag(office: Office) -> None:
    release_id = _drafted(office)
    unit = _units(office, release_id)[0]

    answer = _save(office, "reviewer", release_id, unit, "Un nouveau pont sur la Lys ouvre en mai")

    assert 200 == answer.status_code
    assert f'"{unit["row_version"] + 1}"' == answer.headers["ETag"]
    assert "person" == answer.get_json()["origin"]["kind"]
    assert unit["draft"] == answer.get_json()["draft"]


def test_a_release_was_last_changed_when_one_of_its_versions_was(office: Office, clock: StillClock) -> None:
    release_id = _drafted(office)
    later = clock.forward(minutes=5)
    _save(office, "reviewer", release_id, _units(office, release_id)[0], "Un pont")

    release = office.call("reviewer", "GET", f"/releases/{release_id}").get_json()

    assert later == datetime.fromisoformat(release["updated_at"])


def test_a_stale_save_is_told_both_texts(office: Office) -> None:
    release_id = _drafted(office)
    unit = _units(office, release_id)[0]
    _save(office, "second_reviewer", release_id, unit, "Le premier")

    answer = _save(office, "reviewer", release_id, unit, "Le second")

    assert 412 == answer.status_code
    assert ("Le second", "Le premier") == (answer.get_json()["mine"], answer.get_json()["theirs"])


def test_a_save_without_if_match_is_refused(office: Office) -> None:
    release_id = _drafted(office)
    unit = _units(office, release_id)[0]

    answer = office.call(
        "reviewer", "PATCH", f"/releases/{release_id}/versions/fr/units/{unit['id']}", json={"target": "x"}
    )

    assert 428 == answer.status_code


def test_confirming_all_leaves_out_units_with_errors(office: Office) -> None:
    release_id = _drafted(office)
    unit = next(unit for unit in _units(office, release_id) if "25 miljoen" in unit["source"])
    _save(office, "reviewer", release_id, unit, "Le pont a coûté 52 millions d’euros.")

    answer = office.call("reviewer", "POST", f"/releases/{release_id}/versions/fr/confirm")

    assert {"confirmed": 5} == answer.get_json()
    assert {"error": 1, "warning": 0, "info": 0, "dismissed": 0} == _version(office, release_id)["findings"]


def test_the_last_editor_may_not_approve(any_office: Office) -> None:
    release_id = _drafted(any_office)
    unit = _units(any_office, release_id)[0]
    _save(any_office, "reviewer", release_id, unit, "Un pont ouvre en mai")
    digest = _version(any_office, release_id)["digest"]
    path = f"/releases/{release_id}/versions/fr/approve"

    own = any_office.call("reviewer", "POST", path, json={"digest": digest})
    other = any_office.call("second_reviewer", "POST", path, json={"digest": digest})

    assert (409, ["four_eyes"]) == (own.status_code, _reasons(own))
    assert (200, "approved") == (other.status_code, other.get_json()["state"])


def test_a_wrong_digest_is_refused(office: Office) -> None:
    release_id = _drafted(office)

    answer = office.call("reviewer", "POST", f"/releases/{release_id}/versions/fr/approve", json={"digest": "f" * 64})

    assert (409, ["wrong_digest"]) == (answer.status_code, _reasons(answer))


def test_an_error_stands_in_the_way_until_it_is_dismissed_with_a_reason(office: Office) -> None:
    release_id = _drafted(office)
    unit = next(unit for unit in _units(office, release_id) if "25 miljoen" in unit["source"])
    saved = _save(office, "second_reviewer", release_id, unit, "Le pont a coûté 52 millions d’euros.")
    path = f"/releases/{release_id}/versions/fr"
    digest = _version(office, release_id)["digest"]
    refused = office.call("reviewer", "POST", f"{path}/approve", json={"digest": digest})

    for finding in saved.get_json()["findings"]:
        office.call("reviewer", "POST", f"{path}/findings/{finding['id']}/dismiss", json={"reason": "Zo bedoeld."})
    approved = office.call("reviewer", "POST", f"{path}/approve", json={"digest": digest})

    assert (409, ["open_findings"]) == (refused.status_code, _reasons(refused))
    assert 200 == approved.status_code


def test_empty_units_stand_in_the_way(office: Office) -> None:
    release_id = office.submit()

    answer = office.call("reviewer", "POST", f"/releases/{release_id}/versions/fr/approve", json={"digest": "0" * 64})

    assert 409 == answer.status_code


def test_an_edit_after_approval_makes_publishing_impossible(any_office: Office) -> None:
    release_id = _drafted(any_office)
    _approve_all(any_office, release_id)
    unit = _units(any_office, release_id)[0]
    _save(any_office, "second_reviewer", release_id, unit, "Un pont ouvre en mai")

    answer = any_office.call("publisher", "POST", f"/releases/{release_id}/publish")

    assert (409, ["not_approved"]) == (answer.status_code, _reasons(answer))
    assert "in_review" == _version(any_office, release_id)["state"]


def test_an_approved_release_is_published_at_once(any_office: Office) -> None:
    release_id = _drafted(any_office)
    _approve_all(any_office, release_id)

    answer = any_office.call("publisher", "POST", f"/releases/{release_id}/publish")

    assert (200, "published") == (answer.status_code, answer.get_json()["state"])
    assert {"published"} == {version["state"] for version in answer.get_json()["versions"]}


def test_an_embargoed_release_is_scheduled_and_can_be_taken_back(office: Office) -> None:
    release_id = _drafted(office, embargo_at="2026-03-05T08:00:00Z")
    _approve_all(office, release_id)

    scheduled = office.call("publisher", "POST", f"/releases/{release_id}/publish")
    cancelled = office.call("publisher", "DELETE", f"/releases/{release_id}/publish")

    assert (202, "2026-03-05T08:00:00.000Z") == (scheduled.status_code, scheduled.get_json()["scheduled_for"])
    assert "approved" == cancelled.get_json()["state"]


def test_a_release_is_withdrawn_with_a_reason(office: Office) -> None:
    release_id = _drafted(office)

    answer = office.call("publisher", "POST", f"/releases/{release_id}/withdraw", json={"reason": "Foute datum."})

    assert ("withdrawn", "Foute datum.") == (answer.get_json()["state"], answer.get_json()["withdrawn_reason"])
    assert "nl" == answer.get_json()["withdrawn_reason_locale"]


def test_the_reason_of_a_withdrawal_names_a_language_of_the_office(office: Office) -> None:
    release_id = _drafted(office)
    path = f"/releases/{release_id}/withdraw"

    refused = office.call("publisher", "POST", path, json={"reason": "Fecha falsa.", "reason_locale": "es"})
    answer = office.call("publisher", "POST", path, json={"reason": "Date fausse.", "reason_locale": "fr"})

    assert (422, "unknown_reason_locale") == (refused.status_code, refused.get_json()["code"])
    assert "fr" == answer.get_json()["withdrawn_reason_locale"]


@pytest.mark.parametrize(
    "who, method, path, json",
    [
        ("author", "POST", "/versions/fr/approve", {"digest": "0"}),
        ("author", "POST", "/publish", None),
        ("reviewer", "POST", "/publish", None),
        ("reviewer", "POST", "/withdraw", {"reason": "x"}),
        ("auditor", "POST", "/versions/fr/confirm", None),
        ("admin", "POST", "/versions/fr/confirm", None),
        ("french_reviewer", "POST", "/versions/de/confirm", None),
    ],
)
def test_what_a_role_does_not_allow_is_refused(office: Office, who: str, method: str, path: str, json: Any) -> None:
    release_id = _drafted(office)

    assert 403 == office.call(who, method, f"/releases/{release_id}{path}", json=json).status_code


def test_changes_are_requested_with_a_reason(office: Office) -> None:
    release_id = _drafted(office)
    _approve_all(office, release_id)

    answer = office.call(
        "publisher", "POST", f"/releases/{release_id}/versions/fr/request-changes", json={"reason": "Titel te lang."}
    )

    assert ("in_review", "Titel te lang.") == (answer.get_json()["state"], answer.get_json()["changes_reason"])


def test_a_published_version_is_corrected(office: Office) -> None:
    release_id = _drafted(office)
    _approve_all(office, release_id)
    office.call("publisher", "POST", f"/releases/{release_id}/publish")
    path = f"/releases/{release_id}/versions/fr"
    office.call("publisher", "POST", f"{path}/reopen", json={"reason": "Een fout in de titel."})
    unit = _units(office, release_id)[0]
    _save(office, "second_reviewer", release_id, unit, "Un pont ouvre en mai")
    office.call("reviewer", "POST", f"{path}/approve", json={"digest": _version(office, release_id)["digest"]})

    answer = office.call("publisher", "POST", f"/releases/{release_id}/publish")

    assert (200, "published") == (answer.status_code, answer.get_json()["state"])


def test_a_claim_shows_and_is_handed_over(office: Office) -> None:
    release_id = _drafted(office)
    path = f"/releases/{release_id}/versions/fr"

    claimed = office.call("reviewer", "POST", f"{path}/claim")
    given = office.call("reviewer", "POST", f"{path}/hand-over", json={"to": "french_reviewer@office.example"})
    wrong = office.call("reviewer", "POST", f"{path}/hand-over", json={"to": "author@office.example"})

    assert ("Reviewer", "French Reviewer") == (claimed.get_json()["claimed_by"], given.get_json()["claimed_by"])
    assert 422 == wrong.status_code


def test_a_claim_is_given_back_by_who_has_it(office: Office) -> None:
    path = f"/releases/{_drafted(office)}/versions/fr"
    office.call("reviewer", "POST", f"{path}/claim")

    others = office.call("french_reviewer", "POST", f"{path}/give-back")
    own = office.call("reviewer", "POST", f"{path}/give-back")

    assert (409, 200) == (others.status_code, own.status_code)
    assert (None, None) == (own.get_json()["claimed_by"], own.get_json()["claimed_until"])


@pytest.mark.parametrize("form, start", [("text", "[fr] Nieuwe brug"), ("markdown", "# "), ("html", "<h1")])
def test_a_version_is_exported(office: Office, form: str, start: str) -> None:
    release_id = _drafted(office)

    answer = office.call("author", "GET", f"/releases/{release_id}/versions/fr/export?format={form}")

    assert answer.get_data(as_text=True).startswith(start)


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_version_goes_out_and_comes_back_as_a_word_processors_file(office: Office, form: str) -> None:
    release_id = _drafted(office)

    sent = office.call("author", "GET", f"/releases/{release_id}/versions/fr/export?format={form}")
    taken = office.call("author", "POST", "/releases", data={"file": (io.BytesIO(sent.data), f"brug.{form}")})

    assert (200, 201) == (sent.status_code, taken.status_code)
    assert "[fr] Nieuwe brug over de Leie opent in mei" == taken.get_json()["title"]


def test_a_redraft_leaves_what_a_person_wrote(office: Office) -> None:
    release_id = _drafted(office)
    unit = _units(office, release_id)[0]
    _save(office, "reviewer", release_id, unit, "Un pont ouvre en mai")

    answer = office.call("reviewer", "POST", f"/releases/{release_id}/versions/fr/redraft")
    draft(office.desk, release_id, "fr")

    assert 202 == answer.status_code
    assert "Un pont ouvre en mai" == _units(office, release_id)[0]["target"]
