"""One release and how the tests of drafting run it: a few segments, no pauses, breakers of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.domain.drafts import DraftedUnit, DraftResult, DraftSegment, MemoryMatch
from service.domain.text import CodedText, CodeKind, InlineCode
from workers.drafting.asking import Patience as Attempts
from workers.drafting.pipeline import DraftRequest, draft_version
from workers.engines.base import Engine
from workers.engines.breaker import InMemoryBreakers

ATTEMPTS = Attempts(shortest_pause=0.0, longest_pause=0.001)

BOLD = InlineCode(1, CodeKind.BOLD)
TEXTS = (
    CodedText("De regering keurde vandaag een plan voor {1}12 gemeenten{/1} goed.", (BOLD,)),
    CodedText("De minister bezoekt op 3 maart alle scholen van het land, zegt zij."),
    CodedText("Meer inlichtingen staan op https://pers.example/plan en in de bijlage."),
)
SEGMENTS = tuple(DraftSegment(f"u{number}", text) for number, text in enumerate(TEXTS))


def request(
    segments: Sequence[DraftSegment] = SEGMENTS,
    *,
    confidential: bool = False,
    memory: dict[str, MemoryMatch] | None = None,
    external_allowed: bool = False,
) -> DraftRequest:
    return DraftRequest("nl", "fr", confidential, tuple(segments), memory or {}, external_allowed)


def draft(
    wanted: DraftRequest,
    engines: Sequence[Engine],
    *,
    save: Callable[[Sequence[DraftedUnit]], None] = lambda _batch: None,
    breakers: InMemoryBreakers | None = None,
    seconds: float = 60.0,
) -> DraftResult:
    return draft_version(
        wanted,
        engines,
        save=save,
        breakers=breakers or InMemoryBreakers(),
        seconds=seconds,
        patience=ATTEMPTS,
    )
