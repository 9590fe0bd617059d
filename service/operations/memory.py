"""Filling the translation memory from approved versions, and opening it to others at publication.

Units change in the transaction of the approval itself: who is told that a version is approved finds it in the memory,
and what is taken back is gone at once.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, delete, select, update

from service.domain.matching.identities import approved_identity, context_of
from service.domain.text import CodedText
from service.operations.context import Work
from service.operations.memory_filing import Filed, drop_unused, file_sources, lock_memory, unlist
from service.queries.memory_beforehand import beforehand
from service.queries.texts import VersionText, codes_of
from service.storage.bulk import write_rows
from service.storage.models import MemoryUnit, Release, Version

_UNITS = cast("Table", MemoryUnit.__table__)
_OWN = MemoryUnit.version_id == bindparam("version_id"), MemoryUnit.public.in_(bindparam("public", expanding=True))
_SOURCES_OF = select(MemoryUnit.source_id).where(*_OWN)
_DELETE = delete(MemoryUnit).where(*_OWN).execution_options(synchronize_session=False)
_COLUMNS = (
    "id",
    "identity",
    "source_id",
    "target_locale",
    "target",
    "context",
    "origin",
    "collection",
    "release_id",
    "version_id",
    "revision",
    "approved_by",
    "approved_at",
    "confirmed",
    "public",
    "row_version",
)


def remember_version(work: Work, release: Release, version: Version, text: VersionText) -> None:
    """Put the version's pairs into the memory, in place of any it had there; other releases see them in their time."""
    lock_memory(work.session)
    hashes = ["", *(segment.source_hash for segment in text.segments), ""]
    wanted = set(hashes[1:-1])
    before = beforehand(work.session, version.id, release.source_locale, wanted, units=len(text.units))
    if before.own:
        _delete_units(work, version, public_too=True)
    sources = [
        Filed(segment.source_hash, CodedText(segment.source, codes_of(segment.codes))) for segment in text.segments
    ]
    ids = file_sources(work, release.source_locale, sources, before=before)
    pair = release.source_locale, version.locale
    units: dict[str, tuple[str, int, str, str, str]] = {}
    for place, (unit, filed) in enumerate(zip(text.units, sources, strict=True)):
        context = context_of(hashes[place], hashes[place + 2])
        identity = approved_identity(pair, filed.source_hash, version.id, context)
        if unit.target:
            source_id = ids[filed.source_hash]
            units.setdefault(identity, (identity, source_id, version.locale, unit.target, context))
    told = ("approved", "", release.id, version.id, text.revision, work.actor.user_id, work.now, True, False, 1)
    rows = [(number, *unit, *told) for number, unit in zip(before.unit_ids, units.values(), strict=False)]
    write_rows(work.session, _UNITS, _COLUMNS, rows)
    used = {source_id for _, source_id, *_ in units.values()}
    unlist(work.session, before.own | used)
    drop_unused(work, (before.own | set(ids.values())) - used)


def open_memory(work: Work, version: Version) -> None:
    """Offer the version's pairs to every release, now that they are public."""
    work.session.flush()
    work.session.execute(update(MemoryUnit).where(MemoryUnit.version_id == version.id).values(public=True))


def forget_version(work: Work, version: Version, *, public_too: bool = True) -> None:
    """Take the version's pairs out of the memory, or only those that are not public."""
    lock_memory(work.session)
    sources = set(work.session.scalars(_SOURCES_OF, _which(version, public_too=public_too)))
    if sources:
        _delete_units(work, version, public_too=public_too)
    unlist(work.session, sources)
    drop_unused(work, sources)


def _delete_units(work: Work, version: Version, *, public_too: bool) -> None:
    work.session.execute(_DELETE, _which(version, public_too=public_too))


def _which(version: Version, *, public_too: bool) -> dict[str, object]:
    return {"version_id": version.id, "public": [False, True] if public_too else [False]}
