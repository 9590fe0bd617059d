"""Calls on findings: all of a version, put one aside, take it up again, take its fix, all that was put aside."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api import review, shapes, units
from service.api.conditions import IF_MATCH, asked_version, moment
from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.findings import DismissalsOut, FindingsOut
from service.api.schemas.shared import ProblemOut, ReasonIn
from service.api.schemas.units import UnitOut
from service.api.schemas.versions import VersionOut
from service.operations.dismissals import dismiss_finding, take_up_finding
from service.operations.fixes import fix_finding
from service.queries.dismissals import dismissals_of
from service.queries.releases import version_row
from service.queries.review import unit_rows
from service.queries.rules import office_rules

blueprint = Blueprint("api_findings", __name__, description="Findings: what the checks report about a version")

_VERSION = "/releases/<release_id>/versions/<locale>"
_FINDING = f"{_VERSION}/findings/<finding>"


@blueprint.route(f"{_VERSION}/findings", methods=["GET"])
@blueprint.response(200, FindingsOut)
@blueprint.alt_response(404, schema=ProblemOut)
def list_findings(release_id: str, locale: str) -> dict[str, Any]:
    """List what the checks found in a version, in text order, also what was put aside."""
    with desk().read() as reading:
        release, row = version_row(reading.session, actor(), release_id, locale)
        version = row.version
        rules = office_rules(reading.session, desk().office, release.source_locale, locale)
        found = [
            shapes.finding(unit, finding) for unit in unit_rows(reading.session, version) for finding in unit.findings
        ]
    return {
        "items": found,
        "next": None,
        "checked_at": moment(version.checked_at),
        "rules_revision": rules.revision,
        "current": version.checked_with == rules.revision,
    }


@blueprint.route(f"{_FINDING}/dismiss", methods=["POST"])
@blueprint.arguments(ReasonIn)
@blueprint.response(200, VersionOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def dismiss(said: dict[str, Any], release_id: str, locale: str, finding: str) -> Response:
    """Put a finding aside with a reason that stays on record; it returns when its text changes."""
    with desk().begin(actor()) as work:
        dismiss_finding(work, release_id, locale, finding, said["reason"])
    return review.answer(release_id, locale)


@blueprint.route(f"{_FINDING}/dismiss", methods=["DELETE"])
@blueprint.response(200, VersionOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def take_up(release_id: str, locale: str, finding: str) -> Response:
    """Take up again what was put aside; that it once was stays on record."""
    with desk().begin(actor()) as work:
        take_up_finding(work, release_id, locale, finding)
    return review.answer(release_id, locale)


@blueprint.route(f"{_FINDING}/fix", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, UnitOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
@blueprint.alt_response(428, schema=ProblemOut)
def fix(release_id: str, locale: str, finding: str) -> Response:
    """Put the finding's fix in its place; the tag is the unit's, and 412 tells both texts when it is stale."""
    expected = asked_version()
    with desk().begin(actor()) as work:
        unit_id = fix_finding(work, release_id, locale, finding, row_version=expected).id
    return units.answer(release_id, locale, unit_id)


@blueprint.route(f"{_VERSION}/dismissals", methods=["GET"])
@blueprint.response(200, DismissalsOut)
@blueprint.alt_response(404, schema=ProblemOut)
def list_dismissals(release_id: str, locale: str) -> dict[str, Any]:
    """List everything that was ever put aside in a version, by whom and why."""
    with desk().read() as reading:
        _, row = version_row(reading.session, actor(), release_id, locale)
        return {"items": [shapes.dismissal(each) for each in dismissals_of(reading.session, row.version)], "next": None}
