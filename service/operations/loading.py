"""Fetching what an operation decides about: locked in one order, and only what the actor may see.

The release's row is the lock of everything below it; whoever changes a version, a unit or a publication takes it
first, so that an approval and an edit can never pass each other.
"""

from __future__ import annotations

from sqlalchemy import select

from service.domain.errors import N_, NotAllowed, NotFound
from service.operations.context import Work
from service.queries.visibility import visible_to
from service.storage.models import Release, SegmentRow, Unit, Version


def locked_release(work: Work, release_id: str) -> Release:
    """Return the release, locked until the commit; raise `NotFound` where the actor may not see it."""
    release = work.session.scalar(
        select(Release)
        .where(Release.id == release_id, visible_to(work.actor))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if release is None:
        raise NotFound
    return release


def locked_version(work: Work, release_id: str, locale: str) -> tuple[Release, Version]:
    """Return the release, locked, and its version in the locale; raise `NotFound` where there is none."""
    release = locked_release(work, release_id)
    version = work.session.scalar(
        select(Version)
        .where(Version.release_id == release.id, Version.locale == locale)
        .execution_options(populate_existing=True)
    )
    if version is None:
        raise NotFound
    return release, version


def unit_of(work: Work, version: Version, unit_id: str) -> Unit:
    """Return a unit of the version's current text; raise `NotFound` for any other id."""
    unit = work.session.scalar(
        select(Unit)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(
            Unit.id == unit_id,
            Unit.version_id == version.id,
            SegmentRow.revision_id == version.revision_id,
        )
        .execution_options(populate_existing=True)
    )
    if unit is None:
        raise NotFound
    return unit


def demand(allowed: bool, code: str = "not_allowed") -> None:  # noqa: FBT001 - reads as a sentence
    """Raise `NotAllowed` unless the rule said yes."""
    if not allowed:
        raise NotAllowed(code, N_("Your role does not allow this."))
