"""Reasons that people give for what they do; they stay on record."""

from __future__ import annotations

from service.domain.errors import N_, Invalid
from service.domain.locales import parse_locale
from service.domain.office import Office
from service.storage.models import Release

MAX_REASON_CHARACTERS = 2_000


def given_reason(reason: str) -> str:
    """Return the reason without the white space around it; raise `Invalid` where there is none, or too much of it."""
    text = reason.strip()
    if not text or len(text) > MAX_REASON_CHARACTERS:
        raise Invalid("reason_needed", N_("Give a reason, of at most 2,000 characters."), field="reason")
    return text


def reason_locale(office: Office, release: Release, tag: str | None) -> str:
    """Return the language that a reason is written in: the release's own unless another of the office's is named."""
    if tag is None:
        return release.source_locale
    known = (release.source_locale, *office.target_locales)
    locale = parse_locale(tag)
    if locale not in known:
        raise Invalid(
            "unknown_reason_locale",
            N_("A reason is written in one of the office's languages: %(known)s."),
            field="reason_locale",
            known=", ".join(dict.fromkeys(known)),
        )
    return locale
