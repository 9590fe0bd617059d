"""What engines answered before, for the same texts asked again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.storage.models import EngineAnswer


def kept_answers(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Return the answers that are kept under these keys; one statement."""
    kept = session.scalars(select(EngineAnswer).where(EngineAnswer.key.in_(list(keys))))
    return {row.key: row.answer for row in kept}
