from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from service.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from service.domain.permissions import DESK
from service.operations.approvals import request_changes
from service.operations.publishing import cancel_publication, publish_due, request_publication, withdraw_release
from service.queries.public import everything_public, public_list, public_page, withdrawn_list
from service.storage.models import MemoryUnit, Release
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve
from tests.operations.publishing_steps import publications
from tests.operations.steps import act, at_once, drafted, published, release_of, states


def test_a_cancelled_publication_does_not_leave(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    assert "scheduled" == release_of(desk, release_id).state
    act(desk, people.publisher, cancel_publication, release_id)
    clock.forward(hours=1)

    assert not act(desk, DESK, publish_due, release_id)

    assert "approved" == release_of(desk, release_id).state
    with pytest.raises(WrongState):
        act(desk, people.publisher, cancel_publication, release_id)


def test_a_publication_that_is_held_up_can_be_cancelled_too(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    act(desk, people.second_reviewer, request_changes, release_id, "fr", "Nog iets.")
    clock.forward(hours=1)
    act(desk, DESK, publish_due, release_id)
    assert ["not_approved"] == [reason["code"] for reason in release_of(desk, release_id).publish_blocked or []]

    act(desk, people.publisher, cancel_publication, release_id)

    approve(desk, people.reviewer, release_id)
    assert not act(desk, DESK, publish_due, release_id)
    assert release_of(desk, release_id).publish_blocked is None


def test_a_withdrawn_release_leaves_an_empty_address_and_no_memory(desk: Desk, people: People) -> None:
    release_id = published(desk, people)
    slug = publications(desk, release_id)[0].slug

    act(desk, people.publisher, withdraw_release, release_id, " Foute datum. ")

    with desk.read() as reading:
        page = public_page(reading.session, "fr", slug, reading.now)
        lists = (
            public_list(reading.session, "fr", reading.now),
            everything_public(reading.session, reading.now),
            reading.session.scalars(select(MemoryUnit)).all(),
        )
        gone = withdrawn_list(reading.session, "fr", reading.now)
    assert page
    assert (True, (), "Foute datum.") == (page.gone, page.siblings, page.publication.withdrawn_reason)
    assert ([], [], []) == tuple(list(found) for found in lists)
    assert [slug] == [publication.slug for publication in gone]
    assert "withdrawn" == release_of(desk, release_id).state


def test_a_release_that_never_left_leaves_no_trace_when_withdrawn(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    slug = release_of(desk, release_id).slug

    act(desk, people.publisher, withdraw_release, release_id, "Vervallen.")

    with desk.read() as reading:
        assert public_page(reading.session, "fr", slug, reading.now) is None
        assert [] == list(withdrawn_list(reading.session, "fr", reading.now))


def test_a_withdrawal_in_the_second_of_publishing_wins_or_follows(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = drafted(desk, people, embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    clock.forward(hours=1)

    out, withdrawn = at_once(
        partial(act, desk, DESK, publish_due, release_id),
        partial(act, desk, people.publisher, withdraw_release, release_id, "Vervallen."),
    )

    assert isinstance(withdrawn, Release), withdrawn
    assert isinstance(out, bool), out
    assert (3 if out else 0) == len(publications(desk, release_id))
    with desk.read() as reading:
        assert [] == list(everything_public(reading.session, reading.now))


@pytest.mark.parametrize("reason", ["", " ", "x" * 2001])
def test_a_withdrawal_needs_a_reason(desk: Desk, people: People, reason: str) -> None:
    release_id = drafted(desk, people, targets=("fr",))

    with pytest.raises(Invalid):
        act(desk, people.publisher, withdraw_release, release_id, reason)


@pytest.mark.parametrize(
    "who, error",
    [("author", NotAllowed), ("reviewer", NotAllowed), ("admin", NotAllowed), ("other_author", NotFound)],
)
def test_publishing_is_for_publishers(lite_desk: Desk, lite_people: People, who: str, error: type[Exception]) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))
    approve(lite_desk, lite_people.reviewer, release_id)
    actor = getattr(lite_people, who)

    for operation in (request_publication, cancel_publication, partial(withdraw_release, reason="Daarom.")):
        with pytest.raises(error):
            act(lite_desk, actor, operation, release_id)

    assert {"fr": "approved"} == states(lite_desk, release_id)
