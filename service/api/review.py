"""Calls on versions: read, confirm, approve, send back, reopen, redraft, claim, hand over, give back, export."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request

from service.api import shapes
from service.api.conditions import etag
from service.api.identity import actor, answered, desk
from service.api.reading import Blueprint
from service.api.schemas.drafts import RedraftIn
from service.api.schemas.shared import ProblemOut, ReasonIn
from service.api.schemas.versions import ConfirmedOut, DigestIn, HandOverIn, VersionOut
from service.operations import approvals, claims, drafting, review
from service.operations.checking import check_now
from service.queries.exchange import EXPORT_FORMS, export_form, export_version
from service.queries.releases import version_row

blueprint = Blueprint("api_review", __name__, description="Versions and their review")

_VERSION = "/releases/<release_id>/versions/<locale>"


def answer(release_id: str, locale: str, status: int = 200) -> Response:
    """Return the version as it stands, with its entity tag."""
    with desk().read() as reading:
        release, row = version_row(reading.session, answered(), release_id, locale)
        response = jsonify(shapes.version(reading.session, release, row))
    response.status_code = status
    response.headers["ETag"] = etag(row.version.row_version)
    return response


@blueprint.route(_VERSION, methods=["GET"])
@blueprint.response(200, VersionOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(release_id: str, locale: str) -> Response:
    """Read a version."""
    return answer(release_id, locale)


@blueprint.route(f"{_VERSION}/confirm", methods=["POST"])
@blueprint.response(200, ConfirmedOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
def confirm(release_id: str, locale: str) -> dict[str, int]:
    """Confirm every unit that has a text and no error."""
    with desk().begin(actor()) as work:
        return {"confirmed": review.confirm_all(work, release_id, locale)}


@blueprint.route(f"{_VERSION}/approve", methods=["POST"])
@blueprint.arguments(DigestIn)
@blueprint.response(200, VersionOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
def approve(said: dict[str, Any], release_id: str, locale: str) -> Response:
    """Approve exactly the text that has the digest; 409 lists everything that keeps it from being approved."""
    with desk().begin(actor()) as work:
        check_now(work, release_id, locale)  # kept when the approval is refused, so that the findings tell why
    with desk().begin(actor()) as work:
        approvals.approve_version(
            work, release_id, locale, digest=said["digest"], exception_reason=said.get("exception_reason")
        )
    return answer(release_id, locale)


@blueprint.route(f"{_VERSION}/request-changes", methods=["POST"])
@blueprint.arguments(ReasonIn)
@blueprint.response(200, VersionOut)
@blueprint.alt_response(409, schema=ProblemOut)
def request_changes(said: dict[str, Any], release_id: str, locale: str) -> Response:
    """Send a version back to its reviewers."""
    with desk().begin(actor()) as work:
        approvals.request_changes(work, release_id, locale, said["reason"])
    return answer(release_id, locale)


@blueprint.route(f"{_VERSION}/reopen", methods=["POST"])
@blueprint.arguments(ReasonIn)
@blueprint.response(200, VersionOut)
@blueprint.alt_response(409, schema=ProblemOut)
def reopen(said: dict[str, Any], release_id: str, locale: str) -> Response:
    """Take an approval back, or begin the correction of a published version."""
    with desk().begin(actor()) as work:
        approvals.reopen_version(work, release_id, locale, said["reason"])
    return answer(release_id, locale)


@blueprint.route(f"{_VERSION}/redraft", methods=["POST"])
@blueprint.arguments(RedraftIn, required=False)
@blueprint.response(202, VersionOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def redraft(said: dict[str, Any], release_id: str, locale: str) -> Response:
    """Draft anew what no person touched, or only what is empty; the engine that is named is asked first."""
    with desk().begin(actor()) as work:
        drafting.redraft(work, release_id, locale, engine=said.get("engine"), only_empty=said.get("reach") == "empty")
    return answer(release_id, locale, 202)


@blueprint.route(f"{_VERSION}/claim", methods=["POST"])
@blueprint.response(200, VersionOut)
@blueprint.alt_response(403, schema=ProblemOut)
def claim(release_id: str, locale: str) -> Response:
    """Say that one works on the version; it locks nobody out."""
    with desk().begin(actor()) as work:
        review.claim_version(work, release_id, locale)
    return answer(release_id, locale)


@blueprint.route(f"{_VERSION}/hand-over", methods=["POST"])
@blueprint.arguments(HandOverIn)
@blueprint.response(200, VersionOut)
@blueprint.alt_response(422, schema=ProblemOut)
def hand_over(said: dict[str, Any], release_id: str, locale: str) -> Response:
    """Give the version to another reviewer by e-mail address, or to nobody."""
    with desk().begin(actor()) as work:
        review.hand_over(work, release_id, locale, to_email=said.get("to"))
    return answer(release_id, locale)


@blueprint.route(f"{_VERSION}/give-back", methods=["POST"])
@blueprint.response(200, VersionOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
def give_back(release_id: str, locale: str) -> Response:
    """End one's own claim; 409 where somebody else has the version."""
    with desk().begin(actor()) as work:
        claims.give_back(work, release_id, locale)
    return answer(release_id, locale)


@blueprint.route(f"{_VERSION}/export", methods=["GET"])
@blueprint.doc(
    parameters=[{"in": "query", "name": "format", "schema": {"type": "string", "enum": list(EXPORT_FORMS)}}],
    responses={
        "200": {
            "description": "The text in the format.",
            "content": {form.mimetype: {} for form in EXPORT_FORMS.values()},
        }
    },
)
@blueprint.alt_response(422, schema=ProblemOut)
def export(release_id: str, locale: str) -> Response:
    """Return the version's present text as a file."""
    form = export_form(request.args.get("format", "text"))
    office = desk().office
    with desk().read() as reading:
        made = export_version(reading.session, actor(), office, release_id=release_id, locale=locale, form=form)
    response = Response(made.data, mimetype=made.mimetype)
    response.headers["Content-Language"] = locale
    if not form.shown:
        response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
