"""The call that takes back what a translator's own tool made of an export."""

from __future__ import annotations

from typing import Any

from flask import request

from service.api.identity import actor, answered, desk
from service.api.reading import Blueprint
from service.api.schemas.shared import ProblemOut
from service.api.schemas.versions import TakenInOut
from service.domain import permissions
from service.domain.errors import N_, Invalid
from service.domain.exchange import Refusal
from service.formats.xliff import read_xliff
from service.operations.exchange import take_in
from service.operations.loading import demand
from service.queries.releases import version_row

blueprint = Blueprint("api_exchange", __name__, description="Exchange with translators' own tools")

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/xliff+xml": _BINARY,
            "application/x-xliff+xml": _BINARY,
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


@blueprint.route("/releases/<release_id>/versions/<locale>/import", methods=["POST"])
@blueprint.doc(**_BODY)
@blueprint.response(200, TakenInOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(404, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def import_file(release_id: str, locale: str) -> dict[str, Any]:
    """Save the texts of an XLIFF file (2.x or 1.2) that was exported here; tell what changed and what was refused."""
    with desk().read() as reading:
        release, _ = version_row(reading.session, answered(), release_id, locale)
    demand(permissions.may_review(actor(), locale))
    returned = read_xliff(_sent(), release_id=release.id, source_locale=release.source_locale, target_locale=locale)
    with desk().begin(actor()) as work:
        taken = take_in(work, release_id, locale, returned)
    return {
        "changed": taken.changed,
        "unchanged": taken.unchanged,
        "refused": [_refusal(it) for it in taken.refused],
    }


def _sent() -> bytes:
    """Return the file: a form's `file`, or the body as it is, whatever it says it is."""
    if request.mimetype != "multipart/form-data":
        return request.get_data()
    file = request.files.get("file")
    if file is None:
        raise Invalid("no_file", N_("Send the file as “file”, or as the body."), field="file")
    return file.stream.read()


def _refusal(it: Refusal) -> dict[str, Any]:
    told = {"unit": it.unit, "n": it.n, "code": it.reason.code, "detail": str(it.reason)}
    return told if it.mine is None else {**told, "mine": it.mine, "theirs": it.theirs}
