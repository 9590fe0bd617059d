from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from service.dispatch import RecordingDispatcher
from service.domain.errors import Invalid, Refused, WrongState
from service.operations.approvals import approve_version, reopen_version, request_changes
from service.operations.dismissals import dismiss_finding
from service.operations.review import confirm_all, edit_unit
from service.queries.review import unit_rows
from service.storage.models import Approval, FindingRow
from service.uow import Desk
from tests.desk_fixtures import People, StillClock, make_desk, make_people
from tests.operations.making import approve, submit, text_of
from tests.operations.reviewing import save
from tests.operations.steps import act, approve_present, at_once, drafted, states, topics, version_of

ROUNDS = 100


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release with one version, in review."""
    return drafted(desk, people, targets=("fr",))


def test_an_approval_and_an_edit_at_once_never_pass_each_other(desk: Desk, people: People, release_id: str) -> None:
    for number in range(ROUNDS):
        text = text_of(desk, release_id, "fr")
        unit = text.units[number % len(text.units)]

        results = at_once(
            partial(act, desk, people.reviewer, approve_version, release_id, "fr", digest=text.digest),
            partial(
                act,
                desk,
                people.second_reviewer,
                edit_unit,
                release_id,
                "fr",
                unit.id,
                row_version=None,
                target=f"[fr] {number}: {unit.draft}",
            ),
        )

        assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)], results
        with desk.read() as reading:
            standing = reading.session.scalars(select(Approval).where(Approval.voided_at.is_(None))).all()
        after = text_of(desk, release_id, "fr")
        assert all(approval.digest == after.digest for approval in standing)
        assert bool(standing) is (states(desk, release_id)["fr"] == "approved")
        if states(desk, release_id)["fr"] == "approved":
            act(desk, people.publisher, reopen_version, release_id, "fr", "Nog eens.")


def test_the_approval_of_ones_own_text_is_an_exception_that_is_recorded(
    sqlite_url: str, dispatcher: RecordingDispatcher, clock: StillClock
) -> None:
    small = make_desk(sqlite_url, dispatcher, clock, four_eyes=False)
    from_office = make_people(small)
    release_id = drafted(small, from_office, targets=("fr",))
    save(small, from_office.reviewer, release_id, target="Communiqué")

    approve_present(small, from_office.reviewer, release_id, "fr")

    with small.read() as reading:
        approval = reading.session.scalars(select(Approval)).one()
    assert "FOUR_EYES" in (approval.exception_reason or "")
    small.database.dispose()


def test_after_another_persons_edit_the_first_may_approve(desk: Desk, people: People, release_id: str) -> None:
    save(desk, people.reviewer, release_id, target="Premier")
    save(desk, people.second_reviewer, release_id, target="Second")

    approve_present(desk, people.reviewer, release_id, "fr")

    assert {"fr": "approved"} == states(desk, release_id)


def test_an_empty_unit_keeps_a_version_from_approval(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, targets=("fr",))
    digest = text_of(desk, release_id, "fr").digest

    with pytest.raises(WrongState):
        act(desk, people.reviewer, approve_version, release_id, "fr", digest=digest)


def test_an_open_error_keeps_a_version_from_approval_until_it_is_dismissed(
    desk: Desk, people: People, release_id: str
) -> None:
    wrong = next(n for n, unit in enumerate(text_of(desk, release_id, "fr").units) if "25" in unit.target)
    save(desk, people.second_reviewer, release_id, wrong, target="Le pont a coûté 52 millions d’euros.")
    digest = text_of(desk, release_id, "fr").digest
    with pytest.raises(Refused) as refusal:
        act(desk, people.reviewer, approve_version, release_id, "fr", digest=digest)
    with desk.read() as reading:
        findings = reading.session.scalars(select(FindingRow).where(FindingRow.severity == "error")).all()
    for finding in findings:
        act(desk, people.reviewer, dismiss_finding, release_id, "fr", finding.id, "Zo bedoeld.")

    approve_present(desk, people.reviewer, release_id, "fr")

    assert ["open_findings"] == [reason.code for reason in refusal.value.reasons]
    assert {"fr": "approved"} == states(desk, release_id)


def test_a_dismissed_finding_returns_with_a_new_text(desk: Desk, people: People, release_id: str) -> None:
    wrong = next(n for n, unit in enumerate(text_of(desk, release_id, "fr").units) if "25" in unit.target)
    save(desk, people.second_reviewer, release_id, wrong, target="Le pont a coûté 52 millions d’euros.")
    with desk.read() as reading:
        finding = reading.session.scalars(select(FindingRow).where(FindingRow.severity == "error")).first()
    assert finding
    act(desk, people.reviewer, dismiss_finding, release_id, "fr", finding.id, "Zo bedoeld.")

    save(desk, people.second_reviewer, release_id, wrong, target="Le pont coûtait 52 millions d’euros.")

    with desk.read() as reading:
        rows = unit_rows(reading.session, version_of(desk, release_id, "fr"))
    assert any(found.dismissed_at is None and found.severity == "error" for row in rows for found in row.findings)


def test_confirming_everything_leaves_what_has_an_error(desk: Desk, people: People, release_id: str) -> None:
    wrong = next(n for n, unit in enumerate(text_of(desk, release_id, "fr").units) if "25" in unit.target)
    save(desk, people.second_reviewer, release_id, wrong, target="Le pont a coûté 52 millions d’euros.")

    count = act(desk, people.reviewer, confirm_all, release_id, "fr")

    units = text_of(desk, release_id, "fr").units
    assert len(units) - 1 == count
    assert [wrong] == [n for n, unit in enumerate(units) if unit.state != "reviewed"]


def test_approving_makes_every_unit_final_and_is_announced(desk: Desk, people: People, release_id: str) -> None:
    approve(desk, people.reviewer, release_id)

    assert {"final"} == {unit.state for unit in text_of(desk, release_id, "fr").units}
    assert "version.approved" == topics(desk)[-1]


def test_confirming_what_is_approved_voids_nothing(desk: Desk, people: People, release_id: str) -> None:
    approve(desk, people.reviewer, release_id)

    unit = save(desk, people.second_reviewer, release_id, state="reviewed")

    assert ("final", {"fr": "approved"}) == (unit.state, states(desk, release_id))


@pytest.mark.parametrize("change", [{"target": "Autre"}, {"state": "translated"}])
def test_any_other_save_of_an_approved_unit_voids_the_approval(
    desk: Desk, people: People, release_id: str, change: dict[str, str]
) -> None:
    approve(desk, people.reviewer, release_id)

    unit = save(desk, people.second_reviewer, release_id, **change)

    assert ("translated", {"fr": "in_review"}) == (unit.state, states(desk, release_id))


def test_approving_the_same_text_again_is_no_second_approval(desk: Desk, people: People, release_id: str) -> None:
    approve(desk, people.reviewer, release_id)
    approve(desk, people.reviewer, release_id)

    with desk.read() as reading:
        assert 1 == len(reading.session.scalars(select(Approval)).all())


def test_after_an_approval_is_void_confirmed_units_stay_confirmed(desk: Desk, people: People, release_id: str) -> None:
    save(desk, people.reviewer, release_id, 1, state="reviewed")
    approve(desk, people.reviewer, release_id)

    act(desk, people.second_reviewer, request_changes, release_id, "fr", "De titel klopt niet.")

    assert ["translated", "reviewed", "translated"] == [
        unit.state for unit in text_of(desk, release_id, "fr").units[:3]
    ]
    assert "version.reopened" == topics(desk)[-1]


@pytest.mark.parametrize("operation", [request_changes, reopen_version])
@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_sending_back_needs_a_reason(desk: Desk, people: People, release_id: str, operation: Any, reason: str) -> None:
    approve(desk, people.reviewer, release_id)

    with pytest.raises(Invalid, match="reason"):
        act(desk, people.reviewer, operation, release_id, "fr", reason)

    assert {"fr": "approved"} == states(desk, release_id)
