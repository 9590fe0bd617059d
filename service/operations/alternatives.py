"""Other drafts of one unit: ask for one, take it in place of the present text, leave it.

Taking one is an edit like any other; what a worker does in between is in `claiming_alternatives`.
"""

from __future__ import annotations

from sqlalchemy import select

from service.domain import permissions
from service.domain.drafts import DraftedUnit, Origin, OriginKind
from service.domain.errors import N_, Conflict, NotFound, WrongState
from service.domain.workflow import VersionState
from service.operations import audit
from service.operations.context import Work
from service.operations.engine_choice import chosen_engine
from service.operations.loading import Seen, demand, locked_version, unit_of
from service.operations.review import save_unit
from service.storage.models import Alternative, SegmentRow, Unit, Version

MOST_OPEN = 20


def ask_alternative(
    work: Work, release_id: str, locale: str, unit_id: str, *, engine: str | None = None
) -> Alternative:
    """Ask one engine (or the next in the order) for another draft of a unit; what was asked and is open stays one.

    Raises `WrongState` unless the version is in review, `Conflict` where too many drafts are waited for already.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    if version.state != VersionState.IN_REVIEW:
        raise WrongState("not_in_review", N_("Another draft can be asked for only while the version is in review."))
    unit = unit_of(work, version, unit_id)
    named = chosen_engine(work, engine)
    waiting = work.session.scalars(
        select(Alternative)
        .join(Unit, Unit.id == Alternative.unit_id)
        .where(Unit.version_id == version.id, Alternative.due_at.is_not(None))
    ).all()
    for open_one in waiting:
        if (open_one.unit_id, open_one.engine) == (unit.id, named):
            return open_one
    if len(waiting) >= MOST_OPEN:
        raise Conflict(
            "too_many_alternatives",
            N_("%(most)s drafts are waited for in this version already; ask again when they are there."),
            most=MOST_OPEN,
        )
    alternative = Alternative(
        unit_id=unit.id,
        engine=named,
        source_hash=work.session.get_one(SegmentRow, unit.segment_id).source_hash,
        asked_by=work.actor.user_id,
        asked_at=work.now,
        due_at=work.now,
    )
    work.session.add(alternative)
    work.session.flush()
    work.nudge = True
    audit.record(
        work, "alternative.asked", alternative.id, release_id=release.id, locale=locale, unit=unit.id, engine=named
    )
    return alternative


def take_alternative(
    work: Work, release_id: str, locale: str, unit_id: str, alternative_id: str, *, row_version: Seen
) -> Unit:
    """Put an alternative in place of the unit's text, as an edit of the person who chose it.

    It stays a machine's draft by its origin. Raises `Stale` as `edit_unit` does, and `Conflict` where the source has
    changed since or no draft has come.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    segment = _segment_of(work, version, unit_id)
    if segment.revision_id != version.revision_id:
        raise _source_changed()
    alternative = _alternative_of(work, unit_id, alternative_id)
    if segment.source_hash != alternative.source_hash:
        raise _source_changed()
    if not alternative.target:
        raise Conflict("no_draft_yet", N_("There is no draft here that could be taken."))
    chosen = DraftedUnit(
        unit_id,
        alternative.target,
        Origin(
            OriginKind(alternative.origin),
            engine=alternative.answered_by,
            engine_version=alternative.engine_version,
            score=alternative.score,
        ),
        raw=alternative.raw,
        warnings=tuple(alternative.warnings),
        milliseconds=alternative.milliseconds,
    )
    unit = save_unit(
        work, release_id, locale, unit_id, row_version=row_version, target=alternative.target, chosen=chosen
    ).unit
    audit.record(work, "alternative.taken", alternative.id, release_id=release.id, locale=locale, unit=unit.id)
    return unit


def leave_alternative(work: Work, release_id: str, locale: str, unit_id: str, alternative_id: str) -> None:
    """Remove an alternative that nobody wants; a worker that still drafts it writes nothing any more."""
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    _segment_of(work, version, unit_id)
    alternative = _alternative_of(work, unit_id, alternative_id)
    work.session.delete(alternative)
    audit.record(work, "alternative.left", alternative.id, release_id=release.id, locale=locale, unit=unit_id)


def _segment_of(work: Work, version: Version, unit_id: str) -> SegmentRow:
    """Return the segment of a unit of the version, be it of an older source; raise `NotFound` for any other id."""
    segment = work.session.scalar(
        select(SegmentRow)
        .join(Unit, Unit.segment_id == SegmentRow.id)
        .where(Unit.id == unit_id, Unit.version_id == version.id)
    )
    if segment is None:
        raise NotFound
    return segment


def _alternative_of(work: Work, unit_id: str, alternative_id: str) -> Alternative:
    alternative = work.session.scalar(
        select(Alternative)
        .where(Alternative.id == alternative_id, Alternative.unit_id == unit_id)
        .execution_options(populate_existing=True)
    )
    if alternative is None:
        raise NotFound
    return alternative


def _source_changed() -> Conflict:
    return Conflict("source_changed", N_("The source of this segment has changed since; ask for another draft of it."))
