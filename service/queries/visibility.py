"""Who sees which release, and what the whole world sees: predicates that every query uses."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from service.domain.permissions import ALL_LOCALES, Actor, Role, Scope, review_locales, sees_everything
from service.storage.models import Publication, Release, User, UserGrant, Version

PEOPLE = 500  # whose conditions, and statements with them, are kept put together


@lru_cache(PEOPLE)
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


def sees_release(release_id: str) -> ColumnElement[bool]:
    """Return the condition on `User` for who may know of one release: `visible_to` from the other side."""
    granted = exists().where(UserGrant.user_id == User.id).correlate(User)
    locales = select(Version.locale).where(Version.release_id == release_id)
    own = exists().where(Release.id == release_id, Release.author_id == User.id).correlate(User)
    return or_(
        granted.where(UserGrant.role.in_((Role.PUBLISHER, Role.ADMIN, Role.AUDITOR))),
        granted.where(
            UserGrant.role == Role.REVIEWER, or_(UserGrant.locale == ALL_LOCALES, UserGrant.locale.in_(locales))
        ),
        and_(granted.where(UserGrant.role == Role.AUTHOR), own),
    )


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
