"""Calls that let a release out or take it back: publish or schedule, cancel, withdraw."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.releases import answer
from service.api.schemas.releases import ReleaseOut
from service.api.schemas.shared import ProblemOut, WithdrawalIn
from service.operations import publishing

blueprint = Blueprint("api_publishing", __name__, description="Publishing and withdrawing")


@blueprint.route("/releases/<release_id>/publish", methods=["POST"])
@blueprint.response(200, ReleaseOut)
@blueprint.alt_response(202, schema=ReleaseOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
def publish(release_id: str) -> Response:
    """Publish now, or schedule for the end of the embargo (202); 409 lists what is missing."""
    with desk().begin(actor()) as work:
        release = publishing.request_publication(work, release_id)
    return answer(release_id, 202 if release.due_at is not None else 200)


@blueprint.route("/releases/<release_id>/publish", methods=["DELETE"])
@blueprint.response(200, ReleaseOut)
@blueprint.alt_response(409, schema=ProblemOut)
def cancel(release_id: str) -> Response:
    """Take a scheduled publication back."""
    with desk().begin(actor()) as work:
        publishing.cancel_publication(work, release_id)
    return answer(release_id)


@blueprint.route("/releases/<release_id>/withdraw", methods=["POST"])
@blueprint.arguments(WithdrawalIn)
@blueprint.response(200, ReleaseOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
def withdraw(said: dict[str, Any], release_id: str) -> Response:
    """Take a release back, published or not, with a reason."""
    with desk().begin(actor()) as work:
        publishing.withdraw_release(work, release_id, said["reason"], locale=said.get("reason_locale"))
    return answer(release_id)
