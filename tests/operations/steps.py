"""Steps that several tests of operations take, and what they look at afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy import select

from service.domain.permissions import DESK, Actor
from service.formats import read
from service.operations.approvals import approve_version
from service.operations.delivering import AttemptResult, Sending, claim_delivery, fan_out, record_attempt
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication
from service.operations.releases import Submission, revise_source
from service.storage.models import Delivery, Event, OutboxRow, Release, Unit, Version
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import TEXT, approve, draft, submit, text_of

T = TypeVar("T")


def act(desk: Desk, actor: Actor, operation: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Carry out one operation in a transaction of its own."""
    with desk.begin(actor) as work:
        return operation(work, *arguments, **named)


def submission(text: str = TEXT, **rest: Any) -> Submission:
    """Return a text as an author hands it in."""
    return Submission(document=read(text, "text"), body=text, format="text", **rest)


def drafted(desk: Desk, people: People, **rest: Any) -> str:
    """Return a release whose versions are in review."""
    release_id = submit(desk, people.author, **rest)
    draft(desk, release_id)
    return release_id


def published(desk: Desk, people: People, **rest: Any) -> str:
    """Return a release that is out in every language."""
    release_id = drafted(desk, people, **rest)
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    return release_id


def revise(desk: Desk, actor: Actor, release_id: str, text: str) -> Release:
    """Give the release another source."""
    return act(desk, actor, revise_source, release_id, submission(text), row_version=None)


def approve_present(desk: Desk, actor: Actor, release_id: str, locale: str) -> None:
    """Approve one version as it stands."""
    act(desk, actor, approve_version, release_id, locale, digest=text_of(desk, release_id, locale).digest)


def release_of(desk: Desk, release_id: str) -> Release:
    """Return the release as it is stored."""
    with desk.read() as reading:
        return reading.session.get_one(Release, release_id)


def version_of(desk: Desk, release_id: str, locale: str) -> Version:
    """Return the version as it is stored."""
    with desk.read() as reading:
        return reading.session.scalars(
            select(Version).where(Version.release_id == release_id, Version.locale == locale)
        ).one()


def states(desk: Desk, release_id: str) -> dict[str, str]:
    """Return the states of a release's versions by locale."""
    with desk.read() as reading:
        rows = reading.session.execute(select(Version.locale, Version.state).where(Version.release_id == release_id))
        return {row.locale: row.state for row in rows}


def unit_of(desk: Desk, unit_id: str) -> Unit:
    """Return the unit as it is stored."""
    with desk.read() as reading:
        return reading.session.get_one(Unit, unit_id)


def topics(desk: Desk) -> list[str]:
    """Return what the outbox was told, in order; rows of one moment in the order of their release's sequence."""
    with desk.read() as reading:
        rows = reading.session.scalars(select(OutboxRow)).all()
    return [row.topic for row in sorted(rows, key=lambda row: (row.created_at, row.payload.get("sequence", 0)))]


def relay(desk: Desk) -> list[Event]:
    """Turn every open outbox row into an event, in order, and return all events."""
    with desk.read() as reading:
        rows = reading.session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all()
    for row in sorted(rows, key=lambda row: (row.created_at, row.payload.get("sequence", 0))):
        act(desk, DESK, fan_out, row.id)
    with desk.read() as reading:
        return list(reading.session.scalars(select(Event)))


def said(event: Event) -> dict[str, Any]:
    """Return an event's body as a receiver reads it."""
    body: dict[str, Any] = json.loads(event.body)
    return body


def endpoint(desk: Desk, people: People, *events: str, public: bool = True) -> str:
    """Add a receiver and return its id."""
    made, _ = act(
        desk,
        people.publisher,
        add_endpoint,
        desk.vault,
        url="http://127.0.0.1:9/hook",
        events=events or None,
        public=public,
    )
    return made.id


def deliveries(desk: Desk, endpoint_id: str | None = None) -> Sequence[Delivery]:
    """Return deliveries, of one endpoint or of all."""
    statement = select(Delivery).order_by(Delivery.created_at, Delivery.id)
    if endpoint_id is not None:
        statement = statement.where(Delivery.endpoint_id == endpoint_id)
    with desk.read() as reading:
        return reading.session.scalars(statement).all()


def heard(desk: Desk, endpoint_id: str) -> set[str]:
    """Return the types of the events that have a delivery to the endpoint."""
    with desk.read() as reading:
        return set(
            reading.session.scalars(
                select(Event.type)
                .join(Delivery, Delivery.event_id == Event.id)
                .where(Delivery.endpoint_id == endpoint_id)
            )
        )


def claim(desk: Desk, delivery_id: str) -> Sending | None:
    """Claim a delivery as a sender would."""
    return act(desk, DESK, claim_delivery, delivery_id, desk.vault)


def attempt(desk: Desk, delivery_id: str, **result: Any) -> bool:
    """Claim a delivery and record what came of it."""
    sending = claim(desk, delivery_id)
    assert sending is not None
    return act(desk, DESK, record_attempt, sending, AttemptResult(5, **result), jitter=0.0)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Let each act run in a thread of its own, started together; return results, or the errors in their place."""
    start = Barrier(len(acts))

    def run(one: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return one()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
