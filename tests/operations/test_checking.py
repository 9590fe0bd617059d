"""When texts are checked: on save, as a whole by the workers, and again when text or rules are others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from service.domain.checks import FrenchSpacing
from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.approvals import approve_version, reopen_version
from service.operations.check_settings import set_severity
from service.operations.checking import CLAIM_SECONDS, claim_check, record_check, run_whole
from service.operations.review import confirm_all, edit_unit
from service.operations.terms import add_concept
from service.queries.checking import unchecked_versions, whole_check
from service.queries.rules import office_rules
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.checking_steps import (
    RIGHT,
    TEXT,
    WRONG,
    SameStart,
    check,
    findings,
    in_french,
    open_codes,
    put,
    same_start,
)
from tests.operations.making import approve, draft, submit, text_of
from tests.operations.steps import act, at_once, drafted, revise, version_of

__all__ = ["same_start"]


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release in review in French, without a fault, and checked."""
    return in_french(desk, people)


def waiting(desk: Desk) -> list[str]:
    with desk.read() as reading:
        return list(unchecked_versions(reading.session, desk.office, reading.now, limit=10))


def present_rules(desk: Desk) -> str:
    with desk.read() as reading:
        return office_rules(reading.session, desk.office, "nl", "fr").revision


def test_a_save_is_checked_at_once_by_the_rules_of_the_office(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.admin, set_severity, "numbers", "warning")

    put(desk, people, release_id, WRONG)

    found = findings(desk, release_id)
    assert [("numbers", "warning", present_rules(desk))] == [
        (one.code, one.severity, one.rules_revision) for one in found
    ]


def test_a_whole_check_names_its_rules_and_its_moment(
    desk: Desk, people: People, release_id: str, clock: StillClock
) -> None:
    version = version_of(desk, release_id, "fr")

    assert (present_rules(desk), clock.moment, None) == (
        version.checked_with,
        version.checked_at,
        version.checking_until,
    )
    assert [] == waiting(desk)


def test_what_only_the_whole_shows_is_found_by_the_workers(
    desk: Desk, people: People, release_id: str, same_start: SameStart
) -> None:
    put(desk, people, release_id, "Un pont pour les piétons.", n=2)
    before = open_codes(desk, release_id)

    check(desk)

    assert ([], ["same_start"]) == (before, open_codes(desk, release_id))


def test_what_the_whole_showed_stays_with_a_text_and_goes_with_another(
    desk: Desk, people: People, release_id: str, same_start: SameStart
) -> None:
    unit = put(desk, people, release_id, "Un pont pour les piétons.", n=2)
    check(desk)
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, state="reviewed")
    confirmed = open_codes(desk, release_id)

    put(desk, people, release_id, "Le pont pour les piétons.", n=2)

    assert (["same_start"], []) == (confirmed, open_codes(desk, release_id))


WRITERS: dict[str, Any] = {
    "edit": lambda desk, people, release_id: put(desk, people, release_id, WRONG),
    "revise": lambda desk, people, release_id: revise(desk, people.author, release_id, TEXT + "\nEn nog een zin.\n"),
    "draft": lambda desk, people, release_id: (
        revise(desk, people.author, release_id, TEXT + "\nEn nog een zin.\n"),
        check(desk),
        draft(desk, release_id, "fr"),
    ),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_whoever_changes_a_text_has_it_checked_again(desk: Desk, people: People, release_id: str, writer: str) -> None:
    WRITERS[writer](desk, people, release_id)

    version = version_of(desk, release_id, "fr")
    assert (None, [version.id]) == (version.checked_with, waiting(desk))


def test_confirming_changes_no_text(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.reviewer, confirm_all, release_id, "fr")

    assert [] == waiting(desk)


RULES: dict[str, Any] = {
    "term": lambda desk, people: act(
        desk, people.admin, add_concept, ConceptDraft((TermDraft("nl", "brug"), TermDraft("fr", "passerelle")))
    ),
    "severity": lambda desk, people: act(desk, people.admin, set_severity, "numbers", "warning"),
    "office": lambda desk, _people: setattr(desk, "office", replace(desk.office, french_spacing=FrenchSpacing.NARROW)),
}


@pytest.mark.parametrize("changed", RULES)
def test_other_rules_have_every_text_in_review_checked_again(
    desk: Desk, people: People, release_id: str, changed: str
) -> None:
    RULES[changed](desk, people)
    before = waiting(desk)

    checked = check(desk)

    assert ([version_of(desk, release_id, "fr").id], 1, []) == (before, checked, waiting(desk))
    assert present_rules(desk) == version_of(desk, release_id, "fr").checked_with


def test_a_severity_reaches_what_was_found_before_and_the_finding_stays_the_same(
    desk: Desk, people: People, release_id: str
) -> None:
    put(desk, people, release_id, WRONG)
    before = findings(desk, release_id)
    act(desk, people.admin, set_severity, "numbers", "info")

    check(desk)

    after = findings(desk, release_id)
    assert [(one.id, "info") for one in before] == [(one.id, one.severity) for one in after]


@pytest.mark.parametrize("state", ["drafting", "approved"])
def test_only_texts_in_review_wait_for_the_workers(desk: Desk, people: People, release_id: str, state: str) -> None:
    if state == "drafting":
        submit(desk, people.author, targets=("fr",))
    else:
        approve(desk, people.reviewer, release_id)
        act(desk, people.admin, set_severity, "numbers", "warning")

    assert [] == waiting(desk)


def test_a_reopened_text_is_checked_by_the_rules_of_the_day(desk: Desk, people: People, release_id: str) -> None:
    approve(desk, people.reviewer, release_id)
    act(desk, people.admin, set_severity, "numbers", "warning")
    act(desk, people.reviewer, reopen_version, release_id, "fr", "Een fout.")

    assert [version_of(desk, release_id, "fr").id] == waiting(desk)


def test_a_claim_keeps_others_away_for_a_minute(desk: Desk, people: People, release_id: str, clock: StillClock) -> None:
    put(desk, people, release_id, WRONG)
    version_id = version_of(desk, release_id, "fr").id

    with desk.begin() as work:
        first, second = claim_check(work, version_id), claim_check(work, version_id)
    kept_away = waiting(desk)
    clock.forward(seconds=CLAIM_SECONDS)

    assert (True, False, [], [version_id]) == (first, second, kept_away, waiting(desk))


def test_of_workers_that_claim_at_once_one_has_it(desk: Desk, people: People, release_id: str) -> None:
    version_id = version_of(desk, release_id, "fr").id

    def claim() -> bool:
        with desk.begin() as work:
            return claim_check(work, version_id)

    assert [False, False, True] == sorted(at_once(claim, claim, claim))


@pytest.mark.parametrize("meanwhile", ["text", "rules", "source"])
def test_what_was_found_in_another_text_or_by_other_rules_is_not_recorded(
    desk: Desk, people: People, release_id: str, meanwhile: str
) -> None:
    put(desk, people, release_id, WRONG)
    version_id = version_of(desk, release_id, "fr").id
    with desk.read() as reading:
        asked = whole_check(reading.session, desk.office, version_id)
    found = run_whole(asked)
    if meanwhile == "text":
        put(desk, people, release_id, RIGHT)
    elif meanwhile == "source":
        revise(desk, people.author, release_id, TEXT.replace("25", "26"))
    else:
        act(desk, people.admin, set_severity, "numbers", "warning")
    before = [(one.id, one.severity) for one in findings(desk, release_id)]

    recorded = act(desk, people.reviewer, record_check, asked, found)

    assert not recorded
    assert before == [(one.id, one.severity) for one in findings(desk, release_id)]
    assert [version_id] == waiting(desk)


def test_a_save_and_a_check_at_once_never_leave_findings_of_an_old_text(
    desk: Desk, people: People, release_id: str
) -> None:
    for n in range(20):
        text = (WRONG, RIGHT)[n % 2]
        at_once(lambda text=text: put(desk, people, release_id, text), lambda: check(desk), lambda: check(desk))  # type: ignore[misc]
        assert ["numbers"][: 1 - n % 2] == open_codes(desk, release_id)


def test_an_approval_names_the_rules_that_its_text_was_checked_by(desk: Desk, people: People, release_id: str) -> None:
    approval = act(
        desk,
        people.reviewer,
        approve_version,
        release_id,
        "fr",
        digest=text_of(desk, release_id, "fr").digest,
    )

    assert present_rules(desk) == approval.rules_revision


def test_a_long_text_is_saved_with_as_many_statements_as_a_short_one(lite_desk: Desk, lite_people: People) -> None:
    long = TEXT + "\n" + "\n\n".join(f"Zin {number} van de tekst." for number in range(40)) + "\n"
    costs = []
    for text in (TEXT, long):
        release_id = drafted(lite_desk, lite_people, targets=("fr",), text=text)
        put(lite_desk, lite_people, release_id, RIGHT)
        sent: list[str] = []

        def note(*told: Any, sent: list[str] = sent) -> None:
            sent.append(told[2])

        unit = text_of(lite_desk, release_id, "fr").units[1]
        event.listen(lite_desk.database.engine, "before_cursor_execute", note)
        act(
            lite_desk,
            lite_people.reviewer,
            edit_unit,
            release_id,
            "fr",
            unit.id,
            row_version=unit.row_version,
            target=WRONG,
        )
        event.remove(lite_desk.database.engine, "before_cursor_execute", note)
        costs.append(len(sent))

    assert costs[0] == costs[1]
    assert costs[0] <= 24
