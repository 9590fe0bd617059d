"""How the engines stand and how they fared: states, counts of drafts and failures, and what reviewers change of them.

Everything here is a count or a mean over many texts; no text and no person can be read from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, Date, Integer, case, func, select
from sqlalchemy.orm import Session

from service.domain.drafts import OriginKind
from service.domain.office import Office
from service.domain.ranking import (
    ENOUGH_UNITS,
    REMEMBERED_DAYS,
    MeasuredDay,
    OrderedBy,
    Standing,
    ordered,
    ordered_by,
    standings,
)
from service.storage.models import DraftMeasure, EngineCount, EngineState

DRAFTED = "drafted"
FAILURE_DAYS = 30
DAY_SECONDS = 86_400

Pair: TypeAlias = tuple[str, str]  # the source locale and the target locale
_Key: TypeAlias = tuple[str, str, str]  # the engine and the pair


def engine_states(session: Session) -> list[EngineState]:
    """Return how the engines stood when a worker last looked, in the default order."""
    return list(session.scalars(select(EngineState).order_by(EngineState.place, EngineState.name)))


def ranking(session: Session, source_locale: str, target_locale: str, now: datetime) -> list[Standing]:
    """Return the engines of which enough was measured for the pair, those that reviewers change least first."""
    found = _standings(session, now, (source_locale, target_locale)).get((source_locale, target_locale), {})
    return sorted((each for each in found.values() if each.ranked), key=lambda each: (each.ter, each.engine))


def asked_in_order(
    session: Session, default: Sequence[str], source_locale: str, target_locale: str, now: datetime
) -> tuple[str, ...]:
    """Return the engines of a default order in the order in which they are asked for the pair."""
    return ordered(default, {each.engine: each for each in ranking(session, source_locale, target_locale, now)})


def _standings(session: Session, now: datetime, pair: Pair | None = None) -> dict[Pair, dict[str, Standing]]:
    """Return the engines' standings for one pair, or for all, from one row for each of their days."""
    day = func.date(DraftMeasure.approved_at, type_=Date)
    place = (DraftMeasure.source_locale, DraftMeasure.target_locale, DraftMeasure.engine)
    statement = (
        select(*place, day, func.count(), func.sum(DraftMeasure.ter))
        .where(_remembered(now), DraftMeasure.origin == OriginKind.MT)
        .group_by(*place, day)
    )
    if pair is not None:
        statement = statement.where(DraftMeasure.source_locale == pair[0], DraftMeasure.target_locale == pair[1])
    days: dict[Pair, list[MeasuredDay]] = {}
    for source, target, engine, on, units, ter_sum in session.execute(statement):
        measured = MeasuredDay(engine, _age_days(on, now), units, float(ter_sum))
        days.setdefault((source, target), []).append(measured)
    return {each: standings(measured) for each, measured in days.items()}


def _remembered(now: datetime) -> ColumnElement[bool]:
    return DraftMeasure.approved_at > now - timedelta(days=REMEMBERED_DAYS)


def _age_days(on: date, now: datetime) -> float:
    """Return how old a day is, counted from its middle."""
    return (now - datetime.combine(on, time(12), UTC)).total_seconds() / DAY_SECONDS


@dataclass(frozen=True, slots=True)
class Figures:
    """How one engine, or the memory, fared for one pair.

    `drafts` are all units that it drafted, `measured` those whose approved text was compared with their draft.
    `unchanged` is the share (0 to 1) that was approved as drafted; `chrf_distance` (100 less chrF) and `ter` are
    medians from 0, where nothing was changed, to 100. These three are None until `needed` units were measured.
    `failures` tells how many runs an engine failed in the last thirty days, by reason, the most frequent first.
    """

    engine: str
    drafts: int = 0
    measured: int = 0
    needed: int = ENOUGH_UNITS
    unchanged: float | None = None
    chrf_distance: float | None = None
    ter: float | None = None
    failures: tuple[tuple[str, int], ...] = ()

    @property
    def enough(self) -> bool:
        """Was enough measured to tell?"""
        return self.measured >= self.needed


@dataclass(frozen=True, slots=True)
class PairFigures:
    """How all engines fared for one pair, in the order in which they are asked, and the memory where it was of use."""

    source_locale: str
    target_locale: str
    order: tuple[str, ...]
    ordered_by: OrderedBy
    engines: tuple[Figures, ...]
    memory: Figures | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is known of the configured engines; `pinned` where the office fixed their order itself."""

    states: tuple[EngineState, ...]
    pinned: bool
    pairs: tuple[PairFigures, ...] = field(default=())

    @property
    def checked_at(self) -> datetime | None:
        """Return when a worker last looked."""
        return max((state.checked_at for state in self.states), default=None)


def overview(session: Session, now: datetime, *, pinned: bool, pairs: Iterable[Pair]) -> Overview:
    """Return how the configured engines stand and fared, the given pairs first; six statements, whatever there is."""
    states = engine_states(session)
    default = tuple(state.name for state in states)
    drafts, failures = _drafts(session), _failures(session, now)
    measures = _measures(session, now)
    known = _standings(session, now)
    every = dict.fromkeys([*pairs, *sorted({key[1:] for key in (*drafts, *failures, *measures)})])
    found = []
    for source, target in every:
        here = known.get((source, target), {})
        order = default if pinned else ordered(default, here)

        def figures(name: str, place: Pair = (source, target)) -> Figures:
            key = (name, *place)
            counted = measures.get(key, _Measured())
            return counted.figures(name, drafts.get(key, counted.units), failures.get(key, ()))

        memory = figures("")
        found.append(
            PairFigures(
                source,
                target,
                order,
                ordered_by(default, here, pinned=pinned),
                tuple(figures(name) for name in order),
                memory if memory.measured else None,
            )
        )
    return Overview(tuple(states), pinned, tuple(found))


def office_overview(session: Session, now: datetime, office: Office) -> Overview:
    """Return what is known of the engines, with the pairs that the office itself translates before others."""
    pairs = [(office.source_locale, locale) for locale in office.target_locales if locale != office.source_locale]
    return overview(session, now, pinned=office.engines_pinned, pairs=pairs)


def _drafts(session: Session) -> dict[_Key, int]:
    place = (EngineCount.engine, EngineCount.source_locale, EngineCount.target_locale)
    statement = select(*place, func.sum(EngineCount.count)).where(EngineCount.kind == DRAFTED).group_by(*place)
    return {(engine, source, target): int(count) for engine, source, target, count in session.execute(statement)}


def _failures(session: Session, now: datetime) -> dict[_Key, tuple[tuple[str, int], ...]]:
    place = (EngineCount.engine, EngineCount.source_locale, EngineCount.target_locale)
    total = func.sum(EngineCount.count)
    statement = (
        select(*place, EngineCount.kind, total)
        .where(EngineCount.kind != DRAFTED, EngineCount.day > now.date() - timedelta(days=FAILURE_DAYS))
        .group_by(*place, EngineCount.kind)
        .order_by(total.desc(), EngineCount.kind)
    )
    found: dict[_Key, tuple[tuple[str, int], ...]] = {}
    for engine, source, target, reason, count in session.execute(statement):
        key = (engine, source, target)
        found[key] = (*found.get(key, ()), (reason, int(count)))
    return found


@dataclass(slots=True)
class _Measured:
    """The measured units of one engine and pair: how many, how many unchanged, and how many at each distance."""

    units: int = 0
    unchanged: int = 0
    chrf: list[tuple[float, int]] = field(default_factory=list)
    ter: list[tuple[float, int]] = field(default_factory=list)

    def figures(self, name: str, drafts: int, failures: tuple[tuple[str, int], ...]) -> Figures:
        """Return the figures, without means where too little was measured."""
        if self.units < ENOUGH_UNITS:
            return Figures(name, drafts, self.units, failures=failures)
        return Figures(
            name,
            drafts,
            self.units,
            unchanged=self.unchanged / self.units,
            chrf_distance=round(100 - median(self.chrf), 1),
            ter=round(median(self.ter), 1),
            failures=failures,
        )


def _measures(session: Session, now: datetime) -> dict[_Key, _Measured]:
    """Count the units at each distance: measures are kept to a tenth, so the rows are few however many the units."""
    place = (DraftMeasure.engine, DraftMeasure.source_locale, DraftMeasure.target_locale)
    unchanged = func.sum(case((DraftMeasure.unchanged, 1), else_=0), type_=Integer)
    found: dict[_Key, _Measured] = {}
    for measure in (DraftMeasure.ter, DraftMeasure.chrf):
        statement = (
            select(*place, measure, func.count(), unchanged).where(_remembered(now)).group_by(*place, measure)
        ).order_by(measure)
        for engine, source, target, value, count, same in session.execute(statement):
            here = found.setdefault((engine, source, target), _Measured())
            if measure is DraftMeasure.ter:
                here.units += count
                here.unchanged += int(same)
                here.ter.append((value, count))
            else:
                here.chrf.append((value, count))
    return found


def median(counted: Sequence[tuple[float, int]]) -> float:
    """Return the median of values that are given ascending, each with how often it occurs."""
    middle = sum(count for _, count in counted)
    below, lower = 0, None
    for value, count in counted:
        below += count
        if lower is None and 2 * below >= middle:
            lower = value
        if lower is not None and 2 * below > middle:
            return (lower + value) / 2
    message = "nothing has no median"
    raise ValueError(message)
