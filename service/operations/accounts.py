"""People and how they prove who they are: accounts, passwords, sessions, tokens.

Passwords are kept as argon2id, sessions and tokens as SHA-256 of 256 random bits. A wrong name and a wrong password
take the same time and read the same.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update

from service.domain import permissions
from service.domain.errors import N_, Conflict, DeskError, Invalid, NotFound
from service.domain.locales import INTERFACE_LOCALES, parse_locale
from service.domain.passwords import check_password
from service.domain.permissions import ALL_LOCALES, Grant, Role, Scope
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand
from service.storage.models import ApiToken, SignIn, SignInFailure, User, UserGrant

SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
THROTTLE_WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 10
FAILURES_PER_ADDRESS = 50
TOKEN_PREFIX = "pst_"  # noqa: S105 - the mark of a token, not one
ADMINISTRATOR = "admin@localhost"
_MAX_EMAIL = 320

_hasher = PasswordHasher()
_NOBODYS_HASH = _hasher.hash("nobody has this password")


class SignInRefused(DeskError):  # noqa: N818 - named like the rest of the tree
    """The name or the password is wrong, or there were too many tries; it does not say which of the first two."""

    status = 401


def token_hash(token: str) -> str:
    """Return what is stored in place of a session's or program's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_user(
    work: Work,
    *,
    email: str,
    name: str,
    roles: Sequence[str],
    locales: Sequence[str] = (),
    password: str | None = None,
    language: str = "nl",
    one_time: bool = False,
) -> User:
    """Add a person; reviewers get each locale given, or every one. Raises `Invalid` or `Conflict`."""
    demand(permissions.may_administer(work.actor))
    address = _email(email)
    if work.session.scalar(select(User.id).where(User.email == address)) is not None:
        raise Conflict("email_taken", N_("There is an account with that e-mail address already."))
    if language not in INTERFACE_LOCALES:
        raise Invalid("bad_language", N_("The pages speak nl, fr, de and en."), field="language")
    user = User(
        email=address,
        name=name.strip()[:200] or address,
        password_hash=_hash(password, address) if password else None,
        must_change_password=one_time,
        language=language,
        created_at=work.now,
        grants=[UserGrant(role=grant.role.value, locale=grant.locale) for grant in grants_from(roles, locales)],
    )
    work.session.add(user)
    work.session.flush()
    audit.record(work, "user.added", user.id, roles=list(roles), locales=list(locales))
    return user


def grants_from(roles: Iterable[str], locales: Sequence[str]) -> list[Grant]:
    """Read roles and locales as grants; raise `Invalid` for an unknown role or none at all."""
    grants: list[Grant] = []
    for value in dict.fromkeys(roles):
        if value not in set(Role):
            raise Invalid(
                "unknown_role",
                N_("There is no role “%(role)s”; the roles are %(known)s."),
                field="role",
                role=value,
                known=", ".join(Role),
            )
        role = Role(value)
        if role is Role.REVIEWER and locales:
            grants += [Grant(role, parse_locale(tag)) for tag in dict.fromkeys(locales)]
        else:
            grants.append(Grant(role, ALL_LOCALES))
    if not grants:
        raise Invalid("no_role", N_("Give at least one role."), field="role")
    return grants


def _email(email: str) -> str:
    address = email.strip().lower()
    name, at, host = address.partition("@")
    if not (name and at and host) or len(address) > _MAX_EMAIL or any(c.isspace() for c in address):
        raise Invalid("bad_email", N_("That is not an e-mail address."), field="email")
    return address


def _hash(password: str, email: str) -> str:
    check_password(password, email=email)
    return _hasher.hash(password)


def change_roles(work: Work, user_id: str, *, roles: Sequence[str], locales: Sequence[str]) -> User:
    """Replace a person's roles; an administrator cannot take the role from the last one."""
    demand(permissions.may_administer(work.actor))
    _hold_administrators(work)
    user = _user(work, user_id)
    grants = grants_from(roles, locales)
    if not any(grant.role is Role.ADMIN for grant in grants):
        _keep_an_administrator(work, user)
    user.grants = []
    work.session.flush()
    user.grants = [UserGrant(role=grant.role.value, locale=grant.locale) for grant in grants]
    audit.record(work, "user.roles_changed", user.id, roles=list(roles), locales=list(locales))
    return user


def _user(work: Work, user_id: str) -> User:
    user = work.session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None:
        raise NotFound
    return user


def _hold_administrators(work: Work) -> None:
    """Lock every administrator's role, so that two of them cannot close each other's account at once."""
    work.session.execute(
        select(UserGrant.id).where(UserGrant.role == Role.ADMIN).order_by(UserGrant.id).with_for_update()
    )


def _keep_an_administrator(work: Work, user: User) -> None:
    if not any(grant.role == Role.ADMIN for grant in user.grants):
        return
    others = work.session.scalar(
        select(func.count())
        .select_from(UserGrant)
        .join(User, User.id == UserGrant.user_id)
        .where(UserGrant.role == Role.ADMIN, User.id != user.id, User.disabled_at.is_(None))
    )
    if not others:
        raise Conflict("last_administrator", N_("This is the last administrator; make somebody else one first."))


def disable_user(work: Work, user_id: str) -> User:
    """Close an account: no sign-in, no session, no token; what the person did stays on record."""
    demand(permissions.may_administer(work.actor))
    _hold_administrators(work)
    user = _user(work, user_id)
    _keep_an_administrator(work, user)
    user.disabled_at = work.now
    _end_sessions(work, user.id)
    work.session.execute(
        update(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None)).values(revoked_at=work.now)
    )
    audit.record(work, "user.disabled", user.id)
    return user


def enable_user(work: Work, user_id: str) -> User:
    """Open a closed account again."""
    demand(permissions.may_administer(work.actor))
    user = _user(work, user_id)
    user.disabled_at = None
    audit.record(work, "user.enabled", user.id)
    return user


def reset_password(work: Work, user_id: str) -> str:
    """Give a person a one-time password, which they must change; end their sessions."""
    demand(permissions.may_administer(work.actor))
    user = _user(work, user_id)
    password = secrets.token_urlsafe(15)
    user.password_hash = _hasher.hash(password)
    user.must_change_password = True
    _end_sessions(work, user.id)
    audit.record(work, "user.password_reset", user.id)
    return password


def _end_sessions(work: Work, user_id: str, *, but: str | None = None) -> None:
    statement = update(SignIn).where(SignIn.user_id == user_id, SignIn.revoked_at.is_(None))
    if but is not None:
        statement = statement.where(SignIn.token_hash != but)
    work.session.execute(statement.values(revoked_at=work.now))


def change_password(work: Work, *, present: str, new: str, keep: str | None = None) -> None:
    """Change the actor's own password and end their other sessions (`keep` is the hash of the present one)."""
    user = _user(work, work.actor.user_id or "")
    if not _verify(user.password_hash, present):
        raise Invalid("wrong_password", N_("The present password is wrong."), field="present")
    user.password_hash = _hash(new, user.email)
    user.must_change_password = False
    _end_sessions(work, user.id, but=keep)
    audit.record(work, "user.password_changed", user.id)


def change_language(work: Work, language: str) -> None:
    """Set the language of the actor's own pages."""
    if language not in INTERFACE_LOCALES:
        raise Invalid("bad_language", N_("The pages speak nl, fr, de and en."), field="language")
    _user(work, work.actor.user_id or "").language = language


def _verify(password_hash: str | None, password: str) -> bool:
    try:
        _hasher.verify(password_hash or _NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


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

    A failure is counted in this same transaction, so the caller commits it and then refuses.
    """
    check_throttle(work, email=email, address=address)
    normal = email.strip().lower()
    user = work.session.scalar(select(User).where(User.email == normal))
    right = _verify(user.password_hash if user else None, password)
    if user is None or not right or user.disabled_at is not None:
        for key in _throttle_keys(normal, address):
            work.session.add(SignInFailure(key=key, at=work.now))
        audit.record(work, "sign_in.refused", token_hash(normal)[:16])
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
    audit.record(work, "sign_in.opened", user.id)
    return user, token


def sign_out(work: Work, token: str, *, everywhere: bool = False) -> None:
    """End the session that the token belongs to, or all of the person's."""
    row = work.session.scalar(select(SignIn).where(SignIn.token_hash == token_hash(token)))
    if row is None:
        return
    if everywhere:
        _end_sessions(work, row.user_id)
    row.revoked_at = row.revoked_at or work.now
    audit.record(work, "sign_in.closed", row.user_id, everywhere=everywhere)


def touch_session(work: Work, token: str) -> None:
    """Note that the session is in use."""
    work.session.execute(update(SignIn).where(SignIn.token_hash == token_hash(token)).values(seen_at=work.now))


def issue_token(
    work: Work, *, user_id: str, name: str, scopes: Sequence[str] = (), days: int | None = None
) -> tuple[ApiToken, str]:
    """Issue a token to a person, for themselves or by an administrator; return it and its text, shown once.

    A token never issues one that may do more than itself.
    """
    demand(work.actor.user_id == user_id or permissions.may_administer(work.actor))
    demand(work.actor.scopes is None or (bool(scopes) and work.actor.scopes.issuperset(scopes)))
    user = _user(work, user_id)
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
    if days is not None and days < 1:
        raise Invalid("bad_days", N_("A token lasts at least one day."), field="days")
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


def bootstrap_administrator(work: Work) -> tuple[str, str] | None:
    """Make the first administrator with a one-time password where there is no account at all; otherwise None."""
    if work.session.scalar(select(func.count()).select_from(User)):
        return None
    password = secrets.token_urlsafe(15)
    add_user(
        work,
        email=ADMINISTRATOR,
        name="Administrator",
        password=password,
        one_time=True,
        roles=(Role.ADMIN, Role.AUTHOR, Role.REVIEWER, Role.PUBLISHER),
    )
    return ADMINISTRATOR, password
