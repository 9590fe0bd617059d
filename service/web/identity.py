"""Who is looking at a page: the session's cookie becomes an actor, and every page asks for one unless it says not to.

The cookie holds the session's token and the form token, nothing else; what the token stands for is a row that can be
revoked. Who may do what is for the operations.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from service.config import Settings
from service.domain import permissions
from service.domain.permissions import NOBODY, Actor
from service.operations.context import Work
from service.operations.sessions import touch_session
from service.queries.accounts import SESSION_IDLE, SessionOwner, session_owner
from service.uow import Desk
from service.web.unsent import ask_to_sign_in, page_of_form

TOKEN_FIELD = "csrf_token"  # noqa: S105 - the name of a field
SESSION_KEY = "sid"
TOUCH_AFTER = timedelta(minutes=1)
PASSWORD_PATH = "/account/password"  # noqa: S105 - a path
# These never look at who reads them: the same bytes for everybody.
BLIND_BLUEPRINTS = frozenset({"public", "feeds", "health"})

_csrf = CSRFProtect()
_View = TypeVar("_View", bound=Callable[..., Any])


def open_to_all(view: _View) -> _View:
    """Mark a view that needs nobody to be signed in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def unattended(view: _View) -> _View:
    """Mark a view that an open page asks by itself, with nobody at it: it keeps no session alive."""
    view.unattended = True  # type: ignore[attr-defined]
    return view


def when_signed_out(answer: Callable[[], Any]) -> Callable[[_View], _View]:
    """Let `answer` take the form of who is signed out, before its token is looked at, so that no text is lost."""

    def mark(view: _View) -> _View:
        view.when_signed_out = answer  # type: ignore[attr-defined]
        return view

    return mark


def desk() -> Desk:
    """Return the application's desk."""
    found: Desk = current_app.extensions["perstolk"][1]
    return found


def editing() -> AbstractContextManager[Work]:
    """Give a transaction for an edit on a page: whoever wants to change an approved text reopens it first."""
    return desk().begin(actor(), reopens=False)


def settings() -> Settings:
    """Return the application's settings."""
    found: Settings = current_app.extensions["perstolk"][0]
    return found


def actor() -> Actor:
    """Return who is signed in, or nobody."""
    found: Actor = g.get("actor", NOBODY)
    return found


@dataclass(frozen=True, slots=True)
class SessionSpan:
    """How long the session still lasts; where it `is_fixed`, using it does not lengthen it."""

    left: timedelta
    is_fixed: bool


def session_span() -> SessionSpan | None:
    """Return how long the session lasts if it is not used from now on; None where nobody is signed in."""
    found: SessionSpan | None = g.get("session_span")
    return found


def session_token() -> str | None:
    """Return the session's token from the cookie."""
    token = session.get(SESSION_KEY)
    return token if isinstance(token, str) else None


def wants_json() -> bool:
    """Tell whether the page's own script is asking."""
    return request.accept_mimetypes.best == "application/json"


def begin_session(token: str) -> None:
    """Put a new session in the cookie, with nothing left of the one before."""
    end_session()
    session[SESSION_KEY] = token


def end_session() -> None:
    """Empty the cookie; no form token of the session counts any more."""
    session.clear()
    g.pop(TOKEN_FIELD, None)


def local_path(address: str | None) -> str | None:
    """Return an address to go on to after signing in, if it is a path of this very desk; otherwise None."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if any(sign in address for sign in "\\\r\n\t") or not address.isprintable():
        return None
    return address


def _admit() -> Response | None:
    """Find out who is asking, check the form token, and send away who has to sign in first."""
    if _is_blind():
        return None
    view = current_app.view_functions[request.endpoint or ""]
    owner = _owner(is_use=not getattr(view, "unattended", False))
    if owner is not None:
        g.actor = owner.actor
        g.keys_on = owner.user.shortcuts
    is_open = getattr(view, "open_to_all", False)
    if owner is None and not is_open:
        return _turn_away(view)
    # After the person is known, so that a refusal speaks their language.
    if _is_form():
        _check_token()
    if owner is not None and not is_open and owner.user.must_change_password and not _before_new_password():
        return redirect(PASSWORD_PATH, 303)
    return None


def _is_form() -> bool:
    return request.method in current_app.config["WTF_CSRF_METHODS"]


def _turn_away(view: Any) -> Response:
    """Answer who has to sign in first."""
    if wants_json():
        raise Unauthorized
    if hasattr(view, "when_signed_out"):
        return _kept_aside(view)
    if _is_form():
        return _unsent()
    return redirect(url_for("signing_in.form", next=_way_back()), 303)


def _check_token() -> None:
    """Refuse a form of another page; a token that was good goes into the forms of the answer, none is signed anew."""
    _csrf.protect()
    if sent := request.form.get(TOKEN_FIELD):
        g.setdefault(TOKEN_FIELD, sent)


def _kept_aside(view: Any) -> Response:
    """Answer a form of who is signed out; its token may have gone with the session, and nothing is written here."""
    answer = current_app.make_response(view.when_signed_out())
    try:
        _csrf.protect()
    except CSRFError:
        answer.status_code = 400
    return answer


def _unsent() -> Response:
    """Send who is signed out to sign in, and from there back to the form, of which nothing is done."""
    try:
        _csrf.protect()
    except CSRFError:  # gone with the session, as a rule: refused as any such form, in other words
        return current_app.make_response((ask_to_sign_in(), 400))
    return redirect(url_for("signing_in.form", next=page_of_form()), 303)


def _is_blind() -> bool:
    return (
        request.endpoint is None
        or request.endpoint == "static"
        or request.path.startswith("/api/")
        or request.blueprint in BLIND_BLUEPRINTS
    )


def _before_new_password() -> bool:
    return request.path == PASSWORD_PATH or request.endpoint == "signing_in.sign_out"


def _way_back() -> str | None:
    """Return where to go on after signing in: the page that was asked for, and nothing for the queue."""
    if request.path == "/":
        return None
    return request.full_path.rstrip("?")


def _owner(*, is_use: bool) -> SessionOwner | None:
    token = session_token()
    if token is None:
        return None
    with desk().read() as reading:
        owner = session_owner(reading.session, token, reading.now)
    if owner is None:
        return None
    idle = reading.now - owner.seen_at
    if is_use and idle >= TOUCH_AFTER:
        with desk().begin(owner.actor) as work:
            touch_session(work, token)
        idle = timedelta()
    longest = owner.expires_at - reading.now
    g.session_span = SessionSpan(min(SESSION_IDLE - idle, longest), longest <= SESSION_IDLE - idle)
    return owner


def _page_facts() -> dict[str, Any]:
    """Return what every template may ask: who is signed in, and the rules about what they may do."""
    return {"actor": actor(), "may": permissions, "csrf_token": generate_csrf, "keys_on": g.get("keys_on", True)}


def register(app: Flask) -> None:
    """Ask of every request who makes it."""
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # as long as the session, which ends by itself
    app.config.setdefault("WTF_CSRF_FIELD_NAME", TOKEN_FIELD)
    _csrf.init_app(app)
    app.before_request(_admit)
    app.context_processor(_page_facts)
