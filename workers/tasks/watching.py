"""Looking at the engines: how each stands, for the people of the office to read; nobody is asked anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from celery import shared_task

from service.domain.drafts import EngineOutcome
from service.operations.engines import SeenEngine, record_engines
from workers.composition import Parts, parts
from workers.engines.base import Capabilities, Engine
from workers.engines.breaker import Breakers


@shared_task(name="workers.watch_engines")
def watch_engines() -> None:
    """Note how the engines stand now."""
    look_at_engines(parts())


def look_at_engines(here: Parts, outcomes: Sequence[EngineOutcome] = ()) -> None:
    """Note how the engines stand, and of those that have just answered in a drafting run how long that took."""
    answered = {outcome.engine: outcome.milliseconds for outcome in outcomes}
    seen = [_seen(engine, here.breakers, answered) for engine in here.engines]
    with here.desk.begin() as work:
        record_engines(work, seen)


def _seen(engine: Engine, breakers: Breakers, answered: Mapping[str, int | None]) -> SeenEngine:
    capabilities = engine.capabilities
    admission = breakers.look(capabilities.key)
    return SeenEngine(
        name=capabilities.name,
        runs_in_office=capabilities.runs_in_office is True,
        capabilities=capability_facts(capabilities),
        gate=admission.gate.value,
        gate_reason=admission.reason,
        gate_seconds=admission.seconds or None,
        answered_ms=answered.get(capabilities.name),
    )


def capability_facts(it: Capabilities) -> dict[str, Any]:
    """Return what an engine can do, and its limits for one request; nothing of its address or key."""
    return {
        "keyless": it.keyless,
        "batch": it.batch.value,
        "markup": it.markup.value,
        "glossary": it.glossary,
        "context": it.context,
        "max_characters": it.max_characters,
        "max_bytes": it.max_bytes,
        "max_items": it.max_items,
        "concurrency": it.concurrency,
        "rate": {"requests": it.rate.requests, "seconds": it.rate.seconds} if it.rate else None,
        "version": it.version,
    }
