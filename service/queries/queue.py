"""The queue: which versions wait for somebody, how many under each filter, and what holds each of them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from service.domain.permissions import ALL_LOCALES, Actor, review_locales, sees_everything
from service.queries.queue_filters import IN_THE_QUEUE, OF_VERSIONS, QUEUE_FILTERS, USER, Facts, soonest
from service.queries.texts import Tally, tally_of, word_counts
from service.queries.visibility import PEOPLE, visible_to
from service.storage.models import DraftJob, Release, Unit, User, Version

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

    Two statements, however many there are. A reviewer sees their own locales, others every version that they may see.
    """
    ask = ask or QueueAsk()
    return _rows(session, now, session.execute(_lines(actor, ask, limit), _asked(actor, now, ask.timezone)).all())


@lru_cache(PEOPLE)
def _lines(actor: Actor, ask: QueueAsk, limit: int) -> Any:
    """Return the statement that finds one page of lines.

    Of all that waits, no more is read than says which of it stands on the page; the rest is read of those.
    """
    found = _FOUND.where(*_known(actor, ask.q), _CONDITIONS.get(ask.which, OF_VERSIONS.waiting))
    if ask.locale:
        found = found.where(Version.locale == ask.locale)
    page = found.limit(limit).offset((max(ask.page, 1) - 1) * limit).cte("page").prefix_with("MATERIALIZED")
    wrote_part = exists().where(Unit.version_id == Version.id, Unit.text_by == USER)
    return (
        select(
            *_SHOWN,
            User.name.label("holder"),
            DraftJob.failed_at,
            DraftJob.due_at.label("next_draft_at"),
            case((Version.state == "in_review", wrote_part), else_=false()).label("wrote_part"),
        )
        .join(page, page.c.version_id == Version.id)
        .join(Release, Release.id == Version.release_id)
        .outerjoin(User, User.id == Version.claimed_by)
        .outerjoin(DraftJob, DraftJob.version_id == Version.id)
        .order_by(page.c.soonest.is_(None), page.c.soonest, Release.created_at, Release.id, Version.locale)
    )


def _rows(session: Session, now: datetime, found: Sequence[Any]) -> list[QueueRow]:
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
                tally=tally_of(row),
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
    """Return the statement that counts what waits.

    What is looked up of a version is looked up once, and counted under every filter that asks for it.
    """
    each = (
        select(Version.locale, *OF_VERSIONS.columns())
        .join(Release, Release.id == Version.release_id)
        .where(*_known(actor, q), IN_THE_QUEUE)
        .cte("each")
        .prefix_with("MATERIALIZED")
    )
    filters = Facts.told_by(each.c).filters()
    counts = (func.sum(case((condition, 1), else_=0)).label(which) for which, condition in filters.items())
    return select(each.c.locale, *counts).group_by(each.c.locale)


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


_CONDITIONS = OF_VERSIONS.filters()
_FOUND = (
    select(Version.id.label("version_id"), soonest().label("soonest"))
    .join(Release, Release.id == Version.release_id)
    .order_by(soonest().is_(None), soonest(), Release.created_at, Release.id, Version.locale)
)
_SHOWN = (
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
    Version.segment_count,
    Version.empty_count,
    Version.confirmed_count,
    Version.error_count,
    Version.warning_count,
    Version.note_count,
    Version.dismissed_count,
)


def _asked(actor: Actor, now: datetime, timezone: str) -> dict[str, object]:
    return {"now": now, "end_of_day": end_of_day(now, timezone), "user": actor.user_id}
