"""Engines of other packages, found by their entry point in the group `perstolk.engines`.

An entry point leads to a `build` as those beside this module have. Its code is loaded only where the office names it,
and it counts as outside the office unless the office vouches for it (`name@office`): see docs/adr/0007.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from typing import Any, NoReturn

from service.config import Settings, SettingsError
from service.settings.engine_names import GROUP
from workers.engines.base import (
    NO_HINTS,
    Capabilities,
    Deadline,
    Engine,
    EngineBadAnswer,
    EngineError,
    EngineRefused,
    EngineUnavailable,
    Health,
    Hints,
)
from workers.engines.clearance import CONFIDENTIAL, may_leave_office
from workers.engines.client import LONGEST_REST_SECONDS

FAULT = "adapter_fault"

_REASON = re.compile(r"[a-z][a-z0-9_]{0,39}")


def build_installed(name: str, settings: Settings, *, vouched: bool) -> Engine | None:
    """Build the engine that another package offers under a name; None where its own settings are missing.

    `vouched` is the office's word that it runs on its own machines. Raises `SettingsError` for what two packages
    offer, cannot be loaded or is no engine.
    """
    try:
        engine = _only(name).load()(settings)
        if engine is None:
            return None
        capabilities = engine.capabilities
    except SettingsError:
        raise
    except Exception as error:  # noqa: BLE001 - what another package raises is not ours to know
        _refuse(name, f"could not be made ({type(error).__name__})")
    if not isinstance(engine, Engine) or not isinstance(capabilities, Capabilities):
        _refuse(name, "is no engine")
    return InstalledEngine(engine, name, vouched=vouched)


def _only(name: str) -> EntryPoint:
    """Return the one entry point of a name; there is one, unless two packages offer the same."""
    found = sorted({entry.value: entry for entry in entry_points(group=GROUP, name=name)}.items())
    if len(found) > 1:
        _refuse(name, f"is offered more than once ({', '.join(value for value, _ in found)})")
    return found[0][1]


def _refuse(name: str, fault: str) -> NoReturn:
    raise SettingsError(f"PERSTOLK_ENGINES names {name}, which an installed package offers and which {fault}.")


class InstalledEngine:
    """Stands before another package's engine: keeps confidential texts from it, and its words from the desk."""

    def __init__(self, engine: Engine, name: str, *, vouched: bool) -> None:
        """Keep the engine under the name by which the office knows it."""
        self._engine: Any = engine  # what it gives is looked at, not believed
        self._name = name
        self._vouched = vouched
        self._last = engine.capabilities

    @property
    def capabilities(self) -> Capabilities:
        """What it says of itself; in the office only if it says so, exactly, and the office does as well."""
        said: Any = None
        with contextlib.suppress(Exception):  # it may have no answer now
            said = self._engine.capabilities
        if not isinstance(said, Capabilities):  # what it said last is as good, but for its place
            return replace(self._last, name=self._name, runs_in_office=False)
        self._last = said
        return replace(said, name=self._name, runs_in_office=self._vouched and said.runs_in_office is True)

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        """Ask it, if the texts may be seen there; an empty string for each answer that is no text."""
        if not (may_leave_office() or self.capabilities.runs_in_office):
            raise EngineRefused(CONFIDENTIAL, "the text may not leave the office")
        try:
            answers = self._engine.translate(texts, source=source, target=target, deadline=deadline, hints=hints)
        except EngineError as error:
            raise _without_words(error) from None
        if not isinstance(answers, list | tuple):
            raise EngineBadAnswer("garbage", "what it gave is no list")
        return [answer if isinstance(answer, str) else "" for answer in answers]

    def probe(self, *, deadline: Deadline) -> Health:
        """Ask it how it is; whatever it raises is told as its fault."""
        try:
            health = self._engine.probe(deadline=deadline)
        except Exception as error:  # noqa: BLE001 - what another package raises is not ours to know
            return Health(ok=False, reason=FAULT, detail=type(error).__name__)
        return health if isinstance(health, Health) else Health(ok=False, reason=FAULT, detail="it told no health")


def _without_words(error: EngineError) -> EngineError:
    """Return an error of the same kind; its detail, which might hold words of the text, is not kept."""
    reason = error.reason if _REASON.fullmatch(str(error.reason)) else FAULT
    if isinstance(error, EngineUnavailable):
        rest = error.rest_seconds
        bounded = min(max(float(rest), 1.0), LONGEST_REST_SECONDS) if isinstance(rest, int | float) else None
        return EngineUnavailable(reason, rest_seconds=bounded)
    if isinstance(error, EngineRefused):
        return EngineRefused(reason)
    return EngineBadAnswer(reason, singly=isinstance(error, EngineBadAnswer) and error.singly is True)
