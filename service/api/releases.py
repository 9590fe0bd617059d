"""Calls on releases: submit, list, read, revise, reschedule."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request, url_for

from service.api import shapes
from service.api.conditions import (
    IF_MATCH,
    IF_MATCH_IF_ANY,
    asked_locale,
    asked_version,
    cursor,
    etag,
    limit,
    one_of,
    page,
)
from service.api.identity import actor, answered, desk
from service.api.intake import submission
from service.api.reading import Blueprint
from service.api.schemas.releases import (
    ReleaseIn,
    ReleaseOut,
    ReleasesOut,
    ScheduleIn,
    SourceIn,
    TextIn,
)
from service.api.schemas.shared import ProblemOut
from service.domain.errors import N_
from service.domain.workflow import ReleaseState, VersionState
from service.operations import releases as operations
from service.operations.scheduling import Schedule
from service.operations.scheduling import reschedule as change_schedule
from service.queries.release_lists import version_locales
from service.queries.releases import release_row, release_rows
from service.uow import Reading

blueprint = Blueprint("api_releases", __name__, description="Releases and their sources")

# A release waits as its versions do; its own state is never the first of theirs.
_STATES = list(dict.fromkeys([VersionState.QUEUED.value, *(state.value for state in ReleaseState)]))
_TEXT_PARTS: dict[str, Any] = {
    "file": {"type": "string", "format": "binary"},
    "title": {"type": "string"},
    "body": {"type": "string"},
    "format": {"type": "string", "enum": ["text", "markdown", "html"]},
    "minor": {"type": "boolean"},
}
_PARTS = _TEXT_PARTS | {
    "targets": {"type": "string"},
    "slug": {"type": "string", "maxLength": 200},
    "embargo_at": {"type": "string", "format": "date-time"},
    "deadline_at": {"type": "string", "format": "date-time"},
    "confidential": {"type": "boolean"},
    "publish": {"type": "string", "enum": ["together", "as_approved"]},
}


def _body(shape: type[TextIn], parts: dict[str, Any]) -> dict[str, Any]:
    """Return how the document describes a text that comes as JSON, or as a form with a file."""
    form = {"type": "object", "additionalProperties": False, "properties": parts}
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": shape}, "multipart/form-data": {"schema": form}},
        }
    }


def answer(release_id: str, status: int = 200) -> Response:
    """Return the release as it stands, with its entity tag."""
    with desk().read() as reading:
        row = release_row(reading.session, answered(), release_id)
        response = jsonify(shapes.whole_release(reading.session, row))
    response.status_code = status
    response.headers["ETag"] = etag(row.release.row_version)
    return response


@blueprint.route("/releases", methods=["POST"])
@blueprint.doc(
    **_body(ReleaseIn, _PARTS),
    parameters=[{"in": "header", "name": "Idempotency-Key", "schema": {"type": "string", "maxLength": 255}}],
)
@blueprint.response(201, ReleaseOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def submit() -> Response:
    """Submit a release."""
    handed_in, request_hash = submission()
    key = request.headers.get("Idempotency-Key")
    with desk().begin(actor()) as work:
        release, new = operations.submit_release(work, handed_in, key=key, request_hash=request_hash)
    response = answer(release.id, 201)
    response.headers["Location"] = url_for("api_releases.show", release_id=release.id)
    if not new:
        response.headers["Idempotency-Replayed"] = "true"
    return response


@blueprint.route("/releases", methods=["GET"])
@blueprint.doc(
    parameters=[{"in": "query", "name": "state", "schema": {"type": "string", "enum": _STATES}}]
    + [{"in": "query", "name": name, "schema": {"type": "string"}} for name in ("locale", "q", "cursor")]
    + [{"in": "query", "name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 200}}]
)
@blueprint.response(200, ReleasesOut)
@blueprint.alt_response(422, schema=ProblemOut)
def list_releases() -> dict[str, Any]:
    """List releases, newest first: those in `state`, with a version in `locale`, with `q` in the title.

    `fr-BE` asks for the office's `fr`. A state that there is not, and a language that no version is in, are refused.
    """
    asked = limit()
    state, tag = one_of("state", _STATES), request.args.get("locale", "")
    with desk().read() as reading:
        rows = release_rows(
            reading.session,
            actor(),
            state=state,
            locale=_known(reading, tag) if tag else None,
            q=request.args.get("q") or None,
            after=cursor(),
            limit=asked + 1,
        )
    items = [shapes.release(row) for row in rows]
    return page(items, rows, asked, lambda row: (row.release.created_at, row.release.id))


def _known(reading: Reading, tag: str) -> str:
    """Return the language that a tag asks for; raise `Invalid` where the office has no versions in any such."""
    return asked_locale(
        tag,
        desk().office.target_locales,
        lambda: version_locales(reading.session, actor()),
        N_("There are no versions in “%(tag)s”; ask for one of %(known)s."),
    )


@blueprint.route("/releases/<release_id>", methods=["GET"])
@blueprint.response(200, ReleaseOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(release_id: str) -> Response:
    """Read a release."""
    return answer(release_id)


@blueprint.route("/releases/<release_id>/source", methods=["PUT"])
@blueprint.doc(**_body(SourceIn, _TEXT_PARTS), parameters=[IF_MATCH])
@blueprint.response(200, ReleaseOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
@blueprint.alt_response(428, schema=ProblemOut)
def revise(release_id: str) -> Response:
    """Give a release a new source; `If-Match` names the state that was read."""
    expected = asked_version()
    handed_in, _ = submission(SourceIn)
    with desk().begin(actor()) as work:
        operations.revise_source(work, release_id, handed_in, row_version=expected)
    return answer(release_id)


@blueprint.route("/releases/<release_id>", methods=["PATCH"])
@blueprint.doc(parameters=[IF_MATCH_IF_ANY])
@blueprint.arguments(ScheduleIn)
@blueprint.response(200, ReleaseOut)
@blueprint.alt_response(409, schema=ProblemOut)
def reschedule(changes: dict[str, Any], release_id: str) -> Response:
    """Change embargo, deadline, confidentiality or mode."""
    expected = asked_version(required=False)
    lifted = {name for name in ("embargo_at", "deadline_at") if name in changes and changes[name] is None}
    schedule = Schedule(clear_embargo="embargo_at" in lifted, clear_deadline="deadline_at" in lifted, **changes)
    with desk().begin(actor()) as work:
        change_schedule(work, release_id, schedule, row_version=expected)
    return answer(release_id)
