"""Sessions: signing in and out, and how often somebody may try.

A wrong name and a wrong password take the same time and read the same.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from service.domain.errors import N_, DeskError
from service.domain.permissions import NOBODY
from service.operations import audit
from service.operations.context import Work
from service.operations.credentials import is_right, token_hash
from service.queries.accounts import actor_for
from service.storage.models import SignIn, SignInFailure, User

SESSION_LONGEST = timedelta(hours=12)
THROTTLE_WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 10
FAILURES_PER_ADDRESS = 50


class SignInRefused(DeskError):  # noqa: N818 - named like the rest of the tree
    """The name or the password is wrong, or there were too many tries; it does not say which of the first two."""

    status = 401


def _throttle_keys(email: str, address: str) -> tuple[str, str]:
    return token_hash(f"account {email}"), token_hash(f"address {address}")


def check_throttle(work: Work, *, email: str, address: str) -> None:
    """Raise `SignInRefused` when the account or the address had too many failures lately."""
    since = work.now - THROTTLE_WINDOW
    keys = _throttle_keys(email.strip().lower(), address)
    for key, most in zip(keys, (FAILURES_PER_ACCOUNT, FAILURES_PER_ADDRESS), strict=True):
        count = work.session.scalar(select(func.count()).where(SignInFailure.key == key, SignInFailure.at > since))
        if count is not None and count >= most:
            raise SignInRefused("too_many_tries", N_("Too many failed tries; wait a quarter of an hour."))


def sign_in(work: Work, *, email: str, password: str, address: str) -> tuple[User, str] | None:
    """Check a password and open a session; return the person and the session's token, or None when it is wrong.

    A failure is counted in this same transaction, so the caller commits it and then refuses. The work was begun by
    nobody; what is put on record is the person's own act.
    """
    check_throttle(work, email=email, address=address)
    normal = email.strip().lower()
    user = work.session.scalar(select(User).where(User.email == normal))
    right = is_right(user.password_hash if user else None, password)
    if user is None or not right or user.disabled_at is not None:
        for key in _throttle_keys(normal, address):
            work.session.add(SignInFailure(key=key, at=work.now))
        audit.record(replace(work, actor=NOBODY), "sign_in.refused", token_hash(normal)[:16])
        return None
    work.session.execute(delete(SignInFailure).where(SignInFailure.key == _throttle_keys(normal, address)[0]))
    token = secrets.token_urlsafe(32)
    work.session.add(
        SignIn(
            user_id=user.id,
            token_hash=token_hash(token),
            created_at=work.now,
            seen_at=work.now,
            expires_at=work.now + SESSION_LONGEST,
        )
    )
    audit.record(replace(work, actor=actor_for(user, via=NOBODY.via)), "sign_in.opened", user.id)
    return user, token


def sign_out(work: Work, token: str, *, everywhere: bool = False) -> None:
    """End the session that the token belongs to, or all of the person's."""
    row = work.session.scalar(select(SignIn).where(SignIn.token_hash == token_hash(token)))
    if row is None:
        return
    if everywhere:
        end_sessions(work, row.user_id)
    row.revoked_at = row.revoked_at or work.now
    audit.record(work, "sign_in.closed", row.user_id, everywhere=everywhere)


def end_sessions(work: Work, user_id: str, *, but: str | None = None) -> None:
    """End all of a person's sessions, but the one whose token has the hash `but`."""
    statement = update(SignIn).where(SignIn.user_id == user_id, SignIn.revoked_at.is_(None))
    if but is not None:
        statement = statement.where(SignIn.token_hash != but)
    work.session.execute(statement.values(revoked_at=work.now))


def touch_session(work: Work, token: str) -> None:
    """Note that the session is in use."""
    work.session.execute(update(SignIn).where(SignIn.token_hash == token_hash(token)).values(seen_at=work.now))
