"""A version's text as it stands now: its blocks composed from its units, its digest, and counts of its units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, bindparam, case, false, func, literal, select, union_all
from sqlalchemy.orm import Session

from service.domain.compose import compose
from service.domain.digest import version_digest
from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode, Segment
from service.storage.models import BlockRow, FindingRow, SegmentRow, SourceRevision, Unit, Version


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
        Block(BlockKind(row.kind), CodedText(row.text, codes_of(row.codes)), row.level, row.ordered, row.group)
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


EMPTY_TALLY = Tally(0, 0, 0, 0, 0)


# Put together once: lists and every page of a version ask for them.
_PRESENT = SegmentRow.id == Unit.segment_id, SegmentRow.revision_id == Version.revision_id
_ASKED = Version.id.in_(bindparam("versions", expanding=True))
_NOT_FOUND = literal(None, String).label("severity"), false().label("dismissed")
_COUNTED = (
    select(
        Version.id,
        *_NOT_FOUND,
        func.count(Unit.id).label("count"),
        func.sum(case((Unit.target == "", 1), else_=0)).label("empty"),
        func.sum(case((Unit.state.in_(("reviewed", "final")), 1), else_=0)).label("confirmed"),
    )
    .join(Unit, Unit.version_id == Version.id)
    .join(SegmentRow, and_(*_PRESENT))
    .where(_ASKED)
    .group_by(Version.id)
)
_FOUND = (
    select(
        Version.id,
        FindingRow.severity,
        FindingRow.dismissed_at.is_not(None),
        func.sum(case((SegmentRow.revision_id == Version.revision_id, 1), else_=0)),
        literal(0),
        literal(0),
    )
    .join(Unit, Unit.version_id == Version.id)
    .join(FindingRow, FindingRow.unit_id == Unit.id)
    # An outer join, for SQLite to look up the segments of those units alone that have a finding.
    .outerjoin(SegmentRow, SegmentRow.id == Unit.segment_id)
    .where(_ASKED)
    .group_by(Version.id, FindingRow.severity, FindingRow.dismissed_at.is_not(None))
)
_TALLIES = union_all(_COUNTED, _FOUND)


def tallies(session: Session, version_ids: Sequence[str]) -> dict[str, Tally]:
    """Return the counts of many versions, in one statement."""
    if not version_ids:
        return {}
    findings: dict[str, Counter[str]] = defaultdict(Counter)
    units: dict[str, tuple[int, int, int]] = {}
    for version_id, severity, dismissed, count, empty, confirmed in session.execute(
        _TALLIES, {"versions": list(version_ids)}
    ):
        if severity is None:
            units[version_id] = count, int(empty), int(confirmed)
        else:
            findings[version_id]["dismissed" if dismissed else severity] += int(count)
    counts = {}
    for version_id, counted in units.items():
        seen = findings[version_id]
        counts[version_id] = Tally(*counted, seen["error"], seen["warning"], seen["info"], seen["dismissed"])
    return counts


def tally(session: Session, version: Version) -> Tally:
    """Return the counts of one version."""
    return tallies(session, [version.id]).get(version.id, EMPTY_TALLY)


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
