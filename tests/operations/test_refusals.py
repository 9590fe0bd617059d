"""Acts that were refused: on record with who tried what and why, each once an hour, and never without bound."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from service.domain.errors import Conflict, DeskError, Invalid, NotAllowed, NotFound, Refused
from service.domain.refusals import RefusedAct
from service.operations.approvals import approve_version
from service.operations.checking import check_now
from service.operations.publishing import cancel_publication, request_publication, withdraw_release
from service.operations.review import edit_unit
from service.operations.scheduling import Schedule, reschedule
from service.queries.audit import first_broken_entry
from service.queries.releases import timeline
from service.storage.models import AuditEntry, Release
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import approve, text_of
from tests.operations.steps import act, approve_present, drafted

OWN = ("version.approval_refused", "four_eyes")


def _write(desk: Desk, people: People, release_id: str) -> None:
    """Let the reviewer write a segment of the French text."""
    unit = text_of(desk, release_id, "fr").units[0]
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target="Communiqué")


def _refused(desk: Desk) -> list[AuditEntry]:
    with desk.read() as reading:
        return list(
            reading.session.scalars(
                select(AuditEntry).where(AuditEntry.action.in_(list(RefusedAct))).order_by(AuditEntry.number)
            )
        )


def _codes(desk: Desk) -> list[tuple[str, str]]:
    return [(entry.action, entry.facts["reason"]) for entry in _refused(desk)]


def test_who_tried_to_approve_their_own_text_is_on_record(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    _write(desk, people, release_id)

    with pytest.raises(Refused):
        approve_present(desk, people.reviewer, release_id, "fr")

    (entry,) = _refused(desk)
    assert (people.reviewer.user_id, release_id, "fr") == (entry.actor_id, entry.release_id, entry.facts["locale"])
    assert [OWN] == _codes(desk)
    with desk.read() as reading:
        history = timeline(reading.session, reading.session.get_one(Release, release_id))
        assert first_broken_entry(reading.session) is None
    assert entry.action not in {row.action for row in history}


def test_what_a_role_does_not_allow_is_on_record(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, embargo_at=NOON + timedelta(days=2))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    sooner = partial(reschedule, schedule=Schedule(embargo_at=NOON + timedelta(days=1)))
    digest = text_of(desk, release_id, "de").digest
    tries = (
        (people.french_reviewer, partial(approve_version, locale="de", digest=digest), "version.approval_refused"),
        (people.reviewer, request_publication, "publication.refused"),
        (people.reviewer, cancel_publication, "publication.cancellation_refused"),
        (people.reviewer, partial(withdraw_release, reason="Daarom."), "release.withdrawal_refused"),
        (people.reviewer, sooner, "release.schedule_refused"),
        (people.author, sooner, "release.schedule_refused"),
    )

    for person, operation, _ in tries:
        with pytest.raises(NotAllowed):
            act(desk, person, operation, release_id)

    assert [(code, "not_allowed") for *_, code in tries[:-1]] + [("release.schedule_refused", "scheduled")] == (
        _codes(desk)
    )


def test_asking_for_the_checks_of_an_approval_is_the_same_try(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)

    for operation in (check_now, partial(approve_version, digest="")):
        with pytest.raises(NotAllowed):
            act(desk, people.french_reviewer, operation, release_id, "de")

    assert [("version.approval_refused", "not_allowed")] == _codes(desk)


def test_what_it_is_not_time_for_or_nobody_may_see_leaves_nothing(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    tries: tuple[tuple[type[DeskError], partial[object]], ...] = (
        (Refused, partial(act, desk, people.publisher, request_publication, release_id)),
        (Refused, partial(act, desk, people.reviewer, approve_version, release_id, "fr", digest="another")),
        (NotFound, partial(act, desk, people.other_author, request_publication, release_id)),
        (Invalid, partial(act, desk, people.publisher, withdraw_release, release_id, "")),
        (Conflict, partial(act, desk, people.publisher, cancel_publication, release_id)),
    )

    for kind, attempt in tries:
        with pytest.raises(kind):
            attempt()

    assert [] == _refused(desk)


def test_the_same_try_is_written_once_an_hour(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people)
    _write(desk, people, release_id)

    counts = []
    for minutes in (0, 1, 58, 2):
        clock.forward(minutes=minutes)
        with pytest.raises(Refused):
            approve_present(desk, people.reviewer, release_id, "fr")
        counts.append(len(_refused(desk)))

    assert [1, 1, 1, 2] == counts


def test_one_caller_writes_no_more_than_so_many_an_hour(
    desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.operations.refusals.MOST", 2)
    release_id = drafted(desk, people)

    for operation in (request_publication, partial(withdraw_release, reason="Daarom."), cancel_publication):
        for person in (people.reviewer, people.author):
            with pytest.raises(NotAllowed):
                act(desk, person, operation, release_id)

    written = [entry.actor_id for entry in _refused(desk)]
    assert [2, 2] == [written.count(person.user_id) for person in (people.reviewer, people.author)]


def test_a_refusal_stands_where_it_cannot_be_written_down(
    desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_id = drafted(desk, people)

    def fails(*_: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("service.uow.record_refusal", fails)

    with pytest.raises(NotAllowed):
        act(desk, people.reviewer, request_publication, release_id)
