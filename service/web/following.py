"""What an author who follows a release is told: what happens to it now, in which languages, and with whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import Flask

from service.domain.errors import N_
from service.domain.locales import locale_name
from service.domain.workflow import VersionState
from service.queries.releases import ReleaseRow, VersionRow
from service.web.formatting import moment_words
from service.web.language import gettext, told

_WITHOUT_HOLDER = {
    VersionState.QUEUED: N_("Waiting for its draft: %(languages)s."),
    VersionState.DRAFTING: N_("Being drafted: %(languages)s."),
    VersionState.IN_REVIEW: N_("Waiting for a reviewer: %(languages)s."),
    VersionState.APPROVED: N_("Approved: %(languages)s."),
    VersionState.PUBLISHED: N_("Published: %(languages)s."),
}
_HELD = N_("In review with %(name)s: %(languages)s.")


def holder(row: VersionRow, now: datetime) -> str | None:
    """Return who has taken a version on, while that counts."""
    until = row.version.claimed_until
    return row.claimed_by if until is not None and until > now else None


def what_happens(row: ReleaseRow, now: datetime) -> list[str]:
    """Return what happens to a release now, a sentence for each thing, the languages of each together."""
    if row.release.withdrawn_at is not None:
        return []
    return [*_by_language(row, now), *_as_a_whole(row, now)]


def _by_language(row: ReleaseRow, now: datetime) -> Iterator[str]:
    together: dict[tuple[str, str | None], list[str]] = {}
    for version in row.versions:
        state = VersionState(version.version.state)
        name = holder(version, now) if state is VersionState.IN_REVIEW else None
        template = _HELD if name else _WITHOUT_HOLDER.get(state)
        if template is not None:
            together.setdefault((template, name), []).append(locale_name(version.version.locale))
    for (template, name), languages in together.items():
        yield told(template, {"languages": ", ".join(languages), "name": name})


def _as_a_whole(row: ReleaseRow, now: datetime) -> Iterator[str]:
    release = row.release
    states = {version.version.state for version in row.versions}
    if states == {VersionState.PUBLISHED} or not states:
        return
    if release.publish_requested_at is not None and not release.publish_blocked:
        if release.embargo_at is not None and release.embargo_at > now:
            yield str(
                gettext("It leaves at the end of the embargo, %(moment)s.", moment=moment_words(release.embargo_at))
            )
        else:
            yield str(gettext("It leaves in a moment."))
    elif states <= {VersionState.APPROVED, VersionState.PUBLISHED}:
        yield str(gettext("Everything is approved; now a publisher releases it."))


def register(app: Flask) -> None:
    """Let templates tell what happens."""
    app.jinja_env.globals.update(what_happens=what_happens, holder=holder)
