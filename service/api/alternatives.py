"""Calls on other drafts of a unit: ask for one, read them, take one in place of the text, remove one."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, url_for

from service.api import units
from service.api.conditions import IF_MATCH, asked_version, moment
from service.api.identity import actor, answered, desk
from service.api.reading import Blueprint
from service.api.schemas.drafts import AlternativeIn, AlternativeOut, AlternativesOut
from service.api.schemas.shared import ProblemOut
from service.api.schemas.units import UnitOut
from service.api.shapes import outcome
from service.domain.differences import differences
from service.domain.errors import NotFound
from service.operations import alternatives as operations
from service.queries.alternatives import alternatives_of, state_of
from service.queries.releases import version_row
from service.queries.review import unit_rows
from service.storage.models import Alternative, Unit

blueprint = Blueprint("api_alternatives", __name__, description="Other drafts of a unit, beside its text")

_ALL = "/releases/<release_id>/versions/<locale>/units/<unit>/alternatives"
_ONE = f"{_ALL}/<alternative>"


def _found(release_id: str, locale: str, unit: str) -> list[dict[str, Any]]:
    with desk().read() as reading:
        _, row = version_row(reading.session, answered(), release_id, locale)
        rows = unit_rows(reading.session, row.version, unit_id=unit)
        if not rows:
            raise NotFound
        items = alternatives_of(reading.session, row.version, unit_id=unit).get(unit, [])
    return [_shape(it, rows[0].unit) for it in items]


def _shape(it: Alternative, unit: Unit) -> dict[str, Any]:
    return {
        "id": it.id,
        "unit": it.unit_id,
        "engine": it.engine,
        "answered_by": it.answered_by,
        "state": state_of(it),
        "target": it.target,
        "origin": {"kind": it.origin, "engine": it.answered_by, "score": it.score},
        "differences": [{"move": piece.move.value, "text": piece.text} for piece in differences(unit.target, it.target)]
        if it.target
        else [],
        "milliseconds": it.milliseconds,
        "warnings": it.warnings,
        "outcomes": [outcome(each) for each in it.outcomes],
        "asked_at": moment(it.asked_at),
        "answered_at": moment(it.answered_at),
    }


def _one(release_id: str, locale: str, unit: str, alternative: str) -> dict[str, Any]:
    for item in _found(release_id, locale, unit):
        if item["id"] == alternative:
            return item
    raise NotFound


@blueprint.route(_ALL, methods=["GET"])
@blueprint.response(200, AlternativesOut)
@blueprint.alt_response(404, schema=ProblemOut)
def list_alternatives(release_id: str, locale: str, unit: str) -> dict[str, Any]:
    """List the other drafts of a unit, newest first."""
    return {"items": _found(release_id, locale, unit)}


@blueprint.route(_ALL, methods=["POST"])
@blueprint.arguments(AlternativeIn, required=False)
@blueprint.response(202, AlternativeOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def ask(said: dict[str, Any], release_id: str, locale: str, unit: str) -> Response:
    """Ask an engine for another draft of a unit; the unit's text stays as it is."""
    with desk().begin(actor()) as work:
        asked = operations.ask_alternative(work, release_id, locale, unit, engine=said.get("engine"))
        alternative = asked.id
    response = jsonify(_one(release_id, locale, unit, alternative))
    response.status_code = 202
    response.headers["Location"] = url_for(
        "api_alternatives.show", release_id=release_id, locale=locale, unit=unit, alternative=alternative
    )
    return response


@blueprint.route(_ONE, methods=["GET"])
@blueprint.response(200, AlternativeOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(release_id: str, locale: str, unit: str, alternative: str) -> dict[str, Any]:
    """Read another draft of a unit."""
    return _one(release_id, locale, unit, alternative)


@blueprint.route(_ONE, methods=["DELETE"])
@blueprint.response(204)
@blueprint.alt_response(404, schema=ProblemOut)
def leave(release_id: str, locale: str, unit: str, alternative: str) -> None:
    """Remove another draft that nobody wants."""
    with desk().begin(actor()) as work:
        operations.leave_alternative(work, release_id, locale, unit, alternative)


@blueprint.route(f"{_ONE}/take", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, UnitOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
@blueprint.alt_response(428, schema=ProblemOut)
def take(release_id: str, locale: str, unit: str, alternative: str) -> Response:
    """Put another draft in place of the unit's text; 412 tells both texts when somebody saved it meanwhile."""
    expected = asked_version()
    with desk().begin(actor()) as work:
        operations.take_alternative(work, release_id, locale, unit, alternative, row_version=expected)
    return units.answer(release_id, locale, unit)
