"""What the body of an event says: of what is public the frozen texts, of what is not the versions as they stand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from service.domain.events import PUBLIC_EVENTS, EventType, ReleaseFacts, VersionFacts, endpoint_data, release_data
from service.operations.context import Work
from service.queries.public import public_url
from service.queries.texts import version_text
from service.storage.models import Approval, OutboxRow, Publication, Release, SourceRevision, Version


def data_of(work: Work, row: OutboxRow, event: EventType, release: Release | None) -> dict[str, Any]:
    """Say what a receiver needs: for a public event the frozen texts, otherwise the versions as they stand."""
    if release is None:
        return endpoint_data(
            row.payload.get("about") or row.payload["endpoint_id"], row.payload["url"], reason=row.payload.get("reason")
        )
    if event in PUBLIC_EVENTS:
        revision, title, versions = _published_facts(work, release, row, event)
    else:
        revision, title, versions = _working_facts(work, release, row)
    facts = ReleaseFacts(id=release.id, slug=release.slug, revision=revision, title=title)
    return release_data(facts, versions, sequence=row.payload["sequence"], reason=row.payload.get("reason"))


def _published_facts(
    work: Work, release: Release, row: OutboxRow, event: EventType
) -> tuple[int, str, list[VersionFacts]]:
    """Return revision, source title and versions as they were published; nothing newer is told."""
    rows = work.session.execute(
        select(Publication, Approval.approved_at)
        .join(Approval, Approval.id == Publication.approval_id)
        .where(Publication.release_id == release.id, Publication.superseded_at.is_(None))
        .order_by(Publication.locale)
    ).all()
    revision = max((publication.revision for publication, _ in rows), default=release.revision)
    locales = row.payload.get("locales")
    versions = [
        VersionFacts(
            locale=publication.locale,
            title=publication.title,
            url=public_url(work.office, publication.locale, publication.slug),
            digest=publication.digest,
            approved_at=approved_at,
        )
        for publication, approved_at in rows
        if event is not EventType.VERSION_PUBLISHED or publication.locale in (locales or ())
    ]
    return revision, _title_of(work, release, revision), versions


def _working_facts(work: Work, release: Release, row: OutboxRow) -> tuple[int, str, list[VersionFacts]]:
    """Return the release and the version that the event is about, as they stand now."""
    versions = []
    for version in work.session.scalars(
        select(Version).where(Version.release_id == release.id, Version.locale == row.payload.get("locale"))
    ):
        text = version_text(work.session, version)
        approved_at = work.session.scalar(
            select(func.max(Approval.approved_at)).where(
                Approval.version_id == version.id, Approval.voided_at.is_(None)
            )
        )
        versions.append(VersionFacts(version.locale, text.title, digest=text.digest, approved_at=approved_at))
    return release.revision, _title_of(work, release, release.revision), versions


def _title_of(work: Work, release: Release, revision: int) -> str:
    found = work.session.scalar(
        select(SourceRevision.title).where(SourceRevision.release_id == release.id, SourceRevision.number == revision)
    )
    return found or release.title
