"""Pieces of HTML that follow from their key alone, kept by the process from one page to the next.

The key holds whatever the piece shows: the facts, the language of the page, who may do what. A fact that changed makes
another key, so nothing has to be forgotten; what is not asked for any more makes room. The form token is not among
the facts, for it differs with each page: `TOKEN` stands in its place until the page puts its own there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable

from flask_wtf.csrf import generate_csrf
from jinja2.utils import LRUCache
from markupsafe import Markup

# Nobody can guess it, so no text can hold it.
TOKEN = Markup(f"<!--{secrets.token_hex(16)}-->")  # noqa: S704 - our own
MOST = 5_000  # of 2 to 6 kB each

_kept: LRUCache = LRUCache(MOST)


def token_field() -> Markup:
    """Return the hidden field that a form of this page needs."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def fragment(key: Hashable, make: Callable[[], Markup]) -> Markup:
    """Return the piece that belongs to the key, made if it is not there; `TOKEN` stands where its forms need one."""
    found: Markup | None = _kept.get(key)
    if found is None:
        found = _kept[key] = make()
    return found


def with_token(fragments: Markup) -> Markup:
    """Return pieces with this page's own form token in them."""
    return Markup(str(fragments).replace(TOKEN, token_field()))  # noqa: S704 - fragments are HTML, and so is the field
