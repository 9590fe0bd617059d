"""A release's facts as people look at them: each cell with what it weighs that it does not agree, and its token.

A token is of one pair of spellings: a person who says that the pair is right says so of nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.domain.checks.base import Severity
from service.domain.fact_matrix import Cell, Place, Row, Version, fact_matrix
from service.domain.facts.held import State
from service.domain.facts.segment_text import FactKind
from service.domain.text import CodedText

TOKEN_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class FactCell:
    """A fact in one language; `severity` is what it weighs that it does not agree, None where it does."""

    state: State
    spellings: tuple[str, ...]
    places: tuple[Place, ...]
    severity: Severity | None
    token: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of the release in every language, as in `fact_matrix.Row`."""

    kind: FactKind
    key: str
    spelling: str
    places: tuple[Place, ...]
    cells: Mapping[str, FactCell]

    @property
    def differing(self) -> dict[str, FactCell]:
        """The cells that do not agree, by locale."""
        return {locale: cell for locale, cell in self.cells.items() if cell.severity is not None}


@dataclass(slots=True)
class _Gathered:
    row: Row
    cells: dict[str, FactCell] = field(default_factory=dict)


def fact_table(source: Sequence[CodedText], source_locale: str, versions: Sequence[Version]) -> tuple[FactRow, ...]:
    """Return the rows of a release: its own facts in the order of the text, then those that only translations have.

    Each language is held to the source by itself, so that what is wrong in one weighs nothing in another.
    """
    rows: dict[str, _Gathered] = {}
    for version in versions:
        for row in fact_matrix(source, source_locale, [version]):
            gathered = rows.setdefault(row.key, _Gathered(row))
            gathered.cells[version.locale] = _cell(row, row.cells[version.locale])
    locales = [version.locale for version in versions]
    in_order = sorted(rows.values(), key=lambda it: not it.row.places)  # stable: the source's stand in its order
    return tuple(_row(each, locales) for each in in_order)


def blocking_cells(rows: Sequence[FactRow], locale: str) -> list[FactCell]:
    """Return the cells of a language that are an error."""
    cells = (row.cells[locale] for row in rows)
    return [cell for cell in cells if cell.severity is Severity.ERROR]


def _row(gathered: _Gathered, locales: Sequence[str]) -> FactRow:
    row = gathered.row
    nothing = _cell(row, Cell(State.SAME))
    cells = {locale: gathered.cells.get(locale, nothing) for locale in locales}
    return FactRow(row.kind, row.key, row.spelling, row.places, cells)


def _cell(row: Row, cell: Cell) -> FactCell:
    told = json.dumps(
        [row.key, row.spelling, len(row.places), cell.state.value, list(cell.spellings), len(cell.places)],
        ensure_ascii=False,
    )
    token = hashlib.sha256(told.encode()).hexdigest()[:TOKEN_CHARACTERS]
    severity = None if cell.agrees else row.severity
    return FactCell(cell.state, cell.spellings, cell.places, severity, token)
