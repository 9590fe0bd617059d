"""Taking a list of concepts into the term base: what is new is added, what differs is corrected, the rest stays.

A long list is taken in parts, each a transaction of its own; since the same list twice changes nothing, one that broke
off is simply taken again. What becomes of each concept is planned by `queries.term_import`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.errors import N_, Stale
from service.domain.term_files import FiledConcept
from service.operations import audit
from service.operations.context import Work
from service.operations.terms import count_change, lock_terms, new_concept, write_concept
from service.queries.term_import import AT_ONCE, TermPlan
from service.storage.models import Concept, Term

__all__ = ["AT_ONCE", "Taken", "TermImport"]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many concepts were added, changed, and left as they are."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Taken) -> Taken:
        """Count two parts together."""
        return Taken(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


class TermImport:
    """The taking in of one list."""

    def __init__(self) -> None:
        """Begin with nothing taken."""
        self.taken = Taken()
        self._plan = TermPlan()

    def take(self, work: Work, filed: Sequence[FiledConcept], *, stamp: int | None = None) -> Taken:
        """Take the next part in, at best of `AT_ONCE` concepts; return what became of them.

        Raises `Invalid` where two lines say different things of what the term base holds as one concept, and `Stale`
        where the term base is no longer at `stamp` (None asks for no check).
        """
        if lock_terms(work) != stamp and stamp is not None:
            raise Stale(
                "stale_terms",
                N_("Somebody changed the term base since this was shown. Look at what the list would do now."),
            )
        new: list[tuple[Concept, list[Term]]] = []
        locales: set[str] = set()
        taken = Taken()
        for step in self._plan.plan(work.session, filed):
            if step.row is None:
                touched, concept, terms = new_concept(work, step.after)
                new.append((concept, terms))
                self._plan.note_added(concept.id)
                taken += Taken(added=1)
                locales |= touched
            elif step.is_changed:
                locales |= write_concept(work, step.row, step.after) or frozenset()
                taken += Taken(changed=1)
            else:
                taken += Taken(unchanged=1)
        work.session.add_all(concept for concept, _ in new)
        work.session.flush()
        work.session.add_all(term for _, terms in new for term in terms)
        if taken.added or taken.changed:
            count_change(work)
            said = {"added": taken.added, "changed": taken.changed, "locales": sorted(locales)}
            audit.record(work, "terms.imported", "terms", release_id=None, **said)
        self.taken += taken
        return taken
