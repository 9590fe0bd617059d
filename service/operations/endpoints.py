"""Managing endpoints: add, change, rotate the secret, test, enable again, remove; and sending a delivery again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from service.domain import permissions
from service.domain.endpoints import check_endpoint_url
from service.domain.errors import N_, Conflict, Invalid, NotFound
from service.domain.events import EventType
from service.domain.signing import new_secret
from service.operations import audit, outbox
from service.operations.context import Work
from service.operations.hearing import cancel_unheard, heard_event, is_still_heard
from service.operations.loading import demand
from service.storage.models import Attempt, Delivery, Endpoint
from service.storage.vault import Vault

ROTATION_OVERLAP = timedelta(hours=24)
SECRET_BYTES = 32
DEFAULT_EVENTS = (
    EventType.RELEASE_PUBLISHED,
    EventType.VERSION_PUBLISHED,
    EventType.RELEASE_CORRECTED,
    EventType.RELEASE_WITHDRAWN,
)


def add_endpoint(
    work: Work,
    vault: Vault,
    *,
    url: str,
    events: Sequence[str] | None = None,
    public: bool = True,
    receipts: bool = False,
    description: str = "",
) -> tuple[Endpoint, str]:
    """Add a receiver; return it and its secret, which is not shown again.

    Where nothing is said of the events, it hears what is out, corrected or withdrawn.
    """
    demand(permissions.may_manage_endpoints(work.actor))
    secret = new_secret(secrets.token_bytes(SECRET_BYTES))
    endpoint = Endpoint(
        url=_url(work, url),
        events=_events(events) if events is not None else [event.value for event in DEFAULT_EVENTS],
        public=public,
        receipts=receipts,
        description=description.strip()[:200],
        secret=vault.lock(secret),
        owner_id=work.actor.user_id,
        created_at=work.now,
    )
    work.session.add(endpoint)
    work.session.flush()
    audit.record(work, "endpoint.added", endpoint.id, events=endpoint.events, public=public)
    return endpoint, secret


def _url(work: Work, url: str) -> str:
    networks = [ip_network(network, strict=False) for network in work.office.webhook_allow_networks]
    return check_endpoint_url(url, networks)


def _events(events: Sequence[str]) -> list[str]:
    known = {event.value for event in EventType}
    wanted = list(dict.fromkeys(events))
    if not wanted:
        raise Invalid("no_event", N_("Choose at least one event."), field="events")
    for event in wanted:
        if event not in known:
            raise Invalid(
                "unknown_event",
                N_("There is no event “%(event)s”; the events are %(known)s."),
                field="events",
                event=event,
                known=", ".join(sorted(known)),
            )
    return wanted


def managed_endpoint(work: Work, endpoint_id: str) -> Endpoint:
    """Return an endpoint, locked, for somebody who may manage it; raise `NotFound` for one that is removed."""
    demand(permissions.may_manage_endpoints(work.actor))
    endpoint = work.session.scalar(
        select(Endpoint).where(Endpoint.id == endpoint_id, Endpoint.deleted_at.is_(None)).with_for_update()
    )
    if endpoint is None:
        raise NotFound
    return endpoint


def locked_endpoint_of(work: Work, delivery_id: str) -> Endpoint:
    """Return a delivery's endpoint, locked: always before the delivery itself, so that nobody waits in a circle.

    Raises `NotFound` where there is no such delivery.
    """
    owner = select(Delivery.endpoint_id).where(Delivery.id == delivery_id).scalar_subquery()
    endpoint = work.session.scalar(
        select(Endpoint).where(Endpoint.id == owner).with_for_update().execution_options(populate_existing=True)
    )
    if endpoint is None:
        raise NotFound
    return endpoint


def change_endpoint(
    work: Work,
    endpoint_id: str,
    *,
    url: str | None = None,
    events: Sequence[str] | None = None,
    public: bool | None = None,
    receipts: bool | None = None,
    description: str | None = None,
    enabled: bool | None = None,
) -> Endpoint:
    """Change what is given; `enabled=True` also sends what the endpoint missed while it was off.

    What is to be sent to it, and what it hears of no more, is cancelled.
    """
    endpoint = managed_endpoint(work, endpoint_id)
    if url is not None:
        endpoint.url = _url(work, url)
    if events is not None:
        endpoint.events = _events(events)
    if public is not None:
        endpoint.public = public
    if receipts is not None:
        endpoint.receipts = receipts
    if description is not None:
        endpoint.description = description.strip()[:200]
    if enabled is True and endpoint.disabled_at is not None:
        send_anew(work, Delivery.endpoint_id == endpoint.id, _missed(endpoint), is_still_heard(endpoint))
        endpoint.disabled_at = None
        endpoint.disabled_because = None
        endpoint.failing_since = None
    if enabled is False and endpoint.disabled_at is None:
        endpoint.disabled_at = work.now
        endpoint.disabled_because = "by_hand"
        hold_back(work, endpoint)
    cancel_unheard(work, endpoint)
    audit.record(work, "endpoint.changed", endpoint.id, enabled=endpoint.disabled_at is None, public=endpoint.public)
    return endpoint


def _missed(endpoint: Endpoint) -> ColumnElement[bool]:
    """Say which deliveries an endpoint that is off has missed: what waits, and what was given up while it failed."""
    waits = Delivery.state == "pending"
    if endpoint.failing_since is None:
        return waits
    return or_(waits, and_(Delivery.state == "failed", Delivery.ended_at >= endpoint.failing_since))


def send_anew(work: Work, *which: ColumnElement[bool], **values: Any) -> None:
    """Make deliveries due now, each at the beginning of its schedule; its attempts stay on record."""
    so_far = select(func.coalesce(func.max(Attempt.number), 0)).where(Attempt.delivery_id == Delivery.id)
    work.session.execute(
        update(Delivery)
        .where(*which)
        .values(
            state="pending",
            ended_at=None,
            due_at=work.now,
            hinted_until=None,
            tried_before=so_far.scalar_subquery(),
            **values,
        )
        .execution_options(synchronize_session=False)
    )
    work.nudge = True


def hold_back(work: Work, endpoint: Endpoint) -> None:
    """Let what is pending for an endpoint wait until it is switched on again."""
    work.session.execute(
        update(Delivery)
        .where(Delivery.endpoint_id == endpoint.id, Delivery.state == "pending")
        .values(due_at=None)
        .execution_options(synchronize_session=False)
    )


def rotate_secret(work: Work, vault: Vault, endpoint_id: str) -> tuple[Endpoint, str]:
    """Give the endpoint a new secret; for 24 hours every delivery carries both signatures."""
    endpoint = managed_endpoint(work, endpoint_id)
    secret = new_secret(secrets.token_bytes(SECRET_BYTES))
    endpoint.old_secret = endpoint.secret
    endpoint.old_secret_until = work.now + ROTATION_OVERLAP
    endpoint.secret = vault.lock(secret)
    audit.record(work, "endpoint.rotated", endpoint.id)
    return endpoint, secret


def send_test(work: Work, endpoint_id: str) -> None:
    """Send a `ping` to this endpoint alone, whatever events it chose."""
    endpoint = managed_endpoint(work, endpoint_id)
    if endpoint.disabled_at is not None:
        raise Conflict("endpoint_disabled", N_("The endpoint is switched off; switch it on first."))
    outbox.emit(work, "ping", endpoint_id=endpoint.id, url=endpoint.url)
    audit.record(work, "endpoint.tested", endpoint.id)


def remove_endpoint(work: Work, endpoint_id: str) -> None:
    """Remove the endpoint; what was still to be sent to it is cancelled, its log stays."""
    endpoint = managed_endpoint(work, endpoint_id)
    endpoint.deleted_at = work.now
    work.session.execute(
        update(Delivery)
        .where(Delivery.endpoint_id == endpoint.id, Delivery.state == "pending")
        .values(state="cancelled", due_at=None, ended_at=work.now)
    )
    audit.record(work, "endpoint.removed", endpoint.id)


def redeliver(work: Work, delivery_id: str) -> Delivery:
    """Send a delivery again at once, under the same message id; its earlier attempts stay on record."""
    demand(permissions.may_manage_endpoints(work.actor))
    endpoint = locked_endpoint_of(work, delivery_id)
    delivery = work.session.get_one(Delivery, delivery_id, with_for_update=True)
    if endpoint.deleted_at is not None or endpoint.disabled_at is not None:
        raise Conflict("endpoint_disabled", N_("The endpoint is switched off; switch it on first."))
    if heard_event(work, endpoint, delivery_id) is None:
        raise Conflict(
            "not_heard",
            N_("The endpoint hears of this no more. Change which events it hears, or whether it is public, first."),
        )
    send_anew(work, Delivery.id == delivery.id, manual=True)
    work.session.refresh(delivery)
    audit.record(work, "delivery.resent", delivery.id)
    return delivery
