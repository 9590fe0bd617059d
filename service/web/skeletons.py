"""Macros that are made once a page and filled in for each segment of a text, or line of a list.

A macro is called with marks in place of the facts that differ; what stands between the marks is then the same for all
of them, and each costs no more than putting its facts there. The macro stays the one place where the HTML is written.
"""

from __future__ import annotations

from collections.abc import Hashable
from html import escape as escape_text
from types import SimpleNamespace
from typing import Any

from flask import current_app
from jinja2.utils import LRUCache
from markupsafe import Markup, escape

_MARK = "\x02"  # a character that no word of ours holds; the facts come in after the marks are gone
_AS_IT_IS = (Markup, int)
_kept: LRUCache = LRUCache(1_000)


class _Marks(SimpleNamespace):
    """A namespace where every name has a value: its own mark."""

    def __getattr__(self, name: str) -> Markup:
        return Markup(_MARK + name + _MARK)  # noqa: S704 - our own


def page_macro(name: str) -> Any:
    """Return a macro of `macros.html`."""
    return getattr(current_app.jinja_env.get_template("macros.html").module, name)


class Skeletons:
    """A template's macros for one page; `at` is what each of them is called with, after what it is about."""

    def __init__(self, template: str, at: Any, kept_as: Hashable = None) -> None:
        """Make nothing yet: a page uses few of the macros.

        What is filled in is kept for other pages under `kept_as`, which holds all that those macros take from `at`.
        """
        self._at = at
        self._macros: Any = current_app.jinja_env.get_template(template).module
        self._patterns: dict[str, str] = {} if kept_as is None else _kept.setdefault((template, kept_as), {})

    def call(self, name: str, *facts: object) -> Markup:
        """Return what a macro makes of one thing, where more than its facts differs."""
        made: Markup = getattr(self._macros, name)(*facts, self._at)
        return made

    def fill(self, name: str, /, **facts: object) -> Markup:
        """Return a macro with its facts put in, each escaped unless it is Markup."""
        pattern = self._patterns.get(name)
        if pattern is None:
            pieces = str(self.call(name, _Marks())).replace("%", "%%").split(_MARK)
            pattern = "".join(piece if at % 2 == 0 else f"%({piece})s" for at, piece in enumerate(pieces))
            self._patterns[name] = pattern
        safe = {key: fact if type(fact) in _AS_IT_IS else _safe(fact) for key, fact in facts.items()}
        return Markup(pattern % safe)  # noqa: S704 - a macro's own, and what was escaped


def _safe(fact: object) -> str:
    """Return a fact as HTML; most are plain text, for which the shorter way is enough."""
    return escape_text(fact) if type(fact) is str else escape(fact)
