"""The languages of the desk: BCP 47 tags, their own names, and how a tag is read.

Codes that engines use for the same languages stay inside the engines.
"""

from __future__ import annotations

import re

from service.domain.errors import N_, Invalid

INTERFACE_LOCALES = ("nl", "fr", "de", "en")

NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")


def parse_locale(tag: str, *, field: str | None = None) -> str:
    """Return `tag` in its canonical case (`fr`, `nl-BE`); raise `Invalid` for `field` for what is no language tag."""
    parts = tag.strip().replace("_", "-").split("-")
    shaped = [parts[0].lower()]
    shaped += [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]  # noqa: PLR2004 - scripts
    canonical = "-".join(shaped)
    if not _TAG.fullmatch(canonical):
        raise Invalid(
            "bad_locale", N_("“%(tag)s” is not a language tag such as fr or nl-BE."), field=field, tag=tag[:40]
        )
    return canonical


def locale_name(tag: str) -> str:
    """Return the language's name in the language itself, or the tag where it is not one of the desk's."""
    return NAMES.get(tag.split("-", maxsplit=1)[0], tag)


def language_of(tag: str) -> str:
    """Return the language of a tag in lower case: `nl` for `nl-BE`."""
    return tag.partition("-")[0].lower()
