"""Facts that a language tells otherwise keep it from being approved, until they are corrected or waived."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from service.domain.errors import Invalid, NotAllowed, Refused, WrongState
from service.operations.approvals import approve_version
from service.operations.check_settings import set_severity
from service.operations.dismissals import dismiss_finding
from service.operations.facts import take_back_waiver, waive_fact
from service.operations.review import edit_unit
from service.queries.facts import ReleaseFacts, release_facts
from service.storage.models import AuditEntry, FactWaiver, Release
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.checking_steps import RIGHT, TEXT, WRONG, findings, in_french, put
from tests.operations.making import text_of
from tests.operations.steps import act, drafted, revise, states
from tests.queries.test_statement_counts import counted

WHY = "De Franse begroting telt anders."


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release in review in French with one fact that differs, in an office that minds facts and no numbers."""
    made = in_french(desk, people)
    act(desk, people.admin, set_severity, "facts", "default")
    act(desk, people.admin, set_severity, "numbers", "off")
    put(desk, people, made, WRONG)
    return made


def facts_of(desk: Desk, release_id: str) -> ReleaseFacts:
    with desk.read() as reading:
        return release_facts(reading.session, reading.session.get_one(Release, release_id))


def differing(desk: Desk, release_id: str) -> list[str]:
    facts = facts_of(desk, release_id)
    return [row.cells["fr"].token for row in facts.rows if facts.weighs("fr", row.cells["fr"]) == "error"]


def refusal(desk: Desk, people: People, release_id: str) -> list[tuple[str, object]]:
    try:
        act(
            desk,
            people.reviewer,
            approve_version,
            release_id,
            "fr",
            digest=text_of(desk, release_id, "fr").digest,
        )
    except Refused as error:
        return [(reason.code, reason.facts.get("count")) for reason in error.reasons]
    return []


def waive(desk: Desk, people: People, release_id: str, who: str = "reviewer", reason: str = WHY) -> FactWaiver:
    token = differing(desk, release_id)[0]
    return act(desk, getattr(people, who), waive_fact, release_id, "fr", token, reason)


def test_a_fact_that_differs_stops_the_approval_until_it_is_corrected(
    desk: Desk, people: People, release_id: str
) -> None:
    refused = refusal(desk, people, release_id)
    put(desk, people, release_id, RIGHT)

    assert ([("facts_differ", 1)], []) == (refused, refusal(desk, people, release_id))
    assert {"fr": "approved"} == states(desk, release_id)


def test_a_waiver_lets_the_version_pass_and_is_on_record(desk: Desk, people: People, release_id: str) -> None:
    waive(desk, people, release_id)

    assert (0, []) == (facts_of(desk, release_id).differing, refusal(desk, people, release_id))
    with desk.read() as reading:
        kept = reading.session.scalars(select(FactWaiver)).one()
        audited = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "fact.waived")).one()
    assert ("amount", "25 miljoen euro", ["52 millions d’euros"], WHY, people.reviewer.user_id) == (
        kept.kind,
        kept.spelling,
        kept.spellings,
        kept.reason,
        kept.waived_by,
    )
    assert {"locale": "fr", "kind": "amount"} == audited.facts


CHANGES: dict[str, Any] = {
    "target": lambda desk, people, rid: put(desk, people, rid, WRONG.replace("52", "53")),
    "source": lambda desk, people, rid: (
        revise(desk, people.author, rid, TEXT.replace("25", "26")),
        put(desk, people, rid, WRONG),
    ),
    "another": lambda desk, people, rid: put(desk, people, rid, f"{WRONG} Oui, 52 millions d’euros."),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_waiver_counts_for_its_own_spellings_alone(desk: Desk, people: People, release_id: str, change: str) -> None:
    waive(desk, people, release_id)

    CHANGES[change](desk, people, release_id)

    assert ["facts_differ"] == [code for code, _ in refusal(desk, people, release_id) if code == "facts_differ"]


def test_a_waiver_stays_while_the_words_around_change(desk: Desk, people: People, release_id: str) -> None:
    waive(desk, people, release_id)

    put(desk, people, release_id, WRONG.replace("Le pont", "Ce pont"))

    assert [] == refusal(desk, people, release_id)


def test_a_waiver_that_is_taken_back_counts_no_more(desk: Desk, people: People, release_id: str) -> None:
    token = waive(desk, people, release_id).token
    act(desk, people.second_reviewer, take_back_waiver, release_id, "fr", token)

    assert [("facts_differ", 1)] == refusal(desk, people, release_id)
    with desk.read() as reading:
        kept = reading.session.scalars(select(FactWaiver)).one()
    assert (WHY, people.second_reviewer.user_id) == (kept.reason, kept.ended_by)
    with pytest.raises(WrongState):
        act(desk, people.reviewer, take_back_waiver, release_id, "fr", token)


def test_nothing_is_waived_twice(desk: Desk, people: People, release_id: str) -> None:
    token = differing(desk, release_id)[0]
    waive(desk, people, release_id)

    with pytest.raises(WrongState):
        act(desk, people.reviewer, waive_fact, release_id, "fr", token, WHY)


def test_what_agrees_cannot_be_waived_ahead(desk: Desk, people: People, release_id: str) -> None:
    wrong = differing(desk, release_id)[0]
    put(desk, people, release_id, RIGHT)
    right = facts_of(desk, release_id).rows[0].cells["fr"].token

    for token in (wrong, right):
        with pytest.raises(Invalid) as refused:
            act(desk, people.reviewer, waive_fact, release_id, "fr", token, WHY)
        assert "unknown_fact" == refused.value.code


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_waiver_needs_a_reason(desk: Desk, people: People, release_id: str, reason: str) -> None:
    with pytest.raises(Invalid, match="reason"):
        waive(desk, people, release_id, reason=reason)


@pytest.mark.parametrize("who", ["author", "publisher", "admin", "auditor"])
def test_only_reviewers_of_the_language_waive(desk: Desk, people: People, release_id: str, who: str) -> None:
    with pytest.raises(NotAllowed):
        waive(desk, people, release_id, who=who)


def test_a_reviewer_of_french_waives_nothing_in_german(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr", "de"), text=TEXT)

    with pytest.raises(NotAllowed):
        act(desk, people.french_reviewer, waive_fact, release_id, "de", "0" * 32, WHY)


@pytest.mark.parametrize("severity, expected", [("warning", []), ("off", []), ("error", [("facts_differ", 1)])])
def test_an_office_says_what_a_fact_that_differs_weighs(
    desk: Desk, people: People, release_id: str, severity: str, expected: list[Any]
) -> None:
    act(desk, people.admin, set_severity, "facts", severity)

    assert expected == refusal(desk, people, release_id)


def test_a_finding_that_is_put_aside_waives_no_fact(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.admin, set_severity, "numbers", "default")
    put(desk, people, release_id, f"{WRONG} ")
    put(desk, people, release_id, WRONG.replace("Le pont", "Ce pont"))
    found = findings(desk, release_id)[0]
    act(desk, people.reviewer, dismiss_finding, release_id, "fr", found.id, WHY)

    assert [("facts_differ", 1)] == refusal(desk, people, release_id)


def test_one_language_that_differs_keeps_no_other_from_being_approved(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr", "de"), text=f"Een brug\n\n{TEXT.splitlines()[2]}\n")
    for locale, target in (("fr", RIGHT), ("de", "Die Brücke kostete 28 Millionen Euro.")):
        with desk.begin(people.second_reviewer) as work:
            unit = text_of(desk, release_id, locale).units[1]
            edit_unit(work, release_id, locale, unit.id, row_version=unit.row_version, target=target)
    act(desk, people.admin, set_severity, "facts", "default")

    assert [] == refusal(desk, people, release_id)
    assert 1 == facts_of(desk, release_id).differing


def test_the_facts_cost_the_same_for_every_number_of_languages_and_sentences(
    lite_desk: Desk, lite_people: People
) -> None:
    long = TEXT + "\n" + "\n\n".join(f"Zin {number} van de tekst." for number in range(40)) + "\n"
    costs = []
    for targets, text in ((("fr",), TEXT), (("fr", "de", "en"), long)):
        release_id = drafted(lite_desk, lite_people, targets=targets, text=text)
        with lite_desk.read() as reading:
            release = reading.session.get_one(Release, release_id)
            with counted(lite_desk) as sent:
                release_facts(reading.session, release)
        costs.append(len(sent))

    assert costs[0] == costs[1]
    assert costs[0] <= 6
