"""What do the engines say? One sentence goes through each by itself, masked and accepted as drafts are.

It asks as if no engine had ever failed, and leaves no trace: no breaker is read or touched, nothing is stored.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.drafts import DraftedUnit, DraftSegment, EngineOutcome, OutcomeKind
from service.domain.text import CodedText
from workers.drafting.pipeline import DraftRequest, draft_version
from workers.engines.base import Engine
from workers.engines.breaker import InMemoryBreakers
from workers.probe.together import ask_all

TRY_SECONDS = 45.0
LEFT_BEHIND_SECONDS = 50.0
NOTHING_TO_TRANSLATE = "nothing_to_translate"


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence and the two locales; `outside` says that it may be sent to engines outside the office."""

    text: str
    source: str
    target: str
    outside: bool = False


def try_engines(
    engines: Sequence[Engine], question: Question, *, seconds: float = LEFT_BEHIND_SECONDS
) -> list[dict[str, Any]]:
    """Ask all engines at once and return a row for each, in their order.

    `asked` is false for one that may not see the sentence; `answer` is None where there is none, with a `reason` then;
    `milliseconds` is how long it took altogether, second attempts included.
    """
    return ask_all(
        engines,
        lambda engine: _try(engine, question, min(seconds, TRY_SECONDS)),
        seconds=seconds,
        otherwise=lambda engine, reason, detail: _row(engine, reason=reason, detail=detail),
    )


def _try(engine: Engine, question: Question, seconds: float) -> dict[str, Any]:
    drafted: list[DraftedUnit] = []
    began = time.monotonic()
    result = draft_version(
        DraftRequest(
            question.source,
            question.target,
            confidential=not question.outside,
            segments=(DraftSegment("sentence", CodedText(question.text)),),
        ),
        (engine,),
        save=drafted.extend,
        breakers=InMemoryBreakers(),
        seconds=seconds,
    )
    milliseconds = round((time.monotonic() - began) * 1000)
    if not result.outcomes:
        return _row(engine, asked=False, reason=NOTHING_TO_TRANSLATE)
    outcome: EngineOutcome = result.outcomes[0]
    if outcome.kind is OutcomeKind.NOT_ALLOWED:
        return _row(engine, asked=False, reason=outcome.reason)
    if drafted:
        return _row(engine, answer=drafted[0].target, milliseconds=milliseconds)
    return _row(engine, reason=outcome.reason, detail=outcome.detail, milliseconds=milliseconds)


def _row(engine: Engine, **told: Any) -> dict[str, Any]:
    return {
        "name": engine.capabilities.name,
        "runs_in_office": engine.capabilities.runs_in_office is True,
        "asked": True,
        "answer": None,
        "reason": "",
        "detail": "",
        "milliseconds": 0,
        **told,
    }
