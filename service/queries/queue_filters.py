"""What the queue's filters ask of a version: conditions that a list is cut by, and that versions are counted under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, exists, or_

from service.storage.models import DraftJob, Release, Version

QUEUE_FILTERS = ("open", "mine", "unassigned", "due", "blocked", "failed", "ready", "approved")

# What the conditions are asked with; they are put together once, and asked anew for each page.
NOW: BindParameter[datetime] = bindparam("now")
END_OF_DAY: BindParameter[datetime] = bindparam("end_of_day")
USER: BindParameter[str] = bindparam("user")


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to know of a version, each a condition; `id` is the version's.

    `waiting` says that somebody has work with it, `asked` that changes were requested, `empty` that its present text
    has an empty segment, `unread` that it has one nobody confirmed, `wrong` that it has an open error.
    """

    id: ColumnElement[str]
    waiting: ColumnElement[bool]
    in_review: ColumnElement[bool]
    approved: ColumnElement[bool]
    held: ColumnElement[bool]
    mine: ColumnElement[bool]
    due: ColumnElement[bool]
    asked: ColumnElement[bool]
    empty: ColumnElement[bool]
    unread: ColumnElement[bool]
    wrong: ColumnElement[bool]

    def columns(self) -> Iterator[ColumnElement[Any]]:
        """Yield the id, and 1 or 0 for each condition, by their names."""
        yield self.id.label("id")
        for each in fields(self)[1:]:
            yield case((getattr(self, each.name), 1), else_=0).label(each.name)

    @classmethod
    def told_by(cls, columns: Any) -> Facts:
        """Return the conditions that the columns of a statement tell, as `columns` names them."""
        return cls(columns.id, *(columns[each.name] == 1 for each in fields(cls)[1:]))

    def filters(self) -> dict[str, ColumnElement[bool]]:
        """Return what stands under each filter."""
        return {
            "open": self.waiting,
            "mine": and_(self.waiting, self.mine),
            "unassigned": and_(self.waiting, ~self.held),
            "due": and_(self.waiting, self.due),
            "blocked": and_(self.in_review, or_(self.asked, self.empty, self.wrong)),
            "failed": and_(self.in_review, self.empty, _tried_in_vain(self.id)),
            "ready": and_(self.in_review, ~self.asked, ~self.unread, ~self.empty, ~self.wrong),
            "approved": self.approved,
        }


def soonest() -> ColumnElement[Any]:
    """Return the hour by which a release is wanted: its deadline or its embargo, whichever comes first."""
    return case(
        (Release.embargo_at.is_(None), Release.deadline_at),
        (Release.deadline_at.is_(None), Release.embargo_at),
        (Release.deadline_at < Release.embargo_at, Release.deadline_at),
        else_=Release.embargo_at,
    )


def _tried_in_vain(version_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Say that engines were asked and left something empty, or that no worker survived the text."""
    return exists().where(DraftJob.version_id == version_id, or_(DraftJob.failed_at.is_not(None), DraftJob.rounds > 0))


def _of_versions() -> Facts:
    in_review = Version.state == "in_review"
    held = and_(Version.claimed_by.is_not(None), Version.claimed_until > NOW)
    return Facts(
        id=Version.id,  # type: ignore[arg-type]
        waiting=Version.state.in_(("queued", "drafting", "in_review")),
        in_review=in_review,
        approved=Version.state == "approved",
        held=held,
        mine=and_(held, Version.claimed_by == USER),
        due=soonest() < END_OF_DAY,
        asked=Version.changes_reason.is_not(None),
        empty=Version.empty_count > 0,
        unread=Version.segment_count > Version.empty_count + Version.confirmed_count,
        wrong=Version.error_count > 0,
    )


OF_VERSIONS = _of_versions()
IN_THE_QUEUE = Version.state.in_(("queued", "drafting", "in_review", "approved"))
