"""Taking a list of concepts into the term base: what is new is added, what differs is corrected, the rest stays.

A long list is taken in parts, each a transaction of its own; since the same list twice changes nothing, one that broke
off is simply taken again. What becomes of each concept is planned by `queries.term_import`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.domain.errors import N_, NotAllowed, Stale
from service.domain.term_files import FiledConcept
from service.operations import audit
from service.operations.context import Work
from service.operations.terms import count_change, demand_keeper, lock_terms, new_concept, write_concept
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
    """The taking in of one list.

    With the `stamp` that the term base had when the list was looked at, nobody else may have changed it until the last
    part is in (None asks for no check); `meant` tells by line which concepts were found then.
    """

    def __init__(self, *, stamp: int | None = None, meant: Mapping[int, str] | None = None) -> None:
        """Begin with nothing taken."""
        self.taken = Taken()
        self._stamp = stamp
        self._plan = TermPlan(meant=meant)

    def take(self, work: Work, filed: Sequence[FiledConcept]) -> Taken:
        """Take the next part in, at best of `AT_ONCE` concepts; return what became of them.

        Raises `Invalid` where two lines say different things of what the term base holds as one concept, `NotAllowed`
        with the line that is not the actor's to take in, and `Stale` where somebody else changed the term base.
        """
        demand_keeper(work.actor)
        if lock_terms(work) != self._stamp and self._stamp is not None:
            raise Stale(
                "stale_terms",
                N_("Somebody changed the term base since this was shown. Look at what the list would do now."),
            )
        new: list[tuple[Concept, list[Term]]] = []
        locales: set[str] = set()
        taken = Taken()
        for step in self._plan.plan(work.session, filed):
            try:
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
            except NotAllowed as error:
                template = N_("Line %(line)s: %(reason)s")
                raise NotAllowed(error.code, template, line=step.filed.line, reason=str(error)) from None
        work.session.add_all(concept for concept, _ in new)
        work.session.flush()
        work.session.add_all(term for _, terms in new for term in terms)
        if taken.added or taken.changed:
            count_change(work)
            self._stamp = None if self._stamp is None else self._stamp + 1
            said = {"added": taken.added, "changed": taken.changed, "locales": sorted(locales)}
            audit.record(work, "terms.imported", "terms", release_id=None, **said)
        self.taken += taken
        return taken
