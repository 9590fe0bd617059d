"""What the memory offers to somebody who looks: public pairs, and those of releases that they see anyway."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.domain.permissions import Actor
from service.queries.visibility import visible_to
from service.storage.models import MemoryUnit, Release


def exact_matches(
    session: Session, actor: Actor, source_hash: str, target_locale: str, *, limit: int = 10
) -> Sequence[MemoryUnit]:
    """Return approved pairs of exactly this source, newest first."""
    return session.scalars(
        select(MemoryUnit)
        .join(Release, Release.id == MemoryUnit.release_id)
        .where(
            MemoryUnit.source_hash == source_hash,
            MemoryUnit.target_locale == target_locale,
            or_(MemoryUnit.public, visible_to(actor)),
        )
        .order_by(MemoryUnit.approved_at.desc(), MemoryUnit.id)
        .limit(limit)
    ).all()
