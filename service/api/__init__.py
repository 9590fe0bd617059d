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
    comments,
    contract,
    endpoints,
    engines,
    exchange,
    facts,
    findings,
    identity,
    memory,
    problems,
    publishing,
    reading,
    releases,
    review,
    segment_tools,
    terms,
    units,
)
from service.api.schemas.shared import Moment

PREFIX = "/api/v1"
VERSION = "1.0.0"

MODULES = (
    releases,
    comments,
    review,
    exchange,
    units,
    segment_tools,
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
    "extra_plugins": [contract.Contract()],
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

    DEFAULT_ERROR_RESPONSE_NAME = None  # each call names its refusals

    def _register_responses(self) -> None:
        """Describe refusals as what they are."""
        contract.add_problems(self.spec)

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
    app.before_request(reading.look_at_query)
    api = _QuietApi(app, spec_kwargs=_OPTIONS)
    api.register_field(Moment, "string", "date-time")
    for module in MODULES:
        api.register_blueprint(module.blueprint, url_prefix=PREFIX)
