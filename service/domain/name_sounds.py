"""Names from other alphabets, which each language spells by its own sounds: Poetin is Poutine and Putin.

Two spellings sound alike where they are the same once the letters that languages write differently are one. Doubled
letters stay doubled, for a person's name has as many as the person says.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SAME = (
    ("S", "tschtsch|dtsch|tsch|chtch|sjtsj|shch|tch|tsj|sch|ch|sj|sh|tj"),
    ("J", "dsch|dzj|zj|zh|dj"),
    ("u", "oe|ou|u"),
    ("i", "ie|ij|yj|iy|i|y|j"),
    ("f", "ph|f"),
    ("k", "kh|qu|q|c|k"),
    ("g", "gh|gu(?=[ei])|g"),
    ("t", "th|t"),
    ("x", "ks|x"),
    ("s", "z|s"),
)
_SOUNDS = re.compile("|".join(pattern for _, pattern in _SAME))
# What names of places end in: Bolivia, Bolivië, Bolivie, Bolivien; Florida, Floride.
_PLACE = re.compile(r"i(?:an?|en?)?\Z")
_SOUND_OF = {
    letters: sound for sound, pattern in _SAME for letters in pattern.replace("(?=[ei])", "").split("|")
}  # fmt: skip


def sounds_alike(name: str, other: str, language: str) -> bool:
    """Tell whether a name and its form in another language are the same by sound.

    Both are without accents and capitals.
    """
    return _sound(name, language) == _sound(other, language)


@lru_cache(maxsize=20_000)
def _sound(name: str, language: str) -> str:
    heard = _SOUNDS.sub(lambda found: _SOUND_OF[found[0]], name)
    if language == "de":
        heard = heard.replace("w", "v")
    if language == "fr" and heard.endswith("a"):
        heard = heard[:-1]
    return _PLACE.sub("i", heard) if _PLACE.search(heard) else heard.removesuffix("e")
