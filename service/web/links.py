"""Addresses of the desk's own pages, as templates ask for them: hundreds a page, so the plain ones are written at once.

An address is plain where its endpoint has one rule made of fixed parts and names, and every value is an id or a tag
that needs no escaping. Everything else (queries, anchors, absolute addresses) goes Flask's way; both give the same.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, has_request_context, request
from werkzeug.routing import Rule

_NAME = re.compile(r"<([a-z_]+)>")
_PLAIN = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_NONE = ("", None)


class Links:
    """What templates call as `url_for`."""

    def __init__(self, app: Flask) -> None:
        """Read the rules; those of an endpoint that gets another one later are not known here, and go Flask's way."""
        self._app = app
        self._patterns = {}
        for endpoint in app.view_functions:
            rule, *others = app.url_map.iter_rules(endpoint)
            if not others and _is_plain(rule):
                self._patterns[endpoint] = _NAME.sub(r"%(\1)s", rule.rule), frozenset(rule.arguments)

    def __call__(self, endpoint: str, **values: Any) -> str:
        """Return the address of an endpoint, as `flask.url_for` does."""
        pattern, names = self._patterns.get(endpoint, _NONE)
        if names == values.keys() and has_request_context():
            for value in values.values():
                if not (isinstance(value, str) and _PLAIN(value)):
                    break
            else:
                return request.script_root + pattern % values
        return self._app.url_for(endpoint, **values)


def _is_plain(rule: Rule) -> bool:
    text = _NAME.sub("", rule.rule)
    return rule.is_leaf and not rule.defaults and not re.search(r"[<>%]", text)


def register(app: Flask) -> None:
    """Give templates their way to write addresses; called when every rule is known."""
    app.jinja_env.globals["url_for"] = Links(app)
