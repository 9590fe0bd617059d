"""Concepts for tests, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.permissions import Actor
from service.operations.terms import add_concept, change_concept
from service.queries.terms import concept_row
from service.storage.models import AuditEntry, Concept, Term
from service.uow import Desk


def draft(*terms: tuple[str, ...], **more: Any) -> ConceptDraft:
    return ConceptDraft(tuple(TermDraft(*term) for term in terms), **more)


STATE = draft(("nl", "lidstaat"), ("fr", "État membre"), ("de", "Mitgliedstaat"))


def add(desk: Desk, actor: Actor, concept: ConceptDraft = STATE) -> str:
    with desk.begin(actor) as work:
        return add_concept(work, concept).id


def change(desk: Desk, actor: Actor, concept_id: str, made: Callable[[ConceptDraft], ConceptDraft]) -> None:
    with desk.begin(actor) as work:
        change_concept(work, concept_id, made)


def stands(desk: Desk, concept_id: str) -> ConceptDraft:
    with desk.read() as reading:
        return concept_row(reading.session, concept_id).draft


def audited(desk: Desk, about: str) -> list[tuple[str, dict[str, Any]]]:
    with desk.read() as reading:
        entries = select(AuditEntry).where(AuditEntry.subject == about).order_by(AuditEntry.number)
        return [(entry.action, entry.facts) for entry in reading.session.scalars(entries)]


def count(desk: Desk, kind: type[Concept | Term]) -> int:
    with desk.read() as reading:
        return reading.session.scalar(select(func.count(kind.id))) or 0
