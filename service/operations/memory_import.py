"""Taking a file's units into the memory: what is new is added, what is there stays as it is.

A long file is taken in parts, each a transaction of its own; since the same file twice changes nothing, one that broke
off is simply taken again. What a file brings is public, and counts less than what was approved here.
"""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from service.domain import permissions
from service.domain.errors import N_, DeskError, NotAllowed
from service.domain.matching.filings import Called, as_plain, work_out
from service.domain.matching.postings import filed_words, most_frequent
from service.domain.matching.tokens import tokens_of
from service.domain.memory_files import (
    LONGEST_COLLECTION,
    Filed,
    FiledUnit,
    LeftOut,
    in_parts,
    locales_in,
)
from service.operations import audit
from service.operations.context import Work
from service.operations.memory_filing import Filed as FiledSource
from service.operations.memory_filing import bundle_some, file_sources, list_new, lock_memory, unlist
from service.operations.memory_ranking import FEWEST_SOURCES, GROWTH, Grown, take_ranking
from service.queries.memory_import import AT_ONCE, NewPair, sort_out
from service.queries.memory_postings import room_for_loose
from service.queries.memory_rankings import NONE, newest_ranking
from service.storage.bulk import look_over, write_rows
from service.storage.models import MemoryBundle, MemoryPosting, MemorySource, MemoryUnit, MemoryUnlisted

POSTINGS_A_SOURCE = 9  # about
LOOKED_OVER_AT, LOOKED_OVER_AGAIN = 5_000, 3  # units that were added, and so many times as many each time
_LOOKED_OVER = tuple(
    cast("Table", model.__table__) for model in (MemorySource, MemoryUnit, MemoryPosting, MemoryBundle, MemoryUnlisted)
)
_UNIT = (
    "identity",
    "source_id",
    "target_locale",
    "target",
    "context",
    "origin",
    "collection",
    "approved_by",
    "approved_at",
    "confirmed",
    "public",
    "row_version",
)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many targets were added, were there already, and could not be taken."""

    added: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: Imported) -> Imported:
        """Count two parts together."""
        return Imported(self.added + other.added, self.unchanged + other.unchanged, self.refused + other.refused)


class MemoryImport:
    """The taking in of one file; `collection` is the name under which its units stand."""

    def __init__(self, source_locale: str, collection: str) -> None:
        """Begin with nothing taken."""
        self.imported = Imported()
        self._ranking = NONE
        self._room = 0  # postings that may stand by themselves until somebody looks again
        self._looked_over_at = LOOKED_OVER_AT
        self._source_locale = source_locale
        self._collection = collection[:LONGEST_COLLECTION]

    def take_all(
        self,
        begin: Callable[[], AbstractContextManager[Work]],
        filed: Iterable[Filed],
        *,
        helper: Executor | None = None,
    ) -> Iterator[list[Filed]]:
        """Take in all of a file, a transaction each part; yield the parts as they stand, for whoever shows progress.

        Where the file cannot be read any further, what came before is taken in and the error raised behind it. A
        `helper` works out what the next part is filed by while one is written; it is not called for a short file.
        """
        try:
            for part, names in self._named(begin, filed, helper):
                gc.freeze()  # whatever there is now would be looked over, in vain, for each few thousand units
                with begin() as work:
                    taken = self.take(work, part, known_as=names)
                self.imported += taken
                self._bundle(begin)
                self._look_over(begin)
                yield part
        finally:
            gc.unfreeze()

    def _named(
        self, begin: Callable[[], AbstractContextManager[Work]], filed: Iterable[Filed], helper: Executor | None
    ) -> Iterator[tuple[list[Filed], list[Called] | None]]:
        """Yield the parts of a file, and what their units are called where the helper worked that out."""
        ahead: deque[tuple[list[Filed], Future[list[Called]] | None]] = deque()
        try:
            for place, part in enumerate(in_parts(filed, AT_ONCE)):
                if place == 0:
                    with begin() as work:
                        self.prepare(work, part)
                worked_out = None
                if helper and place:
                    units = [as_plain(one) for one in part if isinstance(one, FiledUnit)]
                    worked_out = helper.submit(work_out, units, self._source_locale, self._ranking)
                ahead.append((part, worked_out))
                yield from _ready(ahead, len(ahead) - (1 if helper else 0))
        except DeskError:
            yield from _ready(ahead, len(ahead))
            raise
        yield from _ready(ahead, len(ahead))

    def prepare(self, work: Work, filed: Sequence[Filed]) -> None:
        """Order the words of a small memory by the first units of a big file, so that it is filed well at once."""
        units = {one.source.text: one.source for one in filed if isinstance(one, FiledUnit)}
        self._demand(work, [one for one in filed if isinstance(one, FiledUnit)])
        lock_memory(work.session)
        self._ranking = newest_ranking(work.session, self._source_locale)
        if len(units) < max(FEWEST_SOURCES, GROWTH * _sources(work.session, self._source_locale, len(units))):
            return
        counts: Counter[str] = Counter()
        for source in units.values():
            counts.update(filed_words(tokens_of(source)))
        take_ranking(work, Grown(self._source_locale, len(units), tuple(most_frequent(counts))))
        work.session.flush()
        self._ranking = newest_ranking(work.session, self._source_locale)

    def take(self, work: Work, filed: Sequence[Filed], *, known_as: Sequence[Called] | None = None) -> Imported:
        """Take the next part in, at most `AT_ONCE` units; return what became of them.

        `known_as` is what its units are called, where that was worked out before. Raises `NotAllowed` where the actor
        does not answer for all of its languages.
        """
        units = [one for one in filed if isinstance(one, FiledUnit)]
        self._demand(work, units)
        lock_memory(work.session)
        sorting = sort_out(work.session, units, self._source_locale, known_as=known_as)
        if sorting.new:
            self._add(work, sorting.new, sorting.known)
        self._ranking = newest_ranking(work.session, self._source_locale)
        refused = sum(isinstance(one, LeftOut) for one in filed)
        taken = Imported(len(sorting.new), sorting.unchanged, refused)
        if taken.added:
            locales = sorted({pair.target.locale for pair in sorting.new})
            said = {"added": taken.added, "source": self._source_locale, "locales": locales}
            audit.record(work, "memory.imported", "memory", release_id=None, **said)
        return taken

    def _add(self, work: Work, pairs: Sequence[NewPair], known: dict[str, int]) -> None:
        session = work.session
        sources = {pair.source_hash: FiledSource(pair.source_hash, pair.unit.source, pair.filing) for pair in pairs}
        ids = file_sources(work, self._source_locale, sources.values(), known=known)
        rows = [
            (
                pair.identity,
                ids[pair.source_hash],
                pair.target.locale,
                pair.target.target,
                pair.target.context,
                "import",
                self._collection,
                work.actor.user_id,
                min(pair.target.approved_at or work.now, work.now),
                pair.target.confirmed,
                True,
                1,
            )
            for pair in pairs
        ]
        write_rows(session, cast("Table", MemoryUnit.__table__), _UNIT, rows)
        new = [ids[source_hash] for source_hash in sources if source_hash not in known]
        self._room -= POSTINGS_A_SOURCE * len(new)
        list_new(session, new)
        unlist(session, [ids[source_hash] for source_hash in sources if source_hash in known])

    def _bundle(self, begin: Callable[[], AbstractContextManager[Work]]) -> None:
        """Bundle what was filed, a transaction each part, if it has become much; what is left is for the workers."""
        if self._room > 0:  # counting a million takes long
            return
        with begin() as work:
            self._room = room_for_loose(work.session)
        more = not self._room
        while more:
            with begin() as work:
                more = bundle_some(work)

    def _look_over(self, begin: Callable[[], AbstractContextManager[Work]]) -> None:
        """Let the database see how much there is now, each time that there is much more than when it last saw it."""
        if self.imported.added >= self._looked_over_at:
            self._looked_over_at = LOOKED_OVER_AGAIN * self.imported.added
            with begin() as work:
                look_over(work.session, *_LOOKED_OVER)

    @staticmethod
    def _demand(work: Work, units: Sequence[FiledUnit]) -> None:
        if units and not permissions.may_keep_memory(work.actor, locales_in(units)):
            raise NotAllowed(
                "not_your_memory",
                N_("What is taken into the memory is for the reviewers of its languages, and for administrators."),
            )


def _ready(
    ahead: deque[tuple[list[Filed], Future[list[Called]] | None]], count: int
) -> Iterator[tuple[list[Filed], list[Called] | None]]:
    for _ in range(count):
        part, worked_out = ahead.popleft()
        yield part, worked_out.result() if worked_out else None


def _sources(session: Session, source_locale: str, most: int) -> int:
    """Return how many sources a locale has, counted no further than matters."""
    some = select(MemorySource.id).where(MemorySource.source_locale == source_locale).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
