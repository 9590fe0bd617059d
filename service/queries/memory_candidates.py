"""Looking up sources that are like a segment, by the postings of its rarest words; see `domain.matching.postings`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from service.domain.matching.bundles import most_shared
from service.domain.matching.postings import asked_ranges, same_stems, shared_words
from service.domain.matching.scoring import BY_STEM, EXACT, SHOWN_FROM, most_alike, scores
from service.domain.matching.tokens import Token, tokens_of
from service.domain.text import CodedText
from service.queries.memory_postings import read_postings, read_tokens
from service.queries.memory_rankings import asked_now, last_asked
from service.queries.memory_reading import Found, Offered, UnitRow, found_as, read_equal, read_of, source_of

LOOKED_AT = 100
MOST_LOOKED_AT = 5_000  # where others cannot be offered
CROWDED = 1 / 3  # so many that cannot be offered leave too few places for those that can
SCORED = 12
READ_AT_ONCE = 24  # sources whose units are read, the most alike first, until there are enough
SHOWN = 10
_AT_ONCE = 500
_NONE = np.empty(0, dtype=np.int64)
Value = TypeVar("Value")


def equal_sources(
    session: Session,
    wanted: Mapping[str, Collection[str]],
    source_locale: str,
    target_locale: str,
    offered: Offered,
) -> dict[str, list[Found]]:
    """Return the units of exactly these sources by their hashes, the newest first; one statement for 500 of them.

    `wanted` has the contexts that each is wanted in, by its hash: what stands in another may be left out where a newer
    unit says the same.
    """
    found: dict[str, list[Found]] = {}
    for part in _parts(sorted(wanted)):
        contexts = {context for source_hash in part for context in wanted[source_hash] if context}
        for row in read_equal(session, (source_locale, target_locale), offered, part, contexts):
            found.setdefault(row.source_hash, []).append(found_as(row, EXACT))
    return found


class Candidates(NamedTuple):
    """Sources that share enough of a segment's rarest words, those that share most first; and whether one is equal."""

    source_ids: NDArray[np.int64]
    has_equal: bool


def candidates_for(session: Session, wanted: CodedText, source_locale: str, *, source_hash: str = "") -> Candidates:
    """Return the candidates for a segment; one statement, which tells with a `source_hash` whether that is there too.

    They are asked for by the rankings that this process knows; where the answer says that there are others, again.
    """
    tokens = tokens_of(wanted)
    known = last_asked(session, source_locale)
    while ranges := asked_ranges(tokens, source_locale, known.rankings):
        found = read_postings(session, ranges, source_locale, source_hash=source_hash)
        if found.stand == known.stand:
            source_ids = most_shared(found.source_ids, least=shared_words(tokens), most=MOST_LOOKED_AT)
            return Candidates(source_ids, found.has_equal)
        known = asked_now(session, source_locale)
    return Candidates(_NONE, has_equal=True)  # for all that is known of a text without words


def alike_sources(
    session: Session,
    wanted: CodedText,
    source_locale: str,
    target_locale: str,
    offered: Offered,
    *,
    candidates: Candidates | None = None,
    limit: int = SHOWN,
) -> list[Found]:
    """Return units whose sources are at least 70 % like a segment but not equal, the best first; three statements.

    Of sources that score alike, the newest unit stands first; of units that say the same, only the newest is there.
    With its `candidates`, it is one statement less.
    """
    tokens = tokens_of(wanted)
    candidates = candidates or candidates_for(session, wanted, source_locale)
    units = _near_units(session, tokens, candidates.source_ids, offered, target_locale)
    alike = _most_alike(tokens, wanted, units, list(units)[:SCORED], source_locale)
    found = [found_as(row, reached) for source_id, reached in alike for row in units[source_id]]
    found.sort(key=lambda each: (each.score, each.approved_at, each.unit_id), reverse=True)
    once: dict[tuple[object, ...], Found] = {}
    for each in found:
        once.setdefault((each.source, each.target, each.origin, each.confirmed), each)
    return list(once.values())[:limit]


def _near_units(
    session: Session,
    tokens: tuple[Token, ...],
    candidates: NDArray[np.int64],
    offered: Offered,
    target_locale: str,
) -> dict[int, list[UnitRow]]:
    """Return what is offered of those candidates that can be 70 % like a segment, by source, the most alike first.

    Where many that are alike have nothing to offer, the next are looked at in their places.
    """
    found: dict[int, list[UnitRow]] = {}
    start, places, hidden = 0, LOOKED_AT, 0
    while part := candidates[start : start + places].tolist():
        near = _near(session, tokens, part)
        before = len(found)
        for some in _parts(near, READ_AT_ONCE):
            rows: dict[int, list[UnitRow]] = {}
            for row in read_of(session, target_locale, offered, some):
                rows.setdefault(row.source_id, []).append(row)
            found |= {number: rows[number] for number in some if number in rows}
            if len(found) >= SCORED:
                return found
        without = len(near) - (len(found) - before)
        if without <= CROWDED * len(part):
            break
        start += len(part)
        hidden += without
        places = hidden
    return found


def _near(session: Session, tokens: tuple[Token, ...], candidates: Sequence[int]) -> list[int]:
    """Return the candidates that can be 70 % like a segment, the most alike first."""
    rows = read_tokens(session, candidates)
    return [rows[place][0] for place in most_alike(tokens, [row[1] for row in rows])]


def _most_alike(
    tokens: tuple[Token, ...], wanted: CodedText, units: dict[int, list[UnitRow]], ids: Sequence[int], locale: str
) -> Iterator[tuple[int, int]]:
    """Yield sources with their scores where these are 70 to 99."""
    sources = [source_of(units[source_id][0]) for source_id in ids]
    others = [tokens_of(source) for source in sources]
    short = shared_words(tokens) == 1
    for source_id, source, theirs, reached in zip(ids, sources, others, scores(tokens, others), strict=True):
        if source == wanted:
            continue
        if short and same_stems(tokens, theirs, locale):
            yield source_id, max(reached, BY_STEM)
        elif reached >= SHOWN_FROM:
            yield source_id, reached


def _parts(values: Sequence[Value], size: int = _AT_ONCE) -> Iterator[Sequence[Value]]:
    return (values[first : first + size] for first in range(0, len(values), size))
