"""The REST interface under `/api/v1`: JSON in and out, bearer tokens, problem+json, an OpenAPI 3.1 document.

Each module holds the calls on one subject; `register` is the list of them. A call parses, asks one operation or
query, and shapes the answer.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_smorest import Api

from service.api import (
    administering,
    advice,
    alternatives,
    checks,
    endpoints,
    engines,
    exchange,
    facts,
    findings,
    identity,
    memory,
    problems,
    publishing,
    releases,
    review,
    terms,
    units,
)

PREFIX = "/api/v1"
VERSION = "1.0.0"

MODULES = (
    releases,
    review,
    exchange,
    units,
    findings,
    facts,
    advice,
    alternatives,
    publishing,
    endpoints,
    engines,
    terms,
    checks,
    memory,
    administering,
)

_OPTIONS: dict[str, Any] = {
    "security": [{"token": []}],
    "info": {
        "description": "The translation desk of a press office: submit, review, approve, publish, deliver.",
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    },
    "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "perstolk token issue …"}}
    },
}


class _QuietApi(Api):
    """The library's composition without its own error answers, which would answer the pages too."""

    def _register_error_handlers(self) -> None:
        """Leave errors to `problems`."""


def register(app: Flask) -> None:
    """Put the interface on the application."""
    app.config.update(
        API_TITLE="Perstolk",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    problems.register(app)
    app.before_request(identity.identify)
    api = _QuietApi(app, spec_kwargs=_OPTIONS)
    for module in MODULES:
        api.register_blueprint(module.blueprint, url_prefix=PREFIX)
