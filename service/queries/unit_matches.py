"""What the memory has beside the units of a version: each is asked for with what its reader may know of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.matching.identities import context_of
from service.domain.matching.matches import Match
from service.domain.permissions import Actor
from service.domain.text import CodedText
from service.queries.memory import Wanted, matches_of, shown_beside
from service.queries.texts import codes_of
from service.queries.visibility import visible_to
from service.storage.models import Release, SegmentRow, Unit, Version

SHOWN_BESIDE = 9  # as many as there are keys to take one
SHOWN_FOR_ALL = 5


def unit_matches(
    session: Session, actor: Actor, release: Release, version: Version, now: datetime, *, unit_id: str | None = None
) -> dict[str, list[Match]]:
    """Return the matches of each unit of the version's present text, or of one, by the units' ids, the best first.

    Nobody is shown a text of a release that they do not see, unless it is public; and the texts of secret releases
    stay where they are, as for drafts. One unit has up to nine matches, each of all units up to five.
    """
    offered = shown_beside(release.id, now, actor)
    wanted = wanted_of(session, version, unit_id=unit_id)
    limit = SHOWN_FOR_ALL if unit_id is None else SHOWN_BESIDE
    return matches_of(session, wanted, release.source_locale, version.locale, offered, limit=limit)


def wanted_of(session: Session, version: Version, *, unit_id: str | None = None) -> dict[str, Wanted]:
    """Return what the memory is asked for each unit, in text order: its source and its neighbours; one statement."""
    rows = session.execute(
        select(Unit.id, SegmentRow.n, SegmentRow.source, SegmentRow.codes, SegmentRow.source_hash)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(SegmentRow.n)
    ).all()
    hashes = {row.n: row.source_hash for row in rows}
    return {
        row.id: Wanted(
            CodedText(row.source, codes_of(row.codes)),
            context_of(hashes.get(row.n - 1, ""), hashes.get(row.n + 1, "")),
        )
        for row in rows
        if unit_id in (None, row.id)
    }


def origins_of(session: Session, actor: Actor, matches: Iterable[Match]) -> dict[str, Release]:
    """Return the releases that matches came from, by their ids: those that the actor sees; one statement."""
    ids = {match.release_id for match in matches if match.release_id is not None}
    if not ids:
        return {}
    found = session.scalars(select(Release).where(Release.id.in_(ids), visible_to(actor)))
    return {release.id: release for release in found}
