"""What a list of terms would do to the term base: for the import that does it, and for a page that tells beforehand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from service.domain.concepts import ConceptDraft, checked_concept, is_same, touched_locales
from service.domain.errors import N_, Invalid, Reason
from service.domain.permissions import Actor, may_change_terms
from service.domain.term_files import BadTermList, FiledConcept, merged, same_concept
from service.queries.terms import ConceptRow, concepts_by_id, concepts_by_term

AT_ONCE = 500
EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of a concept by a file: `before` and `row` are None where it is new."""

    filed: FiledConcept
    row: ConceptRow | None
    before: ConceptDraft | None
    after: ConceptDraft

    @property
    def is_changed(self) -> bool:
        """Tell whether it is there, and would be another."""
        return self.before is not None and not is_same(self.before, self.after)


class TermPlan:
    """The plan of one list, made part by part; it remembers which concepts its lines were about."""

    def __init__(self, *, meant: Mapping[int, str] | None = None, faults: list[Reason] | None = None) -> None:
        """Begin with nothing planned.

        `meant` tells by line which concepts a preview found; what it does not name is new. `faults` takes what cannot
        be taken in, line by line; without it, the first is raised.
        """
        self._meant_by = meant
        self._faults = faults
        self._lines: dict[str, int] = {}
        self._after: dict[str, ConceptDraft] = {}
        self._own: set[str] = set()

    def plan(self, session: Session, filed: Sequence[FiledConcept]) -> list[Planned]:
        """Return what becomes of the next concepts, at best of `AT_ONCE`; nothing is written.

        Raises `Invalid` where two lines say different things of what the term base holds as one concept, or one says
        more of it than can be stored.
        """
        planned = []
        for one, row in self._rows(session, filed):
            try:
                planned.append(self._step(one, row))
            except Invalid as error:
                if self._faults is None:
                    raise
                self._faults.append(Reason(error.code, error.template, **error.facts))
        return planned

    def _rows(
        self, session: Session, filed: Sequence[FiledConcept]
    ) -> Iterator[tuple[FiledConcept, ConceptRow | None]]:
        """Yield each of the list's concepts with the one that it is about."""
        if self._meant_by is not None:
            ids = {one.line: self._meant_by[one.line] for one in filed if one.line in self._meant_by}
            rows = concepts_by_id(session, set(ids.values()))
            yield from ((one, rows.get(ids.get(one.line, ""))) for one in filed)
            return
        named = concepts_by_id(session, {one.name for one in filed if one.name})
        known = concepts_by_term(session, {one.key for one in filed})
        for one in filed:
            yield one, named.get(one.name) or self._meant(known.get(one.key, ()), one)

    def _step(self, one: FiledConcept, row: ConceptRow | None) -> Planned:
        before = None if row is None else self._after.get(row.concept.id, row.draft)
        try:
            after = checked_concept(merged(before, one))
        except Invalid as error:
            template = N_("Line %(line)s: %(reason)s")
            raise Invalid(error.code, template, field="file", line=one.line, reason=str(error)) from None
        step = Planned(one, row, before, after)
        if row is not None:
            self._demand_agreement(row.concept.id, step)
        return step

    def note_added(self, concept_id: str) -> None:
        """Remember that a concept is the list's own, and so that no other line of it is about it."""
        self._own.add(concept_id)

    def _demand_agreement(self, concept_id: str, step: Planned) -> None:
        line = step.filed.line
        first = self._lines.setdefault(concept_id, line)
        if not step.is_changed:
            return
        if first != line:
            raise Invalid(
                "two_lines",
                N_("Line %(line)s says something else than line %(first)s, and both are the same concept here."),
                field="file",
                line=line,
                first=first,
            )
        self._after[concept_id] = step.after

    def _meant(self, candidates: Sequence[ConceptRow], filed: FiledConcept) -> ConceptRow | None:
        """Return the concept that a line is about; two that the list names apart are not the same one here."""
        candidates = [row for row in candidates if row.concept.id not in self._own]
        if filed.name:
            candidates = [row for row in candidates if self._lines.get(row.concept.id, filed.line) == filed.line]
        place = same_concept([row.draft for row in candidates], filed)
        return None if place is None else candidates[place]


@dataclass(slots=True)
class TermPreview:
    """How many concepts a list would add, change and leave, the first that would be others, and whose they are.

    `refused` has a reason for each line that is not for whoever asks; `meant` tells by line which concepts are there.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    examples: list[Planned] = field(default_factory=list)
    locales: set[str] = field(default_factory=set)
    refused: list[Reason] = field(default_factory=list)
    meant: dict[int, str] = field(default_factory=dict)


def preview_terms(
    session: Session,
    filed: Sequence[FiledConcept],
    actor: Actor,
    *,
    source_locale: str,
    targets: Collection[str],
    progress: Callable[[int], None] | None = None,
) -> TermPreview:
    """Return what a list would do now; nothing is written. Concepts that change are shown before those that are new.

    Raises `BadTermList` with every line that nobody can take in. `progress` is called now and then with the number of
    concepts that were looked at.
    """
    faults: list[Reason] = []
    preview, plan = TermPreview(), TermPlan(faults=faults)
    new: list[Planned] = []
    for first in range(0, len(filed), AT_ONCE):
        for step in plan.plan(session, filed[first : first + AT_ONCE]):
            if step.row is not None:
                preview.meant[step.filed.line] = step.row.concept.id
            if step.before is not None and not step.is_changed:
                preview.unchanged += 1
                continue
            preview.added += step.before is None
            preview.changed += step.before is not None
            shown = new if step.before is None else preview.examples
            if len(shown) < EXAMPLES:
                shown.append(step)
            touched = touched_locales(step.before, step.after, source_locale=source_locale, targets=targets)
            preview.locales |= touched
            if not may_change_terms(actor, touched):
                preview.refused.append(_not_theirs(step.filed.line, actor, touched))
        session.expunge_all()
        if progress is not None:
            progress(min(first + AT_ONCE, len(filed)))
    if faults:
        raise BadTermList(faults)
    preview.examples += new[: EXAMPLES - len(preview.examples)]
    return preview


def _not_theirs(line: int, actor: Actor, locales: Collection[str]) -> Reason:
    others = ", ".join(sorted(locale for locale in locales if not may_change_terms(actor, {locale})))
    template = N_(
        "Line %(line)s: you do not answer for the terms in %(locales)s. Leave the line out, or ask an administrator."
    )
    return Reason("not_allowed", template, line=line, locales=others)
