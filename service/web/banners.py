"""What stands above a page until somebody sees to it: endpoints that the desk has switched off."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from service.domain.permissions import may_manage_endpoints
from service.queries.receivers import given_up
from service.storage.models import Endpoint
from service.web.identity import actor, desk


def endpoints_given_up() -> Sequence[Endpoint]:
    """Return the endpoints that the desk has switched off by itself, for whoever may switch them on again."""
    if not may_manage_endpoints(actor()):
        return ()
    with desk().read() as reading:
        return given_up(reading.session)


def register(app: Flask) -> None:
    """Let templates ask."""
    app.jinja_env.globals.update(endpoints_given_up=endpoints_given_up)
