"""The call on advice: what strikes the eye in the source of a release."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.shared import Out, PageOut, ProblemOut
from service.queries.advice import Advice, advice_on_revision
from service.queries.releases import current_revision, release_row

blueprint = Blueprint("api_advice", __name__, description="Advice: what an author may want to mend in a source")


class AdviceOut(Out):
    """One piece of advice: the segment's number, and the stretch of its coded text."""

    n = fields.Integer()
    code = fields.String()
    severity = fields.String()
    message = fields.String()
    span = fields.List(fields.Integer(), allow_none=True)


class AdvicePageOut(PageOut):
    """The advice about a source, in the order of its text; all of it at once."""

    items = fields.List(fields.Nested(AdviceOut))


@blueprint.route("/releases/<release_id>/advice", methods=["GET"])
@blueprint.response(200, AdvicePageOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(release_id: str) -> dict[str, Any]:
    """List what strikes the eye in the current source; none of it blocks anything."""
    with desk().read() as reading:
        release = release_row(reading.session, actor(), release_id).release
        revision = current_revision(reading.session, release)
        found = advice_on_revision(reading.session, desk().office, revision, source_locale=release.source_locale)
    return {"items": [_told(each) for each in found], "next": None}


def _told(advice: Advice) -> dict[str, Any]:
    finding = advice.finding
    return {
        "n": advice.n,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": str(finding),
        "span": list(finding.source_span) if finding.source_span else None,
    }
