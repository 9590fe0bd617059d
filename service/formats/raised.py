"""Figures above and below the line, as characters: the desk has no inline code for them, and 10⁶ is not 106."""

from __future__ import annotations

import re

_FIGURES = re.compile(r"[0-9+=()\u2212-]+")
_PLAIN = "0123456789+-\u2212=()"
_CHARACTERS = {
    "sup": str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾"),
    "sub": str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}


def raised(text: str, tag: str) -> str | None:
    """Return what stands in a `sup` or `sub` as characters; None where it is no figure, or the tag another one."""
    figures = text.strip()
    if tag not in _CHARACTERS or not _FIGURES.fullmatch(figures):
        return None
    return figures.translate(_CHARACTERS[tag])
