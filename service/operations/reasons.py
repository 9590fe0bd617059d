"""Reasons that people give for what they do; they stay on record."""

from __future__ import annotations

from service.domain.errors import N_, Invalid

MAX_REASON_CHARACTERS = 2_000


def given_reason(reason: str) -> str:
    """Return the reason without the white space around it; raise `Invalid` where there is none, or too much of it."""
    text = reason.strip()
    if not text or len(text) > MAX_REASON_CHARACTERS:
        raise Invalid("reason_needed", N_("Give a reason, of at most 2,000 characters."), field="reason")
    return text
