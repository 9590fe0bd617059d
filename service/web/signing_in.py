"""Coming in and going out: the sign-in form, its throttle's answer, signing out; and the page of shortcuts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_, DeskError, Invalid
from service.domain.locales import INTERFACE_LOCALES
from service.operations import sessions
from service.operations.sessions import SignInRefused
from service.web.identity import (
    PASSWORD_PATH,
    actor,
    begin_session,
    desk,
    end_session,
    local_path,
    open_to_all,
    session_token,
)
from service.web.language import LANGUAGE_COOKIE

blueprint = Blueprint("signing_in", __name__)

YEAR_SECONDS = 365 * 24 * 3600


@blueprint.get("/sign-in")
@open_to_all
def form() -> Any:
    """Show the form; whoever is signed in goes on."""
    following = local_path(request.args.get("next"))
    if actor().user_id is not None:
        return redirect(following or url_for("queue.show"), 303)
    return _form(following)


def _form(following: str | None, *, email: str = "", error: DeskError | None = None) -> tuple[str, int]:
    page = render_template("sign_in.html", following=following, email=email, error=error)
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
