"""Changing when a release leaves: later by whoever writes it, sooner by who publishes, to no hour that is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.domain.errors import Invalid, NotAllowed, Stale
from service.operations.publishing import request_publication
from service.operations.scheduling import Schedule, reschedule
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, submit
from tests.operations.steps import act, drafted, release_of

HOUR = timedelta(hours=1)


@pytest.fixture
def scheduled(desk: Desk, people: People, clock: StillClock) -> str:
    """A release that leaves in five hours."""
    release_id = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + 5 * HOUR)
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    return release_id


@pytest.mark.parametrize(
    "change",
    [
        {"clear_embargo": True},
        {"embargo_in": 4 * HOUR},
        {"embargo_in": -HOUR / 2},
        {"publish": "as_approved"},
    ],
)
def test_only_a_publisher_lets_a_scheduled_release_leave_sooner(
    desk: Desk, people: People, clock: StillClock, scheduled: str, change: dict[str, object]
) -> None:
    given = dict(change)
    if "embargo_in" in given:
        given["embargo_at"] = clock.moment + given.pop("embargo_in")  # type: ignore[operator]
    schedule = Schedule(**given)  # type: ignore[arg-type]

    with pytest.raises(NotAllowed) as error:
        act(desk, people.author, reschedule, scheduled, schedule)
    untouched = release_of(desk, scheduled)
    act(desk, people.publisher, reschedule, scheduled, schedule)

    assert error.value.code == "scheduled"
    assert (clock.moment + 5 * HOUR, "together") == (untouched.due_at, untouched.publish)
    assert (untouched.due_at, "together") != (release_of(desk, scheduled).due_at, release_of(desk, scheduled).publish)


def test_whoever_writes_it_puts_a_scheduled_release_off(
    desk: Desk, people: People, clock: StillClock, scheduled: str
) -> None:
    act(desk, people.author, reschedule, scheduled, Schedule(embargo_at=clock.moment + 6 * HOUR, confidential=True))

    assert clock.moment + 6 * HOUR == release_of(desk, scheduled).due_at


def test_an_embargo_that_is_over_is_taken_nowhere(desk: Desk, people: People, clock: StillClock) -> None:
    over = clock.moment - HOUR
    release_id = submit(desk, people.author)

    with pytest.raises(Invalid) as handed_in:
        submit(desk, people.author, embargo_at=over)
    with pytest.raises(Invalid) as changed:
        act(desk, people.publisher, reschedule, release_id, Schedule(embargo_at=over))

    assert {(error.value.code, error.value.field) for error in (handed_in, changed)} == {("embargo_over", "embargo_at")}
    assert release_of(desk, release_id).embargo_at is None


def test_an_embargo_that_ended_meanwhile_keeps_nothing_else_from_being_changed(
    desk: Desk, people: People, clock: StillClock
) -> None:
    hour = clock.moment + HOUR
    release_id = submit(desk, people.author, embargo_at=hour)
    clock.forward(days=1)

    act(desk, people.author, reschedule, release_id, Schedule(embargo_at=hour, deadline_at=clock.moment + HOUR))

    assert clock.moment + HOUR == release_of(desk, release_id).deadline_at


def test_a_change_made_over_an_older_state_is_refused(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = submit(desk, people.author, embargo_at=clock.moment + HOUR)
    seen = release_of(desk, release_id).row_version
    act(desk, people.publisher, reschedule, release_id, Schedule(embargo_at=clock.moment + 2 * HOUR), row_version=seen)

    with pytest.raises(Stale):
        act(desk, people.author, reschedule, release_id, Schedule(clear_embargo=True), row_version=seen)

    assert clock.moment + 2 * HOUR == release_of(desk, release_id).embargo_at
