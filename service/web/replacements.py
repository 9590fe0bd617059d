"""What a fix puts in place of what, shown so that spaces which look alike can be told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_babel import gettext
from markupsafe import Markup, escape

from service.domain.errors import N_
from service.web.language import page_language, told

AROUND = 16  # characters of the text on either side
# Marks that turn the writing direction: a save takes them out, but a field may have some before.
_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# What stands for a space that nobody could see otherwise, and what it is called.
SPACES = {
    " ": ("␣", N_("space")),
    "\u00a0": ("⍽", N_("no-break space")),
    "\u202f": ("⍽", N_("narrow no-break space")),
    "\u2009": ("␣", N_("thin space")),
    "\n": ("⏎", N_("line break")),
    "\t": ("⇥", N_("tab")),
    "\u00ad": ("¬", N_("soft hyphen")),
    "\u200b": ("¦", N_("zero-width space")),
    "\u2011": ("=", N_("no-break hyphen")),
    "\u2060": ("¦", N_("zero-width no-break space")),
    "\ufeff": ("¦", N_("zero-width no-break space")),
    **dict.fromkeys(_TURNING, ("⇄", N_("mark of the writing direction"))),
}
# Those that are told apart in a running text, where plain spaces and line breaks are seen for what they are.
UNSEEN = tuple(character for character in SPACES if character not in " \n")
# What splits a text at them leaves them at the odd places.
_ANY, _UNSEEN = (re.compile(f"([{''.join(those)}])") for those in (SPACES, UNSEEN))
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
            marked("del", gettext("removed:"), gettext("end of removed"), visible(text[start:end])),
            marked("ins", gettext("added:"), gettext("end of added"), visible(fix)),
            escape(after),
            "…" if end + AROUND < len(text) else "",
        )
    )


def marked(tag: str, before: str, after: str, text: Markup) -> Markup:
    """Return a text within del or ins, between hidden words in the page's language; nothing where it is empty."""
    if not text:
        return Markup("")
    hidden = f'<span class="hidden" lang="{page_language()}">'
    spoken = f"{hidden}{escape(before)} </span>{escape(text)}{hidden} {escape(after)}</span>"
    return Markup(f"<{tag}>{spoken}</{tag}>")  # noqa: S704 - the tag is del or ins, all else is escaped


def visible(text: str) -> Markup:
    """Return a text with a sign for each of its special spaces; plain ones have one only where nothing else stands."""
    alone = not text.strip()
    parts = []
    for place, character in enumerate(text):
        at_edge = place in (0, len(text) - 1) or text[place - 1] == " "
        if character in SPACES and (character != " " or alone or at_edge):
            parts.append(_sign(character))
        else:
            parts.append(escape(character))
    return Markup("").join(parts)


def unseen(text: str) -> Markup:
    """Return a text with a sign for what nobody sees in it; plain spaces have one only where there is nothing else."""
    pieces = (_ANY if text and not text.strip(" ") else _UNSEEN).split(text)
    return Markup("").join(_sign(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def _sign(character: str) -> Markup:
    sign, name = SPACES[character]
    kind = "space narrow" if character in _NARROW else "space"
    return _SIGN.format(kind, told(name), sign, told(name))


def signs() -> dict[str, tuple[str, str]]:
    """Return the sign and the name of each character that nobody sees, and of a plain space, for the script."""
    return {character: (SPACES[character][0], told(SPACES[character][1])) for character in (*UNSEEN, " ")}
