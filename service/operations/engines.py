"""What is noted of the engines: how they stand when a worker looks, and what each did in a drafting run.

Figures only: no text, and nobody's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.drafts import DraftResult, OriginKind, OutcomeKind
from service.operations.context import Work
from service.queries.engines import DRAFTED
from service.storage.models import EngineCount, EngineState

REASON_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class SeenEngine:
    """One configured engine as a worker sees it; `gate` is its breaker's, `gate_seconds` how long that lasts yet.

    `answered_ms` is how long its answer took where it has just given one.
    """

    name: str
    runs_in_office: bool
    capabilities: Mapping[str, Any]
    gate: str
    gate_reason: str = ""
    gate_seconds: float | None = None
    answered_ms: int | None = None


def record_engines(work: Work, seen: Sequence[SeenEngine]) -> None:
    """Note how the engines stand, in their default order; those that are no longer configured are forgotten."""
    insert = _insert(work)
    for place, engine in sorted(enumerate(seen), key=lambda numbered: numbered[1].name):
        until = work.now + timedelta(seconds=engine.gate_seconds) if engine.gate_seconds else None
        values: dict[str, Any] = {
            "place": place,
            "runs_in_office": engine.runs_in_office,
            "capabilities": dict(engine.capabilities),
            "gate": engine.gate,
            "gate_reason": engine.gate_reason[:REASON_CHARACTERS],
            "gate_until": until,
            "checked_at": work.now,
        }
        if engine.answered_ms is not None:
            values |= {"last_answer_at": work.now, "last_answer_ms": engine.answered_ms}
        work.session.execute(
            insert(EngineState)
            .values(name=engine.name, **values)
            .on_conflict_do_update(index_elements=[EngineState.name], set_=values)
        )
    work.session.execute(
        delete(EngineState)
        .where(EngineState.name.not_in([engine.name for engine in seen]))
        .execution_options(synchronize_session=False)
    )


def count_draft(work: Work, result: DraftResult, *, source_locale: str, target_locale: str) -> None:
    """Add a drafting run to the day's counts: the units that each engine drafted, and why it did not draft more.

    That a text may not leave the office is no failure of an engine. The rows are written in the order of their keys,
    so that two runs that end together cannot wait for each other.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for unit in result.drafted:
        if unit.origin.kind is OriginKind.MT and unit.origin.engine:
            counts[unit.origin.engine, DRAFTED] += 1
        elif unit.origin.kind is OriginKind.MEMORY:
            counts["", DRAFTED] += 1
    for outcome in result.outcomes:
        if outcome.reason and outcome.kind not in {OutcomeKind.ANSWERED, OutcomeKind.NOT_ALLOWED}:
            counts[outcome.engine, outcome.reason[:REASON_CHARACTERS]] += 1
    insert = _insert(work)
    for (engine, kind), count in sorted(counts.items()):
        added = insert(EngineCount).values(
            engine=engine,
            source_locale=source_locale,
            target_locale=target_locale,
            day=work.now.date(),
            kind=kind,
            count=count,
        )
        work.session.execute(
            added.on_conflict_do_update(
                index_elements=[
                    EngineCount.engine,
                    EngineCount.source_locale,
                    EngineCount.target_locale,
                    EngineCount.day,
                    EngineCount.kind,
                ],
                set_={"count": EngineCount.count + added.excluded.count},
            )
        )


def _insert(work: Work) -> Any:
    """Return the database's own INSERT, which knows what to do about a row that is there already."""
    return postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
