"""A person's own account: password, language, tokens, and the end of every session.

A token is shown once, on the answer to the form that made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_, Invalid
from service.domain.locales import INTERFACE_LOCALES
from service.domain.permissions import Scope
from service.domain.whole_numbers import whole_number
from service.operations.accounts import change_language, change_password, switch_shortcuts
from service.operations.credentials import token_hash
from service.operations.sessions import sign_out
from service.operations.tokens import bad_days, issue_token, revoke_token
from service.queries.accounts import tokens_of
from service.web.identity import actor, desk, end_session, session_token
from service.web.kept_texts import kept_page, kept_text
from service.web.mail_choices import mail_choices

DEFAULT_DAYS = "90"
SCOPE_WORDS = {
    Scope.READ: N_("read releases, texts and the memory"),
    Scope.SUBMIT: N_("submit and revise releases"),
    Scope.REVIEW: N_("edit, confirm, approve, comment"),
    Scope.PUBLISH: N_("publish and withdraw"),
    Scope.ENDPOINTS: N_("manage endpoints and deliveries"),
    Scope.AUDIT: N_("read the audit"),
    Scope.ADMIN: N_("manage people"),
}

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
def page() -> str:
    """Show who one is, one's language and one's tokens."""
    return _page({"name": "", "days": DEFAULT_DAYS, "scopes": ["read"]})


def _page(fields: dict[str, Any], *, error: Invalid | None = None) -> str:
    with desk().read() as reading:
        tokens = tokens_of(reading.session, actor().user_id or "")
        mail = mail_choices(reading)
    return render_template(
        "account/account.html",
        tokens=tokens,
        mail=mail,
        fields=fields,
        error=error,
        scopes=[(scope.value, words) for scope, words in SCOPE_WORDS.items()],
        languages=INTERFACE_LOCALES,
        now=reading.now,
    )


def _back(done: str) -> Response:
    return redirect(url_for("account.page", done=done), 303)


@blueprint.get("/account/password")
def password_page() -> str:
    """Ask for the present password and a new one."""
    return render_template("account/password.html", error=None)


@blueprint.post("/account/password")
def password() -> Any:
    """Change one's password; every other session of one's ends. A text that came along is offered to be saved."""
    kept = kept_text()
    try:
        new = _twice_the_same()
        with desk().begin(actor()) as work:
            change_password(
                work,
                present=request.form.get("present", ""),
                new=new,
                keep=token_hash(session_token() or ""),
            )
    except Invalid as error:
        error.field = error.field if error.field in {"present", "again"} else "new"
        return render_template("account/password.html", error=error, kept=kept), error.status
    return _back("password-changed") if kept is None else kept_page(kept)


def _twice_the_same() -> str:
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        raise Invalid("not_the_same", N_("The two new passwords are not the same."), field="again")
    return new


@blueprint.post("/account/language")
def language() -> Response:
    """Choose the language of one's pages."""
    with desk().begin(actor()) as work:
        change_language(work, request.form.get("language", ""))
    return _back("language-changed")


@blueprint.post("/account/shortcuts")
def shortcuts() -> Response:
    """Switch the keyboard shortcuts of one's pages on or off."""
    on = "shortcuts" in request.form
    with desk().begin(actor()) as work:
        switch_shortcuts(work, on=on)
    return _back("shortcuts-on" if on else "shortcuts-off")


@blueprint.post("/account/tokens")
def issue() -> str | tuple[str, int]:
    """Issue a token to oneself and show it, this once."""
    fields: dict[str, Any] = {name: request.form.get(name, "").strip() for name in ("name", "days")}
    fields["scopes"] = request.form.getlist("scopes")
    try:
        _check_token(fields)
        with desk().begin(actor()) as work:
            token, text = issue_token(
                work,
                user_id=actor().user_id or "",
                name=fields["name"],
                scopes=fields["scopes"],
                days=_days(fields["days"]),
            )
    except Invalid as error:
        return _page(fields, error=error), error.status
    return render_template("account/token.html", token=token, text=text)


def _check_token(fields: Mapping[str, Any]) -> None:
    if not fields["name"]:
        raise Invalid("no_name", N_("Give the token a name, so that you know later what it is for."), field="name")
    if not fields["scopes"]:
        raise Invalid("no_scope", N_("Choose at least one thing that the token may be used for."), field="scopes")


def _days(written: str) -> int | None:
    """Read how long a token lasts; nothing means until it is revoked. Whether it is too long is for the operation."""
    if not written:
        return None
    days = whole_number(written)
    if days is None:
        raise bad_days()
    return days


@blueprint.post("/account/tokens/<token_id>/revoke")
def revoke(token_id: str) -> Response:
    """Revoke one of one's tokens."""
    with desk().begin(actor()) as work:
        revoke_token(work, token_id)
    return _back("token-revoked")


@blueprint.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End every session of one's, this one too."""
    with desk().begin(actor()) as work:
        sign_out(work, session_token() or "", everywhere=True)
    end_session()
    return redirect(url_for("signing_in.form", done="signed-out"), 303)
