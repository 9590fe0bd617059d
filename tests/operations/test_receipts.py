from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select

from service.domain.permissions import DESK
from service.domain.receipts import RECEIPT_WITHIN, Said
from service.operations.endpoints import add_endpoint
from service.operations.receipts import claim_look, give_receipt, record_look
from service.operations.upkeep import find_due
from service.storage.models import AuditEntry, Publication, Receipt
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.steps import act, at_once, attempt, deliveries, published, relay

PAGE = "http://127.0.0.1:9/fr"


@pytest.fixture
def digest(desk: Desk, people: People) -> str:
    """The digest of what was sent, in French alone, to a receiver that gives receipts and has answered with none."""
    act(desk, people.publisher, add_endpoint, desk.vault, url="http://127.0.0.1:9/hook", receipts=True)
    published(desk, people, targets=("fr",))
    relay(desk)
    attempt(desk, deliveries(desk)[0].id, status=200, answer="thank you")
    with desk.read() as reading:
        return reading.session.scalars(select(Publication.digest)).one()


def receipts(desk: Desk) -> list[Receipt]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(Receipt)))


def test_a_receipt_goes_from_awaited_to_kept(desk: Desk, people: People, clock: StillClock, digest: str) -> None:
    (awaited,), sent_at = receipts(desk), clock.moment
    act(desk, people.publisher, give_receipt, deliveries(desk)[0].id, Said(PAGE, digest))
    clock.forward(minutes=1)
    (due,) = act(desk, DESK, find_due).receipts

    looking = act(desk, DESK, claim_look, due)
    assert looking
    assert act(desk, DESK, claim_look, due) is None
    assert act(desk, DESK, record_look, looking, found=digest, readable=True)

    (kept,) = receipts(desk)
    assert ("fr", "awaited", sent_at + RECEIPT_WITHIN) == (awaited.locale, awaited.state, awaited.due_at)
    assert ("kept", digest, clock.moment, None) == (kept.state, kept.found, kept.checked_at, kept.due_at)
    with desk.read() as reading:
        acts = reading.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("receipt.%"))).all()
    assert ["receipt.kept"] == acts


def test_a_look_that_was_away_too_long_writes_nothing(
    desk: Desk, people: People, clock: StillClock, digest: str
) -> None:
    act(desk, people.publisher, give_receipt, deliveries(desk)[0].id, Said(PAGE, digest))
    clock.forward(minutes=1)
    (due,) = act(desk, DESK, find_due).receipts
    zombie = act(desk, DESK, claim_look, due)
    clock.forward(minutes=3)
    successor = act(desk, DESK, claim_look, due)
    assert zombie
    assert successor

    late = act(desk, DESK, record_look, zombie, found=None, readable=False)
    right = act(desk, DESK, record_look, successor, found=digest, readable=True)

    assert (False, True, "kept") == (late, right, receipts(desk)[0].state)


def test_the_same_receipt_many_times_at_once_is_one(desk: Desk, people: People, digest: str) -> None:
    give = partial(act, desk, people.publisher, give_receipt, deliveries(desk)[0].id, Said(PAGE, digest))

    results = at_once(*[give] * 4)

    assert ["said"] * 4 == [receipt.state for receipt in results]
    assert [(PAGE, digest)] == [(receipt.url, receipt.digest) for receipt in receipts(desk)]


def test_a_receipt_that_was_kept_is_not_looked_at_again_for_saying_the_same(
    desk: Desk, people: People, clock: StillClock, digest: str
) -> None:
    delivery_id = deliveries(desk)[0].id
    act(desk, people.publisher, give_receipt, delivery_id, Said(PAGE, digest))
    clock.forward(minutes=1)
    looking = act(desk, DESK, claim_look, receipts(desk)[0].id)
    act(desk, DESK, record_look, looking, found=digest, readable=True)

    # A delivery that is sent again is answered again.
    same = act(desk, people.publisher, give_receipt, delivery_id, Said(PAGE, digest))
    other = act(desk, people.publisher, give_receipt, delivery_id, Said(PAGE + "/elsewhere", digest))

    assert ("kept", "said") == (same.state, other.state)
    assert [PAGE + "/elsewhere"] == [row.url for row in receipts(desk)]
