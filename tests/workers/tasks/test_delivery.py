from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.operations.delivering import fan_out
from service.operations.endpoints import add_endpoint, send_test
from service.operations.upkeep import find_due
from service.storage.models import Attempt, Delivery
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.servers.receiver import Behaviour, Receiver
from tests.workers.tasks.conftest import MakeParts
from workers.tasks.delivery import deliver


def pinged(desk: Desk, people: People, receiver: Receiver) -> str:
    """Add the receiver, send it a ping, and return the delivery's id."""
    with desk.begin(people.publisher) as work:
        endpoint, receiver.secret = add_endpoint(work, desk.vault, url=receiver.url)
        send_test(work, endpoint.id)
    with desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with desk.begin() as work:
            fan_out(work, row)
    with desk.read() as reading:
        return reading.session.scalars(select(Delivery.id)).one()


def delivery(desk: Desk, delivery_id: str) -> tuple[Delivery, list[Attempt]]:
    with desk.read() as reading:
        attempts = reading.session.scalars(select(Attempt).order_by(Attempt.number)).all()
        return reading.session.get_one(Delivery, delivery_id), list(attempts)


def test_a_delivery_is_signed_and_put_on_record(lite_desk: Desk, lite_people: People, make_parts: MakeParts) -> None:
    make_parts()
    with Receiver() as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        deliver(delivery_id)

    row, attempts = delivery(lite_desk, delivery_id)
    assert [("ping", True)] == [(it.event["type"], it.verified) for it in receiver.received]
    assert ("delivered", None) == (row.state, row.due_at)
    assert [(1, 200)] == [(attempt.number, attempt.status) for attempt in attempts]


def test_the_same_hint_twice_sends_once(lite_desk: Desk, lite_people: People, make_parts: MakeParts) -> None:
    make_parts()
    with Receiver() as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        deliver(delivery_id)
        deliver(delivery_id)

    assert 1 == len(receiver.received)


@pytest.mark.parametrize(
    "behaviour, error, status",
    [(500, None, 500), (302, None, 302), (Behaviour.DROP, "connection", None), (Behaviour.GARBAGE, "protocol", None)],
)
def test_every_failure_is_an_attempt_and_another_one_is_due(
    lite_desk: Desk,
    lite_people: People,
    clock: StillClock,
    make_parts: MakeParts,
    behaviour: int | Behaviour,
    error: str | None,
    status: int | None,
) -> None:
    make_parts()
    with Receiver(behave=[behaviour]) as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        deliver(delivery_id)

    row, attempts = delivery(lite_desk, delivery_id)
    assert [(error, status)] == [(attempt.error, attempt.status) for attempt in attempts]
    assert "pending" == row.state
    assert row.due_at is not None
    assert timedelta(seconds=4) <= row.due_at - clock.moment <= timedelta(seconds=6)


def test_the_third_attempt_carries_the_same_id_and_a_signature_of_its_own(
    lite_desk: Desk, lite_people: People, clock: StillClock, make_parts: MakeParts
) -> None:
    make_parts()
    with Receiver(behave=[500, 500, 200]) as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        for _ in range(3):
            deliver(delivery_id)
            clock.forward(minutes=10)

    row, attempts = delivery(lite_desk, delivery_id)
    assert 1 == len({(it.id, it.body) for it in receiver.received})
    assert [True] * 3 == [it.verified for it in receiver.received]
    assert "delivered" == row.state
    assert [500, 500, 200] == [attempt.status for attempt in attempts]


def test_an_answer_that_asks_for_patience_gets_it(
    lite_desk: Desk, lite_people: People, clock: StillClock, make_parts: MakeParts
) -> None:
    make_parts()
    with Receiver(behave=[Behaviour.LIMITED], retry_after="7200") as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        deliver(delivery_id)

    row, _ = delivery(lite_desk, delivery_id)
    assert row.due_at is not None
    assert row.due_at - clock.moment >= timedelta(hours=2)


def test_an_address_that_may_not_be_called_is_refused_and_put_on_record(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    make_parts(networks=())
    with Receiver() as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        deliver(delivery_id)

    _, attempts = delivery(lite_desk, delivery_id)
    assert [] == receiver.received
    assert ["refused"] == [attempt.error for attempt in attempts]


def test_who_lost_the_lease_records_nothing(lite_desk: Desk, lite_people: People, make_parts: MakeParts) -> None:
    make_parts()

    def lose_it(_request: object) -> None:
        with lite_desk.begin() as work:
            work.session.execute(update(Delivery).values(lease_token="somebody else's"))

    with Receiver(hear=lose_it) as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        deliver(delivery_id)

    row, attempts = delivery(lite_desk, delivery_id)
    assert ("pending", []) == (row.state, attempts)
