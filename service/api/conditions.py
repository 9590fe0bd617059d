"""Entity tags, `If-Match`, and cursors: the small conventions that all calls share."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import request
from werkzeug.exceptions import PreconditionRequired

from service.domain.characters import demand_storable
from service.domain.embargo import exact_moment, format_moment
from service.domain.errors import N_, Invalid
from service.domain.locales import parse_locale
from service.domain.memory_files import nearest_locale
from service.domain.whole_numbers import whole_number

MOST_ITEMS = 200
USUAL_ITEMS = 50

# The header as the document has it: where a call needs it, and where it heeds it.
IF_MATCH_IF_ANY: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string", "pattern": r'^(\*|(W/)?"[0-9]{1,9}"(, ?(W/)?"[0-9]{1,9}")*)$'},
}
IF_MATCH = IF_MATCH_IF_ANY | {"required": True}
_TAG = re.compile(r'(?:^|,)\s*(?:W/)?"?([0-9]{1,9})"?\s*(?=,|$)')  # one of ours, in a list (RFC 9110, 8.8.3 and 13.1.1)


def etag(row_version: int) -> str:
    """Return the entity tag of a row at a version."""
    return f'"{row_version}"'


def asked_version(*, required: bool = True) -> frozenset[int] | None:
    """Return the row versions in `If-Match`, any of which will do; None for `*`, and where there is no such header.

    Weak and unquoted tags pass. One that cannot be ours is left out: with no other, nothing matches, and who holds the
    row tells what stands there. Raise 428 where the header is required and missing.
    """
    value = request.headers.get("If-Match")
    if value is None:
        if required:
            raise PreconditionRequired
        return None
    if value.strip(' "') == "*":
        return None
    return frozenset(int(tag) for tag in _TAG.findall(value))


def moment(value: datetime | None) -> str | None:
    """Return a moment as RFC 3339 in UTC."""
    return format_moment(value) if value is not None else None


def asked_locale(tag: str, offices: Iterable[str], others: Callable[[], Iterable[str]], unknown: str) -> str:
    """Return the locale that a tag asks for: one of the office's, or of `others`, which are looked up only for need.

    Raises `Invalid`: bad_locale, and unknown_locale with the sentence `unknown`, which names the %(tag)s and what is
    %(known)s.
    """
    canonical, known = parse_locale(tag, field="locale"), tuple(offices)
    if canonical not in known:
        known = tuple(dict.fromkeys((*known, *others())))
    locale = nearest_locale(canonical, known)
    if locale is None:
        raise Invalid("unknown_locale", unknown, field="locale", tag=canonical, known=", ".join(known))
    return locale


def limit() -> int:
    """Return how many items are asked for, at most 200."""
    asked = whole_number(request.args.get("limit", str(USUAL_ITEMS)))
    if asked is None or not 1 <= asked <= MOST_ITEMS:
        raise Invalid("bad_limit", N_("“limit” is a number from 1 to 200."), field="limit")
    return asked


def one_of(name: str, known: Sequence[str]) -> str | None:
    """Return which of the `known` states is asked for, None for any; raise `Invalid` for what no row can be in.

    An empty list would tell who mistyped it that there is nothing.
    """
    asked = request.args.get(name)
    if asked and asked not in known:
        raise Invalid(
            "unknown_state",
            N_("There is no state “%(state)s”; the states are %(known)s."),
            field=name,
            state=asked[:40],
            known=", ".join(known),
        )
    return asked or None


def cursor() -> tuple[datetime, str] | None:
    """Return where the list goes on; raise `Invalid` for what is not a cursor of ours."""
    value = request.args.get("cursor")
    if not value:
        return None
    try:
        at, row_id = json.loads(base64.urlsafe_b64decode(value.encode() + b"=="))
        demand_storable(row_id, "cursor")
        return exact_moment(at), row_id
    except (ValueError, TypeError, RecursionError, Invalid) as error:
        raise Invalid("bad_cursor", N_("That cursor is not one of this list's."), field="cursor") from error


def page(items: list[Any], rows: list[Any], asked: int, key: Any) -> dict[str, Any]:
    """Return a page of a list; `key` gives the (moment, id) of the last row shown, for the next cursor."""
    following = None
    if len(rows) > asked:
        at, row_id = key(rows[asked - 1])
        raw = json.dumps([at.isoformat(), row_id]).encode()
        following = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return {"items": items[:asked], "next": following}
