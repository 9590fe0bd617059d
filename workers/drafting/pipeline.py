"""The pipeline: every segment of one version, to the memory first and then to each engine in its order.

A segment goes to the next engine as soon as one has failed it; what nobody drafted stays missing, and nothing
is invented. How one pack is asked is told in `workers.drafting.asking`; what is stored is for `save`.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from service.domain.drafts import (
    NO_GLOSSARY,
    DraftedUnit,
    DraftResult,
    DraftSegment,
    EngineOutcome,
    Glossary,
    MemoryMatch,
    Origin,
    OriginKind,
    mended_warnings,
)
from service.domain.matching.scoring import EXACT
from workers.drafting.acceptance import Rejected, accept
from workers.drafting.answers import Answers, NoAnswers, answer_key
from workers.drafting.asking import NO_TIME, Asker, Patience, Told
from workers.drafting.batching import Ask, Pack, fits, pack
from workers.drafting.masking import mask
from workers.drafting.tally import Tally, outcome
from workers.engines.base import Deadline, Engine, Hints
from workers.engines.breaker import Breakers, Gate
from workers.engines.catalogue import allowed_engines
from workers.engines.limits import Limits

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
    glossary: Glossary = NO_GLOSSARY


def draft_version(
    request: DraftRequest,
    engines: Sequence[Engine],
    *,
    save: Save,
    breakers: Breakers,
    clock: Callable[[], float] = time.monotonic,
    seconds: float = VERSION_SECONDS,
    patience: Patience | None = None,
    limits: Limits | None = None,
    answers: Answers | None = None,
) -> DraftResult:
    """Draft what can be drafted within `seconds`, and tell what could not and why.

    Without `answers` every text is asked for anew; without `limits` each engine's own rate holds in this run alone.

    `save` is called from this thread with each small batch as soon as it is there; what it raises ends the run.
    """
    deadline = Deadline(seconds, clock=clock)
    run = _Run(request, save, breakers, deadline, patience or Patience(), limits or Limits(), answers or NoAnswers())
    asks = run.without_engines()
    allowed, outcomes = allowed_engines(
        engines, confidential=request.confidential, external_allowed=request.external_allowed
    )
    told = list(outcomes)
    for engine in allowed:
        if not asks:
            break
        told_of, asks = run.with_engine(engine, asks)
        told.append(told_of)
    missing = {unit_id for ask in asks for unit_id in ask.unit_ids}
    return DraftResult(
        drafted=tuple(run.drafted),
        missing=tuple(segment.unit_id for segment in request.segments if segment.unit_id in missing),
        outcomes=_in_order(engines, told),
    )


class _Run:
    """The drafting of one version: what was drafted so far, and the deadline."""

    def __init__(  # noqa: PLR0917 - what one run works with, handed on as it came
        self,
        request: DraftRequest,
        save: Save,
        breakers: Breakers,
        deadline: Deadline,
        patience: Patience,
        limits: Limits,
        answers: Answers,
    ) -> None:
        """Start with nothing drafted."""
        self._request = request
        self._save = save
        self._breakers = breakers
        self._deadline = deadline
        self._patience = patience
        self._limits = limits
        self._answers = answers
        self._faults: dict[str, tuple[str, ...]] = {}
        self.drafted: list[DraftedUnit] = []

    def without_engines(self) -> list[Ask]:
        """Copy what has nothing to translate, take what the memory offers and what terms make up; return the rest.

        Each different text is in the rest once.
        """
        done: list[DraftedUnit] = []
        groups: dict[tuple[str, str, frozenset[int]], tuple[Ask, list[str]]] = {}
        for segment in self._request.segments:
            masked = mask(segment.source, segment.protected)
            match = self._request.memory.get(segment.unit_id)
            match = match if match is not None and match.target.strip() else None
            if match is not None and match.score >= EXACT:
                done.append(_from_memory(segment.unit_id, match))
            elif segment.composed.strip():
                done.append(DraftedUnit(segment.unit_id, segment.composed, Origin(OriginKind.TERMS)))
            elif not masked.has_letters:
                done.append(DraftedUnit(segment.unit_id, segment.source.text, Origin(OriginKind.COPIED)))
            elif match is not None:
                done.append(_from_memory(segment.unit_id, match))
            else:
                key = segment.source.text, masked.text, frozenset(code.id for code in segment.source.codes)
                ask = Ask(masked, (), segment.before, segment.after)
                groups.setdefault(key, (ask, []))[1].append(segment.unit_id)
        self._keep(done)
        return [replace(ask, unit_ids=tuple(unit_ids)) for ask, unit_ids in groups.values()]

    def with_engine(self, engine: Engine, asks: list[Ask]) -> tuple[EngineOutcome, list[Ask]]:
        """Ask one engine for all of it; return how it fared and what is left for the next."""
        capabilities = engine.capabilities
        asker = Asker(
            engine,
            capabilities,
            self._request.source_locale,
            self._request.target_locale,
            self._breakers,
            self._deadline,
            self._patience,
            self._limits,
            outside=not self._request.confidential or self._request.external_allowed is True,
            glossary=self._request.glossary,
        )
        tally = Tally()
        self._take_known(asker, asks, tally)
        missing = _without(asks, tally.filled)
        if missing:
            self._ask(asker, missing, tally)
        left_over = _without(asks, tally.filled)
        return outcome(capabilities.name, tally, left_over), left_over

    def _take_known(self, asker: Asker, asks: Sequence[Ask], tally: Tally) -> None:
        """Take the answers that this engine gave to the same texts before."""
        keys = {self._key(asker, ask): ask for ask in asks}
        told = Told()
        for key, answer in self._answers.known(keys).items():
            ask = keys[key]
            with contextlib.suppress(Rejected):  # it was good once, under rules that have changed since
                told.accepted.append((ask, accept(ask.masked, answer), answer))
        self._take(asker, told, tally)

    def _key(self, asker: Asker, ask: Ask) -> str:
        return answer_key(
            ask.masked,
            asker.capabilities,
            source=asker.source,
            target=asker.target,
            hints=Hints(glossary=asker.glossary),
        )

    def _ask(self, asker: Asker, asks: Sequence[Ask], tally: Tally) -> None:
        """Ask for what was never asked for, unless the engine is to be left alone."""
        capabilities = asker.capabilities
        fitting = [ask for ask in asks if fits(ask, capabilities)]
        if len(fitting) < len(asks):
            tally.note("too_long", "")
        if not fitting:
            return
        if self._deadline.expired:
            tally.note("timeout", NO_TIME)
            return
        admission = self._breakers.admit(capabilities.key)
        if admission.gate is Gate.RESTING:
            tally.note("resting", f"{admission.reason}, {round(admission.seconds)} s")
            return
        if admission.gate is Gate.OFF:
            tally.note(admission.reason, "", refused=True, unusable=True)
            return
        pool = ThreadPoolExecutor(capabilities.concurrency, thread_name_prefix=f"engine-{capabilities.name}")
        try:
            if admission.gate is Gate.TRIAL:
                trial = pool.submit(asker.ask, (fitting[0],), admitted=True)
                self._gather(pool, asker, {trial: (fitting[0],)}, tally)
                fitting = fitting[1:] if not tally.refused else []
            packs = pack(fitting, capabilities)
            self._gather(pool, asker, {pool.submit(asker.ask, each): each for each in packs}, tally)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _gather(self, pool: ThreadPoolExecutor, asker: Asker, waiting: dict[Future[Told], Pack], tally: Tally) -> None:
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

    def _take(self, asker: Asker, told: Told, tally: Tally) -> None:
        """Keep the drafts that one request brought, and the reasons for those it did not bring."""
        batch: list[DraftedUnit] = []
        name, version = asker.capabilities.name, asker.capabilities.version
        if told.milliseconds is not None:
            tally.milliseconds = told.milliseconds
            self._answers.keep({self._key(asker, ask): raw for ask, _, raw in told.accepted})
        for ask, target, raw in told.accepted:
            tally.filled.append(ask)
            for unit_id in ask.unit_ids:
                origin = Origin(OriginKind.MT, engine=name, engine_version=version)
                faults = self._faults.get(unit_id, ())
                batch.append(DraftedUnit(unit_id, target, origin, raw, faults, told.milliseconds))
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


def _from_memory(unit_id: str, match: MemoryMatch) -> DraftedUnit:
    """Return a match as a draft that says what in it was mended."""
    origin = Origin(OriginKind.MEMORY, score=match.score)
    return DraftedUnit(unit_id, match.target, origin, warnings=mended_warnings(match.mendings))


def _without(asks: Iterable[Ask], filled: Iterable[Ask]) -> list[Ask]:
    """Return those that are still to be asked for, in order."""
    done = set(filled)
    return [ask for ask in asks if ask not in done]


def _in_order(engines: Sequence[Engine], told: Iterable[EngineOutcome]) -> tuple[EngineOutcome, ...]:
    """Return the outcomes in the order in which the engines would be asked."""
    order = {engine.capabilities.name: place for place, engine in enumerate(engines)}
    return tuple(sorted(told, key=lambda outcome: order.get(outcome.engine, len(order))))
