"""Who has a version: take it on, take it over, give it back; from the editor or from the queue, and back there."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from service.operations.claims import give_back as end_claim
from service.operations.review import claim_version
from service.web.identity import actor, desk
from service.web.queue import back_to_queue, filter_asked, query_of

blueprint = Blueprint("claims", __name__)

PLACE = "/releases/<release_id>/<locale>"


@blueprint.post(f"{PLACE}/claim")
def claim(release_id: str, locale: str) -> Response:
    """Take the version on, or over from whoever has it."""
    with desk().begin(actor()) as work:
        claim_version(work, release_id, locale)
    return _back(release_id, locale, "claimed")


@blueprint.post(f"{PLACE}/give-back")
def give_back(release_id: str, locale: str) -> Response:
    """End one's own claim."""
    with desk().begin(actor()) as work:
        end_claim(work, release_id, locale)
    return _back(release_id, locale, "given-back")


def _back(release_id: str, locale: str, done: str) -> Response:
    """Go back to the queue where the form says that it stood there, with its filter, else to the editor."""
    if request.form.get("from") == "queue":
        return back_to_queue(query_of(filter_asked(request.form)), done)
    return redirect(url_for("review.editor", release_id=release_id, locale=locale, done=done), 303)
