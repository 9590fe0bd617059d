"""What drafting takes and gives: segments in, drafted units and the engines' outcomes out.

The workers make these values, the operations store them; both meet here so that neither needs to know the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from service.domain.matching.matches import Mending
from service.domain.text import CodedText


class OriginKind(StrEnum):
    """Where a unit's text came from."""

    NONE = "none"
    MT = "mt"
    MEMORY = "tm"
    TERMS = "terms"
    PERSON = "person"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Origin:
    """The kind of origin, the engine for machine translation, the score (0 to 101) for a memory match."""

    kind: OriginKind
    engine: str | None = None
    engine_version: str | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Glossary:
    """What the term base says for one pair of locales: source terms with their preferred target terms.

    `revision` is a digest of the entries, empty where there are none: an answer that was given under another
    revision is out of date.
    """

    entries: tuple[tuple[str, str], ...] = ()
    revision: str = ""


NO_GLOSSARY = Glossary()


@dataclass(frozen=True, slots=True)
class DraftSegment:
    """A unit that wants a draft: its id and its source text.

    `protected` are the spans of the coded text, as (start, end) in characters, whose words stay as they are;
    `composed` is the target where terms, numbers and dates alone make up the segment; `before` and `after` are the
    plain texts of the segments around it, `context` what stands for them in the memory.
    """

    unit_id: str
    source: CodedText
    protected: tuple[tuple[int, int], ...] = ()
    composed: str = ""
    before: str = ""
    after: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """An approved target that the memory offers for one segment, and what in it was mended."""

    target: str
    score: int
    mendings: tuple[Mending, ...] = ()


MENDED = "mended"  # how a warning begins that tells of a mended match


def mended_warnings(mendings: Iterable[Mending]) -> tuple[str, ...]:
    """Return what a draft from the memory says of its mendings: “mended: 12 → 14”."""
    return tuple(f"{MENDED}: {mending.before} \u2192 {mending.after}" for mending in mendings)


@dataclass(frozen=True, slots=True)
class DraftedUnit:
    """A draft for one unit.

    `raw` is the engine's answer before inline codes were put back, `milliseconds` how long the request took that
    brought it (None where nobody was asked now).
    """

    unit_id: str
    target: str
    origin: Origin
    raw: str = ""
    warnings: tuple[str, ...] = ()
    milliseconds: int | None = None


class OutcomeKind(StrEnum):
    """How an engine fared with one version."""

    ANSWERED = "answered"
    PARTLY = "partly"
    FAILED = "failed"
    RESTING = "resting"
    UNUSABLE = "unusable"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class EngineOutcome:
    """What one engine did for one version: how many units it filled, and the last reason why it did not fill more.

    `reason` is a stable code (`timeout`, `refused_connection`, `http_500`, `rate_limited`, `no_such_language`,
    `confidential`, `bad_answer`, …); `detail` is a short text that never holds any of the release's words;
    `milliseconds` is how long its last answer took.
    """

    engine: str
    kind: OutcomeKind
    filled: int = 0
    reason: str = ""
    detail: str = ""
    milliseconds: int | None = None


@dataclass(frozen=True, slots=True)
class DraftResult:
    """Everything one drafting run found: the units it filled, the ids it could not fill, and the engines' outcomes."""

    drafted: tuple[DraftedUnit, ...]
    missing: tuple[str, ...]
    outcomes: tuple[EngineOutcome, ...]
