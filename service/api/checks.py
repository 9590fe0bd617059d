"""Calls on the checks: what each does and weighs, and what it weighs in this office."""

from __future__ import annotations

from typing import Any

from service.api.conditions import moment
from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.findings import CheckOut, ChecksOut, SeverityIn
from service.api.schemas.shared import ProblemOut
from service.domain.permissions import may_see_checks
from service.operations.check_settings import set_severity
from service.operations.loading import demand
from service.queries.rules import CheckRow, check_rows

blueprint = Blueprint("api_checks", __name__, description="Checks: what they do, and what their findings weigh")


@blueprint.route("/checks", methods=["GET"])
@blueprint.response(200, ChecksOut)
@blueprint.alt_response(403, schema=ProblemOut)
def list_checks() -> dict[str, Any]:
    """List every check with what it does and weighs."""
    demand(may_see_checks(actor()))
    with desk().read() as reading:
        return {"items": [_check(row) for row in check_rows(reading.session)], "next": None}


@blueprint.route("/checks/<code>", methods=["PUT"])
@blueprint.arguments(SeverityIn)
@blueprint.response(200, CheckOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(404, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def change(said: dict[str, Any], code: str) -> dict[str, Any]:
    """Set what a check weighs in this office; texts in review are checked anew within seconds."""
    with desk().begin(actor()) as work:
        set_severity(work, code, said["severity"])
    with desk().read() as reading:
        return next(_check(row) for row in check_rows(reading.session) if row.code == code)


def _check(row: CheckRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.described.name,
        "does": row.described.does,
        "default": row.default.value,
        "severity": row.present,
        "setting": row.setting,
        "set_by": row.set_by,
        "set_at": moment(row.set_at),
    }
