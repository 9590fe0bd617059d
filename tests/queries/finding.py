"""Looking words up in tests, and what is marked."""

from __future__ import annotations

from service.domain.permissions import DESK, Actor
from service.queries.concordance import Concordance, concordance
from service.uow import Desk


def find(desk: Desk, query: str, who: Actor = DESK, **rest: object) -> Concordance:
    with desk.read() as reading:
        return concordance(reading.session, who, query, reading.now, **rest)  # type: ignore[arg-type]


def sources(found: Concordance) -> list[str]:
    return [row.marked.text for row in found.rows]
