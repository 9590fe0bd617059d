"""The readable part of a public address, made from a title."""

from __future__ import annotations

import re
import unicodedata

MAX_SLUG_CHARACTERS = 100
_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "þ": "th"})


def slug_of(title: str) -> str:
    """Return lower-case words joined by hyphens, ASCII only, at most 100 characters; `release` if nothing is left."""
    folded = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS))
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    spaced = re.sub(r"[\W_]+", " ", bare)
    words = re.findall(r"[a-z0-9]+", spaced.encode("ascii", "ignore").decode())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > MAX_SLUG_CHARACTERS:
            break
        slug = longer
    return slug or (words[0][:MAX_SLUG_CHARACTERS] if words else "release")
