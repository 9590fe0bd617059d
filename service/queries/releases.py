"""Releases as lists and one by one, with their versions and time line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, select, tuple_
from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.domain.permissions import Actor
from service.domain.refusals import RefusedAct
from service.queries.texts import Tally, tally, tally_of
from service.queries.visibility import PEOPLE, visible_to
from service.storage.models import (
    Approval,
    AuditEntry,
    DraftJob,
    Release,
    SourceRevision,
    User,
    Version,
)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with its counts, its standing approval, who has it, and when its empty units are tried again."""

    version: Version
    tally: Tally
    approval: Approval | None
    claimed_by: str | None
    next_draft_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release with its versions, in the order of the office's locales."""

    release: Release
    author: str | None
    versions: tuple[VersionRow, ...]


def release_rows(
    session: Session,
    actor: Actor,
    *,
    state: str | None = None,
    locale: str | None = None,
    q: str | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int = 50,
) -> list[ReleaseRow]:
    """Return releases that the actor sees, newest first; `after` is the last row's (created_at, id).

    Five statements, however many rows there are.
    """
    statement = select(Release).where(visible_to(actor)).order_by(Release.created_at.desc(), Release.id.desc())
    if state:
        statement = statement.where(Release.state == state)
    if locale:
        statement = statement.where(exists().where(Version.release_id == Release.id, Version.locale == locale))
    if q:
        statement = statement.where(Release.title.icontains(q, autoescape=True))
    if after:
        statement = statement.where(tuple_(Release.created_at, Release.id) < after)
    releases = session.scalars(statement.limit(limit)).all()
    return with_versions(session, releases)


def with_versions(session: Session, releases: Sequence[Release]) -> list[ReleaseRow]:
    """Return the releases with everything that a list shows; four statements."""
    ids = [release.id for release in releases]
    versions = session.scalars(select(Version).where(Version.release_id.in_(ids)).order_by(Version.id)).all()
    rows = version_rows(session, versions)
    names = user_names(session, {release.author_id for release in releases})
    grouped: dict[str, list[VersionRow]] = {}
    for row in rows:
        grouped.setdefault(row.version.release_id, []).append(row)
    return [
        ReleaseRow(release, names.get(release.author_id or ""), tuple(_sorted(grouped.get(release.id, []))))
        for release in releases
    ]


_ORDER = {"fr": 0, "de": 1, "en": 2, "nl": 3}


def version_order(locale: str) -> tuple[int, str]:
    """Return by what the versions of a release are put in order."""
    return _ORDER.get(locale, len(_ORDER)), locale


def _sorted(rows: list[VersionRow]) -> list[VersionRow]:
    return sorted(rows, key=lambda row: version_order(row.version.locale))


def version_rows(session: Session, versions: Sequence[Version]) -> list[VersionRow]:
    """Return the versions with their counts and approvals, in the order given; three statements."""
    ids = [version.id for version in versions]
    approvals: dict[str, Approval] = {}
    due: dict[str, datetime | None] = {}
    if ids:
        for approval in session.scalars(
            select(Approval).where(Approval.version_id.in_(ids), Approval.voided_at.is_(None))
        ):
            approvals[approval.version_id] = approval
        jobs = session.execute(select(DraftJob.version_id, DraftJob.due_at).where(DraftJob.version_id.in_(ids)))
        due = {row.version_id: row.due_at for row in jobs}
    names = user_names(session, {version.claimed_by for version in versions})
    return [
        VersionRow(
            version,
            tally_of(version),
            approvals.get(version.id),
            names.get(version.claimed_by or ""),
            due.get(version.id),
        )
        for version in versions
    ]


def user_names(session: Session, ids: set[str | None]) -> dict[str, str]:
    """Return people's names by id."""
    wanted = {user_id for user_id in ids if user_id}
    if not wanted:
        return {}
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(wanted)))}


def release_row(session: Session, actor: Actor, release_id: str) -> ReleaseRow:
    """Return one release; raise `NotFound` where the actor may not see it."""
    release = session.scalar(select(Release).where(Release.id == release_id, visible_to(actor)))
    if release is None:
        raise NotFound
    return with_versions(session, [release])[0]


_WITH_RELEASE = (
    select(Release, Version, Approval, User.name, DraftJob.due_at)
    .join(Version, Version.release_id == Release.id)
    .outerjoin(Approval, and_(Approval.version_id == Version.id, Approval.voided_at.is_(None)))
    .outerjoin(User, User.id == Version.claimed_by)
    .outerjoin(DraftJob, DraftJob.version_id == Version.id)
    .where(Release.id == bindparam("release"), Version.locale == bindparam("locale"))
)


@lru_cache(PEOPLE)
def _with_release(actor: Actor) -> Any:
    """Return the statement that finds one version where the actor may see it."""
    return _WITH_RELEASE.where(visible_to(actor))


def version_row(session: Session, actor: Actor, release_id: str, locale: str) -> tuple[Release, VersionRow]:
    """Return one version with its release; raise `NotFound` where there is none to see; one statement."""
    asked = {"release": release_id, "locale": locale}
    found = session.execute(_with_release(actor), asked).first()
    if found is None:
        raise NotFound
    release, version, approval, claimed_by, due_at = found
    return release, VersionRow(version, tally(session, version), approval, claimed_by, due_at)


def current_revision(session: Session, release: Release) -> SourceRevision:
    """Return the release's current source revision."""
    return session.scalars(
        select(SourceRevision).where(SourceRevision.release_id == release.id, SourceRevision.number == release.revision)
    ).one()


_OF_ONE_UNIT = ("unit.saved", "finding.fixed", "alternative.asked", "alternative.taken", "alternative.left")
_LEFT_OUT = (*_OF_ONE_UNIT, *RefusedAct)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a release's history: when, who, what, and its facts."""

    at: datetime
    name: str | None
    action: str
    facts: dict[str, Any]


def timeline(session: Session, release: Release, *, limit: int = 200) -> list[TimelineRow]:
    """Return what happened to a release, newest first; without what befell single units, and what was refused."""
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.release_id == release.id, AuditEntry.action.not_in(_LEFT_OUT))
        .order_by(AuditEntry.number.desc())
        .limit(limit)
    ).all()
    names = user_names(session, {entry.actor_id for entry in entries})
    return [TimelineRow(e.at, names.get(e.actor_id or ""), e.action, e.facts) for e in entries]
