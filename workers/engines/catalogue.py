"""The catalogue: which engines there are, in the order in which they are asked, and which may see a text.

A new engine is a module beside this one, with a `build`, and a line in `CATALOGUE`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from service.config import Settings, SettingsError
from service.domain.drafts import EngineOutcome, OutcomeKind
from workers.engines import google, libretranslate, microsoft, mymemory
from workers.engines.base import Engine
from workers.engines.clearance import CONFIDENTIAL

Build = Callable[[Settings], Engine | None]

# In the default order: the office's own machines first. A builder returns None where a setting is missing.
CATALOGUE: Mapping[str, Build] = {
    libretranslate.NAME: libretranslate.build,
    microsoft.NAME: microsoft.build,
    google.NAME: google.build,
}
# Asked only where the office names them in its own order.
ON_REQUEST: Mapping[str, Build] = {mymemory.NAME: mymemory.build}


def build_engines(settings: Settings, *, only: Sequence[str] | None = None) -> tuple[Engine, ...]:
    """Return the engines in the order in which they are asked.

    The office's own order comes before the default one, which is every engine that is configured. `only` leaves
    out those it does not name. Raises `SettingsError` for a name that is unknown or an engine not configured.
    """
    names = tuple(CATALOGUE) if settings.engines is None else tuple(dict.fromkeys(settings.engines))
    known = {**CATALOGUE, **ON_REQUEST}
    built: list[Engine] = []
    for name in names:
        builder = known.get(name)
        if builder is None:
            raise SettingsError(f"PERSTOLK_ENGINES names {name}, which is no engine; there are {', '.join(known)}.")
        engine = builder(settings)
        if engine is None and settings.engines is not None:
            raise SettingsError(f"PERSTOLK_ENGINES names {name}, but its settings are missing.")
        if engine is not None and (only is None or name in only):
            built.append(engine)
    return tuple(built)


def allowed_engines(
    engines: Sequence[Engine], *, confidential: bool, external_allowed: bool
) -> tuple[tuple[Engine, ...], tuple[EngineOutcome, ...]]:
    """Return the engines that may see a text, and an outcome for each of those that may not.

    This is the first lock for a confidential text; the second is `workers.engines.clearance`, in the client.
    """
    if not confidential or external_allowed is True:
        return tuple(engines), ()
    allowed: list[Engine] = []
    refused: list[EngineOutcome] = []
    for engine in engines:
        capabilities = engine.capabilities
        if capabilities.runs_in_office is True:
            allowed.append(engine)
        else:
            refused.append(EngineOutcome(capabilities.name, OutcomeKind.NOT_ALLOWED, reason=CONFIDENTIAL))
    return tuple(allowed), tuple(refused)
