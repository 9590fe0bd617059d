"""News for people, written down in the transaction of what caused it; a worker writes the mails.

A notice is unique for its person, kind and subject, so that nothing is told twice. It holds ids, counts and moments,
never a word of a text, of a title or of a comment.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.errors import N_, Invalid
from service.domain.notices import MailMode, NoticeKind, first_due
from service.domain.permissions import ALL_LOCALES, Role
from service.domain.workflow import VersionState
from service.operations.context import Work
from service.storage.base import new_id
from service.storage.models import Approval, Notice, Release, SegmentRow, Unit, User, UserGrant, Version


def tell(
    work: Work,
    kind: NoticeKind,
    user_ids: Collection[str | None],
    subject: str,
    *,
    release: Release | None = None,
    locale: str | None = None,
    **facts: Any,
) -> None:
    """Have people told of something, each once; never the one who did it, nor who does not want to hear of it."""
    wanted = {user_id for user_id in user_ids if user_id and user_id != work.actor.user_id}
    if not wanted:
        return
    people = work.session.execute(
        select(User.id, User.mail, User.mail_without)
        .where(User.id.in_(wanted), User.disabled_at.is_(None), User.mail != MailMode.NEVER)
        .order_by(User.id)
    ).all()
    rows = [
        {
            "id": new_id("ntc"),
            "user_id": person.id,
            "kind": kind.value,
            "subject": subject,
            "release_id": release.id if release else None,
            "locale": locale,
            "facts": facts,
            "at": work.now,
            "attempts": 0,
            "due_at": first_due(kind, MailMode(person.mail), now=work.now, timezone=work.office.timezone),
        }
        for person in people
        if kind.value not in person.mail_without
    ]
    if rows:
        insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        work.session.execute(insert(Notice).values(rows).on_conflict_do_nothing())


def people_with(work: Work, *roles: Role) -> set[str]:
    """Return the ids of everybody who has one of the roles."""
    return set(work.session.scalars(select(UserGrant.user_id).where(UserGrant.role.in_(roles))))


def reviewers_of(work: Work, locale: str) -> set[str]:
    """Return the ids of everybody who reviews a locale."""
    return set(
        work.session.scalars(
            select(UserGrant.user_id).where(
                UserGrant.role == Role.REVIEWER,
                or_(UserGrant.locale == ALL_LOCALES, UserGrant.locale == locale),
            )
        )
    )


def workers_on(work: Work, version: Version) -> set[str]:
    """Return who works on a version: who has taken it on, or wrote or confirmed its text; else its reviewers."""
    written = work.session.execute(
        select(Unit.text_by, Unit.confirmed_by)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == version.revision_id)
        .distinct()
    ).all()
    found = {user_id for row in written for user_id in row if user_id}
    if version.claimed_by and version.claimed_until is not None and version.claimed_until > work.now:
        found.add(version.claimed_by)
    reviewers = reviewers_of(work, version.locale)
    return ((found & reviewers) - {work.actor.user_id}) or reviewers


def tell_ready(work: Work, release: Release, version: Version) -> None:
    """Tell the reviewers of a language that its draft waits for them."""
    subject = f"{version.id}:{version.revision_id}"
    tell(
        work,
        NoticeKind.READY,
        reviewers_of(work, version.locale),
        subject,
        release=release,
        locale=version.locale,
    )


def tell_failed(
    work: Work, what: str, subject: str, *, release: Release | None = None, also: str | None = None, **facts: Any
) -> None:
    """Tell publishers and administrators, and whoever `also` is, that something does not go on by itself."""
    who = people_with(work, Role.PUBLISHER, Role.ADMIN) | {also}
    subject = f"{what}:{subject}:{int(work.now.timestamp())}"
    tell(work, NoticeKind.FAILED, who, subject, release=release, what=what, **facts)


def tell_if_all_approved(work: Work, release: Release, approval: Approval) -> None:
    """Tell publishers when this was the last approval that a release needed."""
    work.session.flush()
    states = work.session.scalars(select(Version.state).where(Version.release_id == release.id)).all()
    if set(states) <= {VersionState.APPROVED, VersionState.PUBLISHED}:
        publishers = people_with(work, Role.PUBLISHER)
        tell(work, NoticeKind.APPROVED, publishers, approval.id, release=release, languages=len(states))


def choose_mail(work: Work, mode: str, without: Collection[str]) -> None:
    """Set when the desk writes to the actor, and which kinds of news they do not want."""
    if mode not in set(MailMode):
        raise Invalid("bad_mail", N_("Mail comes at once, once a day, or never."), field="mail")
    user = work.session.get_one(User, work.actor.user_id)
    user.mail = mode
    user.mail_without = [kind.value for kind in NoticeKind if kind.value in without]
