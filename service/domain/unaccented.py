"""Texts without accents and capitals, as names are compared: Zoë Müller is Zoe Muller, Strasbourg has no ß."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "\u0131": "i", "ð": "d", "þ": "th"})


@lru_cache(maxsize=50_000)
def unaccented(text: str) -> str:
    """Return a text without accents and capitals; it may be longer than the text by a letter or two."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
