"""People: their accounts, roles, passwords and language; the first administrator."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, update

from service.domain import permissions
from service.domain.errors import N_, Conflict, Invalid, NotFound
from service.domain.locales import INTERFACE_LOCALES, parse_locale
from service.domain.permissions import ALL_LOCALES, Grant, Role
from service.operations import audit
from service.operations.context import Work
from service.operations.credentials import chosen_hash, is_right, made_hash
from service.operations.loading import demand
from service.operations.sessions import end_sessions
from service.storage.models import ApiToken, User, UserGrant

ADMINISTRATOR = "admin@localhost"
_MAX_EMAIL = 320


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
        password_hash=chosen_hash(password, address) if password else None,
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
            grants += [Grant(role, tag) for tag in dict.fromkeys(parse_locale(tag) for tag in locales)]
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


def change_roles(work: Work, user_id: str, *, roles: Sequence[str], locales: Sequence[str]) -> User:
    """Replace a person's roles; an administrator cannot take the role from the last one."""
    demand(permissions.may_administer(work.actor))
    _hold_administrators(work)
    user = load_user(work, user_id)
    grants = grants_from(roles, locales)
    if not any(grant.role is Role.ADMIN for grant in grants):
        _keep_an_administrator(work, user)
    user.grants = []
    work.session.flush()
    user.grants = [UserGrant(role=grant.role.value, locale=grant.locale) for grant in grants]
    audit.record(work, "user.roles_changed", user.id, roles=list(roles), locales=list(locales))
    return user


def load_user(work: Work, user_id: str) -> User:
    """Return a person, locked until the commit; raise `NotFound` where there is none."""
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
    user = load_user(work, user_id)
    _keep_an_administrator(work, user)
    user.disabled_at = work.now
    end_sessions(work, user.id)
    work.session.execute(
        update(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None)).values(revoked_at=work.now)
    )
    audit.record(work, "user.disabled", user.id)
    return user


def enable_user(work: Work, user_id: str) -> User:
    """Open a closed account again."""
    demand(permissions.may_administer(work.actor))
    user = load_user(work, user_id)
    user.disabled_at = None
    audit.record(work, "user.enabled", user.id)
    return user


def reset_password(work: Work, user_id: str) -> str:
    """Give a person a one-time password, which they must change; end their sessions."""
    demand(permissions.may_administer(work.actor))
    user = load_user(work, user_id)
    password = secrets.token_urlsafe(15)
    user.password_hash = made_hash(password)
    user.must_change_password = True
    end_sessions(work, user.id)
    audit.record(work, "user.password_reset", user.id)
    return password


def change_password(work: Work, *, present: str, new: str, keep: str | None = None) -> None:
    """Change the actor's own password and end their other sessions (`keep` is the hash of the present one)."""
    user = load_user(work, work.actor.user_id or "")
    if not is_right(user.password_hash, present):
        raise Invalid("wrong_password", N_("The present password is wrong."), field="present")
    user.password_hash = chosen_hash(new, user.email)
    user.must_change_password = False
    end_sessions(work, user.id, but=keep)
    audit.record(work, "user.password_changed", user.id)


def change_language(work: Work, language: str) -> None:
    """Set the language of the actor's own pages."""
    if language not in INTERFACE_LOCALES:
        raise Invalid("bad_language", N_("The pages speak nl, fr, de and en."), field="language")
    load_user(work, work.actor.user_id or "").language = language


def switch_shortcuts(work: Work, *, on: bool) -> None:
    """Let the actor's own pages obey keys of their own, or leave every key to the browser."""
    load_user(work, work.actor.user_id or "").shortcuts = on


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
