"""Taking a list of concepts into the term base: what is new is added, what differs is corrected, the rest stays.

A long list is taken in parts, each a transaction of its own; since the same list twice changes nothing, one that broke
off is simply taken again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.concepts import ConceptDraft, checked_concept
from service.domain.errors import N_, Invalid
from service.domain.term_files import FiledConcept, merged, same_concept
from service.operations import audit
from service.operations.context import Work
from service.operations.terms import new_concept, write_concept
from service.queries.terms import ConceptRow, concepts_by_id, concepts_by_term, with_terms
from service.storage.models import Concept, Term

AT_ONCE = 500


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
    """The taking in of one list; it remembers which concepts its lines were about."""

    def __init__(self) -> None:
        """Begin with nothing taken."""
        self.taken = Taken()
        self._lines: dict[str, int] = {}

    def take(self, work: Work, filed: Sequence[FiledConcept]) -> Taken:
        """Take the next part in, at best of `AT_ONCE` concepts; return what became of them.

        Raises `Invalid` where two lines say different things of what the term base holds as one concept.
        """
        named = concepts_by_id(work.session, {one.name for one in filed if one.name})
        known = concepts_by_term(work.session, {one.key for one in filed})
        rows = {row.concept.id: row for listed in (named.values(), *known.values()) for row in listed}
        new: list[tuple[Concept, list[Term]]] = []
        locales: set[str] = set()
        taken = Taken()
        for one in filed:
            row = named.get(one.name) or self._meant(known.get(one.key, ()), one)
            draft = checked_concept(merged(rows[row.concept.id].draft if row else None, one))
            if row is None:
                touched, concept, terms = new_concept(work, draft)
                new.append((concept, terms))
                self._lines[concept.id] = one.line
                taken += Taken(added=1)
                locales |= touched
                continue
            changed = self._correct(work, rows, row.concept, draft, one.line)
            taken += Taken(unchanged=1) if changed is None else Taken(changed=1)
            locales |= changed or frozenset()
        work.session.add_all(concept for concept, _ in new)
        work.session.flush()
        work.session.add_all(term for _, terms in new for term in terms)
        if taken.added or taken.changed:
            said = {"added": taken.added, "changed": taken.changed, "locales": sorted(locales)}
            audit.record(work, "terms.imported", "terms", release_id=None, **said)
        self.taken += taken
        return taken

    def _correct(
        self, work: Work, rows: dict[str, ConceptRow], concept: Concept, draft: ConceptDraft, line: int
    ) -> frozenset[str] | None:
        first = self._lines.setdefault(concept.id, line)
        changed = write_concept(work, rows[concept.id], draft)
        if changed is None:
            return None
        if first != line:
            raise Invalid(
                "two_lines",
                N_("Line %(line)s says something else than line %(first)s, and both are the same concept here."),
                field="file",
                line=line,
                first=first,
            )
        rows[concept.id] = with_terms(work.session, [concept])[0]
        return changed

    def _meant(self, candidates: Sequence[ConceptRow], filed: FiledConcept) -> ConceptRow | None:
        """Return the concept that a line is about; two that the list names apart are not the same one here."""
        if filed.name:
            candidates = [row for row in candidates if self._lines.get(row.concept.id, filed.line) == filed.line]
        place = same_concept([row.draft for row in candidates], filed)
        return None if place is None else candidates[place]
