"""What the engines did, in words: why a draft is not whole, and what happens next.

The engines leave codes on a version; a person reads sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.domain.errors import N_
from service.domain.locales import locale_name
from service.storage.models import Release
from service.web.formatting import moment_words
from service.web.language import gettext, told

REASONS = {
    "timeout": N_("did not answer in time"),
    "refused_connection": N_("could not be reached"),
    "broken_connection": N_("broke off the connection"),
    "rate_limited": N_("takes no more texts for now"),
    "quota_notice": N_("takes no more texts for now"),
    "resting": N_("is left alone for a while after errors"),
    "bad_key": N_("refuses our key"),
    "bad_model": N_("has a model that cannot be used"),
    "not_installed": N_("is not installed here"),
    "no_such_language": N_("does not know this pair of languages"),
    "too_long": N_("does not take texts as long as this"),
    "too_large": N_("sent an answer that is too large"),
    "garbage": N_("sent an answer that cannot be read"),
    "wrong_count": N_("sent back another number of texts"),
    "redirected": N_("sends its callers elsewhere"),
    "bad_answer": N_("gave answers that were not good enough"),
    "confidential": N_("stands outside the office, and this text may not leave it"),
    "confidential_until": N_("stands outside the office, and this text may not leave it until %(moment)s"),
    "confidential_unpublished": N_("stands outside the office, and this text may not leave it until it is published"),
    "no_such_engine": N_("is no engine of this desk"),
    "no_other_engine": N_("has no other engine to ask"),
    "workers_failed": N_("drafting broke off several times"),
}
OTHER_REASON = N_("did not do its work (%(reason)s)")
DESK_NAME = N_("the desk")


def outcome_words(outcome: dict[str, Any], *, release: Release | None = None) -> str:
    """Return one engine's outcome as “name: what it did”; with the `release`, until when its text may not leave."""
    engine = str(outcome.get("engine", "?"))
    name = told(DESK_NAME) if engine == "desk" else engine
    filled = int(outcome.get("filled", 0))
    kind = str(outcome.get("kind", ""))
    if kind == "answered":
        said = gettext("drafted %(count)s", count=filled)
    else:
        reason = str(outcome.get("reason", "")) or kind
        if reason == "confidential" and release is not None:
            said = _kept_in(release)
        else:
            said = told(REASONS[reason]) if reason in REASONS else told(OTHER_REASON, {"reason": reason})
        if filled:
            said = gettext("drafted %(count)s, then: %(said)s", count=filled, said=said)
    return f"{name}: {said}"


def _kept_in(release: Release) -> str:
    """Say why an engine outside was not shown a text, and until when that holds."""
    if release.confidential:
        return told(REASONS["confidential_unpublished"])
    if release.embargo_at is None:
        return told(REASONS["confidential"])
    return told(REASONS["confidential_until"], {"moment": moment_words(release.embargo_at)})


def drafting_words(
    outcomes: Sequence[dict[str, Any]], *, drafted: int, segments: int, release: Release | None = None
) -> str:
    """Return how far a draft is, and why it is not further: “9 of 35 drafted · google: did not answer in time”."""
    parts = [str(gettext("%(drafted)s of %(segments)s drafted", drafted=drafted, segments=segments))]
    if drafted < segments:
        parts += [outcome_words(outcome, release=release) for outcome in outcomes]
        if not outcomes:
            return parts[0]
        if not any(outcome.get("kind") in {"answered", "partly"} for outcome in outcomes):
            parts.insert(1, str(gettext("no engine drafted")))
    return " · ".join(parts)


OTHER_LANGUAGE = N_("The text does not look like %(expected)s, but like “%(found)s”.")
NOTES_LEFT_OUT = N_("The file has footnotes or endnotes: they were left out, with their marks.")
OTHER_WARNING = N_("While reading the text: %(warning)s.")


def warning_words(warning: str, *, expected: str) -> str:
    """Return what reading the source found odd."""
    code, _, found = warning.partition(":")
    if code == "language":
        return told(OTHER_LANGUAGE, {"expected": locale_name(expected), "found": locale_name(found)})
    if code == "notes":
        return told(NOTES_LEFT_OUT)
    return told(OTHER_WARNING, {"warning": warning})
