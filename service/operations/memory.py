"""Filling the translation memory from approved versions, and opening it to others at publication."""

from __future__ import annotations

from sqlalchemy import delete, update

from service.operations.context import Work
from service.queries.texts import VersionText
from service.storage.models import MemoryUnit, Release, Version


def remember_version(work: Work, release: Release, version: Version, text: VersionText) -> None:
    """Put the version's pairs into the memory, in place of any it had there; other releases see them once public."""
    work.session.execute(delete(MemoryUnit).where(MemoryUnit.version_id == version.id))
    seen: set[str] = set()
    for unit, segment in zip(text.units, text.segments, strict=True):
        if not unit.target or segment.source_hash in seen:
            continue
        seen.add(segment.source_hash)
        work.session.add(
            MemoryUnit(
                source_locale=release.source_locale,
                target_locale=version.locale,
                source_hash=segment.source_hash,
                source=segment.source,
                target=unit.target,
                release_id=release.id,
                version_id=version.id,
                approved_by=work.actor.user_id,
                approved_at=work.now,
            )
        )


def open_memory(work: Work, version: Version) -> None:
    """Offer the version's pairs to every release, now that they are public."""
    work.session.flush()
    work.session.execute(update(MemoryUnit).where(MemoryUnit.version_id == version.id).values(public=True))


def forget_version(work: Work, version: Version) -> None:
    """Take the version's pairs out of the memory."""
    work.session.execute(delete(MemoryUnit).where(MemoryUnit.version_id == version.id))
