"""How much the memory holds in each language: counted while it is small, then estimated by units here and there."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.permissions import Actor
from service.queries.memory import readable_by
from service.storage.models import MemoryUnit

COUNTED = 20_000
SAMPLED = 2_000


def units_by_locale(session: Session, actor: Actor) -> tuple[dict[str, int], bool]:
    """Return how many targets the actor may find in each locale, and whether that is exact; two statements.

    Of a large memory two thousand units are read, evenly spread, however large it is.
    """
    last = session.scalar(select(func.max(MemoryUnit.id))) or 0
    exact = last <= COUNTED
    conditions = [MemoryUnit.retired_at.is_(None), readable_by(actor)]
    if not exact:
        conditions.append(MemoryUnit.id.in_([last * place // SAMPLED for place in range(1, SAMPLED + 1)]))
    rows = session.execute(
        select(MemoryUnit.target_locale, func.count()).where(*conditions).group_by(MemoryUnit.target_locale)
    ).all()
    return {locale: count if exact else _rounded(count * last / SAMPLED) for locale, count in rows}, exact


def _rounded(count: float) -> int:
    """Return a number with two digits that count."""
    return int(float(f"{count:.1e}"))
