"""Findings through the interface: listed, put aside, taken up, fixed; the checks; and no approval past an error."""

from __future__ import annotations

from typing import Any

import pytest

from service.domain.checks.described import ALL_CHECKS
from service.domain.permissions import Actor
from service.operations.check_settings import set_severity
from tests.api.conftest import Office
from tests.operations.checking_steps import RIGHT, WRONG, check, in_french, put
from tests.operations.making import text_of
from tests.operations.steps import act, drafted
from tests.operations.test_fixes import MARKS_WRONG, ONE_FIXED, SOURCE

WHY = {"reason": "Zo gevraagd."}


@pytest.fixture
def release_id(office: Office) -> str:
    """A release in review in French with one error in it."""
    made = in_french(office.desk, office.people)
    put(office.desk, office.people, made, WRONG)
    return made


def call(office: Office, release_id: str, method: str, rest: str, who: str = "reviewer", **given: Any) -> Any:
    return office.call(who, method, f"/releases/{release_id}/versions/fr{rest}", **given)


def listed(office: Office, release_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = call(office, release_id, "GET", "/findings").get_json()["items"]
    return items


def approve(office: Office, release_id: str, **given: Any) -> Any:
    digest = text_of(office.desk, release_id, "fr").digest
    return call(office, release_id, "POST", "/approve", json={"digest": digest, **given})


def test_findings_are_listed_with_where_they_stand_and_by_which_rules(office: Office, release_id: str) -> None:
    answer = call(office, release_id, "GET", "/findings").get_json()
    check(office.desk)

    found = answer["items"][0]
    unit = text_of(office.desk, release_id, "fr").units[1]
    assert (unit.id, 2, "numbers", "error", [15, 17], [16, 18], None, None) == (
        found["unit"],
        found["n"],
        found["code"],
        found["severity"],
        found["source_span"],
        found["target_span"],
        found["fix"],
        found["dismissed"],
    )
    assert "The source says “25”, the translation “52”." == found["message"]
    assert answer["rules_revision"] == found["rules_revision"]
    assert (False, True) == (answer["current"], call(office, release_id, "GET", "/findings").get_json()["current"])


def test_a_unit_tells_its_findings_alike(office: Office, release_id: str) -> None:
    unit = call(office, release_id, "GET", "/units").get_json()["items"][1]

    assert listed(office, release_id) == unit["findings"]


def test_what_is_put_aside_is_told_and_counted_and_stays_on_record(office: Office, release_id: str) -> None:
    finding = listed(office, release_id)[0]
    counts = [call(office, release_id, "GET", "").get_json()["findings"]]

    answer = call(office, release_id, "POST", f"/findings/{finding['id']}/dismiss", json=WHY)

    counts.append(answer.get_json()["findings"])
    assert [(1, 0), (0, 1)] == [(each["error"], each["dismissed"]) for each in counts]
    aside = {"by": "Reviewer", "at": "2026-03-02T12:00:00.000Z", "reason": WHY["reason"]}
    assert [aside] == [one["dismissed"] for one in listed(office, release_id)]
    put(office.desk, office.people, release_id, RIGHT)
    kept = call(office, release_id, "GET", "/dismissals").get_json()["items"]
    assert [(2, "numbers", "error", "Zo gevraagd.", "Reviewer", "2026-03-02T12:00:00.000Z")] == [
        (one["n"], one["code"], one["severity"], one["reason"], one["by"], one["ended_at"]) for one in kept
    ]
    assert "The source says “25”, the translation “52”." == kept[0]["message"]


def test_what_was_put_aside_is_taken_up_again(office: Office, release_id: str) -> None:
    place = f"/findings/{listed(office, release_id)[0]['id']}/dismiss"
    codes = [call(office, release_id, "DELETE", place).status_code]
    codes += [call(office, release_id, "POST", place, json=WHY).status_code for _ in range(2)]

    taken = call(office, release_id, "DELETE", place)

    assert ([409, 200, 409], 200, 1) == (codes, taken.status_code, taken.get_json()["findings"]["error"])


def test_a_fix_asks_for_the_tag_of_the_unit_and_answers_with_it(office: Office) -> None:
    release_id = drafted(office.desk, office.people, targets=("fr",), text=SOURCE)
    unit = put(office.desk, office.people, release_id, MARKS_WRONG)
    place = f"/findings/{listed(office, release_id)[0]['id']}/fix"

    without = call(office, release_id, "POST", place)
    stale = call(office, release_id, "POST", place, headers={"If-Match": f'"{unit.row_version - 1}"'})
    fixed = call(office, release_id, "POST", place, headers={"If-Match": f'"{unit.row_version}"'})

    assert [428, 412, 200] == [answer.status_code for answer in (without, stale, fixed)]
    assert (ONE_FIXED, "person", f'"{unit.row_version + 1}"') == (
        fixed.get_json()["target"],
        fixed.get_json()["origin"]["kind"],
        fixed.headers["ETag"],
    )


def test_a_finding_without_a_fix_answers_422(office: Office, release_id: str) -> None:
    answer = call(
        office, release_id, "POST", f"/findings/{listed(office, release_id)[0]['id']}/fix", headers={"If-Match": "*"}
    )

    assert (422, "no_fix") == (answer.status_code, answer.get_json()["code"])


def by_patch(office: Office, release_id: str) -> None:
    unit = text_of(office.desk, release_id, "fr").units[1]
    saved = call(
        office,
        release_id,
        "PATCH",
        f"/units/{unit.id}",
        who="second_reviewer",
        json={"target": WRONG, "state": "reviewed"},
        headers={"If-Match": f'"{unit.row_version}"'},
    )
    assert ("reviewed", 200) == (saved.get_json()["state"], saved.status_code)


def by_confirming_all(office: Office, release_id: str) -> None:
    put(office.desk, office.people, release_id, WRONG)
    assert 200 == call(office, release_id, "POST", "/confirm", who="second_reviewer").status_code


def by_xliff(office: Office, release_id: str) -> None:
    sent = call(office, release_id, "GET", "/export?format=xliff").get_data(as_text=True)
    assert RIGHT in sent
    headers = {"Content-Type": "application/xliff+xml"}
    taken = call(
        office,
        release_id,
        "POST",
        "/import",
        who="second_reviewer",
        data=sent.replace(RIGHT, WRONG).encode(),
        headers=headers,
    )
    assert 1 == len(taken.get_json()["changed"]), taken.get_json()


def by_severities(office: Office, release_id: str) -> None:
    for severity in ("off", "default"):
        answer = office.call("admin", "PUT", "/checks/numbers", json={"severity": severity})
        assert 200 == answer.status_code
        if severity == "off":
            put(office.desk, office.people, release_id, WRONG)
            check(office.desk)


@pytest.mark.parametrize("way", [by_patch, by_confirming_all, by_xliff, by_severities])
def test_no_call_leads_past_an_error(office: Office, way: Any) -> None:
    release_id = in_french(office.desk, office.people)
    way(office, release_id)

    answers = [approve(office, release_id), approve(office, release_id, exception_reason="Dringend.")]

    assert [(409, ["open_findings"])] * 2 == [
        (answer.status_code, [reason["code"] for reason in answer.get_json()["reasons"]]) for answer in answers
    ]
    assert "in_review" == call(office, release_id, "GET", "").get_json()["state"]


def test_after_a_refusal_the_findings_tell_why(office: Office) -> None:
    admin: Actor = office.people.admin
    act(office.desk, admin, set_severity, "numbers", "off")
    release_id = in_french(office.desk, office.people)
    put(office.desk, office.people, release_id, WRONG)
    check(office.desk)
    act(office.desk, admin, set_severity, "numbers", "default")
    before = listed(office, release_id)

    refused = approve(office, release_id)

    assert ([], 409, ["numbers"]) == (before, refused.status_code, [one["code"] for one in listed(office, release_id)])


def test_an_approval_tells_its_rules(office: Office) -> None:
    release_id = in_french(office.desk, office.people)

    approved = approve(office, release_id).get_json()

    assert (
        call(office, release_id, "GET", "/findings").get_json()["rules_revision"]
        == (approved["approval"]["rules_revision"])
    )


def test_the_checks_are_listed_and_set(office: Office) -> None:
    items = office.call("author", "GET", "/checks").get_json()["items"]
    changed = office.call("admin", "PUT", "/checks/numbers", json={"severity": "warning"}).get_json()
    back = office.call("admin", "PUT", "/checks/numbers", json={"severity": "default"}).get_json()

    assert [check.code for check in ALL_CHECKS] == [item["code"] for item in items]
    assert ("error", "warning", "warning", "Admin") == (
        changed["default"],
        changed["severity"],
        changed["setting"],
        changed["set_by"],
    )
    assert ("error", None) == (back["severity"], back["setting"])


@pytest.mark.parametrize(
    "who, code, severity, status",
    [
        ("reviewer", "numbers", "off", 403),
        ("admin", "spelling", "off", 404),
        ("admin", "numbers", "fatal", 422),
    ],
)
def test_a_severity_that_cannot_be_set_is_refused(
    office: Office, who: str, code: str, severity: str, status: int
) -> None:
    assert status == office.call(who, "PUT", f"/checks/{code}", json={"severity": severity}).status_code
