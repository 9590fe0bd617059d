"""Tokens for programs: issued to a person, never worth more than that person, shown once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from service.domain import permissions
from service.domain.errors import N_, Conflict, Invalid, NotFound
from service.domain.permissions import Scope
from service.operations import audit
from service.operations.accounts import load_user
from service.operations.context import Work
from service.operations.credentials import token_hash
from service.operations.loading import demand
from service.storage.models import ApiToken

TOKEN_PREFIX = "pst_"  # noqa: S105 - the mark of a token, not one
LONGEST_DAYS = 3650


def issue_token(
    work: Work, *, user_id: str, name: str, scopes: Sequence[str] = (), days: int | None = None
) -> tuple[ApiToken, str]:
    """Issue a token to a person, for themselves or by an administrator; return it and its text, shown once.

    A token never issues one that may do more than itself.
    """
    demand(work.actor.user_id == user_id or permissions.may_administer(work.actor))
    demand(work.actor.scopes is None or (bool(scopes) and work.actor.scopes.issuperset(scopes)))
    user = load_user(work, user_id)
    if user.disabled_at is not None:
        raise Conflict("account_closed", N_("The account is closed."))
    for scope in scopes:
        if scope not in set(Scope):
            raise Invalid(
                "unknown_scope",
                N_("There is no scope “%(scope)s”; the scopes are %(known)s."),
                field="scope",
                scope=scope,
                known=", ".join(Scope),
            )
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise bad_days()
    text = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user_id=user.id,
        name=name.strip()[:200] or "token",
        token_hash=token_hash(text),
        scopes=sorted(set(scopes)) or None,
        created_at=work.now,
        expires_at=work.now + timedelta(days=days) if days else None,
    )
    work.session.add(token)
    work.session.flush()
    audit.record(work, "token.issued", token.id, owner=user.id, scopes=token.scopes)
    return token, text


def bad_days() -> Invalid:
    """Return the refusal of a token that would last no day, or longer than any may."""
    return Invalid("bad_days", N_("A token lasts from 1 to %(longest)s days."), field="days", longest=LONGEST_DAYS)


def revoke_token(work: Work, token_id: str) -> None:
    """Revoke a token: one's own, or anybody's by an administrator."""
    token = work.session.get(ApiToken, token_id)
    if token is None or (token.user_id != work.actor.user_id and not permissions.may_administer(work.actor)):
        raise NotFound
    token.revoked_at = token.revoked_at or work.now
    audit.record(work, "token.revoked", token.id, owner=token.user_id)


def use_token(work: Work, text: str) -> None:
    """Note that a token was used."""
    work.session.execute(update(ApiToken).where(ApiToken.token_hash == token_hash(text)).values(used_at=work.now))
