from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from standardwebhooks import Webhook, WebhookVerificationError

from service.operations.delivering import fan_out
from service.operations.endpoints import add_endpoint, rotate_secret, send_test
from service.operations.upkeep import find_due
from service.storage.models import Attempt, Delivery
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.servers.receiver import Behaviour, Receiver
from tests.workers.tasks.conftest import MakeParts
from workers.tasks.delivery import deliver

Accepts = Callable[[str, dict[str, str], bytes], bool]


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


def written_from_the_specification(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Verify as Standard Webhooks 1.0 says, with nothing of the desk's own."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    signatures = [part.partition(",") for part in headers["webhook-signature"].split(" ")]
    recent = abs(time.time() - int(headers["webhook-timestamp"])) <= 300
    return recent and any(scheme == "v1" and hmac.compare_digest(given, expected) for scheme, _, given in signatures)


def the_reference_library(secret: str, headers: dict[str, str], body: bytes) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


@pytest.mark.parametrize("accepts", [written_from_the_specification, the_reference_library])
def test_every_attempt_is_genuine_to_whoever_verifies_by_the_standard(
    lite_desk: Desk, lite_people: People, clock: StillClock, make_parts: MakeParts, accepts: Accepts
) -> None:
    make_parts()
    with Receiver(behave=[500, 500, 500, 200]) as receiver:
        delivery_id = pinged(lite_desk, lite_people, receiver)
        old = receiver.secret or ""
        with lite_desk.read() as reading:
            endpoint_id = reading.session.get_one(Delivery, delivery_id).endpoint_id
        for attempt in (1, 2, 3, 4):
            if attempt == 4:
                with lite_desk.begin(lite_people.publisher) as work:
                    _, new = rotate_secret(work, lite_desk.vault, endpoint_id)
            deliver(delivery_id)
            clock.forward(hours=1)

    requests = receiver.received
    verdicts = [[accepts(secret, it.headers, it.body) for secret in (old, new)] for it in requests]
    assert [[True, False]] * 3 + [[True, True]] == verdicts
    assert [1, 1, 1, 2] == [len(it.headers["webhook-signature"].split(" ")) for it in requests]
    assert not accepts(old, requests[0].headers, requests[0].body + b" ")


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
