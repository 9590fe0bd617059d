"""Faults 11 and 13: an approval races an edit, and something is changed in the second of publishing."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from service.domain.errors import DeskError
from service.domain.permissions import DESK
from service.operations.approvals import approve_version, reopen_version
from service.operations.publishing import publish_due, request_publication, withdraw_release
from service.operations.review import edit_unit
from service.operations.scheduling import Schedule, reschedule
from service.queries.public import everything_public
from service.storage.models import Approval
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.faults.noting import Noted
from tests.operations.making import approve, text_of
from tests.operations.steps import act, at_once, drafted, release_of, states

ROUNDS = 200
SECONDS_OF_PUBLISHING = 20


@pytest.mark.fault(11, f"an approval races an edit, {ROUNDS} rounds", "no standing approval of another text")
def test_an_approval_and_an_edit(desk: Desk, people: People, noted: Noted) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    unit_id = text_of(desk, release_id, "fr").units[1].id
    for number in range(ROUNDS):
        digest = text_of(desk, release_id, "fr").digest
        text = f"Le pont numéro {number}"

        approval, edit = at_once(
            partial(act, desk, people.reviewer, approve_version, release_id, "fr", digest=digest),
            partial(
                act, desk, people.second_reviewer, edit_unit, release_id, "fr", unit_id, row_version=None, target=text
            ),
        )

        assert not isinstance(edit, Exception), edit
        assert isinstance(approval, Approval | DeskError), approval
        noted.edits.append((unit_id, text))
        with desk.read() as reading:
            standing = reading.session.scalars(select(Approval.digest).where(Approval.voided_at.is_(None))).all()
        assert set(standing) <= {text_of(desk, release_id, "fr").digest}
        if states(desk, release_id)["fr"] == "approved":
            act(desk, people.publisher, reopen_version, release_id, "fr", "Nog eens.")


def scheduled(desk: Desk, people: People, clock: StillClock) -> str:
    """Return a release whose hour is now."""
    release_id = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    clock.forward(hours=1)
    return release_id


def public(desk: Desk, release_id: str) -> int:
    with desk.read() as reading:
        everything = everything_public(reading.session, reading.now)
    return len([publication for publication in everything if publication.release_id == release_id])


@pytest.mark.fault(13, "withdrawn in the second of publishing", "gone afterwards, announced as what happened")
def test_a_withdrawal_in_the_second_of_publishing(desk: Desk, people: People, clock: StillClock, noted: Noted) -> None:
    for _ in range(SECONDS_OF_PUBLISHING):
        release_id = scheduled(desk, people, clock)

        out, withdrawn = at_once(
            partial(act, desk, DESK, publish_due, release_id),
            partial(act, desk, people.publisher, withdraw_release, release_id, "Vervallen."),
        )

        assert isinstance(out, bool), out
        assert not isinstance(withdrawn, Exception), withdrawn
        assert 0 == public(desk, release_id)


@pytest.mark.fault(13, "embargo moved in the second of publishing", "out, or held until the new hour; never both")
def test_an_embargo_that_is_moved_in_the_second_of_publishing(
    desk: Desk, people: People, clock: StillClock, noted: Noted
) -> None:
    ends = set()
    for _ in range(SECONDS_OF_PUBLISHING):
        release_id = scheduled(desk, people, clock)
        later = Schedule(embargo_at=clock.moment + timedelta(hours=1))

        out, moved = at_once(
            partial(act, desk, DESK, publish_due, release_id),
            partial(act, desk, people.publisher, reschedule, release_id, later),
        )

        release = release_of(desk, release_id)
        assert isinstance(out, bool), out
        assert (int(out), out) == (public(desk, release_id), isinstance(moved, DeskError))
        assert out or later.embargo_at == release.due_at
        ends.add(out)
    assert ends
