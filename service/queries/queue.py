"""The queue: which versions wait for somebody, how many under each filter, and what holds each of them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from service.domain.permissions import ALL_LOCALES, Actor, review_locales, sees_everything
from service.queries.texts import EMPTY_TALLY, Tally, tallies, word_counts
from service.queries.visibility import PEOPLE, visible_to
from service.storage.models import DraftJob, FindingRow, Release, SegmentRow, Unit, User, Version
from service.storage.models.review import OPEN_ERROR

QUEUE_FILTERS = ("open", "mine", "unassigned", "due", "blocked", "failed", "ready", "approved")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class QueueAsk:
    """Which part of the queue is asked for; `page` counts from 1, `timezone` says when today ends."""

    which: str = "open"
    locale: str | None = None
    q: str | None = None
    page: int = 1
    timezone: str = "Europe/Brussels"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One version that waits: its release, who has it and until when, its counts, and how its drafting stands.

    `holder` is None once the claim has run out; `wrote_part` says that the actor wrote part of the present text.
    """

    release_id: str
    title: str
    source_locale: str
    confidential: bool
    embargo_at: datetime | None
    deadline_at: datetime | None
    version_id: str
    locale: str
    state: str
    changes_asked: bool
    holder_id: str | None
    holder: str | None
    held_until: datetime | None
    gave_up: bool
    next_draft_at: datetime | None
    tally: Tally
    words: int
    wrote_part: bool


def queue(
    session: Session, actor: Actor, now: datetime, ask: QueueAsk | None = None, *, limit: int = PAGE_SIZE
) -> list[QueueRow]:
    """Return one page of the versions that wait, soonest embargo or deadline first.

    Four statements, however many there are. A reviewer sees their own locales, others every version that they may see.
    """
    ask = ask or QueueAsk()
    return _rows(session, now, session.execute(_lines(actor, ask, limit), _asked(actor, now, ask.timezone)).all())


@lru_cache(PEOPLE)
def _lines(actor: Actor, ask: QueueAsk, limit: int) -> Any:
    """Return the statement that finds one page of lines."""
    statement = _LINES.where(*_known(actor, ask.q), _CONDITIONS.get(ask.which, _WAITING))
    if ask.locale:
        statement = statement.where(Version.locale == ask.locale)
    return statement.limit(limit).offset((max(ask.page, 1) - 1) * limit)


def _rows(session: Session, now: datetime, found: Sequence[Any]) -> list[QueueRow]:
    ids = [row.version_id for row in found]
    counts = tallies(session, ids)
    words = word_counts(session, {row.revision_id for row in found})
    rows = []
    for row in found:
        held = row.claimed_until is not None and row.claimed_until > now
        rows.append(
            QueueRow(
                release_id=row.release_id,
                title=row.title,
                source_locale=row.source_locale,
                confidential=row.confidential,
                embargo_at=row.embargo_at,
                deadline_at=row.deadline_at,
                version_id=row.version_id,
                locale=row.locale,
                state=row.state,
                changes_asked=row.changes_reason is not None,
                holder_id=row.claimed_by if held else None,
                holder=row.holder if held else None,
                held_until=row.claimed_until if held else None,
                gave_up=row.failed_at is not None,
                next_draft_at=row.next_draft_at,
                tally=counts.get(row.version_id, EMPTY_TALLY),
                words=words.get(row.revision_id, 0),
                wrote_part=bool(row.wrote_part),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many versions there are under each filter, by locale."""

    by_locale: Mapping[str, Mapping[str, int]]

    def of(self, which: str, locale: str | None = None) -> int:
        """Return how many there are under a filter, in one locale or in all."""
        return sum(counts[which] for tag, counts in self.by_locale.items() if locale in (None, tag))


def queue_counts(
    session: Session, actor: Actor, now: datetime, *, q: str | None = None, timezone: str = "Europe/Brussels"
) -> QueueCounts:
    """Count what waits under every filter in every locale; one statement."""
    found = session.execute(_counts(actor, q), _asked(actor, now, timezone)).mappings()
    return QueueCounts({row["locale"]: {which: int(row[which]) for which in QUEUE_FILTERS} for row in found})


@lru_cache(PEOPLE)
def _counts(actor: Actor, q: str | None) -> Any:
    """Return the statement that counts what waits."""
    return _COUNTS.where(
        *_known(actor, q), Version.state.in_(("queued", "drafting", "in_review", "approved"))
    ).group_by(Version.locale)


# What the conditions are asked with; they are put together once, and asked anew for each page.
_NOW: BindParameter[datetime] = bindparam("now")
_END_OF_DAY: BindParameter[datetime] = bindparam("end_of_day")
_USER: BindParameter[str] = bindparam("user")
_WAITING = Version.state.in_(("queued", "drafting", "in_review"))
_IN_REVIEW = Version.state == "in_review"


def _soonest() -> ColumnElement[Any]:
    """Return the hour by which a release is wanted: its deadline or its embargo, whichever comes first."""
    return case(
        (Release.embargo_at.is_(None), Release.deadline_at),
        (Release.deadline_at.is_(None), Release.embargo_at),
        (Release.deadline_at < Release.embargo_at, Release.deadline_at),
        else_=Release.embargo_at,
    )


def _known(actor: Actor, q: str | None) -> list[ColumnElement[bool]]:
    """Return the conditions for what the actor may know of and, where words are given, for the title."""
    conditions = [visible_to(actor)]
    locales = review_locales(actor)
    if locales and ALL_LOCALES not in locales and not sees_everything(actor):
        conditions.append(or_(Version.locale.in_(locales), Release.author_id == actor.user_id))
    if q:
        conditions.append(Release.title.icontains(q, autoescape=True))
    return conditions


def end_of_day(now: datetime, timezone: str) -> datetime:
    """Return when the present day ends in the office's time zone."""
    zone = ZoneInfo(timezone)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), tzinfo=zone)


def _wrote_part() -> ColumnElement[bool]:
    """Say that who asks wrote part of a text in review."""
    own = select(Unit.id).where(Unit.version_id == Version.id, Unit.text_by == _USER).correlate(Version)
    return case((_IN_REVIEW, own.exists()), else_=false())


def _tried_in_vain() -> ColumnElement[bool]:
    """Say that engines were asked and left something empty, or that no worker survived the text."""
    failed = or_(DraftJob.failed_at.is_not(None), DraftJob.rounds > 0)
    return exists().where(DraftJob.version_id == Version.id, failed).correlate(Version)


def _has_units(state: str) -> ColumnElement[bool]:
    """Say that the present text has a unit in the state; found by the index of a version's units by state."""
    return (
        select(Unit.id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == Version.id, Unit.state == state, SegmentRow.revision_id == Version.revision_id)
        .correlate(Version)
        .exists()
    )


def _has_errors() -> ColumnElement[bool]:
    """Say that the present text has an open error; the few that are open anywhere are looked up once.

    The condition is written as the index of open errors has it: with bound values SQLite would not use it.
    """
    there = aliased(Version)
    return Version.id.in_(
        select(there.id)
        .select_from(FindingRow)
        .join(Unit, Unit.id == FindingRow.unit_id)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .join(there, and_(there.id == Unit.version_id, there.revision_id == SegmentRow.revision_id))
        .where(OPEN_ERROR)
    )


def _conditions() -> dict[str, ColumnElement[bool]]:
    held = and_(Version.claimed_by.is_not(None), Version.claimed_until > _NOW)
    empty = _has_units("initial")
    errors = _has_errors()
    return {
        "open": _WAITING,
        "mine": and_(_WAITING, held, Version.claimed_by == _USER),
        "unassigned": and_(_WAITING, or_(Version.claimed_by.is_(None), Version.claimed_until <= _NOW)),
        "due": and_(_WAITING, _soonest() < _END_OF_DAY),
        "blocked": and_(_IN_REVIEW, or_(Version.changes_reason.is_not(None), empty, errors)),
        "failed": and_(_IN_REVIEW, empty, _tried_in_vain()),
        "ready": and_(_IN_REVIEW, Version.changes_reason.is_(None), ~_has_units("translated"), ~empty, ~errors),
        "approved": Version.state == "approved",
    }


_CONDITIONS = _conditions()
_COUNTS = select(
    Version.locale,
    *(func.sum(case((condition, 1), else_=0)).label(which) for which, condition in _CONDITIONS.items()),
).join(Release, Release.id == Version.release_id)
_LINES = (
    select(
        Release.id.label("release_id"),
        Release.title,
        Release.source_locale,
        Release.confidential,
        Release.embargo_at,
        Release.deadline_at,
        Version.id.label("version_id"),
        Version.locale,
        Version.state,
        Version.revision_id,
        Version.changes_reason,
        Version.claimed_by,
        Version.claimed_until,
        User.name.label("holder"),
        DraftJob.failed_at,
        DraftJob.due_at.label("next_draft_at"),
        _wrote_part().label("wrote_part"),
    )
    .join(Release, Release.id == Version.release_id)
    .outerjoin(User, User.id == Version.claimed_by)
    .outerjoin(DraftJob, DraftJob.version_id == Version.id)
    .order_by(_soonest().is_(None), _soonest(), Release.created_at, Release.id, Version.locale)
)


def _asked(actor: Actor, now: datetime, timezone: str) -> dict[str, object]:
    return {"now": now, "end_of_day": end_of_day(now, timezone), "user": actor.user_id}
