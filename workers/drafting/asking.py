"""Asking one engine for one pack: attempts, back-off, the breaker, and the sorting of what came back.

It runs in the pool's threads and changes nothing but the breakers; what to do with the result is the pipeline's.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from service.domain.drafts import NO_GLOSSARY, Glossary
from workers.drafting.acceptance import Rejected, accept, digits, is_notice, is_quota_notice
from workers.drafting.batching import Ask, Pack, cut_lines, join_lines
from workers.drafting.dressing import dress, undress
from workers.drafting.masking import token_counts
from workers.engines.base import (
    REST_SECONDS,
    Batch,
    Capabilities,
    Deadline,
    Engine,
    EngineBadAnswer,
    EngineError,
    EngineRefused,
    EngineUnavailable,
    Hints,
)
from workers.engines.breaker import Breakers, Gate
from workers.engines.clearance import cleared
from workers.engines.limits import Limits, OwnLimit

ATTEMPTS = 2
NO_TIME = "the time for one version is over"


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a transient error is tried, and the pause in seconds before the next attempt, drawn evenly."""

    attempts: int = ATTEMPTS
    shortest_pause: float = 0.3
    longest_pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep

    def pause(self, deadline: Deadline) -> None:
        """Wait a little, so that those who failed together do not come back together."""
        drawn = random.uniform(self.shortest_pause, self.longest_pause)  # noqa: S311 - a pause is no secret
        self.sleep(min(drawn, deadline.remaining()))


@dataclass(slots=True)
class Told:
    """What came of one pack: drafts, rejected answers, what to ask singly, and the error if there was one."""

    accepted: list[tuple[Ask, str, str]] = field(default_factory=list)
    rejected: list[tuple[Ask, str]] = field(default_factory=list)
    singly: list[Ask] = field(default_factory=list)
    attempts_left: int = ATTEMPTS
    error: EngineError | None = None
    unusable: bool = False
    milliseconds: int | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """One engine, asked for one version."""

    engine: Engine
    capabilities: Capabilities
    source: str
    target: str
    breakers: Breakers
    deadline: Deadline
    patience: Patience
    limits: Limits
    outside: bool  # may the texts leave the office?
    glossary: Glossary = NO_GLOSSARY
    _silent: threading.Event = field(default_factory=threading.Event)

    def ask(self, pack: Pack, *, attempts: int | None = None, admitted: bool = False) -> Told:
        """Ask for a pack, trying transient errors again; `admitted` for a trial that the breaker has given.

        Never raises an `EngineError`: it is part of what is told.
        """
        failed: EngineError | None = None
        for left in reversed(range(self.patience.attempts if attempts is None else attempts)):
            if self.deadline.expired:
                break
            if self._silent.is_set():
                # One request has waited in vain; the texts that were not sent yet need not wait as well.
                return Told(error=failed or EngineUnavailable("timeout", "another request had no answer in time"))
            if not admitted and (held := self._held_back()):
                # Why it failed says more than that it rests since.
                return held if failed is None else Told(error=failed)
            admitted = False
            began = time.monotonic()
            try:
                answers = self._translate(pack)
            except EngineError as error:
                told = self._failed(pack, error, attempts_left=left)
                if told is not None:
                    return told
                failed = error
                self.patience.pause(self.deadline)
            else:
                self.breakers.record_success(self.capabilities.key)
                return self._sorted(pack, answers, milliseconds=round((time.monotonic() - began) * 1000))
        return Told(error=failed or EngineUnavailable("timeout", NO_TIME))

    def _held_back(self) -> Told | None:
        """Return what to tell when the breaker lets nothing through."""
        admission = self.breakers.admit(self.capabilities.key)
        if admission.gate is Gate.OFF:
            return Told(error=EngineRefused(admission.reason), unusable=True)
        if admission.gate is Gate.RESTING:
            return Told(error=EngineUnavailable("resting", admission.reason))
        return None

    def _failed(self, pack: Pack, error: EngineError, *, attempts_left: int) -> Told | None:
        """Note a failed request with the breaker and return what to tell, or None to try once more."""
        key = self.capabilities.key
        if isinstance(error, OwnLimit):
            return Told(error=error)
        if isinstance(error, EngineRefused):
            if error.reason == "bad_key":
                self.breakers.switch_off(key, error.reason)
            else:
                self.breakers.record_success(key)  # it answered: nothing is wrong with it
            return Told(error=error, unusable=True)
        if isinstance(error, EngineUnavailable) and error.rest_seconds is not None:
            self.breakers.rest(key, error.rest_seconds, error.reason)
            return Told(error=error)
        if self._is_worth_splitting(pack, error):
            return Told(singly=list(pack), attempts_left=1)
        self.breakers.record_failure(key, error.reason)
        if error.reason == "timeout":
            self._silent.set()
            return Told(error=error)
        if isinstance(error, EngineUnavailable):
            return None if attempts_left and not self.deadline.expired else Told(error=error)
        if len(pack) > 1 and isinstance(error, EngineBadAnswer) and error.singly:
            return Told(singly=list(pack), attempts_left=1)
        return Told(rejected=[(ask, error.reason) for ask in pack])

    def _translate(self, pack: Pack) -> list[str | None]:
        """Send the pack in one request; None where a text must be asked for again, alone."""
        lines = self.capabilities.batch is Batch.LINES and len(pack) > 1
        texts = [join_lines(pack)] if lines else [ask.masked.text for ask in pack]
        hints = Hints(
            context="\n".join(filter(None, (pack[0].before, pack[-1].after))) if self.capabilities.context else "",
            glossary=self.glossary if self.capabilities.glossary else NO_GLOSSARY,
        )
        with self.limits.slot(self.capabilities, self.deadline), cleared(outside=self.outside):
            answers = self._answers(texts, hints)
        if len(answers) != len(texts):
            raise EngineBadAnswer("wrong_count", singly=True)
        if any(is_quota_notice(text, answer) for text, answer in zip(texts, answers, strict=True)):
            raise EngineUnavailable("rate_limited", "a notice in place of a translation", rest_seconds=REST_SECONDS)
        if lines:
            return cut_lines(pack, answers[0]) or [None] * len(pack)
        if len(pack) == 1:
            return list(answers)
        return [answer if _is_own(ask, answer) else None for ask, answer in zip(pack, answers, strict=True)]

    def _answers(self, texts: list[str], hints: Hints) -> list[str]:
        """Call the engine; a fault in its adapter is a bad answer, so that the next engine is still asked."""
        markup = self.capabilities.markup
        dressed = [dress(text, markup) for text in texts]
        try:
            answers = self.engine.translate(
                dressed, source=self.source, target=self.target, deadline=self.deadline, hints=hints
            )
            return [undress(answer, markup) for answer in answers]
        except EngineError:
            raise
        except Exception as error:  # noqa: BLE001 - an adapter stands on a library that lets anything through
            raise EngineBadAnswer("adapter_fault", type(error).__name__) from None

    def _is_worth_splitting(self, pack: Pack, error: EngineError) -> bool:
        """Can one text of a list have failed all the others?"""
        return len(pack) > 1 and self.capabilities.batch is Batch.LIST and error.reason.startswith("http_5")

    def _sorted(self, pack: Pack, answers: list[str | None], *, milliseconds: int) -> Told:
        """Sort answers into those that are taken, those that are not, and texts to be asked for singly."""
        told = Told(attempts_left=self.patience.attempts, milliseconds=milliseconds)
        for ask, answer in zip(pack, answers, strict=True):
            if answer is None:
                told.singly.append(ask)
                continue
            try:
                told.accepted.append((ask, accept(ask.masked, answer), answer))
            except Rejected as rejected:
                told.rejected.append((ask, rejected.reason))
        return told


def _is_own(ask: Ask, answer: str) -> bool:
    """Has an answer that came with others the digits and tokens of its source?

    An empty one and an engine's notice are nobody's, and asking again brings the same.
    """
    masked = ask.masked.text
    if not answer.strip() or is_notice(masked, answer):
        return True
    return digits(answer) == digits(masked) and token_counts(answer) == token_counts(masked)
