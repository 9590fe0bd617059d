"""What the memory offers for a segment: a target with its source, how alike they are, and what to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.text import CodedText

POLARITY = "polarity"
NUMBERS = "numbers"


class MatchKind(StrEnum):
    """How a match was found: the same source between the same neighbours, the same source, or one alike."""

    CONTEXT = "context"
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Mending:
    """One piece of a target that was replaced because the source differs there: what stood, and what stands now."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Match:
    """An approved pair that is like a segment.

    `target` carries the codes of the segment that it is offered for, mended where `mendings` say so. `score` is 70 to
    101, after `penalties` (codes: `import`, `machine`, `older_than_term`); `warnings` are codes (`polarity`: one of the
    two sources denies what the other says; `numbers`: they state other numbers, dates or addresses, and the target is
    not mended).
    """

    unit_id: int
    source: CodedText
    target: str
    score: int
    kind: MatchKind
    mendings: tuple[Mending, ...] = ()
    penalties: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    collection: str = ""
    release_id: str | None = None
    revision: int | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
