"""The web process: one Flask application made of the API, the pages, and the signs of health.

Everything that a request needs (settings, desk) hangs on the application; nothing is kept in a module.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from werkzeug.routing import UnicodeConverter

from service import api, web
from service.config import Settings, load_settings
from service.logs import configure_logs
from service.uow import Desk, open_desk

MAX_REQUEST_BYTES = 12 * 1024 * 1024
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class _Part(UnicodeConverter):
    """A part of an address: any signs but a slash and the zero character, which no name of ours has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the zero out of what the library takes."""
        super().__init__(*args, **kwargs)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def create_app(settings: Settings | None = None, *, desk: Desk | None = None) -> Flask:
    """Compose the application; `desk` replaces the one that the settings describe, in tests."""
    if settings is None:
        configure_logs()
        settings = load_settings()
    app = Flask("service.web")
    app.url_map.converters |= {"default": _Part, "string": _Part}
    secure = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SECRET_KEY_FALLBACKS=[key.get_secret_value() for key in settings.old_secret_keys],
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        SESSION_COOKIE_NAME="__Host-perstolk" if secure else "perstolk",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.extensions["perstolk"] = (settings, desk or open_desk(settings))
    api.register(app)
    web.register(app)
    app.after_request(_guard_answer)
    return app


def _guard_answer(response: Response) -> Response:
    """Put the same guards on every answer; what is not public is not kept by anybody on the way."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
