"""Telling people of an embargo or a deadline that comes near while work is still open; called by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from service.domain.notices import NEAR_HOURS, NoticeKind, near_hours
from service.domain.permissions import Role
from service.operations.context import Work
from service.operations.mailing import OPEN_STATES
from service.operations.notices import people_with, reviewers_of, tell
from service.storage.models import Release, Version


def tell_of_what_nears(work: Work) -> None:
    """Tell reviewers of each open version, and publishers of its release, once for each of the hours before."""
    farthest = work.now + timedelta(hours=max(NEAR_HOURS))
    soon = or_(
        Release.embargo_at.between(work.now, farthest),
        Release.deadline_at.between(work.now, farthest),
    )
    rows = work.session.execute(
        select(Release, Version)
        .join(Version, Version.release_id == Release.id)
        .where(soon, Release.withdrawn_at.is_(None), Version.state.in_(OPEN_STATES))
        .order_by(Release.id, Version.locale)
    ).all()
    versions: dict[Release, list[Version]] = {}
    for release, version in rows:
        versions.setdefault(release, []).append(version)
    for release, open_ones in versions.items():
        for which, moment in (("embargo", release.embargo_at), ("deadline", release.deadline_at)):
            hours = near_hours(moment, work.now) if moment is not None else None
            if moment is not None and hours is not None:
                _tell(work, release, open_ones, (which, moment, hours))


def _tell(work: Work, release: Release, versions: list[Version], near: tuple[str, datetime, int]) -> None:
    which, moment, hours = near
    subject = f"{which}:{hours}:{int(moment.timestamp())}"
    facts = {"which": which, "moment": moment.isoformat()}
    for version in versions:
        held = version.claimed_by is not None and (version.claimed_until or work.now) > work.now
        who = {version.claimed_by} if held else reviewers_of(work, version.locale)
        tell(work, NoticeKind.NEAR, who, f"{version.id}:{subject}", release=release, locale=version.locale, **facts)
    publishers = people_with(work, Role.PUBLISHER)
    tell(work, NoticeKind.NEAR, publishers, f"{release.id}:{subject}", release=release, open=len(versions), **facts)
