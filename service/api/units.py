"""Calls on units: all of a version in text order, one of them, and a save."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from service.api import shapes
from service.api.conditions import asked_version, etag
from service.api.identity import actor, desk
from service.api.schemas.shared import ProblemOut
from service.api.schemas.units import UnitIn, UnitOut, UnitsOut
from service.domain.errors import NotFound
from service.domain.term_base import TermBase
from service.domain.text import CodedText
from service.operations.review import edit_unit
from service.queries.releases import version_row
from service.queries.review import UnitRow, unit_rows
from service.queries.term_bases import term_base
from service.queries.texts import codes_of

blueprint = Blueprint("api_units", __name__, description="Units: segments with their targets")

_UNITS = "/releases/<release_id>/versions/<locale>/units"


def answer(release_id: str, locale: str, unit: str) -> Response:
    """Return a unit as it stands, with its entity tag."""
    with desk().read() as reading:
        release, row = version_row(reading.session, actor(), release_id, locale)
        found = unit_rows(reading.session, row.version, unit_id=unit)
        terms = term_base(reading.session, release.source_locale, row.version.locale)
    if not found:
        raise NotFound
    response = jsonify(_shaped(found[0], terms))
    response.headers["ETag"] = etag(found[0].unit.row_version)
    return response


def _shaped(row: UnitRow, terms: TermBase) -> dict[str, Any]:
    """Return a unit with the terms in its source."""
    return shapes.unit(row, terms.find(CodedText(row.segment.source, codes_of(row.segment.codes))))


@blueprint.route(_UNITS, methods=["GET"])
@blueprint.response(200, UnitsOut)
@blueprint.alt_response(404, schema=ProblemOut)
def list_units(release_id: str, locale: str) -> dict[str, Any]:
    """List all units of a version in text order, the title first."""
    with desk().read() as reading:
        release, row = version_row(reading.session, actor(), release_id, locale)
        terms = term_base(reading.session, release.source_locale, row.version.locale)
        return {"items": [_shaped(it, terms) for it in unit_rows(reading.session, row.version)]}


@blueprint.route(f"{_UNITS}/<unit>", methods=["GET"])
@blueprint.response(200, UnitOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(release_id: str, locale: str, unit: str) -> Response:
    """Read a unit."""
    return answer(release_id, locale, unit)


@blueprint.route(f"{_UNITS}/<unit>", methods=["PATCH"])
@blueprint.doc(parameters=[{"in": "header", "name": "If-Match", "schema": {"type": "string"}, "required": True}])
@blueprint.arguments(UnitIn)
@blueprint.response(200, UnitOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
@blueprint.alt_response(428, schema=ProblemOut)
def save(changes: dict[str, Any], release_id: str, locale: str, unit: str) -> Response:
    """Save a unit's text or state; 412 tells both texts when somebody saved it meanwhile."""
    expected = asked_version()
    with desk().begin(actor()) as work:
        edit_unit(
            work,
            release_id,
            locale,
            unit,
            row_version=expected,
            target=changes.get("target"),
            state=changes.get("state"),
            operation_id=changes.get("operation_id"),
        )
    return answer(release_id, locale, unit)
