"""Endpoints and what was sent to them, with every attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.storage.models import Attempt, Delivery, Endpoint, Event, Receipt

STATES = ("pending", "delivered", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """An endpoint with the counts of its deliveries by state."""

    endpoint: Endpoint
    counts: dict[str, int]


def endpoints(session: Session) -> list[EndpointRow]:
    """Return all endpoints, oldest first."""
    rows = session.scalars(
        select(Endpoint).where(Endpoint.deleted_at.is_(None)).order_by(Endpoint.created_at, Endpoint.id)
    ).all()
    counts: dict[str, dict[str, int]] = {}
    for endpoint_id, state, count in session.execute(
        select(Delivery.endpoint_id, Delivery.state, func.count()).group_by(Delivery.endpoint_id, Delivery.state)
    ):
        counts.setdefault(endpoint_id, {})[state] = count
    return [EndpointRow(row, counts.get(row.id, {})) for row in rows]


def endpoint(session: Session, endpoint_id: str) -> EndpointRow:
    """Return one endpoint; raise `NotFound` when there is none."""
    for row in endpoints(session):
        if row.endpoint.id == endpoint_id:
            return row
    raise NotFound


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery with its event, its endpoint and its attempts, the latest last."""

    delivery: Delivery
    event: Event
    endpoint: Endpoint
    attempts: tuple[Attempt, ...]
    receipts: tuple[Receipt, ...] = ()


def deliveries(
    session: Session,
    *,
    endpoint_id: str | None = None,
    release_id: str | None = None,
    state: str | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int = 50,
) -> list[DeliveryRow]:
    """Return deliveries, newest first, with their attempts and receipts; three statements."""
    statement = (
        select(Delivery, Event, Endpoint)
        .join(Event, Event.id == Delivery.event_id)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .order_by(Delivery.created_at.desc(), Delivery.id.desc())
        .limit(limit)
    )
    if endpoint_id:
        statement = statement.where(Delivery.endpoint_id == endpoint_id)
    if release_id:
        statement = statement.where(Event.release_id == release_id)
    if state:
        statement = statement.where(Delivery.state == state)
    if after:
        statement = statement.where(tuple_(Delivery.created_at, Delivery.id) < after)
    return _with_attempts(session, [(row, event, point) for row, event, point in session.execute(statement)])


def delivery(session: Session, delivery_id: str) -> DeliveryRow:
    """Return one delivery; raise `NotFound` when there is none."""
    found = session.execute(
        select(Delivery, Event, Endpoint)
        .join(Event, Event.id == Delivery.event_id)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .where(Delivery.id == delivery_id)
    ).first()
    if found is None:
        raise NotFound
    row, event, point = found
    return _with_attempts(session, [(row, event, point)])[0]


def _with_attempts(session: Session, rows: Sequence[tuple[Delivery, Event, Endpoint]]) -> list[DeliveryRow]:
    attempts: dict[str, list[Attempt]] = {}
    ids = [delivery.id for delivery, _, _ in rows]
    if ids:
        for attempt in session.scalars(
            select(Attempt).where(Attempt.delivery_id.in_(ids)).order_by(Attempt.delivery_id, Attempt.number)
        ):
            attempts.setdefault(attempt.delivery_id, []).append(attempt)
    receipts: dict[str, list[Receipt]] = {}
    if ids:
        for receipt in session.scalars(
            select(Receipt).where(Receipt.delivery_id.in_(ids)).order_by(Receipt.delivery_id, Receipt.locale)
        ):
            receipts.setdefault(receipt.delivery_id, []).append(receipt)
    return [
        DeliveryRow(d, event, point, tuple(attempts.get(d.id, ())), tuple(receipts.get(d.id, ())))
        for d, event, point in rows
    ]


def endpoint_of_delivery(session: Session, delivery_id: str) -> Endpoint | None:
    """Return the endpoint that a delivery goes to, where both are there."""
    return session.scalar(
        select(Endpoint)
        .join(Delivery, Delivery.endpoint_id == Endpoint.id)
        .where(Delivery.id == delivery_id, Endpoint.deleted_at.is_(None))
    )


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt with the delivery that it is for and the endpoint that owes it."""

    receipt: Receipt
    delivery: Delivery
    endpoint: Endpoint


def receipts_of_release(session: Session, release_id: str) -> list[ReceiptRow]:
    """Return the latest receipt of each endpoint and language for a release, by endpoint and language."""
    rows = session.execute(
        select(Receipt, Delivery, Endpoint)
        .join(Delivery, Delivery.id == Receipt.delivery_id)
        .join(Event, Event.id == Delivery.event_id)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .where(Event.release_id == release_id, Endpoint.deleted_at.is_(None))
        .order_by(Event.sequence, Receipt.created_at)
    )
    latest = {(point.id, receipt.locale): ReceiptRow(receipt, sent, point) for receipt, sent, point in rows}
    return sorted(latest.values(), key=lambda row: (row.endpoint.created_at, row.endpoint.id, row.receipt.locale))
