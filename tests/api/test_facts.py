"""The facts of a release through the interface, and an approval that they keep back."""

from __future__ import annotations

from typing import Any

import pytest

from service.operations.check_settings import set_severity
from tests.api.conftest import Office, token_for
from tests.operations.checking_steps import WRONG, in_french, put
from tests.operations.making import text_of
from tests.operations.steps import act


@pytest.fixture
def release_id(office: Office) -> str:
    """A release in review in French with one fact that differs, in an office that minds."""
    made = in_french(office.desk, office.people)
    act(office.desk, office.people.admin, set_severity, "facts", "default")
    act(office.desk, office.people.admin, set_severity, "numbers", "off")
    put(office.desk, office.people, made, WRONG)
    return made


def facts(office: Office, release_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = office.call("author", "GET", f"/releases/{release_id}/facts").get_json()
    return answer


def test_each_fact_is_told_once_with_every_language(office: Office, release_id: str) -> None:
    told = facts(office, release_id)

    row = next(item for item in told["items"] if item["kind"] == "amount")
    unit = text_of(office.desk, release_id, "fr").units[1]
    assert ("25 miljoen euro", [{"n": 2, "span": [15, 30]}], False) == (row["spelling"], row["places"], row["agrees"])
    cell = row["cells"][0]
    assert ("fr", "different", ["52 millions d’euros"], "error", None) == (
        cell["locale"],
        cell["state"],
        cell["spellings"],
        cell["weight"],
        cell["waived"],
    )
    assert [{"n": 2, "span": [16, 35], "unit": unit.id}] == cell["places"]
    assert (["fr"], "nl", 1) == (told["locales"], told["source_locale"], told["differing"])


def test_an_approval_is_refused_until_the_fact_is_waived(office: Office, release_id: str) -> None:
    path = f"/releases/{release_id}/versions/fr"
    digest = {"digest": text_of(office.desk, release_id, "fr").digest}
    token = next(
        cell["token"] for item in facts(office, release_id)["items"] for cell in item["cells"] if cell["weight"]
    )

    refused = office.call("reviewer", "POST", f"{path}/approve", json=digest)
    waived = office.call("reviewer", "POST", f"{path}/facts/{token}/waiver", json={"reason": "Zo bedoeld."})
    again = office.call("reviewer", "POST", f"{path}/facts/{token}/waiver", json={"reason": "Zo bedoeld."})
    approved = office.call("reviewer", "POST", f"{path}/approve", json=digest)

    assert (409, ["facts_differ"]) == (
        refused.status_code,
        [reason["code"] for reason in refused.get_json()["reasons"]],
    )
    assert (200, 0, 409, 200) == (
        waived.status_code,
        waived.get_json()["differing"],
        again.status_code,
        approved.status_code,
    )
    cell = next(cell for item in waived.get_json()["items"] for cell in item["cells"] if cell["weight"])
    assert ("waived", "Reviewer", "Zo bedoeld.") == (cell["weight"], cell["waived"]["by"], cell["waived"]["reason"])


def test_a_waiver_by_a_token_for_reviewing_alone_is_answered_the_facts(office: Office, release_id: str) -> None:
    office.tokens["tool"] = token_for(office.desk, office.people.reviewer, "review")
    token = next(
        cell["token"] for item in facts(office, release_id)["items"] for cell in item["cells"] if cell["weight"]
    )
    place = f"/releases/{release_id}/versions/fr/facts/{token}/waiver"

    waived = office.call("tool", "POST", place, json={"reason": "Zo bedoeld."})

    assert (200, 0) == (waived.status_code, waived.get_json()["differing"])


def test_a_waiver_is_taken_back(office: Office, release_id: str) -> None:
    token = next(
        cell["token"] for item in facts(office, release_id)["items"] for cell in item["cells"] if cell["weight"]
    )
    place = f"/releases/{release_id}/versions/fr/facts/{token}/waiver"
    office.call("reviewer", "POST", place, json={"reason": "Zo bedoeld."})

    answers = [office.call("reviewer", "DELETE", place) for _ in range(2)]

    assert ([200, 409], 1) == ([answer.status_code for answer in answers], answers[0].get_json()["differing"])
