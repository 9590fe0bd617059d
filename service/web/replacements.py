"""What a fix puts in place of what, shown so that spaces which look alike can be told apart."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from markupsafe import Markup, escape

from service.domain.errors import N_
from service.web.language import told

AROUND = 16  # characters of the text on either side
# What stands for a space that nobody could see otherwise, and what it is called.
SPACES = {
    " ": ("␣", N_("space")),
    "\u00a0": ("⍽", N_("no-break space")),
    "\u202f": ("⍽", N_("narrow no-break space")),
    "\u2009": ("␣", N_("thin space")),
    "\n": ("⏎", N_("line break")),
    "\t": ("⇥", N_("tab")),
}
_SIGN = Markup('<span class="{}" title="{}"><span aria-hidden="true">{}</span><span class="hidden">{}</span></span>')
_NARROW = frozenset({"\u202f", "\u2009"})


def replacement(text: str, span: Sequence[int], fix: str) -> Markup:
    """Return a stretch of a text with what goes and what comes in its place, by sight and by hidden words."""
    start, end = span
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Markup("").join(
        (
            "…" if start > AROUND else "",
            escape(before),
            _marked("del", gettext("removed:"), gettext("end of removed"), text[start:end]),
            _marked("ins", gettext("added:"), gettext("end of added"), fix),
            escape(after),
            "…" if end + AROUND < len(text) else "",
        )
    )


def _marked(tag: str, before: str, after: str, text: str) -> Markup:
    if not text:
        return Markup("")
    hidden = Markup('<span class="hidden">{}</span>')
    inner = Markup("").join((hidden.format(f"{before} "), visible(text), hidden.format(f" {after}")))
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), inner)  # noqa: S704 - the tag is del or ins


def visible(text: str) -> Markup:
    """Return a text with a sign for each of its special spaces; plain ones have one only where nothing else stands."""
    alone = not text.strip()
    parts = []
    for place, character in enumerate(text):
        at_edge = place in (0, len(text) - 1) or text[place - 1] == " "
        if character in SPACES and (character != " " or alone or at_edge):
            sign, name = SPACES[character]
            kind = "space narrow" if character in _NARROW else "space"
            parts.append(_SIGN.format(kind, told(name), sign, told(name)))
        else:
            parts.append(escape(character))
    return Markup("").join(parts)
