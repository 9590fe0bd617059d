"""Mail, as the database sees it: claim the news of one person, settle what is no longer wanted, record what came back.

What goes into one mail is fixed at its first attempt: the notices bear the id of the first of them in `outcome` until
they are settled, so that a mail whose answer was lost is sent again as it was, under the same `Message-ID`. Nothing
here opens a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.engine import CursorResult

from service.domain.notices import JOINED_WITHIN, MailMode, NoticeKind, Settled, next_mail_attempt
from service.domain.workflow import VersionState
from service.operations.context import Work
from service.queries.visibility import sees_release
from service.storage.base import new_id
from service.storage.models import Notice, User, Version

MAIL_LEASE_SECONDS = 180
OPEN_STATES = (VersionState.QUEUED, VersionState.DRAFTING, VersionState.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news, as its mail tells it: ids, counts and moments."""

    kind: NoticeKind
    at: datetime
    release_id: str | None
    locale: str | None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person, claimed: `id` is the same at every attempt."""

    id: str
    token: str
    attempt: int
    address: str
    language: str
    news: tuple[News, ...]


def claim_mail(work: Work, notice_id: str) -> Mail | None:
    """Claim a due notice with all that goes into the same mail; None where there is nothing to send now."""
    notice = work.session.get(Notice, notice_id)
    if notice is None or notice.settled_at is not None or notice.due_at is None or notice.due_at > work.now:
        return None
    # One at a time for each person, so that two workers never share out one mail between them.
    user = work.session.scalars(
        select(User)
        .where(User.id == notice.user_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    work.session.refresh(notice)
    open_ones = (Notice.user_id == user.id, Notice.settled_at.is_(None))
    if notice.outcome is None:
        _update(
            work, *open_ones, Notice.outcome.is_(None), Notice.due_at <= work.now + JOINED_WITHIN, outcome=notice.id
        )
        work.session.refresh(notice)
    first = notice.outcome or notice.id
    free = or_(Notice.lease_until.is_(None), Notice.lease_until <= work.now)
    token = new_id("lea")
    until = work.now + timedelta(seconds=MAIL_LEASE_SECONDS)
    taken = _update(
        work,
        *open_ones,
        Notice.outcome == first,
        free,
        lease_token=token,
        lease_until=until,
        attempts=Notice.attempts + 1,
    )
    if not taken:
        return None
    rows = work.session.scalars(
        select(Notice)
        .where(Notice.lease_token == token)
        .order_by(Notice.at, Notice.id)
        .execution_options(populate_existing=True)
    ).all()
    wanted = _wanted(work, user, rows)
    if not wanted:
        return None
    news = tuple(News(NoticeKind(row.kind), row.at, row.release_id, row.locale, row.facts) for row in wanted)
    return Mail(first, token, max(row.attempts for row in wanted), user.email, user.language, news)


def _update(work: Work, *conditions: Any, **values: Any) -> int:
    result: CursorResult[Any] = work.session.execute(  # type: ignore[assignment]
        update(Notice).where(*conditions).values(**values).execution_options(synchronize_session=False)
    )
    return result.rowcount


def _wanted(work: Work, user: User, rows: Sequence[Notice]) -> list[Notice]:
    """Return what this person is still to be told; the rest is settled."""
    releases = {row.release_id for row in rows if row.release_id}
    seen = {
        release_id
        for release_id in releases
        if work.session.scalar(select(User.id).where(User.id == user.id, sees_release(release_id)))
    }
    versions = work.session.execute(
        select(Version.release_id, Version.locale, Version.state).where(Version.release_id.in_(releases))
    ).all()
    states = {(row.release_id, row.locale): VersionState(row.state) for row in versions}
    wanted = []
    for row in rows:
        because = _unwanted(work, user, row, seen=row.release_id is None or row.release_id in seen, states=states)
        if because is None:
            wanted.append(row)
        else:
            _settle(work, row, because)
    work.session.flush()
    return wanted


def _unwanted(
    work: Work, user: User, row: Notice, *, seen: bool, states: dict[tuple[str, str], VersionState]
) -> Settled | None:
    """Return why a notice is not sent, or None."""
    if user.disabled_at is not None or not seen:
        return Settled.NOT_THEIRS
    if user.mail == MailMode.NEVER or row.kind in user.mail_without:
        return Settled.NOT_WANTED
    until = row.facts.get("moment")
    if until is not None and datetime.fromisoformat(until) <= work.now:
        return Settled.OVER
    if row.kind in {NoticeKind.READY, NoticeKind.NEAR} and row.release_id and row.locale:
        state = states.get((row.release_id, row.locale))
        if state is not None and state not in OPEN_STATES:
            return Settled.OVER
    return None


def _settle(work: Work, row: Notice, because: Settled) -> None:
    row.settled_at = work.now
    row.outcome = because
    row.due_at = None
    row.lease_token = None
    row.lease_until = None


def record_sent(work: Work, mail: Mail) -> bool:
    """Note that the mail was taken; False (and nothing written) when the lease is lost."""
    return _end(work, mail, Settled.SENT)


def record_refused(work: Work, mail: Mail) -> bool:
    """Note that the mail was refused for good."""
    return _end(work, mail, Settled.REFUSED)


def record_failed(work: Work, mail: Mail, *, jitter: float) -> bool:
    """Note that the mail did not go out, and have it tried again by the schedule, or give it up."""
    due_at = next_mail_attempt(mail.attempt, now=work.now, jitter=jitter)
    if due_at is None:
        return _end(work, mail, Settled.GIVEN_UP)
    return bool(
        _update(
            work,
            Notice.lease_token == mail.token,
            due_at=due_at,
            lease_token=None,
            lease_until=None,
            hinted_until=None,
        )
    )


def _end(work: Work, mail: Mail, outcome: Settled) -> bool:
    return bool(
        _update(
            work,
            Notice.lease_token == mail.token,
            settled_at=work.now,
            outcome=outcome,
            due_at=None,
            lease_token=None,
            lease_until=None,
        )
    )


def settle_without_mail(work: Work) -> int:
    """Settle all news of a desk that sends no mail, so that nothing piles up; return how many they were."""
    return _update(
        work,
        Notice.settled_at.is_(None),
        settled_at=work.now,
        outcome=Settled.NO_MAIL_HERE,
        due_at=None,
        lease_token=None,
        lease_until=None,
    )
