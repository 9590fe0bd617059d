"""Who somebody is: actors from sessions and tokens, and the lists of people and tokens."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.permissions import Actor, Grant, Role, Scope
from service.storage.models import ApiToken, SignIn, User

SESSION_IDLE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SessionOwner:
    """Who a session belongs to, and how long it lasts."""

    actor: Actor
    user: User
    seen_at: datetime
    expires_at: datetime


def actor_for(user: User, *, via: str, scopes: Sequence[str] | None = None) -> Actor:
    """Return the person as an actor."""
    return Actor(
        user_id=user.id,
        name=user.name,
        grants=frozenset(Grant(Role(grant.role), grant.locale) for grant in user.grants),
        scopes=None if scopes is None else frozenset(Scope(scope) for scope in scopes),
        via=via,
        language=user.language,
        email=user.email,
    )


def session_owner(session: Session, token: str, now: datetime) -> SessionOwner | None:
    """Return who holds the session; None when it is unknown, ended, idle too long, or its account closed."""
    row = session.execute(
        select(SignIn, User)
        .join(User, User.id == SignIn.user_id)
        .where(
            SignIn.token_hash == hashlib.sha256(token.encode()).hexdigest(),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now,
            SignIn.seen_at > now - SESSION_IDLE,
            User.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    sign_in, user = row
    return SessionOwner(actor_for(user, via="web"), user, sign_in.seen_at, sign_in.expires_at)


def token_owner(session: Session, text: str, now: datetime) -> tuple[Actor, ApiToken] | None:
    """Return who a program's token stands for, with its scopes; None when it is unknown, revoked or expired."""
    row = session.execute(
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(
            ApiToken.token_hash == hashlib.sha256(text.encode()).hexdigest(),
            ApiToken.revoked_at.is_(None),
            User.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    token, user = row
    if token.expires_at is not None and token.expires_at <= now:
        return None
    return actor_for(user, via="api", scopes=token.scopes), token


def user_by_email(session: Session, email: str) -> User | None:
    """Return a person by address, or None."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def people(session: Session) -> Sequence[User]:
    """Return everybody, by name."""
    return session.scalars(select(User).order_by(User.name, User.id)).all()


def tokens_of(session: Session, user_id: str) -> Sequence[ApiToken]:
    """Return a person's tokens, newest first."""
    return session.scalars(
        select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.created_at.desc())
    ).all()
