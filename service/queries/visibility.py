"""Who sees which release, and what the whole world sees: two predicates that every query uses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, true

from service.domain.permissions import ALL_LOCALES, Actor, Role, Scope, review_locales, sees_everything
from service.storage.models import Publication, Release, Version


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Release` for what the actor may know of: all, their own, or their locales'."""
    if not actor.is_desk and (actor.user_id is None or not actor.within(Scope.READ)):
        return false()
    if sees_everything(actor):
        return true()
    locales = review_locales(actor)
    ways: list[ColumnElement[bool]] = []
    if actor.has(Role.AUTHOR):
        ways.append(Release.author_id == actor.user_id)
    if ALL_LOCALES in locales:
        return true()
    if locales:
        # Correlated by name: a query that joins versions itself would otherwise lend this one its own.
        own = exists().where(Version.release_id == Release.id, Version.locale.in_(locales)).correlate(Release)
        ways.append(own)
    return or_(*ways) if ways else false()


def is_public(now: datetime) -> ColumnElement[bool]:
    """Return the one condition on `Publication` for what anybody may read."""
    return and_(
        Publication.superseded_at.is_(None),
        Publication.withdrawn_at.is_(None),
        Publication.published_at <= now,
    )


def was_withdrawn(now: datetime) -> ColumnElement[bool]:
    """Return the condition on `Publication` for what was public once and was taken back."""
    return and_(
        Publication.superseded_at.is_(None),
        Publication.withdrawn_at.is_not(None),
        Publication.published_at <= now,
    )
