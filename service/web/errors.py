"""What a page shows when something cannot be done: one plain page for each error, in the reader's language.

It says nothing of what was asked for, so that what is hidden and what does not exist read the same. Errors that a
form can show stay with the form; programs are answered by the API.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, jsonify, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from service.domain.errors import N_, Conflict, DeskError, Refused
from service.storage.trouble import Trouble, trouble_of
from service.web.identity import wants_json
from service.web.language import sentence, told
from service.web.publications import nothing_here

_logger = structlog.stdlib.get_logger(__name__)

SENTENCES = {
    400: N_("The desk could not read that request."),
    401: N_("Sign in first."),
    403: N_("Your role does not allow this."),
    404: N_("There is nothing here under that address."),
    405: N_("That address does not take this kind of request."),
    410: N_("This was here, and was taken away."),
    413: N_("That is too large; at most 12 MB are taken."),
    429: N_("That was too often; wait a little."),
}
TROUBLES = {
    Trouble.AWAY: (
        503,
        N_("The desk's database does not answer now. Nothing of this was kept; try again in a moment."),
    ),
    Trouble.UNFIT: (400, N_("The desk could not read that request.")),
    Trouble.FULL: (507, N_("The desk's disk has no room left. Nothing of this was kept; tell who runs the desk.")),
}
RETRY_SECONDS = "5"
FORM_EXPIRED = N_("The form was too old or not from this desk. Go back, load the page again and send it once more.")
BROKEN = N_("Something broke at the desk. It has been noted; nothing that was saved is lost. Try again in a moment.")

TITLES = {
    401: N_("Sign in first"),
    403: N_("Not allowed"),
    404: N_("Not found"),
    409: N_("Not now"),
    410: N_("Withdrawn"),
    412: N_("Somebody was faster"),
}
OTHER_TITLE = N_("That did not work")


def error_page(message: str, status: int, *, reasons: tuple[str, ...] = (), back: str | None = None) -> tuple[Any, int]:
    """Return a page, or an answer to the page's own script, that says what did not work."""
    if wants_json():
        return jsonify(error=message, reasons=reasons), status
    title = told(TITLES.get(status, OTHER_TITLE))
    return render_template("error.html", title=title, message=message, reasons=reasons, back=back), status


def _desk_error(error: DeskError) -> tuple[Any, int]:
    reasons = tuple(sentence(reason) for reason in error.reasons) if isinstance(error, Refused) else ()
    return error_page(sentence(error), error.status, reasons=reasons, back=_way_back(error))


def _way_back(error: DeskError) -> str | None:
    """Return the address of the version that an act was about, where it could not be done now; it may be seen, then."""
    place = request.view_args or {}
    if not isinstance(error, Conflict) or not {"release_id", "locale"} <= place.keys():
        return None
    return url_for("review.editor", release_id=place["release_id"], locale=place["locale"])


def _http_error(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    if isinstance(error, NotFound) and request.endpoint is None:
        return nothing_here()  # the same bytes as for what is not public, whoever asks and in whatever language
    status = error.code or 500
    template = FORM_EXPIRED if isinstance(error, CSRFError) else SENTENCES.get(status, OTHER_TITLE)
    answer = error_page(told(template), status)
    allowed = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return (*answer, allowed)


def _database(error: SQLAlchemyError | OSError) -> Any:
    trouble = trouble_of(error)
    if trouble is None:
        return _broken(error)
    what = "disk" if isinstance(error, OSError) else "database"
    _logger.error(
        "storage_in_trouble", what=what, endpoint=request.endpoint, trouble=trouble.value, error=type(error).__name__
    )
    status, template = TROUBLES[trouble]
    if trouble is Trouble.UNFIT:
        return error_page(told(template), status)
    return (*error_page(told(template), status), {"Retry-After": RETRY_SECONDS})


def _broken(error: Exception) -> tuple[Any, int]:
    _logger.error("page_broke", endpoint=request.endpoint, error=type(error).__name__, exc_info=error)
    return error_page(told(BROKEN), 500)


def register(app: Flask) -> None:
    """Answer errors with pages, but for the addresses of the API, which keep the answers registered before."""
    earlier = dict(app.error_handler_spec[None][None])
    pages: dict[type[Exception], Callable[[Any], Any]] = {
        DeskError: _desk_error,
        HTTPException: _http_error,
        SQLAlchemyError: _database,
        OSError: _database,  # of a large file, which is kept on the disk while it is read
        Exception: _broken,
    }
    for kind, page in pages.items():
        app.register_error_handler(kind, _either(page, earlier.get(kind)))


def _either(page: Callable[[Any], Any], program: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    def answer(error: Exception) -> Any | Response:
        if request.path.startswith("/api/"):
            if program is not None:
                return program(error)
            if isinstance(error, HTTPException):
                return error
        return page(error)

    return answer
