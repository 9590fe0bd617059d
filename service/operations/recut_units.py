"""The units that take the place of others when segments are joined or divided: whose text it is, and what it came from.

Nothing that nobody confirmed as it now stands counts as confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.drafts import OriginKind
from service.domain.workflow import UnitState
from service.storage.models import Unit, Version

# As if it had been drafted: what comes after is the first save that can be undone.
FIRST_ROW_VERSION = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A new segment's row, with the target and the draft that it takes over."""

    segment_id: str
    target: str
    draft: str


def made_of(version: Version, pieces: Sequence[Piece], old: Sequence[Unit], sources: Sequence[str]) -> list[Unit]:
    """Return new units for the pieces of what old units said of their sources."""
    return [_unit(version, piece, old, sources) for piece in pieces]


def _unit(version: Version, piece: Piece, old: Sequence[Unit], sources: Sequence[str]) -> Unit:
    said = [unit for unit in old if unit.target]
    unit = Unit(
        version_id=version.id,
        segment_id=piece.segment_id,
        target=piece.target,
        state=UnitState.TRANSLATED if piece.target else UnitState.INITIAL,
        origin=OriginKind.NONE,
        draft=piece.draft,
        changed_from=_changed_from(old, sources),
        change_is_minor=bool(piece.target) and any(each.change_is_minor for each in old),
        row_version=FIRST_ROW_VERSION,
    )
    if unit.change_is_minor:
        unit.state_before = UnitState.TRANSLATED
    if piece.target and said:
        first = said[0]
        unit.text_by = writer_of(old)
        unit.origin, unit.engine = _origin(said)
        if unit.origin == OriginKind.MEMORY:
            unit.score = min((each.score for each in said if each.score is not None), default=None)
        unit.engine_version = first.engine_version if unit.engine else None
        unit.drafted_at = first.drafted_at
        unit.warnings = [warning for each in said for warning in each.warnings]
    return unit


def writer_of(old: Sequence[Unit]) -> str | None:
    """Return the first person who wrote any of the texts; the others are found by `queries.cuts.writers_of`."""
    return next((unit.text_by for unit in old if unit.target and unit.text_by), None)


def _origin(said: Sequence[Unit]) -> tuple[str, str | None]:
    """Return where the text came from: one origin for all of it, a person where a person wrote part of it."""
    origins = {(unit.origin, unit.engine) for unit in said}
    if len(origins) == 1:
        return origins.pop()
    if any(unit.text_by for unit in said):
        return OriginKind.PERSON, None
    return said[0].origin, said[0].engine


def _changed_from(old: Sequence[Unit], sources: Sequence[str]) -> str | None:
    """Return the source before a revision that nobody has answered for yet, as far as there was one."""
    if all(unit.changed_from is None for unit in old):
        return None
    before = (
        source if unit.changed_from is None else unit.changed_from for unit, source in zip(old, sources, strict=True)
    )
    return " ".join(filter(None, before))
