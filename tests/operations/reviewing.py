"""What the tests of reviewing and approving share."""

from __future__ import annotations

from typing import Any

from service.domain.permissions import Actor
from service.operations.review import edit_unit
from service.uow import Desk
from tests.operations.making import text_of
from tests.operations.steps import act


def save(desk: Desk, actor: Actor, release_id: str, n: int = 0, **change: Any) -> Any:
    unit = text_of(desk, release_id, "fr").units[n]
    change.setdefault("row_version", unit.row_version)
    return act(desk, actor, edit_unit, release_id, "fr", unit.id, **change)
