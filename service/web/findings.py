"""What the checks found in a segment: put aside with a reason, taken up again, or fixed as the check is sure of."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import Conflict
from service.operations.dismissals import dismiss_finding, take_up_finding
from service.operations.fixes import fix_finding
from service.queries.review import unit_of_finding
from service.web.identity import actor, desk, editing, wants_json
from service.web.units import asked_row_version, collision, saved

blueprint = Blueprint("findings", __name__)

PLACE = "/releases/<release_id>/<locale>/findings/<finding_id>"


@blueprint.post(f"{PLACE}/dismiss")
def dismiss(release_id: str, locale: str, finding_id: str) -> Response:
    """Put a finding aside with a reason."""
    with desk().begin(actor()) as work:
        unit_id = dismiss_finding(work, release_id, locale, finding_id, request.form.get("reason", "")).unit_id
    if wants_json():
        return saved(release_id, locale, unit_id)
    return _back(release_id, locale, unit_id, "dismissed")


@blueprint.post(f"{PLACE}/take-up")
def take_up(release_id: str, locale: str, finding_id: str) -> Response:
    """Take up again what was put aside."""
    with desk().begin(actor()) as work:
        unit_id = take_up_finding(work, release_id, locale, finding_id).unit_id
    if wants_json():
        return saved(release_id, locale, unit_id)
    return _back(release_id, locale, unit_id, "taken-up")


@blueprint.post(f"{PLACE}/fix")
def fix(release_id: str, locale: str, finding_id: str) -> Any:
    """Put the check's own fix in the text; a text that somebody else saved meanwhile is shown beside it."""
    row_version = asked_row_version()
    try:
        with editing() as work:
            unit_id = fix_finding(work, release_id, locale, finding_id, row_version=row_version).id
    except Conflict as error:
        with desk().read() as reading:
            found = unit_of_finding(reading.session, finding_id)
        return collision(release_id, locale, found, error)
    if wants_json():
        return saved(release_id, locale, unit_id)
    return _back(release_id, locale, unit_id, "fixed")


def _back(release_id: str, locale: str, unit_id: str, done: str) -> Response:
    return redirect(
        url_for("review.editor", release_id=release_id, locale=locale, done=done, _anchor=f"unit-{unit_id}"), 303
    )
