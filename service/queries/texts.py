"""A version's text as it stands now: its blocks composed from its units, its digest, and counts of its units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from service.domain.compose import compose
from service.domain.digest import version_digest
from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode, Segment
from service.storage import counts
from service.storage.models import BlockRow, SegmentRow, SourceRevision, Unit, Version


def codes_of(stored: Sequence[dict[str, Any]]) -> tuple[InlineCode, ...]:
    """Return a stored table of inline codes as values."""
    return tuple(InlineCode(code["id"], CodeKind(code["kind"]), code.get("href")) for code in stored)


def codes_json(codes: Sequence[InlineCode]) -> list[dict[str, Any]]:
    """Return a table of inline codes as it is stored."""
    return [{"id": code.id, "kind": code.kind.value, "href": code.href} for code in codes]


def blocks_json(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return blocks as they are frozen in a publication."""
    return [
        {
            "kind": block.kind.value,
            "text": block.content.text,
            "level": block.level,
            "ordered": block.ordered,
            "group": block.group,
            "start": block.start,
            "codes": codes_json(block.content.codes),
        }
        for block in blocks
    ]


def blocks_of(stored: Sequence[dict[str, Any]]) -> tuple[Block, ...]:
    """Return frozen blocks as values."""
    return tuple(
        Block(
            BlockKind(block["kind"]),
            CodedText(block["text"], codes_of(block["codes"])),
            level=block["level"],
            ordered=block["ordered"],
            group=block["group"],
            start=block.get("start", 0),  # what was published before lists kept their numbers has none
        )
        for block in stored
    )


@dataclass(frozen=True, slots=True)
class VersionText:
    """A version's present text; `units` and `segments` run in parallel, in text order."""

    blocks: tuple[Block, ...]
    digest: str
    revision: int
    source: Document
    units: tuple[Unit, ...]
    segments: tuple[SegmentRow, ...]

    @property
    def title(self) -> str:
        """The title in plain text, or the source's where it is not translated yet."""
        for block in self.blocks:
            if block.kind is BlockKind.TITLE and block.content.text:
                return plain(block.content)
        return self.source.title


def source_document(session: Session, revision_id: str) -> tuple[Document, tuple[BlockRow, ...]]:
    """Return a revision's text as a document, with the rows of its blocks."""
    rows = tuple(session.scalars(select(BlockRow).where(BlockRow.revision_id == revision_id).order_by(BlockRow.n)))
    blocks = tuple(
        Block(
            BlockKind(row.kind), CodedText(row.text, codes_of(row.codes)), row.level, row.ordered, row.group, row.start
        )
        for row in rows
    )
    return Document(blocks), rows


def version_text(session: Session, version: Version) -> VersionText:
    """Compose the version's present text; four statements, whatever its length."""
    revision = session.get_one(SourceRevision, version.revision_id)
    document, blocks = source_document(session, revision.id)
    positions = {row.id: n for n, row in enumerate(blocks)}
    rows = session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == revision.id)
        .order_by(SegmentRow.n)
    ).all()
    units = tuple(unit for unit, _ in rows)
    segments = tuple(segment for _, segment in rows)
    values = [Segment(positions[s.block_id], CodedText(s.source, codes_of(s.codes)), s.gap) for s in segments]
    composed = compose(document, values, [unit.target for unit in units])
    digest = version_digest(locale=version.locale, source_digest=revision.digest, blocks=composed)
    return VersionText(composed, digest, revision.number, document, units, segments)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a version's units, of its open findings, and of those that were put aside."""

    segments: int
    empty: int
    confirmed: int
    errors: int
    warnings: int
    notes: int = 0
    dismissed: int = 0

    @property
    def drafted(self) -> int:
        """How many units have a text."""
        return self.segments - self.empty


def tally_of(version: Any) -> Tally:
    """Return the counts of a version, or of any row that has its columns."""
    return Tally(
        version.segment_count,
        version.empty_count,
        version.confirmed_count,
        version.error_count,
        version.warning_count,
        version.note_count,
        version.dismissed_count,
    )


def tally(session: Session, version: Version) -> Tally:
    """Return the counts of a version, with what this session wrote of it."""
    counts.settle(session)
    return tally_of(version)


def word_counts(session: Session, revision_ids: Collection[str]) -> dict[str, int]:
    """Return how many words each source revision has; one statement for those that were not asked for before."""
    if len(_words) > MOST_WORD_COUNTS:
        _words.clear()
    counts = {each: _words[each] for each in revision_ids if each in _words}
    new = [each for each in revision_ids if each not in counts]
    if new:
        counts.update(dict.fromkeys(new, 0))
        for revision_id, text in session.execute(_TEXTS, {"revisions": new}):
            counts[revision_id] += len(text.split())
        _words.update({each: counts[each] for each in new})
    return counts


# The text of a revision never changes, so neither does how many words it has.
_words: dict[str, int] = {}
MOST_WORD_COUNTS = 100_000
_TEXTS = select(BlockRow.revision_id, BlockRow.text).where(
    BlockRow.revision_id.in_(bindparam("revisions", expanding=True))
)
