"""Keeping a release's own state in step with its versions; called at the end of every change to one of them."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from service.domain.workflow import VersionState, release_state
from service.operations.context import Work
from service.storage.models import Release, Version

_STATES = select(Version.state).where(Version.release_id == bindparam("release"))


def settle(work: Work, release: Release) -> None:
    """Derive and store the state of the release."""
    work.session.flush()
    states = [VersionState(state) for state in work.session.scalars(_STATES, {"release": release.id})]
    release.state = release_state(
        states, scheduled=release.due_at is not None, withdrawn=release.withdrawn_at is not None
    )
    release.updated_at = work.now


def touch(work: Work, release: Release, version: Version) -> None:
    """Note that the version changed, and settle its release."""
    note_change(work, version)
    settle(work, release)


def note_change(work: Work, version: Version) -> None:
    """Note that the version changed; its state stayed, so that its release, whose own follows, need not be written."""
    version.row_version += 1
    version.updated_at = work.now
