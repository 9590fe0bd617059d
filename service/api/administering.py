"""Calls about oneself and the audit."""

from __future__ import annotations

from typing import Any

from flask import request

from service.api.conditions import limit, moment
from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.office import AuditOut, MeOut
from service.api.schemas.shared import ProblemOut
from service.domain.errors import N_, Invalid
from service.domain.permissions import Scope
from service.domain.whole_numbers import whole_number
from service.queries.audit import entries

blueprint = Blueprint("api_administering", __name__, description="Oneself, the audit")


@blueprint.route("/me", methods=["GET"])
@blueprint.response(200, MeOut)
def me() -> dict[str, Any]:
    """Tell who the token stands for, and what it may be used for."""
    it = actor()
    return {
        "id": it.user_id,
        "email": it.email,
        "name": it.name,
        "language": it.language,
        "roles": [
            {"role": grant.role.value, "locale": grant.locale}
            for grant in sorted(it.grants, key=lambda grant: (grant.role, grant.locale))
        ],
        "scopes": sorted(scope.value for scope in (it.scopes if it.scopes is not None else Scope)),
    }


@blueprint.route("/audit", methods=["GET"])
@blueprint.doc(
    parameters=[{"in": "query", "name": name, "schema": {"type": "string"}} for name in ("action", "cursor")]
    + [{"in": "query", "name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 200}}]
)
@blueprint.response(200, AuditOut)
@blueprint.alt_response(403, schema=ProblemOut)
def audit() -> dict[str, Any]:
    """List what was done, newest first."""
    asked = limit()
    cursor = request.args.get("cursor")
    before = whole_number(cursor) if cursor else None
    if cursor and before is None:
        raise Invalid("bad_cursor", N_("That cursor is not one of this list's."), field="cursor")
    with desk().read() as reading:
        rows = entries(
            reading.session,
            actor(),
            before=before,
            action=request.args.get("action") or None,
            limit=asked + 1,
        )
    return {
        "items": [
            {
                "number": row.entry.number,
                "at": moment(row.entry.at),
                "by": row.name,
                "via": row.entry.via,
                "action": row.entry.action,
                "subject": row.entry.subject,
                "release": row.entry.release_id,
                "facts": row.entry.facts,
                "hash": row.entry.hash,
            }
            for row in rows[:asked]
        ],
        "next": str(rows[asked - 1].entry.number) if len(rows) > asked else None,
    }
