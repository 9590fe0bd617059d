"""Which units of a file the memory lacks: for the import that writes them, and for a page that tells beforehand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias, TypeVar

from sqlalchemy import TextClause, case, or_, select, text
from sqlalchemy.orm import Session

from service.domain.matching.filings import Called, Filing, called
from service.domain.matching.identities import filed_as
from service.domain.memory_files import Filed, FiledTarget, FiledUnit, LeftOut, in_parts
from service.storage.bulk import one_of
from service.storage.models import MemoryChange, MemoryUnit

AT_ONCE = 10_000  # source units that are looked at, or taken in, together: fewer would write the index over and over
EXAMPLES = 5
_IN_A_STATEMENT = 500
Value = TypeVar("Value")
# A source's id, a locale, a target, and its context; None for a target that is there whatever its neighbours.
Text: TypeAlias = tuple[int, str, str, str | None]


@dataclass(frozen=True, slots=True)
class NewPair:
    """A target that the memory lacks, with its source and the line of its unit; `filing` where it is worked out."""

    identity: str
    source_hash: str
    unit: FiledUnit
    target: FiledTarget
    filing: Filing | None = None


@dataclass(frozen=True, slots=True)
class Sorting:
    """What became of some units: the targets that are new, in the file's order, and how many are there already.

    `known` are the ids of those sources that the memory has, by their hashes.
    """

    new: list[NewPair]
    unchanged: int
    known: dict[str, int]


@dataclass(slots=True)
class ImportCount:
    """What a file would change: how many targets, and the first few of each kind to show."""

    added: int = 0
    unchanged: int = 0
    refused: int = 0
    new: list[NewPair] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def count_import(session: Session, filed: Iterable[Filed], source_locale: str) -> ImportCount:
    """Return what the import of a file would do now; nothing is written.

    The same target twice in the file counts once as new, as the import would have it.
    """
    count = ImportCount()
    seen: set[int] = set()
    for part in in_parts(filed, AT_ONCE):
        left_out = [one for one in part if isinstance(one, LeftOut)]
        sorting = sort_out(session, [one for one in part if isinstance(one, FiledUnit)], source_locale)
        new = [pair for pair in sorting.new if int(pair.identity, 16) not in seen]
        seen.update(int(pair.identity, 16) for pair in new)
        count.added += len(new)
        count.unchanged += sorting.unchanged + len(sorting.new) - len(new)
        count.refused += len(left_out)
        count.new += new[: EXAMPLES - len(count.new)]
        count.left_out += left_out[: EXAMPLES - len(count.left_out)]
    return count


def sort_out(
    session: Session, units: Sequence[FiledUnit], source_locale: str, *, known_as: Sequence[Called] | None = None
) -> Sorting:
    """Tell the new targets of units from those that are there: imported, or published in an approved text.

    What is retired counts as there, and so does what a unit said before it was edited: a file does not bring back what
    a person took out. `known_as` is what the units are called, where that was worked out before.
    """
    pairs: dict[str, NewPair] = {}
    offered = 0
    names = known_as if known_as is not None else [called(unit, source_locale) for unit in units]
    for unit, name in zip(units, names, strict=True):
        offered += len(unit.targets)
        for target, identity in zip(unit.targets, name.identities, strict=True):
            if identity not in pairs:
                pairs[identity] = NewPair(identity, name.source_hash, unit, target, name.filing)
    known = known_sources(session, source_locale, {pair.source_hash for pair in pairs.values()})
    if known:
        taken = _imported(session, known.values())
        said = _said(session, known.values())
        pairs = {
            identity: pair
            for identity, pair in pairs.items()
            if identity not in taken and said.isdisjoint(_texts(pair, known.get(pair.source_hash, 0)))
        }
    return Sorting(list(pairs.values()), offered - len(pairs), known)


def _texts(pair: NewPair, source_id: int) -> tuple[Text, Text]:
    """Return what a pair says: wherever it stands, and between its neighbours."""
    target = pair.target
    return (source_id, target.locale, target.target, None), (source_id, target.locale, target.target, target.context)


def known_sources(session: Session, source_locale: str, hashes: Collection[str]) -> dict[str, int]:
    """Return the ids of those sources that the memory has, by their hashes."""
    statement = _known(session.get_bind().dialect.name)
    asked = {filed_as(source_hash): source_hash for source_hash in hashes}
    known: dict[str, int] = {}
    for part in _parts(sorted(asked)):
        rows = session.execute(statement, {"source_locale": source_locale, "listed": json.dumps(part)})
        known.update((asked[row.source_hash], row.id) for row in rows)
    return known


@lru_cache
def _known(dialect: str) -> TextClause:
    return text(
        "SELECT source_hash, id FROM memory_source"  # noqa: S608 - of ours
        f" WHERE source_locale = :source_locale AND source_hash IN ({one_of(dialect, 'text')})"
    )


def _imported(session: Session, source_ids: Collection[int]) -> set[str]:
    """Return the identities of the units that sources have from files."""
    found: set[str] = set()
    for part in _parts(sorted(source_ids)):
        found.update(
            session.scalars(
                select(MemoryUnit.identity).where(MemoryUnit.source_id.in_(part), MemoryUnit.origin == "import")
            )
        )
    return found


def _said(session: Session, source_ids: Collection[int]) -> set[Text]:
    """Return the texts of units that stand in published texts, and of those from files that people changed.

    What such a unit said before counts as well. One from a file keeps the identity of the text that stood there, so
    that only its texts tell what it says since. Of what is not public nobody learns by an import.
    """
    found: set[Text] = set()
    changed: dict[int, tuple[int, str, str | None]] = {}
    for part in _parts(sorted(source_ids)):
        rows = session.execute(
            select(
                MemoryUnit.source_id,
                MemoryUnit.target_locale,
                MemoryUnit.target,
                case((MemoryUnit.origin == "import", MemoryUnit.context)).label("context"),
                case((MemoryUnit.row_version > 1, MemoryUnit.id)).label("changed"),
            )
            .where(
                MemoryUnit.source_id.in_(part),
                MemoryUnit.public,
                or_(MemoryUnit.origin == "approved", MemoryUnit.row_version > 1),
            )
            .distinct()
        )
        for row in rows:
            found.add((row.source_id, row.target_locale, row.target, row.context))
            if row.changed is not None:
                changed[row.changed] = row.source_id, row.target_locale, row.context
    for ids in _parts(sorted(changed)):
        before = select(MemoryChange.unit_id, MemoryChange.target).where(MemoryChange.unit_id.in_(ids)).distinct()
        for unit_id, target in session.execute(before):
            source_id, locale, context = changed[unit_id]
            found.add((source_id, locale, target, context))
    return found


def _parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[first : first + _IN_A_STATEMENT] for first in range(0, len(values), _IN_A_STATEMENT))
