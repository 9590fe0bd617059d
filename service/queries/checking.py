"""What is to be checked: the texts of a version, and the versions whose findings are of other texts or rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from service.domain.checks.whole import UnitText
from service.domain.office import Office
from service.domain.text import CodedText
from service.domain.workflow import VersionState
from service.queries.rules import OfficeRules, office_rules
from service.queries.texts import codes_of
from service.storage.models import Release, SegmentRow, Unit, Version


def unit_texts(session: Session, version: Version) -> tuple[UnitText, ...]:
    """Return the units of the version's present text in order, as checks look at them; one statement."""
    rows = session.execute(
        select(Unit.id, Unit.target, SegmentRow.source, SegmentRow.codes)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .order_by(SegmentRow.n)
    )
    return tuple(UnitText(row.id, CodedText(row.source, codes_of(row.codes)), row.target) for row in rows)


@dataclass(frozen=True, slots=True)
class WholeCheck:
    """The check of a whole version as it was when it was read: its texts, and the rules to hold them to."""

    release_id: str
    locale: str
    texts: tuple[UnitText, ...]
    rules: OfficeRules


def whole_check(session: Session, office: Office, version_id: str) -> WholeCheck:
    """Return the check of a version as it stands now."""
    version = session.get_one(Version, version_id)
    release = session.get_one(Release, version.release_id)
    rules = office_rules(session, office, release.source_locale, version.locale)
    return WholeCheck(release.id, version.locale, unit_texts(session, version), rules)


def unchecked_versions(session: Session, office: Office, now: datetime, *, limit: int) -> Sequence[str]:
    """Return versions in review that nobody checks just now and whose findings are of another text or other rules.

    Those whose text changed come first, then those that were touched last.
    """
    in_review = Version.state == VersionState.IN_REVIEW
    pairs = session.execute(
        select(Release.source_locale, Version.locale)
        .join(Version, Version.release_id == Release.id)
        .where(in_review)
        .distinct()
    ).all()
    stale = [
        and_(
            Release.source_locale == source_locale,
            Version.locale == locale,
            Version.checked_with.is_distinct_from(office_rules(session, office, source_locale, locale).revision),
        )
        for source_locale, locale in pairs
    ]
    if not stale:
        return ()
    free = or_(Version.checking_until.is_(None), Version.checking_until <= now)
    return session.scalars(
        select(Version.id)
        .join(Release, Release.id == Version.release_id)
        .where(in_review, free, or_(*stale))
        .order_by(Version.checked_with.is_not(None), Version.updated_at.desc(), Version.id)
        .limit(limit)
    ).all()
