"""Which engine is asked first for a pair of languages: the one whose drafts reviewers change least.

Only engines of which enough was measured are ranked, and they trade nothing but their own places: an engine that
nobody knows well yet stays where the default order has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

ENOUGH_UNITS = 200
HALF_LIFE_DAYS = 90.0
REMEMBERED_DAYS = 720  # eight half-lives: what is older would weigh less than half a hundredth


class OrderedBy(StrEnum):
    """Why the engines stand in the order in which they are asked."""

    OFFICE = "office"  # the office named them in its settings
    MEASURES = "measures"  # by what reviewers change least
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class MeasuredDay:
    """What was measured of an engine's drafts that were approved on one day; `ter_sum` adds up their TER (0 to 100)."""

    engine: str
    age_days: float
    units: int
    ter_sum: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of an engine's drafts reviewers change: the mean TER of its units, recent ones weighing more."""

    engine: str
    units: int
    ter: float

    @property
    def ranked(self) -> bool:
        """Was enough measured to rank the engine?"""
        return self.units >= ENOUGH_UNITS


def weight(age_days: float) -> float:
    """Return how much a measure weighs: 1 today, half as much after each half-life."""
    return float(0.5 ** (max(age_days, 0.0) / HALF_LIFE_DAYS))


def standings(days: Iterable[MeasuredDay]) -> dict[str, Standing]:
    """Return each engine's standing by its name."""
    units: dict[str, int] = {}
    weights: dict[str, float] = {}
    sums: dict[str, float] = {}
    for day in days:
        weighs = weight(day.age_days)
        units[day.engine] = units.get(day.engine, 0) + day.units
        weights[day.engine] = weights.get(day.engine, 0.0) + weighs * day.units
        sums[day.engine] = sums.get(day.engine, 0.0) + weighs * day.ter_sum
    return {name: Standing(name, units[name], sums[name] / weights[name]) for name in units if weights[name] > 0}


def ordered(default: Sequence[str], known: Mapping[str, Standing]) -> tuple[str, ...]:
    """Return the names with the ranked ones in each other's places, least changed first; equals keep their order."""
    ranked = [name for name in default if name in known and known[name].ranked]
    best_first = iter(sorted(ranked, key=lambda name: known[name].ter))
    return tuple(next(best_first) if name in ranked else name for name in default)


def ordered_by(default: Sequence[str], known: Mapping[str, Standing], *, pinned: bool) -> OrderedBy:
    """Return why the order is as it is; one ranked engine has nobody to trade places with."""
    if pinned:
        return OrderedBy.OFFICE
    ranked = sum(name in known and known[name].ranked for name in default)
    return OrderedBy.MEASURES if ranked > 1 else OrderedBy.DEFAULT
