"""What a person puts aside stays aside with its text, whatever the rules, and comes back with another text."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from service.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from service.domain.workflow import UnitState
from service.operations.check_settings import set_severity
from service.operations.dismissals import dismiss_finding, take_up_finding
from service.operations.review import confirm_all, edit_unit
from service.storage.models import AuditEntry
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.checking_steps import (
    RIGHT,
    TEXT,
    WRONG,
    SameStart,
    check,
    dismissals,
    findings,
    in_french,
    open_codes,
    put,
    same_start,
)
from tests.operations.steps import act, drafted, revise

__all__ = ["same_start"]

WHY = "De begroting is ondertussen aangepast."


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release in review in French with one error in it."""
    made = in_french(desk, people)
    put(desk, people, made, WRONG)
    return made


def dismiss(desk: Desk, people: People, release_id: str, code: str = "numbers", who: str = "reviewer") -> Any:
    found = next(one for one in findings(desk, release_id) if one.code == code and one.dismissed_at is None)
    return act(desk, getattr(people, who), dismiss_finding, release_id, "fr", found.id, WHY)


def test_what_is_put_aside_is_on_record_with_who_and_why(desk: Desk, people: People, release_id: str) -> None:
    dismiss(desk, people, release_id)

    found = findings(desk, release_id)[0]
    kept = dismissals(desk)
    assert ([], people.reviewer.user_id, WHY) == (
        open_codes(desk, release_id),
        found.dismissed_by,
        found.dismissed_reason,
    )
    assert [("numbers", "error", WHY, people.reviewer.user_id, None, {"source": "25", "target": "52"})] == [
        (one.code, one.severity, one.reason, one.dismissed_by, one.ended_at, one.facts) for one in kept
    ]
    with desk.read() as reading:
        audited = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "finding.dismissed")).one()
    assert ({"locale": "fr", "code": "numbers"}, people.reviewer.user_id) == (audited.facts, audited.actor_id)


AGAIN: dict[str, Any] = {
    "confirmed": lambda desk, people, release_id: act(desk, people.reviewer, confirm_all, release_id, "fr"),
    "checked": lambda desk, people, release_id: (put(desk, people, release_id, "Autre", n=2), check(desk)),
    "severity": lambda desk, people, _: (act(desk, people.admin, set_severity, "numbers", "warning"), check(desk)),
    "switched": lambda desk, people, _: [
        (act(desk, people.admin, set_severity, "numbers", severity), check(desk)) for severity in ("off", "default")
    ],
    "revised": lambda desk, people, release_id: (
        revise(desk, people.author, release_id, TEXT + "\nEn nog een zin.\n"),
        check(desk),
    ),
}


@pytest.mark.parametrize("what", AGAIN)
def test_what_is_put_aside_stays_so_while_its_text_does(desk: Desk, people: People, release_id: str, what: str) -> None:
    dismiss(desk, people, release_id)

    AGAIN[what](desk, people, release_id)

    found = [one for one in findings(desk, release_id) if one.code == "numbers"]
    assert [WHY] == [one.dismissed_reason for one in found]
    assert [None] == [one.ended_at for one in dismissals(desk)]


def test_with_another_text_it_comes_back_and_with_the_old_one_it_is_asked_again(
    desk: Desk, people: People, release_id: str
) -> None:
    dismiss(desk, people, release_id)
    open_after = []
    for text in (WRONG.replace("coûté", "couté"), RIGHT, WRONG):
        put(desk, people, release_id, text)
        open_after.append(open_codes(desk, release_id))

    assert [["numbers"], [], ["numbers"]] == open_after
    assert [True] == [one.ended_at is not None for one in dismissals(desk)]
    dismiss(desk, people, release_id)
    assert [False, True] == sorted(one.ended_at is not None for one in dismissals(desk))
    assert [] == open_codes(desk, release_id)


def test_emptying_a_segment_is_another_text(desk: Desk, people: People, release_id: str) -> None:
    dismiss(desk, people, release_id)

    put(desk, people, release_id, "")
    put(desk, people, release_id, WRONG)

    assert ["numbers"] == open_codes(desk, release_id)


def test_a_source_that_changed_asks_again(desk: Desk, people: People, release_id: str) -> None:
    dismiss(desk, people, release_id)
    revise(desk, people.author, release_id, TEXT.replace("25", "27"))
    put(desk, people, release_id, WRONG)

    assert ["numbers"] == open_codes(desk, release_id)


def test_of_two_findings_that_say_the_same_each_is_put_aside_alone(desk: Desk, people: People) -> None:
    text = "Een brug\n\nDe brug kostte 25 miljoen euro, en 25 miljoen is veel.\n"
    release_id = drafted(desk, people, targets=("fr",), text=text)
    put(desk, people, release_id, "Le pont a coûté 52 millions d’euros, et 52 millions, c’est beaucoup.")
    assert ["numbers", "numbers"] == [one.code for one in findings(desk, release_id) if one.code == "numbers"]

    dismiss(desk, people, release_id)
    check(desk)

    assert 1 == open_codes(desk, release_id).count("numbers")


def test_what_the_whole_showed_is_put_aside_alike(
    desk: Desk, people: People, release_id: str, same_start: SameStart
) -> None:
    put(desk, people, release_id, "Un pont pour les piétons.", n=2)
    check(desk)
    dismiss(desk, people, release_id, "same_start")
    put(desk, people, release_id, RIGHT)

    check(desk)

    assert [] == open_codes(desk, release_id)


def test_what_was_put_aside_can_be_taken_up_again(desk: Desk, people: People, release_id: str) -> None:
    found = dismiss(desk, people, release_id)

    act(desk, people.second_reviewer, take_up_finding, release_id, "fr", found.id)
    check(desk)

    assert ["numbers"] == open_codes(desk, release_id)
    assert [True] == [one.ended_at is not None for one in dismissals(desk)]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_reason_is_asked_for(desk: Desk, people: People, release_id: str, reason: str) -> None:
    found = findings(desk, release_id)[0]

    with pytest.raises(Invalid, match="reason"):
        act(desk, people.reviewer, dismiss_finding, release_id, "fr", found.id, reason)

    assert ["numbers"] == open_codes(desk, release_id)


@pytest.mark.parametrize("who", ["author", "publisher", "admin", "auditor"])
@pytest.mark.parametrize("operation", [dismiss_finding, take_up_finding])
def test_only_reviewers_put_aside_and_take_up(
    desk: Desk, people: People, release_id: str, who: str, operation: Any
) -> None:
    found = findings(desk, release_id)[0]
    arguments = (release_id, "fr", found.id, *([WHY] if operation is dismiss_finding else []))

    with pytest.raises(NotAllowed):
        act(desk, getattr(people, who), operation, *arguments)


def test_nothing_is_put_aside_twice_and_nothing_open_taken_up(desk: Desk, people: People, release_id: str) -> None:
    found = findings(desk, release_id)[0]

    with pytest.raises(WrongState):
        act(desk, people.reviewer, take_up_finding, release_id, "fr", found.id)
    act(desk, people.reviewer, dismiss_finding, release_id, "fr", found.id, WHY)
    with pytest.raises(WrongState):
        act(desk, people.second_reviewer, dismiss_finding, release_id, "fr", found.id, WHY)


def test_a_finding_of_another_release_is_not_found(desk: Desk, people: People, release_id: str) -> None:
    other = in_french(desk, people)
    put(desk, people, other, WRONG)
    found = findings(desk, other)[0]

    with pytest.raises(NotFound):
        act(desk, people.reviewer, dismiss_finding, release_id, "fr", found.id, WHY)


def test_who_looks_at_an_old_page_is_told_that_the_finding_is_gone(desk: Desk, people: People, release_id: str) -> None:
    found = findings(desk, release_id)[0]
    put(desk, people, release_id, RIGHT)

    with pytest.raises(Invalid) as refusal:
        act(desk, people.reviewer, dismiss_finding, release_id, "fr", found.id, WHY)

    assert "unknown_finding" == refusal.value.code


def test_a_finding_keeps_its_name_through_saves_that_leave_its_text(
    desk: Desk, people: People, release_id: str
) -> None:
    before = findings(desk, release_id)[0]
    with desk.begin(people.reviewer) as work:
        edit_unit(work, release_id, "fr", before.unit_id, row_version=None, state=UnitState.REVIEWED)

    assert [before.id] == [one.id for one in findings(desk, release_id)]
