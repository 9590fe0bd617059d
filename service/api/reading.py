"""What every call reads in the same way: JSON that nests within reason, and a query without zero characters.

What a body says is for its schema.
"""

from __future__ import annotations

from typing import Any

import flask_smorest
from flask import Request, request
from marshmallow import Schema
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

from service.api.identity import PREFIX
from service.domain.characters import demand_storable

# Where a text is looked for, a zero is a sign like any other: no text has it.
_LOOKED_FOR = frozenset({("api_memory.find", "q"), ("api_memory.memory", "source")})
MOST_LEVELS = 32  # far above any schema, far below where Python gives up


def json_body() -> Any:
    """Return the JSON of the request; raise 400 for what is none, or nests without reason."""
    try:
        found = request.get_json()
    except RecursionError:
        raise BadRequest from None
    _demand_shallow(found)
    return found


def look_at_query() -> None:
    """Refuse a zero character in what a call is asked with."""
    if request.path.startswith(PREFIX) and request.endpoint is not None:
        for name, value in request.args.items(multi=True):
            if (request.endpoint, name) not in _LOOKED_FOR:
                demand_storable(value, name)


def _demand_shallow(sent: object) -> None:
    level = [sent]
    for _ in range(MOST_LEVELS):
        level = [part for each in level if isinstance(each, list | dict) for part in _parts(each)]
        if not level:
            return
    raise BadRequest


def _parts(sent: list[object] | dict[str, object]) -> list[object]:
    return list(sent.values()) if isinstance(sent, dict) else sent


class _Parser(FlaskParser):
    """The library's reader of bodies, which lets what Python itself refuses break the call."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Read the body; a number of thousands of digits is a `ValueError`, an endless nesting a `RecursionError`."""
        try:
            found = super().load_json(req, schema)
        except (RecursionError, ValueError):
            raise BadRequest from None
        _demand_shallow(found)
        return found


class Blueprint(flask_smorest.Blueprint):
    """The library's, with our reader of bodies."""

    ARGUMENTS_PARSER = _Parser()
