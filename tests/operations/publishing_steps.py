"""What the tests of publishing and withdrawing share."""

from __future__ import annotations

from sqlalchemy import select

from service.storage.models import Publication
from service.uow import Desk


def publications(desk: Desk, release_id: str) -> list[Publication]:
    with desk.read() as reading:
        return list(
            reading.session.scalars(
                select(Publication)
                .where(Publication.release_id == release_id)
                .order_by(Publication.published_at, Publication.locale)
            )
        )
