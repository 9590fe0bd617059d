from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.errors import Conflict
from service.domain.events import EventType
from service.domain.permissions import DESK
from service.operations.delivering import AttemptResult, record_attempt
from service.operations.endpoints import change_endpoint, redeliver
from service.operations.hearing import hears, is_still_heard
from service.operations.publishing import withdraw_release
from service.operations.replaying import Range, replay
from service.operations.upkeep import find_due
from service.queries.deliveries import delivery as whole_delivery
from service.storage.models import Delivery, Endpoint, Event, OutboxRow
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.steps import act, attempt, claim, drafted, endpoint, published, relay

EVERY = [event.value for event in EventType]
AS_PUBLIC: dict[str, Any] = {"public": True}
ONLY_PUBLICATIONS: dict[str, Any] = {"events": ["release.published"]}


def heard_states(desk: Desk, endpoint_id: str) -> dict[str, str]:
    """Return the state of each delivery to an endpoint by the type of its event; the release has one language."""
    with desk.read() as reading:
        rows = reading.session.execute(
            select(Event.type, Delivery.state)
            .join(Delivery, Delivery.event_id == Event.id)
            .where(Delivery.endpoint_id == endpoint_id)
        )
        return {row.type: row.state for row in rows}


def told(desk: Desk, endpoint_id: str, event: str) -> str:
    """Return the id of an endpoint's delivery of an event."""
    with desk.read() as reading:
        return reading.session.scalars(
            select(Delivery.id)
            .join(Event, Event.id == Delivery.event_id)
            .where(Delivery.endpoint_id == endpoint_id, Event.type == event)
        ).one()


def under_embargo(desk: Desk, people: People, clock: StillClock) -> str:
    """Return an internal endpoint that is about to hear of a release under embargo, in one language."""
    point = endpoint(desk, people, *EVERY, public=False)
    drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(days=1))
    relay(desk)
    return point


@pytest.mark.parametrize("change", [AS_PUBLIC, ONLY_PUBLICATIONS])
def test_what_an_endpoint_may_hear_no_more_is_not_sent(
    desk: Desk, people: People, clock: StillClock, change: dict[str, Any]
) -> None:
    point = under_embargo(desk, people, clock)
    tried, waiting = told(desk, point, "release.submitted"), told(desk, point, "version.drafted")
    attempt(desk, tried, status=500)

    act(desk, people.publisher, change_endpoint, point, **change)

    clock.forward(hours=1)
    assert () == act(desk, DESK, find_due).deliveries
    assert [None, None] == [claim(desk, tried), claim(desk, waiting)]
    assert {"release.submitted": "cancelled", "version.drafted": "cancelled"} == heard_states(desk, point)
    with pytest.raises(Conflict, match="hears of this no more"):
        act(desk, people.publisher, redeliver, tried)


def test_what_an_endpoint_still_hears_is_sent_all_the_same(desk: Desk, people: People, clock: StillClock) -> None:
    point, other = (endpoint(desk, people, *EVERY, public=False) for _ in range(2))
    release_id = published(desk, people, targets=("fr",))
    act(desk, people.publisher, withdraw_release, release_id, "Foute datum.")
    relay(desk)

    act(desk, people.publisher, change_endpoint, point, public=True)

    sent = {event for event, state in heard_states(desk, point).items() if state == "pending"}
    assert {"release.published", "release.withdrawn"} == sent
    assert {"pending"} == set(heard_states(desk, other).values())
    clock.forward(minutes=1)
    assert claim(desk, told(desk, point, "release.published"))
    assert claim(desk, told(desk, other, "release.submitted"))


def test_the_withdrawal_of_what_nobody_saw_is_not_sent_to_who_became_public(desk: Desk, people: People) -> None:
    point = endpoint(desk, people, "release.withdrawn", public=False)
    release_id = drafted(desk, people, targets=("fr",))
    act(desk, people.publisher, withdraw_release, release_id, "Vervallen.")
    relay(desk)

    act(desk, people.publisher, change_endpoint, point, public=True)

    assert {"release.withdrawn": "cancelled"} == heard_states(desk, point)


@pytest.mark.parametrize("status, state", [(200, "delivered"), (500, "cancelled")])
def test_an_attempt_that_was_under_way_is_kept_and_is_the_last(
    desk: Desk, people: People, clock: StillClock, status: int, state: str
) -> None:
    point = under_embargo(desk, people, clock)
    one = told(desk, point, "release.submitted")
    sending = claim(desk, one)
    assert sending
    act(desk, people.publisher, change_endpoint, point, public=True)

    kept = act(desk, DESK, record_attempt, sending, AttemptResult(5, status=status), jitter=0.0)

    with desk.read() as reading:
        row = whole_delivery(reading.session, one)
    assert (True, state, None, [status]) == (
        kept,
        row.delivery.state,
        row.delivery.due_at,
        [it.status for it in row.attempts],
    )


def test_what_a_sender_took_before_the_change_and_never_ended_is_cancelled(
    desk: Desk, people: People, clock: StillClock
) -> None:
    point = under_embargo(desk, people, clock)
    before, since = told(desk, point, "release.submitted"), told(desk, point, "version.drafted")
    assert claim(desk, before)
    clock.forward(minutes=1)
    assert claim(desk, since)

    act(desk, people.publisher, change_endpoint, point, public=True)

    assert {"release.submitted": "cancelled", "version.drafted": "pending"} == heard_states(desk, point)
    clock.forward(minutes=1)
    assert claim(desk, since) is None
    assert {"release.submitted": "cancelled", "version.drafted": "cancelled"} == heard_states(desk, point)


@pytest.mark.parametrize("change", [AS_PUBLIC, ONLY_PUBLICATIONS])
def test_switching_on_sends_nothing_that_an_endpoint_hears_no_more(
    desk: Desk, people: People, clock: StillClock, change: dict[str, Any]
) -> None:
    point = endpoint(desk, people, *EVERY, public=False)
    published(desk, people, targets=("fr",))
    relay(desk)
    given_up, gone = told(desk, point, "release.submitted"), told(desk, point, "version.drafted")
    attempt(desk, given_up, status=500)
    with desk.begin() as work:
        row = work.session.get_one(Delivery, given_up)
        row.state, row.due_at, row.ended_at = "failed", None, clock.moment
    attempt(desk, gone, status=410)
    clock.forward(hours=1)

    act(desk, people.publisher, change_endpoint, point, enabled=True, **change)

    assert {
        "release.submitted": "failed",
        "version.drafted": "failed",
        "version.approved": "cancelled",
        "release.published": "pending",
    } == heard_states(desk, point)
    assert (told(desk, point, "release.published"),) == act(desk, DESK, find_due).deliveries


@pytest.mark.parametrize("there, back", [(AS_PUBLIC, {"public": False}), (ONLY_PUBLICATIONS, {"events": EVERY})])
def test_what_was_cancelled_can_be_sent_once_the_endpoint_hears_of_it_again(
    desk: Desk, people: People, clock: StillClock, there: dict[str, Any], back: dict[str, Any]
) -> None:
    point = under_embargo(desk, people, clock)
    act(desk, people.publisher, change_endpoint, point, **there)
    none = act(desk, people.publisher, replay, point, Range(since=clock.moment))
    act(desk, people.publisher, change_endpoint, point, **back)

    both = act(desk, people.publisher, replay, point, Range(since=clock.moment))

    assert (0, 2) == (none, both)
    assert {"release.submitted": "pending", "version.drafted": "pending"} == heard_states(desk, point)
    assert claim(desk, told(desk, point, "release.submitted"))


def test_a_sender_asks_again_whether_the_endpoint_hears(desk: Desk, people: People, clock: StillClock) -> None:
    point = under_embargo(desk, people, clock)
    one = told(desk, point, "release.submitted")
    with desk.begin() as work:
        work.session.get_one(Endpoint, point).public = True

    sending = claim(desk, one)

    assert (None, "cancelled") == (sending, heard_states(desk, point)["release.submitted"])


def test_many_deliveries_are_judged_as_each_of_them(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    point = endpoint(desk, people)
    with desk.begin() as work:
        for event in EventType:
            for number, payload in enumerate(({}, {"was_public": False}, {"was_public": True})):
                if event is EventType.PING:
                    payload = {"endpoint_id": point}  # noqa: PLW2901 - a test message is always of one endpoint
                row = OutboxRow(topic=event.value, payload=payload, created_at=clock.moment)
                work.session.add(row)
                work.session.flush()
                about = Event(
                    id=f"msg_{event.value}_{number}",
                    outbox_id=row.id,
                    type=event.value,
                    release_id=release_id,
                    body=b"{}",
                    created_at=clock.moment,
                )
                work.session.add(about)
                work.session.flush()
                work.session.add(Delivery(event_id=about.id, endpoint_id=point, created_at=clock.moment))

    with desk.begin() as work:
        receiver = work.session.get_one(Endpoint, point)
        pairs = work.session.execute(
            select(Event, OutboxRow).join(OutboxRow, OutboxRow.id == Event.outbox_id).where(Event.body == b"{}")
        ).all()
        for receiver.public in (True, False):
            for receiver.events in (EVERY, EVERY[::2], []):
                one_by_one = {event.id for event, row in pairs if hears(receiver, row, EventType(event.type))}
                at_once = set(work.session.scalars(select(Delivery.event_id).where(is_still_heard(receiver))))
                assert one_by_one == at_once
