"""What is to be measured: approved texts whose way from the machine's draft to the approved words nobody has measured.

A unit is compared as a reader sees it, without its inline codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.drafts import OriginKind
from service.domain.inline import plain
from service.domain.text import CodedText
from service.queries.texts import codes_of, version_text
from service.storage.models import Approval, DraftMeasure, Release, Unit, Version

MEMORY = ""  # stands for the translation memory where an engine would be named


@dataclass(frozen=True, slots=True)
class DraftedText:
    """One unit's draft and its approved target, in plain text, and where the draft came from."""

    unit_id: str
    origin: OriginKind
    engine: str
    engine_version: str | None
    draft: str
    approved: str


@dataclass(frozen=True, slots=True)
class ToMeasure:
    """The units of one approval that are yet to be measured; none where all are."""

    approval_id: str
    source_locale: str
    target_locale: str
    units: tuple[DraftedText, ...]


def due_approvals(session: Session, *, limit: int) -> Sequence[str]:
    """Return the standing approvals that nobody has measured, oldest first."""
    return session.scalars(
        select(Approval.id)
        .where(Approval.measured_at.is_(None), Approval.voided_at.is_(None))
        .order_by(Approval.approved_at, Approval.id)
        .limit(limit)
    ).all()


def to_measure(session: Session, approval_id: str) -> ToMeasure | None:
    """Return what is yet to be measured of an approval; None where it counts no more, or was measured.

    A text that is no longer the approved one has nothing to measure.
    """
    approval = session.get(Approval, approval_id)
    if approval is None or approval.measured_at is not None or approval.voided_at is not None:
        return None
    version = session.get_one(Version, approval.version_id)
    release = session.get_one(Release, version.release_id)
    text = version_text(session, version)
    if text.digest != approval.digest:
        return ToMeasure(approval.id, release.source_locale, version.locale, ())
    measured = _measured(session, version, approval.approved_at)
    units = tuple(
        DraftedText(
            unit.id,
            origin,
            unit.engine or MEMORY,
            unit.engine_version,
            plain(CodedText(unit.draft, codes_of(segment.codes))),
            plain(CodedText(unit.target, codes_of(segment.codes))),
        )
        for unit, segment in zip(text.units, text.segments, strict=True)
        if unit.id not in measured and unit.draft and (origin := draft_origin(unit)) is not None
    )
    return ToMeasure(approval.id, release.source_locale, version.locale, units)


def _measured(session: Session, version: Version, approved_at: datetime) -> set[str]:
    """Return the units that were measured since this approval was given."""
    return set(
        session.scalars(
            select(DraftMeasure.unit_id)
            .join(Unit, Unit.id == DraftMeasure.unit_id)
            .where(Unit.version_id == version.id, DraftMeasure.approved_at >= approved_at)
        )
    )


def draft_origin(unit: Unit) -> OriginKind | None:
    """Return where a unit's draft came from, a machine or the memory, whoever wrote its present text; else None."""
    if unit.engine:
        return OriginKind.MT
    return OriginKind.MEMORY if unit.score is not None else None
