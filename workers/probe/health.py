"""How are the engines? Each is asked in its own harmless way; no word of a release is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workers.engines.base import Deadline, Engine, Health
from workers.probe.together import ask_all

PROBE_SECONDS = 15.0
LEFT_BEHIND_SECONDS = 20.0


def probe_all(engines: Sequence[Engine], *, seconds: float = LEFT_BEHIND_SECONDS) -> list[dict[str, Any]]:
    """Ask all engines at once and return what each said, in their order."""
    return ask_all(
        engines,
        lambda engine: _row(engine, engine.probe(deadline=Deadline(min(seconds, PROBE_SECONDS)))),
        seconds=seconds,
        otherwise=lambda engine, reason, detail: _row(engine, Health(ok=False, reason=reason, detail=detail)),
    )


def _row(engine: Engine, health: Health) -> dict[str, Any]:
    return {
        "name": engine.capabilities.name,
        "runs_in_office": engine.capabilities.runs_in_office is True,
        "ok": health.ok,
        "reason": health.reason,
        "detail": health.detail,
        "milliseconds": health.milliseconds,
    }
