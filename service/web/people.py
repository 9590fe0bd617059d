"""The people of the desk, for administrators: add, change roles, close and open an account, reset a password.

A one-time password is shown once, on the answer to the form that made it; the person changes it when they sign in.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from service.domain.errors import Conflict, DeskError, Invalid, NotFound
from service.domain.locales import INTERFACE_LOCALES
from service.domain.permissions import ALL_LOCALES, Role, may_administer
from service.operations.accounts import add_user, change_roles, disable_user, enable_user, reset_password
from service.operations.loading import demand
from service.queries.accounts import people
from service.storage.models import User
from service.web.identity import actor, desk

PASSWORD_BYTES = 15

blueprint = Blueprint("people", __name__)


def _demand() -> None:
    demand(may_administer(actor()))


@blueprint.get("/people")
def listing() -> str:
    """Show everybody with their roles."""
    _demand()
    with desk().read() as reading:
        everybody = people(reading.session)
    return render_template("people/list.html", people=everybody)


@blueprint.get("/people/new")
def new_page() -> str:
    """Ask who is to be added, and as what."""
    _demand()
    return _form("people/new.html", {"email": "", "name": "", "language": "nl", "roles": [], "locales": []})


def _form(template: str, fields: Mapping[str, Any], *, error: DeskError | None = None, **more: Any) -> str:
    return render_template(
        template,
        fields=fields,
        error=error,
        roles=[role.value for role in Role],
        locales=desk().office.target_locales,
        languages=INTERFACE_LOCALES,
        **more,
    )


@blueprint.post("/people/new")
def add() -> str | tuple[str, int]:
    """Add a person and show their one-time password, this once."""
    fields: dict[str, Any] = {name: request.form.get(name, "") for name in ("email", "name", "language")}
    fields |= {name: request.form.getlist(name) for name in ("roles", "locales")}
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    try:
        with desk().begin(actor()) as work:
            user = add_user(work, **fields, password=password, one_time=True)
    except (Invalid, Conflict) as error:
        return _form("people/new.html", fields, error=error), error.status
    return render_template("people/password.html", user=user, password=password)


@blueprint.get("/people/<user_id>")
def page(user_id: str) -> str:
    """Show one person: their roles, and what can be done with the account."""
    _demand()
    return _page(user_id)


def _page(user_id: str, *, fields: Mapping[str, Any] | None = None, error: DeskError | None = None) -> str:
    with desk().read() as reading:
        user = _person(reading.session, user_id)
    present = {
        "roles": sorted({grant.role for grant in user.grants}),
        "locales": sorted({grant.locale for grant in user.grants if grant.locale != ALL_LOCALES}),
    }
    return _form("people/person.html", fields or present, error=error, user=user)


def _person(session: Session, user_id: str) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def _back(user_id: str, done: str) -> Response:
    return redirect(url_for("people.page", user_id=user_id, done=done), 303)


@blueprint.post("/people/<user_id>/roles")
def roles(user_id: str) -> Response | tuple[str, int]:
    """Replace a person's roles."""
    fields = {name: request.form.getlist(name) for name in ("roles", "locales")}
    try:
        with desk().begin(actor()) as work:
            change_roles(work, user_id, **fields)
    except (Invalid, Conflict) as error:
        return _page(user_id, fields=fields, error=error), error.status
    return _back(user_id, "roles-changed")


@blueprint.post("/people/<user_id>/disable")
def disable(user_id: str) -> Response:
    """Close an account."""
    with desk().begin(actor()) as work:
        disable_user(work, user_id)
    return _back(user_id, "account-closed")


@blueprint.post("/people/<user_id>/enable")
def enable(user_id: str) -> Response:
    """Open a closed account again."""
    with desk().begin(actor()) as work:
        enable_user(work, user_id)
    return _back(user_id, "account-opened")


@blueprint.post("/people/<user_id>/reset-password")
def reset(user_id: str) -> str:
    """Give a one-time password and show it, this once."""
    with desk().begin(actor()) as work:
        password = reset_password(work, user_id)
        user = _person(work.session, user_id)
    return render_template("people/password.html", user=user, password=password)
