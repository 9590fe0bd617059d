"""The filters of the queue that a person keeps."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.permissions import Actor
from service.storage.models import SavedFilter


def saved_filters(session: Session, actor: Actor) -> Sequence[SavedFilter]:
    """Return the actor's own filters, by name."""
    return session.scalars(
        select(SavedFilter).where(SavedFilter.user_id == actor.user_id).order_by(SavedFilter.name)
    ).all()
