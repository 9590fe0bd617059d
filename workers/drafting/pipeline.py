"""The pipeline: every segment of one version, to the memory first and then to each engine in its order.

A segment goes to the next engine as soon as one has failed it; what nobody drafted stays missing, and nothing
is invented. How one pack is asked is told in `workers.drafting.asking`; what is stored is for `save`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from service.domain.drafts import (
    DraftedUnit,
    DraftResult,
    DraftSegment,
    EngineOutcome,
    MemoryMatch,
    Origin,
    OriginKind,
    OutcomeKind,
)
from workers.drafting.asking import NO_TIME, Asker, Patience, Told
from workers.drafting.batching import Ask, Pack, fits, pack
from workers.drafting.masking import Masked, mask
from workers.engines.base import Deadline, Engine
from workers.engines.breaker import Breakers, Gate
from workers.engines.catalogue import allowed_engines
from workers.engines.clearance import CONFIDENTIAL

EXACT_SCORE = 100
VERSION_SECONDS = 60.0

Save = Callable[[Sequence[DraftedUnit]], None]


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What one version wants drafted; `memory` holds the best match for a unit, where there is one.

    A confidential text is shown to no engine outside the office, unless the office allows it for all its texts.
    """

    source_locale: str
    target_locale: str
    confidential: bool
    segments: tuple[DraftSegment, ...]
    memory: Mapping[str, MemoryMatch] = field(default_factory=dict)
    external_allowed: bool = False


def draft_version(
    request: DraftRequest,
    engines: Sequence[Engine],
    *,
    save: Save,
    breakers: Breakers,
    clock: Callable[[], float] = time.monotonic,
    seconds: float = VERSION_SECONDS,
    patience: Patience | None = None,
) -> DraftResult:
    """Draft what can be drafted within `seconds`, and tell what could not and why.

    `save` is called from this thread with each small batch as soon as it is there; what it raises ends the run.
    """
    run = _Run(request, save, breakers, Deadline(seconds, clock=clock), patience or Patience())
    asks = run.without_engines()
    allowed, outcomes = allowed_engines(
        engines, confidential=request.confidential, external_allowed=request.external_allowed
    )
    told = list(outcomes)
    for engine in allowed:
        if not asks:
            break
        outcome, asks = run.with_engine(engine, asks)
        told.append(outcome)
    missing = {unit_id for ask in asks for unit_id in ask.unit_ids}
    return DraftResult(
        drafted=tuple(run.drafted),
        missing=tuple(segment.unit_id for segment in request.segments if segment.unit_id in missing),
        outcomes=_in_order(engines, told),
    )


class _Run:
    """The drafting of one version: what was drafted so far, and the deadline."""

    def __init__(
        self, request: DraftRequest, save: Save, breakers: Breakers, deadline: Deadline, patience: Patience
    ) -> None:
        """Start with nothing drafted."""
        self._request = request
        self._save = save
        self._breakers = breakers
        self._deadline = deadline
        self._patience = patience
        self._faults: dict[str, tuple[str, ...]] = {}
        self.drafted: list[DraftedUnit] = []

    def without_engines(self) -> list[Ask]:
        """Copy what has nothing to translate, take exact matches; return the rest, each different text once."""
        done: list[DraftedUnit] = []
        groups: dict[tuple[str, frozenset[int]], tuple[Masked, list[str]]] = {}
        for segment in self._request.segments:
            masked = mask(segment.source)
            match = self._request.memory.get(segment.unit_id)
            if not masked.has_letters:
                done.append(DraftedUnit(segment.unit_id, segment.source.text, Origin(OriginKind.COPIED)))
            elif match is not None and match.score >= EXACT_SCORE and match.target.strip():
                origin = Origin(OriginKind.MEMORY, score=match.score)
                done.append(DraftedUnit(segment.unit_id, match.target, origin))
            else:
                key = segment.source.text, frozenset(code.id for code in segment.source.codes)
                groups.setdefault(key, (masked, []))[1].append(segment.unit_id)
        self._keep(done)
        return [Ask(masked, tuple(unit_ids)) for masked, unit_ids in groups.values()]

    def with_engine(self, engine: Engine, asks: list[Ask]) -> tuple[EngineOutcome, list[Ask]]:
        """Ask one engine for all of it; return how it fared and what is left for the next."""
        capabilities = engine.capabilities
        name = capabilities.name
        fitting = [ask for ask in asks if fits(ask, capabilities)]
        if not fitting:
            return EngineOutcome(name, OutcomeKind.FAILED, reason="too_long"), asks
        if self._deadline.expired:
            return EngineOutcome(name, OutcomeKind.FAILED, reason="timeout", detail=NO_TIME), asks
        admission = self._breakers.admit(capabilities.key)
        if admission.gate is Gate.RESTING:
            detail = f"{admission.reason}, {round(admission.seconds)} s"
            return EngineOutcome(name, OutcomeKind.RESTING, reason="resting", detail=detail), asks
        if admission.gate is Gate.OFF:
            return EngineOutcome(name, OutcomeKind.UNUSABLE, reason=admission.reason), asks
        asker = Asker(
            engine,
            capabilities,
            self._request.source_locale,
            self._request.target_locale,
            self._breakers,
            self._deadline,
            self._patience,
            outside=not self._request.confidential or self._request.external_allowed is True,
        )
        tally = _Tally("" if len(fitting) == len(asks) else "too_long")
        pool = ThreadPoolExecutor(capabilities.concurrency, thread_name_prefix=f"engine-{name}")
        try:
            if admission.gate is Gate.TRIAL:
                trial = pool.submit(asker.ask, (fitting[0],), admitted=True)
                self._gather(pool, asker, {trial: (fitting[0],)}, tally)
                fitting = fitting[1:] if not tally.refused else []
            packs = pack(fitting, capabilities)
            self._gather(pool, asker, {pool.submit(asker.ask, each): each for each in packs}, tally)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        filled = set(tally.filled)
        left_over = [ask for ask in asks if ask not in filled]
        return _outcome(name, tally, left_over), left_over

    def _gather(self, pool: ThreadPoolExecutor, asker: Asker, waiting: dict[Future[Told], Pack], tally: _Tally) -> None:
        """Take each answer as it comes, save it, and send out singly what a pack failed to bring."""
        while waiting:
            done, _ = wait(waiting, timeout=self._deadline.remaining(), return_when=FIRST_COMPLETED)
            if not done:
                tally.note("timeout", NO_TIME)
                return
            for future in done:
                del waiting[future]
                told = future.result()
                self._take(asker, told, tally)
                for ask in told.singly:
                    waiting[pool.submit(asker.ask, (ask,), attempts=told.attempts_left)] = (ask,)

    def _take(self, asker: Asker, told: Told, tally: _Tally) -> None:
        """Keep the drafts that one request brought, and the reasons for those it did not bring."""
        batch: list[DraftedUnit] = []
        name, version = asker.capabilities.name, asker.capabilities.version
        for ask, target, raw in told.accepted:
            tally.filled.append(ask)
            for unit_id in ask.unit_ids:
                origin = Origin(OriginKind.MT, engine=name, engine_version=version)
                batch.append(DraftedUnit(unit_id, target, origin, raw, self._faults.get(unit_id, ())))
        for ask, reason in told.rejected:
            tally.note("bad_answer", reason)
            for unit_id in ask.unit_ids:
                self._faults[unit_id] = (*self._faults.get(unit_id, ()), f"{name}: {reason}")
        if told.error is not None:
            tally.note(told.error.reason, told.error.detail, refused=True, unusable=told.unusable)
        self._keep(batch)

    def _keep(self, batch: Sequence[DraftedUnit]) -> None:
        """Save a batch, then count it: what could not be saved was not drafted."""
        if batch:
            self._save(batch)
            self.drafted.extend(batch)


class _Tally:
    """What one engine did so far for one version."""

    def __init__(self, reason: str = "") -> None:
        """Start with nothing filled."""
        self.filled: list[Ask] = []
        self.reason = reason
        self.detail = ""
        self.refused = False
        self.unusable = False

    def note(self, reason: str, detail: str, *, refused: bool = False, unusable: bool = False) -> None:
        """Keep the last reason; that others were waiting meanwhile (`resting`) says less than why."""
        if reason != "resting" or not self.reason:
            self.reason, self.detail = reason, detail
        self.refused = self.refused or refused
        self.unusable = self.unusable or unusable


def _outcome(name: str, tally: _Tally, left_over: Iterable[Ask]) -> EngineOutcome:
    """Say how an engine fared."""
    filled = sum(len(ask.unit_ids) for ask in tally.filled)
    if not any(True for _ in left_over):
        return EngineOutcome(name, OutcomeKind.ANSWERED, filled)
    if filled:
        kind = OutcomeKind.PARTLY
    elif tally.unusable:
        kind = OutcomeKind.NOT_ALLOWED if tally.reason == CONFIDENTIAL else OutcomeKind.UNUSABLE
    else:
        kind = OutcomeKind.RESTING if tally.reason == "resting" else OutcomeKind.FAILED
    return EngineOutcome(name, kind, filled, tally.reason, tally.detail)


def _in_order(engines: Sequence[Engine], told: Iterable[EngineOutcome]) -> tuple[EngineOutcome, ...]:
    """Return the outcomes in the order in which the engines would be asked."""
    order = {engine.capabilities.name: place for place, engine in enumerate(engines)}
    return tuple(sorted(told, key=lambda outcome: order.get(outcome.engine, len(order))))
