"""The gate of a release as its page shows it: what would leave, when, to whom, and what keeps it.

Reasons are told here from what is stored of each approval; whether exactly that text stands is asked again, by
`operations.publishing`, at the moment of leaving.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.domain.errors import Reason
from service.domain.events import EventType
from service.domain.gates import VersionFacts, version_reasons
from service.domain.workflow import VersionState
from service.queries.receivers import hearers, open_endpoints, publication_events
from service.queries.releases import ReleaseRow, VersionRow
from service.storage.models import Endpoint
from service.uow import Reading


@dataclass(frozen=True, slots=True)
class Gate:
    """What publishing would do now; `missing` holds what keeps each language, by its locale."""

    leaving: tuple[str, ...]
    missing: dict[str, tuple[Reason, ...]]
    opens: bool
    is_correction: bool
    all_public: bool
    waits_until: datetime | None
    hearing: tuple[Endpoint, ...]
    hearing_of_withdrawal: tuple[Endpoint, ...]


def gate_of(reading: Reading, row: ReleaseRow) -> Gate:
    """Return the gate of a release that is not withdrawn; one statement."""
    release = row.release
    endpoints = open_endpoints(reading.session)
    missing = {each.version.locale: version_reasons(_facts(row, each)) for each in row.versions}
    public = [each.version.locale for each in row.versions if each.version.state == VersionState.PUBLISHED]
    leaving = tuple(locale for locale, reasons in missing.items() if not reasons and locale not in public)
    keeps_all = release.publish == "together" and any(missing.values())
    waits = release.embargo_at is not None and release.embargo_at > reading.now
    return Gate(
        leaving=() if keeps_all else leaving,
        missing={locale: reasons for locale, reasons in missing.items() if reasons},
        opens=bool(leaving) and not keeps_all,
        is_correction=release.published_at is not None,
        all_public=len(public) == len(row.versions) > 0,
        waits_until=release.embargo_at if waits else None,
        hearing=hearers(endpoints, publication_events(release), release_published=True),
        hearing_of_withdrawal=hearers(
            endpoints, {EventType.RELEASE_WITHDRAWN}, release_published=release.published_at is not None
        ),
    )


def _facts(row: ReleaseRow, each: VersionRow) -> VersionFacts:
    approval = each.approval
    digest = approval.digest if approval else ""
    return VersionFacts(
        locale=each.version.locale,
        state=VersionState(each.version.state),
        digest=digest,
        approved_digest=digest or None,
        approved_revision=approval.revision if approval else None,
        current_revision=row.release.revision,
    )
