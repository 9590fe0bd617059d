"""Coming in and going out: the sign-in form, its throttle's answer, signing out; and the page of shortcuts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from service.domain.errors import N_, DeskError, Invalid
from service.domain.locales import INTERFACE_LOCALES
from service.operations import sessions
from service.operations.sessions import SignInRefused
from service.queries.accounts import actor_for
from service.web.identity import (
    PASSWORD_PATH,
    actor,
    begin_session,
    desk,
    end_session,
    local_path,
    open_to_all,
    session_span,
    session_token,
    unattended,
    wants_json,
)
from service.web.kept_texts import ask_new_password, kept_page, kept_text
from service.web.language import LANGUAGE_COOKIE
from service.web.unsent import leads_from_unsent

blueprint = Blueprint("signing_in", __name__)

YEAR_SECONDS = 365 * 24 * 3600
WARNED_BEFORE = timedelta(minutes=5)


@blueprint.get("/sign-in")
@open_to_all
def form() -> Any:
    """Show the form; whoever is signed in goes on, unless they come to sign in `again` before their session ends."""
    following = local_path(request.args.get("next"))
    if actor().user_id is not None and "again" not in request.args:
        return redirect(following or url_for("queue.show"), 303)
    return _form(following)


def _form(following: str | None, *, email: str = "", error: DeskError | None = None) -> tuple[str, int]:
    page = render_template(
        "sign_in.html",
        following=following,
        unsent=leads_from_unsent(following),
        email=email,
        error=error,
        kept=kept_text(),
    )
    return page, error.status if error else 200


@blueprint.post("/sign-in")
@open_to_all
def sign_in() -> Any:
    """Open a session; a wrong name and a wrong password read the same."""
    following = local_path(request.form.get("next"))
    email = request.form.get("email", "")[:320]
    try:
        with desk().begin() as work:
            opened = sessions.sign_in(
                work,
                email=email,
                password=request.form.get("password", ""),
                address=request.remote_addr or "",
            )
    except SignInRefused as refused:
        page, _ = _form(following, email=email, error=refused)
        return page, 429, {"Retry-After": "900"}
    if opened is None:
        wrong = SignInRefused("wrong_credentials", N_("The e-mail address or the password is wrong."))
        return _form(following, email=email, error=wrong)
    user, token = opened
    begin_session(token)
    kept = kept_text()
    if kept is not None:
        g.actor = actor_for(user, via="web")
        return ask_new_password(kept) if user.must_change_password else kept_page(kept)
    if user.must_change_password:
        return redirect(PASSWORD_PATH, 303)
    return redirect(following or url_for("queue.show"), 303)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> Response:
    """End the session."""
    token = session_token()
    if token is not None:
        with desk().begin(actor()) as work:
            sessions.sign_out(work, token)
    end_session()
    return redirect(url_for("signing_in.form", done="signed-out"), 303)


@blueprint.get("/session")
@open_to_all
@unattended
def session_facts() -> Response:
    """Tell an open page whose session this is, how long it lasts, and the form token of now."""
    span = session_span()
    if span is None:
        return jsonify(person=None, csrf=generate_csrf())
    minutes = max(1, round(span.left.total_seconds() / 60))
    return jsonify(
        person=actor().user_id,
        csrf=generate_csrf(),
        left=span.left.total_seconds(),
        fixed=span.is_fixed,
        ending=span.left <= WARNED_BEFORE,
        said=ngettext(
            "You will be signed out in %(num)d minute.", "You will be signed out in %(num)d minutes.", minutes
        ),
    )


@blueprint.post("/session")
def stay() -> Any:
    """Lengthen the session, because somebody at the page asks for it."""
    with desk().begin(actor()) as work:
        sessions.touch_session(work, session_token() or "")
    if wants_json():
        return session_facts()
    return redirect(url_for("signing_in.again"), 303)


@blueprint.get("/signed-in")
def again() -> str:
    """Say that whoever signed in anew, beside a page with their work, can go on there."""
    return render_template("signed_in.html")


@blueprint.post("/language")
@open_to_all
def choose_language() -> Response:
    """Keep the language that somebody chose before signing in."""
    language = request.form.get("language", "")
    if language not in INTERFACE_LOCALES:
        raise Invalid("bad_language", N_("The pages speak nl, fr, de and en."), field="language")
    following = local_path(request.form.get("next"))
    answer = make_response(redirect(url_for("signing_in.form", next=following), 303))
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_SECONDS, httponly=True, samesite="Lax")
    return answer


@blueprint.get("/shortcuts")
def shortcuts() -> str:
    """Show what can be done with the keyboard."""
    return render_template("shortcuts.html")
