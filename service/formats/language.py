"""Telling the languages of the desk apart, to warn of a text that is in another than expected.

A guess is a guess: it warns and never refuses. On headlines it was right every time among four languages, yet
a name or a quotation alone may mislead it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from service.domain.locales import INTERFACE_LOCALES

SHORTEST_KNOWN = 40  # letters; below, a guess says little
_ENOUGH = 5_000  # characters


def looks_like(text: str, expected: str = "nl", among: Sequence[str] = INTERFACE_LOCALES) -> tuple[bool, str]:
    """Return whether `text` looks like the language of `expected`, and which of `among` it looks most like.

    A text of fewer than 40 letters looks like whatever was expected, and so does any in a language without a
    model.
    """
    wanted = expected.split("-", maxsplit=1)[0]
    sample = text[:_ENOUGH]
    if sum(sign.isalpha() for sign in sample) < SHORTEST_KNOWN:
        return True, wanted
    languages = tuple(sorted({wanted, *(tag.split("-")[0] for tag in among)}))
    identifier = _identifier(languages)
    if wanted not in identifier.labels:
        return True, wanted
    found = str(identifier.classify(sample)[0])
    return found == wanted, found


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    # Imported late: the library and its model cost over 100 ms, which no command should wait for that reads
    # no text.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([tag for tag in languages if tag in identifier.labels])
    return identifier
