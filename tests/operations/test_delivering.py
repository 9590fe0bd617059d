from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from service.domain.events import INTERNAL_EVENTS
from service.domain.permissions import DESK
from service.domain.retry import DELIVERY_ATTEMPTS
from service.operations.approvals import reopen_version
from service.operations.delivering import AttemptResult, fan_out, record_attempt
from service.operations.endpoints import redeliver
from service.operations.publishing import request_publication, withdraw_release
from service.queries.deliveries import delivery as whole_delivery
from service.storage.models import Delivery, OutboxRow
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.delivering_steps import EVERY, pings
from tests.operations.making import TEXT, approve
from tests.operations.steps import (
    act,
    at_once,
    attempt,
    claim,
    deliveries,
    drafted,
    endpoint,
    heard,
    published,
    relay,
    revise,
    said,
)


def test_a_public_endpoint_never_hears_of_an_unpublished_release(desk: Desk, people: People) -> None:
    public, internal = (endpoint(desk, people, *EVERY, public=public) for public in (True, False))
    release_id = drafted(desk, people)
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, reopen_version, release_id, "fr", "Nog eens.")
    revise(desk, people.author, release_id, TEXT.replace("25", "27"))
    act(desk, people.publisher, withdraw_release, release_id, "Vervallen.")

    relay(desk)

    assert set() == heard(desk, public)
    assert {
        "release.submitted",
        "release.revised",
        "release.withdrawn",
        "version.drafted",
        "version.approved",
        "version.reopened",
    } == heard(desk, internal)


def test_a_public_endpoint_hears_from_the_publication_on(desk: Desk, people: People) -> None:
    public = endpoint(desk, people, *EVERY)
    release_id = published(desk, people)
    act(desk, people.publisher, withdraw_release, release_id, "Foute datum.")

    relay(desk)

    assert {"release.published", "release.withdrawn"} == heard(desk, public)
    assert not heard(desk, public) & {event.value for event in INTERNAL_EVENTS}


def test_an_endpoint_hears_only_what_it_chose(desk: Desk, people: People) -> None:
    chosen = endpoint(desk, people, "release.withdrawn")
    published(desk, people)

    relay(desk)

    assert set() == heard(desk, chosen)


def test_a_public_body_tells_nothing_newer_than_what_is_public(desk: Desk, people: People) -> None:
    endpoint(desk, people, *EVERY)
    release_id = published(desk, people)
    revise(desk, people.author, release_id, TEXT.replace("Nieuwe brug", "Geheime kanarie"))
    act(desk, people.publisher, withdraw_release, release_id, "Foute datum.")

    bodies = [event.body.decode() for event in relay(desk) if event.type in {"release.published", "release.withdrawn"}]

    assert 2 == len(bodies)
    assert not any("kanarie" in body for body in bodies)


def test_events_of_a_release_are_numbered_in_order(desk: Desk, people: People) -> None:
    published(desk, people)

    numbers = sorted(said(event)["data"]["sequence"] for event in relay(desk))

    assert list(range(1, len(numbers) + 1)) == numbers


def test_an_outbox_row_makes_one_event_however_often_it_is_relayed(desk: Desk, people: People) -> None:
    endpoint(desk, people, *EVERY, public=False)
    drafted(desk, people, targets=("fr",))
    with desk.read() as reading:
        rows = reading.session.scalars(select(OutboxRow.id)).all()

    results = at_once(*[partial(act, desk, DESK, fan_out, row) for row in rows for _ in range(3)])

    assert [0] * 4 + [1] * 2 == sorted(results)
    assert (2, 2) == (len(relay(desk)), len(deliveries(desk)))


def test_at_most_two_deliveries_to_an_endpoint_at_once(desk: Desk, people: People, clock: StillClock) -> None:
    slow, other = endpoint(desk, people), endpoint(desk, people)
    ids = pings(desk, people, slow, 4)
    (elsewhere,) = pings(desk, people, other)

    results = at_once(*[partial(claim, desk, one) for one in ids])

    assert 2 == len([sending for sending in results if sending])
    assert claim(desk, elsewhere)
    clock.forward(seconds=60)
    assert claim(desk, ids[0])


def test_every_attempt_sends_the_same_bytes_under_the_same_id(desk: Desk, people: People, clock: StillClock) -> None:
    point = endpoint(desk, people)
    (one,) = pings(desk, people, point)
    sent = []
    for _ in range(3):
        sending = claim(desk, one)
        assert sending
        sent.append((sending.message_id, sending.body))
        act(desk, DESK, record_attempt, sending, AttemptResult(5, status=500), jitter=0.0)
        clock.forward(minutes=6)

    assert 1 == len(set(sent))
    with desk.read() as reading:
        assert [1, 2, 3] == [row.number for row in whole_delivery(reading.session, one).attempts]


def test_a_delivery_is_given_up_after_its_schedule(desk: Desk, people: People, clock: StillClock) -> None:
    (one,) = pings(desk, people, endpoint(desk, people))
    for _ in range(DELIVERY_ATTEMPTS):
        clock.moment = deliveries(desk)[0].due_at or clock.moment
        attempt(desk, one, error="refused_connection")

    with desk.read() as reading:
        row = reading.session.get_one(Delivery, one)
        count = len(whole_delivery(reading.session, one).attempts)

    assert ("failed", None, DELIVERY_ATTEMPTS) == (row.state, row.due_at, count)


def test_a_sender_that_was_away_records_nothing(desk: Desk, people: People, clock: StillClock) -> None:
    (one,) = pings(desk, people, endpoint(desk, people))
    zombie = claim(desk, one)
    clock.forward(seconds=60)
    successor = claim(desk, one)
    assert zombie
    assert successor

    late = act(desk, DESK, record_attempt, zombie, AttemptResult(5, status=500), jitter=0.0)
    right = act(desk, DESK, record_attempt, successor, AttemptResult(5, status=204), jitter=0.0)

    assert (False, True) == (late, right)
    with desk.read() as reading:
        found = whole_delivery(reading.session, one)
    assert ("delivered", [204]) == (found.delivery.state, [row.status for row in found.attempts])


def test_a_delivery_can_be_sent_again_under_its_id(desk: Desk, people: People) -> None:
    (one,) = pings(desk, people, endpoint(desk, people))
    first = claim(desk, one)
    assert first
    act(desk, DESK, record_attempt, first, AttemptResult(5, status=200), jitter=0.0)

    act(desk, people.publisher, redeliver, one)

    again = claim(desk, one)
    assert again
    assert (first.message_id, first.body, 2) == (again.message_id, again.body, again.number)


def test_publishing_leaves_deliveries_that_are_due_at_once(desk: Desk, people: People, clock: StillClock) -> None:
    endpoint(desk, people, "release.published")
    release_id = drafted(desk, people, targets=("fr",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    relay(desk)

    assert [] == list(deliveries(desk))
