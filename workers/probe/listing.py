"""Which engines are there? Those that are asked, in their order, with what they can do; and those that are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.config import Settings
from service.settings.engine_names import installed_names
from workers.engines.base import Capabilities, Engine, Rate
from workers.engines.catalogue import CATALOGUE, ON_REQUEST, build_engines

NOT_NAMED = "not_named"
NO_SETTINGS = "no_settings"


def list_engines(settings: Settings) -> list[dict[str, Any]]:
    """Return a row for each engine: what it can do if it is configured, else why it is not asked."""
    engines = build_engines(settings)
    rows = [_row(engine, place, settings) for place, engine in enumerate(engines, start=1)]
    return [*rows, *_others(settings, {row["name"] for row in rows})]


def _row(engine: Engine, place: int, settings: Settings) -> dict[str, Any]:
    capabilities = engine.capabilities
    return {
        "name": capabilities.name,
        "configured": True,
        "order": place,
        "runs_in_office": capabilities.runs_in_office is True,
        "keyless": capabilities.keyless,
        "batch": str(capabilities.batch),
        "markup": str(capabilities.markup),
        "glossary": capabilities.glossary,
        "context": capabilities.context,
        "max_characters": capabilities.max_characters,
        "max_bytes": capabilities.max_bytes,
        "max_items": capabilities.max_items,
        "rate": _rate(settings, capabilities),
    }


def _rate(settings: Settings, capabilities: Capabilities) -> Mapping[str, float] | None:
    """Return the rate that holds: the office's own for this engine, else the engine's."""
    office = settings.engine_rates.get(capabilities.name)
    rate = Rate(*office) if office else capabilities.rate
    return None if rate is None else {"requests": rate.requests, "seconds": rate.seconds}


def _others(settings: Settings, configured: set[str]) -> list[dict[str, Any]]:
    """Return the engines that are not asked; of other packages' engines nothing is loaded for it."""
    names = dict.fromkeys((*CATALOGUE, *ON_REQUEST, *installed_names()))
    unset = {name for name, build in CATALOGUE.items() if name not in configured and build(settings) is None}
    return [
        {"name": name, "configured": False, "reason": NO_SETTINGS if name in unset else NOT_NAMED}
        for name in names
        if name not in configured
    ]
