"""A form that came when its sender was signed out: nothing of it is done, and after signing in its page says so.

The code of that page's note travels in the address to go on to, so that it outlasts a wrong password and a change of
language. The form itself is never sent anew by the desk: what it asked for may be another thing by then.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app, render_template, request
from werkzeug.exceptions import HTTPException

UNSENT = "unsent"
_CODE = ("done", UNSENT)


def page_of_form() -> str:
    """Return the address of the page that the form stood on, or else of the queue, where the note of this is shown."""
    try:
        stood_on = urlsplit(request.referrer or "")
    except ValueError:
        stood_on = urlsplit("")
    if stood_on.netloc == request.host and _is_page(stood_on.path):
        return _noted(stood_on.path, stood_on.query)
    return _noted(request.path if _is_page(request.path) else "/", "")


def _is_page(path: str) -> bool:
    """Tell whether there is something under the path that can be opened once more."""
    try:
        endpoint, _ = current_app.url_map.bind_to_environ(request.environ).match(path, method="GET")
    except HTTPException:
        return False
    return not endpoint.startswith("signing_in.")


def _noted(path: str, query: str) -> str:
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "done"]
    return f"{path}?{urlencode([*kept, _CODE])}"


def leads_from_unsent(following: str | None) -> bool:
    """Tell whether somebody who goes on to this address comes from a form of which nothing was done."""
    return _CODE in parse_qsl(urlsplit(following or "").query)


def ask_to_sign_in() -> str:
    """Return the page for who sent such a form, where an address of it cannot be had."""
    return render_template("sign_in.html", following=page_of_form(), unsent=True, email="", error=None, kept=None)
