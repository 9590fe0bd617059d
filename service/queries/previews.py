"""What the desk would make of a text that nobody has submitted yet: its blocks, segments, and what is known of them.

Nothing is stored. What the memory has is counted only where it holds the very same sentence: that is cheap to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from service.domain.matching.identities import filed_as
from service.domain.office import Office
from service.domain.outline import Remark, remarks_on, words_in
from service.domain.permissions import Actor
from service.domain.segmentation import source_hash
from service.domain.text import Block, Document, Segment
from service.queries.cuts import cut_document
from service.queries.memory import shown_beside
from service.storage.models import MemorySource, MemoryUnit

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NumberedSegment:
    """A segment with its number in the whole text, counted from 1."""

    n: int
    segment: Segment


@dataclass(frozen=True, slots=True)
class BlockPreview:
    """A block with the segments that it is cut into."""

    block: Block
    segments: tuple[NumberedSegment, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """How much of a text the memory holds word for word in one language."""

    locale: str
    segments: int
    words: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as the desk will cut it; `known` has a row for each of the languages that were asked for."""

    document: Document
    blocks: tuple[BlockPreview, ...]
    segments: tuple[Segment, ...]
    words: int
    remarks: tuple[Remark, ...]
    known: tuple[Known, ...]


def preview_of(
    session: Session, actor: Actor, document: Document, *, office: Office, locales: Sequence[str], now: datetime
) -> Preview:
    """Return what would be made of a text; one statement for each language and 500 different sentences."""
    segments = cut_document(session, document, office.source_locale)
    by_block: dict[int, list[NumberedSegment]] = {}
    for n, segment in enumerate(segments, start=1):
        by_block.setdefault(segment.block, []).append(NumberedSegment(n, segment))
    blocks = tuple(BlockPreview(block, tuple(by_block.get(n, ()))) for n, block in enumerate(document.blocks))
    counted = [(source_hash(segment.source), words_in(segment)) for segment in segments]
    hashes = sorted({each for each, _ in counted})
    known = []
    for locale in locales:
        found = _known_hashes(session, actor, hashes, (office.source_locale, locale), now)
        words = [count for each, count in counted if each in found]
        known.append(Known(locale, len(words), sum(words)))
    total = sum(count for _, count in counted)
    return Preview(document, blocks, segments, total, remarks_on(document, segments), tuple(known))


def _known_hashes(
    session: Session, actor: Actor, hashes: Sequence[str], pair: tuple[str, str], now: datetime
) -> set[str]:
    """Return those of the sources that the memory can offer to a new release, and that the actor may know of."""
    source_locale, target_locale = pair
    offered = shown_beside("", now, actor)
    of_language = exists().where(
        MemoryUnit.source_id == MemorySource.id,
        MemoryUnit.target_locale == target_locale,
        MemoryUnit.retired_at.is_(None),
        offered.condition,
    )
    found: set[str] = set()
    asked = {filed_as(each): each for each in hashes}
    for part in _parts(sorted(asked)):
        wanted = select(MemorySource.source_hash).where(
            MemorySource.source_hash.in_(part), MemorySource.source_locale == source_locale, of_language
        )
        found.update(asked[name] for name in session.scalars(wanted, dict(offered.values)))
    return found


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[first : first + _AT_ONCE] for first in range(0, len(values), _AT_ONCE))
