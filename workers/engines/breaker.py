"""Circuit breakers: an engine that fails is left alone for a while.

A breaker is known by the engine's name and configuration (`Capabilities.key`). What one process remembers for itself
stands here; what all workers share is in `workers.engines.shared_breaker`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol


class Gate(StrEnum):
    """Whether an engine may be asked now."""

    OPEN = "open"
    TRIAL = "trial"  # it rested; one segment may be asked, and decides
    RESTING = "resting"
    OFF = "off"  # it refused its key; only another configuration helps


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether an engine may be asked now; if not, for how long and why."""

    gate: Gate
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BreakerTimes:
    """When a breaker trips, and how long what it remembers lasts."""

    failures: int = 3
    first_rest_seconds: float = 60.0
    longest_rest_seconds: float = 900.0
    trial_seconds: float = 60.0
    memory_seconds: float = 7_200.0
    off_seconds: float = 86_400.0

    def rest_seconds(self, openings: int) -> float:
        """Return how long the engine rests when its breaker trips for the `openings`-th time in a row."""
        doublings = min(max(openings, 1) - 1, 30)
        return min(self.first_rest_seconds * 2.0**doublings, self.longest_rest_seconds)

    def scaled(self, factor: float) -> BreakerTimes:
        """Return the same times with every rest made `factor` times as long."""
        return replace(
            self,
            first_rest_seconds=self.first_rest_seconds * factor,
            longest_rest_seconds=self.longest_rest_seconds * factor,
            trial_seconds=self.trial_seconds * factor,
        )


class Breakers(Protocol):
    """The breakers of all engines. No method raises, and each may be called from several threads."""

    def admit(self, engine: str) -> Admission:
        """Tell whether the engine may be asked; a trial is given to one caller only."""

    def look(self, engine: str) -> Admission:
        """Tell how the engine stands without asking for a trial: `TRIAL` means that the next who asks may try."""

    def record_success(self, engine: str) -> None:
        """Forget the engine's failures: it answered."""

    def record_failure(self, engine: str, reason: str) -> None:
        """Count a failure; the third in a row, or the first after a rest, makes the engine rest (again, longer)."""

    def rest(self, engine: str, seconds: float, reason: str) -> None:
        """Let the engine rest because it asked for it."""

    def switch_off(self, engine: str, reason: str) -> None:
        """Leave the engine alone until its configuration changes (or a day has passed)."""


@dataclass(slots=True)
class _State:
    failures: int = 0
    openings: int = 0
    rests_until: float = 0.0
    trial_until: float = 0.0
    off_until: float = 0.0
    reason: str = ""


class InMemoryBreakers:
    """Breakers of one process alone."""

    def __init__(self, times: BreakerTimes | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with every engine admitted."""
        self._times = times or BreakerTimes()
        self._clock = clock
        self._states: dict[str, _State] = {}
        self._lock = threading.Lock()

    def admit(self, engine: str) -> Admission:
        """Tell whether the engine may be asked; see `Breakers`."""
        with self._lock:
            now = self._clock()
            admission = self._standing(engine, now)
            if admission.gate is Gate.TRIAL:
                self._states[engine].trial_until = now + self._times.trial_seconds
            return admission

    def look(self, engine: str) -> Admission:
        """Tell how the engine stands; see `Breakers`."""
        with self._lock:
            return self._standing(engine, self._clock())

    def _standing(self, engine: str, now: float) -> Admission:
        state = self._states.get(engine)
        if state is None:
            return Admission(Gate.OPEN)
        if state.off_until > now:
            return Admission(Gate.OFF, state.off_until - now, state.reason)
        held_until = max(state.rests_until, state.trial_until)
        if held_until > now:
            return Admission(Gate.RESTING, held_until - now, state.reason)
        return Admission(Gate.TRIAL, reason=state.reason) if state.openings else Admission(Gate.OPEN)

    def record_success(self, engine: str) -> None:
        """Forget the engine's failures."""
        with self._lock:
            state = self._states.get(engine)
            if state is not None and state.rests_until <= self._clock():
                del self._states[engine]

    def record_failure(self, engine: str, reason: str) -> None:
        """Count a failure; see `Breakers`."""
        with self._lock:
            now = self._clock()
            state = self._states.setdefault(engine, _State())
            if state.rests_until > now:
                return  # what was under way when the breaker tripped does not count again
            state.failures += 1
            state.reason = reason
            if state.openings or state.failures >= self._times.failures:
                state.openings += 1
                state.rests_until = now + self._times.rest_seconds(state.openings)
                state.failures = 0
                state.trial_until = 0.0

    def rest(self, engine: str, seconds: float, reason: str) -> None:
        """Let the engine rest because it asked for it."""
        with self._lock:
            state = self._states.setdefault(engine, _State())
            state.rests_until = max(state.rests_until, self._clock() + seconds)
            state.openings = max(state.openings, 1)
            state.trial_until = 0.0
            state.reason = reason

    def switch_off(self, engine: str, reason: str) -> None:
        """Leave the engine alone until its configuration changes."""
        with self._lock:
            state = self._states.setdefault(engine, _State())
            state.off_until = self._clock() + self._times.off_seconds
            state.reason = reason
