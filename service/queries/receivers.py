"""Which endpoints would hear of something, before it happens; and which hear nothing until somebody sees to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.domain.events import EventType, is_heard
from service.storage.models import Endpoint, Release


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who hears of an approval now, and who of the publication that it leads to."""

    now: tuple[Endpoint, ...]
    at_publication: tuple[Endpoint, ...]


def open_endpoints(session: Session) -> tuple[Endpoint, ...]:
    """Return the endpoints that are switched on, oldest first."""
    found = select(Endpoint).where(Endpoint.deleted_at.is_(None), Endpoint.disabled_at.is_(None))
    return tuple(session.scalars(found.order_by(Endpoint.created_at, Endpoint.id)))


def given_up(session: Session) -> tuple[Endpoint, ...]:
    """Return the endpoints that were switched off because they failed, or answered that they are gone."""
    found = select(Endpoint).where(Endpoint.deleted_at.is_(None), Endpoint.disabled_because.in_(("failing", "gone")))
    return tuple(session.scalars(found.order_by(Endpoint.disabled_at, Endpoint.id)))


def failing_or_off(session: Session) -> tuple[Endpoint, ...]:
    """Return the endpoints that fail now, or that are switched off, the longest first."""
    unwell = or_(Endpoint.failing_since.is_not(None), Endpoint.disabled_at.is_not(None))
    found = select(Endpoint).where(Endpoint.deleted_at.is_(None), unwell)
    return tuple(session.scalars(found.order_by(Endpoint.failing_since, Endpoint.disabled_at, Endpoint.id)))


def hearers(
    endpoints: Collection[Endpoint], events: Collection[EventType], *, release_published: bool
) -> tuple[Endpoint, ...]:
    """Return those of the endpoints that hear at least one of the events."""
    return tuple(
        endpoint
        for endpoint in endpoints
        if any(
            is_heard(
                event,
                chosen=endpoint.events,
                public_endpoint=endpoint.public,
                release_published=release_published,
            )
            for event in events
        )
    )


def publication_events(release: Release) -> set[EventType]:
    """Return what publishing the release tells: that it is out, or that it is corrected."""
    event = EventType.RELEASE_CORRECTED if release.published_at is not None else EventType.RELEASE_PUBLISHED
    return {event, EventType.VERSION_PUBLISHED} if release.publish == "as_approved" else {event}


def hearing_of_approval(session: Session, release: Release) -> Hearing:
    """Return who hears of an approval, and who later of the publication; one statement."""
    endpoints = open_endpoints(session)
    was_public = release.published_at is not None
    return Hearing(
        hearers(endpoints, {EventType.VERSION_APPROVED}, release_published=was_public),
        hearers(endpoints, publication_events(release), release_published=True),
    )
