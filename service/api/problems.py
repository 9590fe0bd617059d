"""Errors as `application/problem+json` (RFC 9457), in one place for every call.

A problem says what is wrong in a sentence, and in a code for programs. It never repeats a text that was sent, and
what is hidden and what does not exist read the same.
"""

from __future__ import annotations

import json
from typing import Any

import structlog
from flask import Flask, Response, request
from marshmallow import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from service.domain.characters import without_halves
from service.domain.errors import DeskError, Invalid, Refused, Stale
from service.storage.trouble import Trouble, trouble_of

TYPE = "application/problem+json"

log = structlog.stdlib.get_logger(__name__)

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Not in this state",
    412: "Somebody was faster",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not acceptable as it is",
    428: "Precondition needed",
    500: "Internal error",
    503: "Not now",
    507: "No room left",
}
SENTENCES = {
    400: "The request could not be read; send valid JSON.",
    401: "Send a valid token: Authorization: Bearer TOKEN.",
    404: "There is nothing here under that address.",
    405: "That address does not take this kind of request.",
    413: "That is too large; at most 12 MB are taken.",
    415: "Send application/json, or multipart/form-data with a file.",
    428: "Send If-Match with the ETag that you read.",
    500: "Something broke at the desk; it has been noted, and nothing that was saved is lost.",
    503: "The desk's database does not answer now. Nothing of this request was kept; send it again in a moment.",
    507: "The desk's disk has no room left. Nothing of this request was kept; tell who runs the desk.",
}
RETRY_SECONDS = "5"


def problem(status: int, code: str, detail: str, **members: Any) -> Response:
    """Return a problem; `members` are added to it."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "code": code,
        "detail": detail,
        **members,
    }
    # What was sent may be told again, and may be no text that can be encoded.
    written = without_halves(json.dumps(body, ensure_ascii=False))
    response = Response(written, status=status, mimetype=TYPE)
    if status == 401:  # noqa: PLR2004 - RFC 9110 asks for the challenge
        response.headers["WWW-Authenticate"] = 'Bearer realm="perstolk"'
    return response


def _desk_error(error: DeskError) -> Response:
    members: dict[str, Any] = {}
    if isinstance(error, Refused):
        members["reasons"] = [{"code": reason.code, "detail": str(reason)} for reason in error.reasons]
    if isinstance(error, Invalid) and error.field:
        members["errors"] = [{"field": error.field, "code": error.code, "detail": str(error)}]
    if isinstance(error, Stale):
        members |= {"mine": error.mine, "theirs": error.theirs, "row_version": error.facts.get("row_version")}
    return problem(error.status, error.code, str(error), **members)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    data = getattr(error, "data", None) or {}
    if "messages" in data:
        found = list(_fields(data["messages"]))
        detail = "; ".join(f"{entry['field']}: {entry['detail']}" for entry in found)
        return problem(status, "invalid", detail, errors=found)
    response = problem(status, f"http_{status}", SENTENCES.get(status, error.name))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _fields(messages: Any, path: str = "") -> Any:
    """Flatten the validation library's tree of messages: one entry for each field, `json.` left out."""
    if isinstance(messages, dict):
        for name, below in messages.items():
            yield from _fields(below, path if name == "json" and not path else f"{path}.{name}".lstrip("."))
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield {"field": path or "body", "code": "invalid", "detail": str(message)}


def _unfit(error: ValidationError) -> Response:
    found = list(_fields(error.messages))
    detail = "; ".join(f"{entry['field']}: {entry['detail']}" for entry in found)
    return problem(422, "invalid", detail, errors=found)


def _database(error: SQLAlchemyError | OSError) -> Response:
    trouble = trouble_of(error)
    if trouble is None:
        return _broken(error)
    what = "disk" if isinstance(error, OSError) else "database"
    log.error(
        "storage_in_trouble", what=what, endpoint=request.endpoint, trouble=trouble.value, error=type(error).__name__
    )
    if trouble is Trouble.UNFIT:
        return problem(422, f"{what}_{trouble.value}", "The desk's database cannot keep something of what was sent.")
    status = 507 if trouble is Trouble.FULL else 503
    response = problem(status, f"{what}_{trouble.value}", SENTENCES[status])
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _broken(error: Exception) -> Response:
    log.error("call_broke", endpoint=request.endpoint, error=type(error).__name__, exc_info=error)
    return problem(500, "http_500", SENTENCES[500])


def register(app: Flask) -> None:
    """Answer errors so; the pages, registered later, put their own answers before these for their own addresses."""
    app.register_error_handler(DeskError, _desk_error)
    app.register_error_handler(ValidationError, _unfit)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(OSError, _database)  # of a large file, which is kept on the disk while it is read
    app.register_error_handler(Exception, _broken)
