"""The term base for people: a list to search, and a page for each concept with what it is called in each language.

Everybody of the office reads it; who may change it is told by the operations. A page shows the languages of the
office; terms of others, and what a form has no field for, stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.concepts import ConceptDraft
from service.domain.errors import DeskError, Invalid, NotAllowed, Stale
from service.domain.permissions import may_change_terms, may_keep_terms, may_read_terms
from service.operations.loading import demand
from service.operations.terms import add_concept, change_concept, remove_concept
from service.queries.terms import ConceptRow, concept_row, concepts_by_name
from service.web.concept_form import GENDER_WORDS, STATUS_WORDS, fields_of, prefilled, said, sent_fields
from service.web.identity import actor, desk
from service.web.language import told

CONCEPTS_PER_PAGE = 50
LAST_PAGE = 1_000_000

blueprint = Blueprint("terms", __name__)


def _locales() -> tuple[str, ...]:
    """Return the languages of the office, the source's first."""
    office = desk().office
    return tuple(dict.fromkeys((office.source_locale, *office.target_locales)))


@blueprint.get("/terms")
def listing() -> str:
    """Show the concepts by their source terms; the address holds the search and the page."""
    demand(may_read_terms(actor()))
    q = request.args.get("q", "").strip()
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    with desk().read() as reading:
        rows, count = concepts_by_name(
            reading.session,
            desk().office.source_locale,
            q=q or None,
            offset=(page - 1) * CONCEPTS_PER_PAGE,
            limit=CONCEPTS_PER_PAGE,
        )
    return render_template(
        "terms/list.html",
        rows=rows,
        count=count,
        q=q,
        page=page,
        has_next=page * CONCEPTS_PER_PAGE < count,
        locales=_locales(),
    )


@blueprint.get("/terms/new")
def new_page() -> str:
    """Ask what a concept is called."""
    demand(may_keep_terms(actor()))
    return _form(_fields(ConceptDraft(())))


def _form(
    fields: Mapping[str, Any], *, row: ConceptRow | None = None, version: int = 0, error: DeskError | None = None
) -> str:
    office = desk().office
    mine = {locale for locale in office.target_locales if may_change_terms(actor(), {locale})}
    return render_template(
        "terms/concept.html",
        fields=fields,
        row=row,
        version=version,
        error=error,
        locales=_locales(),
        genders=_told(GENDER_WORDS),
        open_locales=mine | {office.source_locale},
    )


@blueprint.post("/terms/new")
def add() -> Response | tuple[str, int]:
    """Add a concept."""
    demand(may_keep_terms(actor()))
    try:
        with desk().begin(actor()) as work:
            concept = add_concept(work, _said(ConceptDraft(())))
    except (Invalid, NotAllowed) as error:
        return _form(_sent(), error=error), error.status
    return redirect(url_for("terms.page", concept_id=concept.id, done="concept-added"), 303)


@blueprint.get("/terms/<concept_id>")
def page(concept_id: str) -> str:
    """Show one concept: as a form for those who may change terms."""
    demand(may_read_terms(actor()))
    row = _row(concept_id)
    if not may_keep_terms(actor()):
        return render_template(
            "terms/shown.html",
            row=row,
            words=_told(STATUS_WORDS),
            genders=_told(GENDER_WORDS),
            source_locale=_locales()[0],
        )
    return _form(_fields(row.draft), row=row, version=row.concept.row_version)


def _told(words: Mapping[str, str]) -> dict[str, str]:
    return {key: told(sentence) for key, sentence in words.items()}


def _row(concept_id: str) -> ConceptRow:
    with desk().read() as reading:
        return concept_row(reading.session, concept_id)


@blueprint.post("/terms/<concept_id>")
def change(concept_id: str) -> Response | tuple[str, int]:
    """Change a concept; who read an older one is told, and may put theirs in its place."""
    demand(may_keep_terms(actor()))
    version = request.form.get("row_version", type=int)
    try:
        with desk().begin(actor()) as work:
            change_concept(work, concept_id, _said, row_version=version)
    except (Invalid, NotAllowed, Stale) as error:
        standing = error.facts.get("row_version", version) if isinstance(error, Stale) else version
        return _form(_sent(), row=_row(concept_id), version=standing or 0, error=error), error.status
    return redirect(url_for("terms.page", concept_id=concept_id, done="concept-changed"), 303)


@blueprint.get("/terms/<concept_id>/remove")
def remove_page(concept_id: str) -> str:
    """Ask before a concept is removed."""
    demand(may_keep_terms(actor()))
    return render_template("terms/remove.html", row=_row(concept_id))


@blueprint.post("/terms/<concept_id>/remove")
def remove(concept_id: str) -> Response:
    """Remove a concept."""
    with desk().begin(actor()) as work:
        remove_concept(work, concept_id)
    return redirect(url_for("terms.listing", done="concept-removed"), 303)


def _fields(draft: ConceptDraft) -> dict[str, Any]:
    return prefilled(fields_of(draft, _locales()), _locales(), request.args)


def _sent() -> dict[str, Any]:
    return sent_fields(request.form, _locales())


def _said(before: ConceptDraft) -> ConceptDraft:
    return said(before, _sent(), _locales())
