"""A version as a ninjs object for those who may see it, also before it is public.

What the world reads under a public address is frozen and made in the pages; this is the text as it stands, and says
of itself whether it may be used.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.office import Office
from service.domain.workflow import VersionState
from service.formats.atom import tag_uri
from service.formats.ninjs import DigitalSource, PubStatus, Sibling, write_ninjs
from service.queries.public import FIRST_YEAR, public_url, release_uri
from service.queries.texts import VersionText, version_text
from service.storage.models import Publication, Release, Version

NOT_YET = "Not for publication."
_STATUSES = {
    VersionState.PUBLISHED: PubStatus.USABLE,
    VersionState.WITHDRAWN: PubStatus.CANCELED,
}


def news_item(session: Session, office: Office, release: Release, version: Version) -> dict[str, Any]:
    """Return the version's present text as a ninjs 3.1 object, with the other languages as its translations.

    It is usable from its publication on, canceled once it is withdrawn, and withheld before: with the embargo's end
    where there is one.
    """
    status = _STATUSES.get(VersionState(version.state), PubStatus.WITHHELD)
    withheld = status is PubStatus.WITHHELD
    versions = session.scalars(select(Version).where(Version.release_id == release.id).order_by(Version.locale)).all()
    publications = {
        row.version_id: row
        for row in session.scalars(
            select(Publication).where(Publication.release_id == release.id, Publication.superseded_at.is_(None))
        )
    }
    text = version_text(session, version)
    return write_ninjs(
        uri=_uri(office, version, publications.get(version.id)),
        work=release_uri(office, release.id),
        locale=version.locale,
        blocks=text.blocks,
        version=text.revision,
        version_created=version.updated_at,
        first_created=version.created_at,
        embargoed_until=release.embargo_at if withheld else None,
        pub_status=status,
        digital_source=_digital_source(text),
        siblings=[
            Sibling(_uri(office, other, publications.get(other.id)), other.locale, version_text(session, other).title)
            for other in versions
            if other.id != version.id
        ],
        slug=release.slug,
        ed_note=NOT_YET if withheld else release.withdrawn_reason or "",
    )


def _uri(office: Office, version: Version, publication: Publication | None) -> str:
    """Return the address of what is public, and the name that the version has as long as it has no address."""
    if publication is None:
        return tag_uri(office.public_url, FIRST_YEAR, f"version/{version.id}")
    return public_url(office, publication.locale, publication.slug)


def _digital_source(text: VersionText) -> DigitalSource:
    if not any(unit.origin == "mt" or unit.draft for unit in text.units):
        return DigitalSource.WRITTEN
    people = any(unit.text_by or unit.confirmed_by or unit.state == "final" for unit in text.units)
    return DigitalSource.MACHINE_EDITED if people else DigitalSource.MACHINE
