"""Characters that no database of the desk can keep: the zero character, and half of a surrogate pair.

PostgreSQL refuses the first, no encoding has the second. Texts lose them where they are read; whatever else is sent
and has one is refused, on each database alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from service.domain.errors import N_, Invalid

ZERO = "\x00"
_HALVES = re.compile("[\ud800-\udfff]")


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
