"""Calls on the term base: concepts listed, read, added, changed and removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, jsonify, request, url_for

from service.api import shapes
from service.api.conditions import IF_MATCH, IF_MATCH_IF_ANY, asked_locale, asked_version, cursor, etag, limit, page
from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.shared import ProblemOut
from service.api.schemas.terms import ConceptChangeIn, ConceptIn, ConceptOut, ConceptsOut
from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.errors import N_
from service.domain.permissions import may_read_terms
from service.operations import terms as operations
from service.operations.loading import demand
from service.queries.terms import concept_row, newest_concepts, term_locales
from service.uow import Reading

blueprint = Blueprint("api_terms", __name__, description="The term base")


def _answer(concept_id: str, status: int = 200) -> Response:
    """Return a concept as it stands, with its entity tag."""
    with desk().read() as reading:
        row = concept_row(reading.session, concept_id)
    response = jsonify(shapes.concept(row))
    response.status_code = status
    response.headers["ETag"] = etag(row.concept.row_version)
    return response


def _said(said: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a `ConceptDraft` that were sent."""
    if "terms" not in said:
        return said
    terms = tuple(TermDraft(**{**term, "forms": tuple(term.get("forms", ()))}) for term in said["terms"])
    return {**said, "terms": terms}


@blueprint.route("/terms", methods=["GET"])
@blueprint.doc(
    parameters=[{"in": "query", "name": name, "schema": {"type": "string"}} for name in ("q", "locale", "cursor")]
    + [{"in": "query", "name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 200}}]
)
@blueprint.response(200, ConceptsOut)
@blueprint.alt_response(422, schema=ProblemOut)
def list_concepts() -> dict[str, Any]:
    """List concepts, newest first: those with `q` in one of their terms, and with a term in `locale`.

    `fr-BE` asks for the office's `fr`. A language that the office does not write is refused, unless it has terms.
    """
    demand(may_read_terms(actor()))
    asked = limit()
    tag = request.args.get("locale", "")
    with desk().read() as reading:
        rows = newest_concepts(
            reading.session,
            q=request.args.get("q") or None,
            locale=_known(reading, tag) if tag else None,
            after=cursor(),
            limit=asked + 1,
        )
    items = [shapes.concept(row) for row in rows]
    return page(items, rows, asked, lambda row: (row.concept.created_at, row.concept.id))


def _known(reading: Reading, tag: str) -> str:
    """Return the language that a tag asks for; raise `Invalid` where there are no terms of any such language."""
    office = desk().office
    return asked_locale(
        tag,
        (office.source_locale, *office.target_locales),
        lambda: term_locales(reading.session),
        N_("There are no terms in “%(tag)s”; ask for one of %(known)s."),
    )


@blueprint.route("/terms", methods=["POST"])
@blueprint.arguments(ConceptIn)
@blueprint.response(201, ConceptOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def add(said: dict[str, Any]) -> Response:
    """Add a concept; a reviewer adds terms for their own languages. `fr-CA` stands for the office's `fr`."""
    with desk().begin(actor()) as work:
        concept = operations.add_concept(work, ConceptDraft(**_said(said)))
    response = _answer(concept.id, 201)
    response.headers["Location"] = url_for("api_terms.show", concept_id=concept.id)
    return response


@blueprint.route("/terms/<concept_id>", methods=["GET"])
@blueprint.response(200, ConceptOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(concept_id: str) -> Response:
    """Read a concept."""
    demand(may_read_terms(actor()))
    return _answer(concept_id)


@blueprint.route("/terms/<concept_id>", methods=["PATCH"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.arguments(ConceptChangeIn)
@blueprint.response(200, ConceptOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(404, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
@blueprint.alt_response(428, schema=ProblemOut)
def change(said: dict[str, Any], concept_id: str) -> Response:
    """Change what is given; the next draft follows it. A new `fr-CA` stands for the office's `fr` here too."""
    expected = asked_version()
    with desk().begin(actor()) as work:
        operations.change_concept(work, concept_id, lambda before: replace(before, **_said(said)), row_version=expected)
    return _answer(concept_id)


@blueprint.route("/terms/<concept_id>", methods=["DELETE"])
@blueprint.doc(parameters=[IF_MATCH_IF_ANY])
@blueprint.response(204)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(404, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
def remove(concept_id: str) -> None:
    """Remove a concept with its terms."""
    expected = asked_version(required=False)
    with desk().begin(actor()) as work:
        operations.remove_concept(work, concept_id, row_version=expected)
