"""What can be done to one segment beside writing it: what the editor offers of it, loaded with few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.operations.recut_units import FIRST_ROW_VERSION
from service.queries.cuts import acts_of_cuts
from service.queries.review import UnitBrief, UnitRow
from service.queries.segment_tools import earlier_texts, same_sentences, undoable_units
from service.storage.models import Unit
from service.uow import Reading
from service.web.versions import VersionPage

CONFIRMED = frozenset({"reviewed", "final"})


@dataclass(frozen=True, slots=True)
class Tools:
    """By unit: the text that stood for an earlier source, how many other places have its sentence open, and its cut.

    `undoable` names the units whose last save can be undone. A cut is the act that joined or divided segments into a
    unit.
    """

    earlier: Mapping[str, str]
    same: Mapping[str, int]
    cuts: Mapping[str, str]
    undoable: frozenset[str] = frozenset()

    def earlier_of(self, unit: Unit) -> str:
        """Return the earlier text of a unit, or nothing."""
        return self.earlier.get(unit.id, "")

    def same_as(self, unit: Unit) -> int:
        """Return in how many other places a confirmed unit's sentence stands with another text, or unconfirmed."""
        return self.same.get(unit.id, 0)

    def cut_of(self, unit: Unit) -> str | None:
        """Return the act that joined or divided segments into a unit, as long as nothing was saved there since."""
        return self.cuts.get(unit.id) if unit.row_version == FIRST_ROW_VERSION else None

    def any_for(self, unit: Unit) -> bool:
        """Is there anything to offer beside a unit, other than to cut it?"""
        waits = unit.change_is_minor or self.may_undo(unit) or unit.id in self.earlier
        return waits or self.same_as(unit) > 0 or self.cut_of(unit) is not None

    def may_undo(self, unit: Unit) -> bool:
        """Is there a last save that can be undone?"""
        return unit.id in self.undoable


NO_TOOLS = Tools({}, {}, {})


def load_tools(reading: Reading, page: VersionPage, rows: Sequence[UnitRow], all_units: Sequence[UnitBrief]) -> Tools:
    """Return what the editor offers beside some of a version's units; three statements at most."""
    units = [row.unit for row in rows]
    return Tools(
        earlier_texts(reading.session, page.version, units),
        _same_among(all_units),
        acts_of_cuts(reading.session, page.version),
        undoable_units(reading.session, units),
    )


def load_tools_of(reading: Reading, page: VersionPage, row: UnitRow, *, saves: int | None = None) -> Tools:
    """Return what the editor offers beside one unit that was just saved; `saves` counts them where that is known."""
    unit = row.unit
    undoable = undoable_units(reading.session, [unit]) if saves is None else frozenset([unit.id] * (saves > 1))
    same = same_sentences(reading.session, page.version, unit) if unit.state in CONFIRMED else []
    return Tools(earlier_texts(reading.session, page.version, [unit]), {unit.id: len(same)}, {}, undoable)


def _same_among(units: Sequence[UnitBrief]) -> dict[str, int]:
    texts = Counter((unit.source_hash, unit.target, unit.state in CONFIRMED) for unit in units)
    sources = Counter(unit.source_hash for unit in units)
    return {
        unit.id: sources[unit.source_hash] - texts[unit.source_hash, unit.target, True]
        for unit in units
        if unit.state in CONFIRMED
    }
