"""May the text of a version leave the office now? One question, asked wherever a text would go to an engine."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.embargo import is_confidential
from service.storage.models import Publication, Release, SourceRevision, Version


def stays_in_office(session: Session, release: Release, version: Version, now: datetime) -> bool:
    """Tell whether only engines on the office's own machines may read the version's present source."""
    secret = is_confidential(embargo_at=release.embargo_at, confidential=release.confidential, published=False, now=now)
    return secret and not _has_left(session, release, version)


def _has_left(session: Session, release: Release, version: Version) -> bool:
    """Tell whether this very source has left; a correction that is being prepared is as secret as its release."""
    left = (
        select(Publication.id)
        .join(SourceRevision, SourceRevision.number == Publication.revision)
        .where(
            Publication.release_id == release.id,
            SourceRevision.id == version.revision_id,
            SourceRevision.release_id == release.id,
        )
        .limit(1)
    )
    return session.scalar(left) is not None
