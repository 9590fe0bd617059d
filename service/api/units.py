"""Calls on units: all of a version in text order, one of them, and a save."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from flask import Response, jsonify

from service.api import shapes
from service.api.conditions import IF_MATCH, asked_version, etag
from service.api.identity import actor, answered, desk
from service.api.reading import Blueprint
from service.api.schemas.shared import ProblemOut
from service.api.schemas.units import UnitIn, UnitOut, UnitsOut
from service.domain.errors import NotFound
from service.domain.text import CodedText
from service.operations.review import edit_unit
from service.queries.releases import version_row
from service.queries.review import UnitRow, unit_rows
from service.queries.term_bases import term_base
from service.queries.texts import codes_of
from service.queries.unit_matches import origins_of, unit_matches
from service.storage.models import Release, Version
from service.uow import Reading

blueprint = Blueprint("api_units", __name__, description="Units: segments with their targets")

_UNITS = "/releases/<release_id>/versions/<locale>/units"


def answer(release_id: str, locale: str, unit: str) -> Response:
    """Return a unit as it stands, with its entity tag."""
    with desk().read() as reading:
        release, row = version_row(reading.session, answered(), release_id, locale)
        found = unit_rows(reading.session, row.version, unit_id=unit)
        shaped = _shaped(reading, release, row.version, found, unit_id=unit)
    if not found:
        raise NotFound
    response = jsonify(shaped[0])
    response.headers["ETag"] = etag(found[0].unit.row_version)
    return response


def _shaped(
    reading: Reading, release: Release, version: Version, rows: Sequence[UnitRow], *, unit_id: str | None = None
) -> list[dict[str, Any]]:
    """Return units of a version with the terms in their sources and what the memory has for them."""
    terms = term_base(reading.session, release.source_locale, version.locale)
    matches = unit_matches(reading.session, actor(), release, version, reading.now, unit_id=unit_id)
    seen = origins_of(reading.session, actor(), chain.from_iterable(matches.values()))
    return [
        shapes.unit(
            row,
            terms.find(CodedText(row.segment.source, codes_of(row.segment.codes))),
            matches.get(row.unit.id, ()),
            seen=seen,
        )
        for row in rows
    ]


@blueprint.route(_UNITS, methods=["GET"])
@blueprint.response(200, UnitsOut)
@blueprint.alt_response(404, schema=ProblemOut)
def list_units(release_id: str, locale: str) -> dict[str, Any]:
    """List all units of a version in text order, the title first."""
    with desk().read() as reading:
        release, row = version_row(reading.session, actor(), release_id, locale)
        rows = unit_rows(reading.session, row.version)
        return {"items": _shaped(reading, release, row.version, rows)}


@blueprint.route(f"{_UNITS}/<unit>", methods=["GET"])
@blueprint.response(200, UnitOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(release_id: str, locale: str, unit: str) -> Response:
    """Read a unit."""
    return answer(release_id, locale, unit)


@blueprint.route(f"{_UNITS}/<unit>", methods=["PATCH"])
@blueprint.doc(parameters=[IF_MATCH])
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
