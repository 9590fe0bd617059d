"""The catalogue: which engines there are, in the order in which they are asked, and which may see a text.

A new engine is a module beside this one, with a `build`, a line in `CATALOGUE`, and its name in
`service.settings.engine_names`. Engines of other packages are found by their entry point (`workers.engines.installed`)
and asked only where the office names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from service.config import Settings, SettingsError
from service.domain.drafts import EngineOutcome, OutcomeKind
from service.settings.engine_names import OWN_ENGINES, read_order
from workers.engines import ctranslate2_engine, deepl, google, libretranslate, microsoft, mymemory
from workers.engines.base import Engine
from workers.engines.clearance import CONFIDENTIAL
from workers.engines.installed import build_installed

Build = Callable[[Settings], Engine | None]

# In the default order: the office's own machines first. A builder returns None where a setting is missing.
CATALOGUE: Mapping[str, Build] = {
    libretranslate.NAME: libretranslate.build,
    ctranslate2_engine.NAME: ctranslate2_engine.build,
    deepl.NAME: deepl.build,
    microsoft.NAME: microsoft.build,
    google.NAME: google.build,
}
# Asked only where the office names them in its own order.
ON_REQUEST: Mapping[str, Build] = {mymemory.NAME: mymemory.build}


def build_engines(settings: Settings, *, only: Sequence[str] | None = None) -> tuple[Engine, ...]:
    """Return the engines in the order in which they are asked.

    The office's own order comes before the default one, which is every engine that is configured. `only` leaves
    out those it does not name. Raises `SettingsError` for one that is named and not configured, or cannot be made.
    """
    built: list[Engine] = []
    for name, vouched in named_engines(settings).items():
        engine = _build(name, settings, vouched=vouched)
        if engine is None and settings.engines is not None:
            raise SettingsError(f"PERSTOLK_ENGINES names {name}, but its settings are missing: {_missing(name)}.")
        if engine is not None and (only is None or name in only):
            built.append(engine)
    return tuple(built)


def named_engines(settings: Settings) -> Mapping[str, bool]:
    """Return the names that are asked, in order, and for which of them the office vouches by `@office`."""
    return dict.fromkeys(CATALOGUE, False) if settings.engines is None else read_order(settings.engines)


def _build(name: str, settings: Settings, *, vouched: bool) -> Engine | None:
    """Build one engine; the desk's own come first, so that no package can take the place of one."""
    own = {**CATALOGUE, **ON_REQUEST}
    return own[name](settings) if name in own else build_installed(name, settings, vouched=vouched)


def _missing(name: str) -> str:
    """Say what to do about an engine whose settings are missing."""
    needed = OWN_ENGINES.get(name)
    those = f"set PERSTOLK_{needed}" if needed else "set those that its package asks for"
    return f"{those}, or take the name out"


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
