"""Joining, dividing and saving the segments of one release, as the tests of cuts do it."""

from __future__ import annotations

from typing import Any

from service.domain.permissions import Actor
from service.operations.cutting import CutDone, join_segments, split_segment
from service.operations.review import edit_unit
from service.storage.models import Unit
from service.uow import Desk
from tests.operations.making import text_of
from tests.operations.steps import act

FIRST, SECOND = 2, 3  # the two sentences of the first paragraph
LAST = 6
LEAD = "De gemeente opent op 14 mei 2026 een nieuwe brug over de Leie. Wandelaars en fietsers kunnen er meteen over."


def units(desk: Desk, release_id: str, locale: str = "fr") -> tuple[Unit, ...]:
    return text_of(desk, release_id, locale).units


def sources(desk: Desk, release_id: str, locale: str = "fr") -> list[str]:
    return [segment.source for segment in text_of(desk, release_id, locale).segments]


def seen(desk: Desk, release_id: str, locale: str = "fr") -> dict[str, int]:
    return {unit.id: unit.row_version for unit in units(desk, release_id, locale)}


def join(desk: Desk, actor: Actor, release_id: str, place: int = FIRST, **rest: Any) -> CutDone:
    unit = units(desk, release_id)[place]
    given = {"seen": seen(desk, release_id), **rest}
    return act(desk, actor, join_segments, release_id, "fr", unit.id, **given)


def split(desk: Desk, actor: Actor, release_id: str, place: int, at: int, **rest: Any) -> CutDone:
    unit = units(desk, release_id)[place]
    given = {"seen": seen(desk, release_id), **rest}
    return act(desk, actor, split_segment, release_id, "fr", unit.id, at=at, **given)


def save(desk: Desk, actor: Actor, release_id: str, place: int, target: str, **rest: Any) -> None:
    unit = units(desk, release_id)[place]
    act(desk, actor, edit_unit, release_id, "fr", unit.id, row_version=None, target=target, **rest)
