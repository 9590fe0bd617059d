"""Calls on segments beside writing them: undo, minor edits of the source, find and replace, identical sentences."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.conditions import IF_MATCH, asked_version
from service.api.identity import actor, desk
from service.api.reading import Blueprint
from service.api.schemas.segment_tools import ActIn, DoneOut, PropagateIn, ReplaceIn, UnitVersionsIn
from service.api.schemas.shared import ProblemOut
from service.api.schemas.units import UnitOut
from service.api.units import answer
from service.domain.replacing import Sought
from service.operations.acts import Done
from service.operations.minor import accept_all_minor, accept_minor
from service.operations.propagating import propagate
from service.operations.replacing import Chosen, replace_in_version
from service.operations.undoing import undo_act, undo_unit

blueprint = Blueprint("api_segment_tools", __name__, description="Tools for segments")

_VERSION = "/releases/<release_id>/versions/<locale>"
_UNIT = f"{_VERSION}/units/<unit>"


def _told(done: Done) -> dict[str, Any]:
    return {"act": done.act, "changed": list(done.changed), "left": list(done.left)}


@blueprint.route(f"{_UNIT}/undo", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, UnitOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
@blueprint.alt_response(428, schema=ProblemOut)
def undo(release_id: str, locale: str, unit: str) -> Response:
    """Put back what a unit said before its last save; called again, the save is made again."""
    expected = asked_version()
    with desk().begin(actor()) as work:
        undo_unit(work, release_id, locale, unit, row_version=expected)
    return answer(release_id, locale, unit)


@blueprint.route(f"{_UNIT}/accept-minor", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, UnitOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(412, schema=ProblemOut)
@blueprint.alt_response(428, schema=ProblemOut)
def accept(release_id: str, locale: str, unit: str) -> Response:
    """Say that a unit's text serves a source of which only a typo was mended."""
    expected = asked_version()
    with desk().begin(actor()) as work:
        accept_minor(work, release_id, locale, unit, row_version=expected)
    return answer(release_id, locale, unit)


@blueprint.route(f"{_UNIT}/propagate", methods=["POST"])
@blueprint.arguments(PropagateIn)
@blueprint.response(200, DoneOut)
@blueprint.alt_response(409, schema=ProblemOut)
def use_elsewhere(asked: dict[str, Any], release_id: str, locale: str, unit: str) -> dict[str, Any]:
    """Give a confirmed unit's text to others with the same source."""
    with desk().begin(actor()) as work:
        done = propagate(
            work, release_id, locale, unit, asked["units"], into=asked.get("into"), confirm=asked["confirm"]
        )
    return _told(done)


@blueprint.route(f"{_VERSION}/accept-minor", methods=["POST"])
@blueprint.arguments(UnitVersionsIn)
@blueprint.response(200, DoneOut)
@blueprint.alt_response(409, schema=ProblemOut)
def accept_all(asked: dict[str, Any], release_id: str, locale: str) -> dict[str, Any]:
    """Accept the minor edits of several units as one act."""
    with desk().begin(actor()) as work:
        return _told(accept_all_minor(work, release_id, locale, asked["units"]))


@blueprint.route(f"{_VERSION}/replace", methods=["POST"])
@blueprint.arguments(ReplaceIn)
@blueprint.response(200, DoneOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def replace(asked: dict[str, Any], release_id: str, locale: str) -> dict[str, Any]:
    """Replace words in the units that are named, as one act."""
    sought = Sought(
        asked["find"], asked["replacement"], whole_words=asked["whole_words"], match_case=asked["match_case"]
    )
    with desk().begin(actor()) as work:
        done = replace_in_version(
            work, release_id, locale, sought, Chosen(asked["units"]), keep_confirmed=asked["keep_confirmed"]
        )
    return _told(done)


@blueprint.route(f"{_VERSION}/undo", methods=["POST"])
@blueprint.arguments(ActIn)
@blueprint.response(200, DoneOut)
@blueprint.alt_response(404, schema=ProblemOut)
def undo_many(asked: dict[str, Any], release_id: str, locale: str) -> dict[str, Any]:
    """Undo an act; units that somebody saved since are left, and named."""
    with desk().begin(actor()) as work:
        return _told(undo_act(work, release_id, locale, asked["act"]))
