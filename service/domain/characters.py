"""Which characters a text of the desk may hold.

What no press text needs is taken out of whatever comes in: sources, targets, terms and the memory's texts all go
through `clean`, so that what is stored, what is signed off and what a reader sees are one. A mark that turns the
writing direction shows other figures than those that the checks read.

Two kinds no database can keep: the zero character, which PostgreSQL refuses, and half of a surrogate pair, which no
encoding has. Whatever else is sent than a text, and has one, is refused on each database alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from service.domain.errors import N_, Invalid

ZERO = "\x00"
_HALVES = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters; zero-width space, no-break space and joiner; marks that turn the writing direction; what no XML
# file can hold. The zero-width joiner and non-joiner stay: emoji and some scripts need them.
_UNSEEN = "\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff"
_UNWANTED = re.compile(f"[{_UNSEEN}]")
_WHITE = re.compile(r"[^\S\u00a0\u202f\u2007]+")
_SOFT_HYPHEN = "\u00ad"


def clean(text: str) -> str:
    """Return `text` in NFC, a newline for every kind of line end, without soft hyphens and what nobody sees.

    No-break spaces stay: a text needs them. What cannot be stored (half a surrogate pair) becomes U+FFFD.
    """
    return clean_translation(text.replace(_SOFT_HYPHEN, ""))


def clean_line(text: str) -> str:
    """Do so for what stands on one line: with one space between its words, and none around them."""
    return " ".join(clean(text).split())


def clean_translation(text: str) -> str:
    """Do so for what a person wrote here: their soft hyphens stay, which the editor shows on demand."""
    text = without_halves(text)
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _NEWLINES.sub("\n", text)))


def clean_target(text: str) -> str:
    """Do so for the translation of one segment, without white space around it; its line breaks are codes."""
    return unbroken(clean_translation(text)).strip()


def clean_draft(text: str) -> str:
    """Do so for one that an engine or the memory gave: without soft hyphens too."""
    return clean_target(text.replace(_SOFT_HYPHEN, ""))


def unbroken(text: str) -> str:
    """Return a text with one space for white space that has a line end or a tab; no-break spaces stay."""
    return _WHITE.sub(lambda white: " " if {"\n", "\t"}.intersection(white[0]) else white[0], text)


def without_zeros(text: str) -> str:
    """Return a text without its zero characters."""
    return text.replace(ZERO, "")


def without_halves(text: str) -> str:
    """Return a text that can be encoded: U+FFFD stands for each half of a surrogate pair."""
    return _HALVES.sub("\ufffd", text)


def is_storable(text: str) -> bool:
    """Tell whether a text can be kept as it is."""
    return ZERO not in text and not _HALVES.search(text)


def demand_storable(text: str, field: str | None, *, zeros_go: bool = False) -> None:
    """Raise `Invalid` for a character that cannot be kept; with `zeros_go`, zeros are taken out later."""
    if ZERO in text and not zeros_go:
        raise Invalid("bad_character", N_("A zero character cannot be stored."), field=field)
    if _HALVES.search(text):
        raise Invalid("bad_character", N_("Half of a surrogate pair is no character."), field=field)


def demand_all_storable(sent: object, field: str | None, *, zeros_go: bool = False) -> None:
    """Do so for every text in what was sent, the names of fields in it too."""
    if isinstance(sent, str):
        demand_storable(sent, field, zeros_go=zeros_go)
    elif isinstance(sent, dict):
        demand_all_storable([*sent.keys(), *sent.values()], field, zeros_go=zeros_go)
    elif isinstance(sent, Collection):
        for part in sent:
            demand_all_storable(part, field, zeros_go=zeros_go)
