"""Whom a comment names: `@` and somebody's name, as it is written or without capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_AT = re.compile(r"(?<![\w.@+-])@(?=\w)")
_WORD = re.compile(r"\w[\w.'\u2019-]*")


def find_mentions(body: str, names: Mapping[str, str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the ids of the people that `body` names, and what stands behind an @ and is nobody's name.

    `names` are the names of people by id. The longest name wins; several people of one name are all meant. The @ of a
    mail address names nobody.
    """
    text = unicodedata.normalize("NFC", body)
    folded = {user_id: unicodedata.normalize("NFC", name).casefold() for user_id, name in names.items()}
    found: set[str] = set()
    unknown: list[str] = []
    for at in _AT.finditer(text):
        rest = text[at.end() :]
        fitting = {user_id: name for user_id, name in folded.items() if name and _begins(rest, name)}
        longest = max(map(len, fitting.values()), default=0)
        found |= {user_id for user_id, name in fitting.items() if len(name) == longest}
        word = _WORD.match(rest)
        if not fitting and word:
            unknown.append(word[0].rstrip(".-'\u2019"))
    return frozenset(found), tuple(dict.fromkeys(unknown))


def _begins(rest: str, name: str) -> bool:
    """Tell whether the text begins with the (folded) name, and does not go on within the same word."""
    head, after = rest[: len(name)], rest[len(name) : len(name) + 1]
    return head.casefold() == name and not (after.isalnum() or after == "_")
