"""Calls on what is said about a release: list, say something or reply, end a thread and open it again."""

from __future__ import annotations

from typing import Any

from service.api.conditions import moment
from service.api.identity import actor, answered, desk
from service.api.reading import Blueprint
from service.api.schemas.comments import CommentIn, CommentOut, CommentsOut
from service.api.schemas.shared import ProblemOut
from service.domain.errors import N_, Invalid
from service.operations import comments as operations
from service.queries.comments import CommentRow, comments_of
from service.queries.releases import release_row

blueprint = Blueprint("api_comments", __name__, description="What people say about a release")


def _shape(it: CommentRow) -> dict[str, Any]:
    return {
        "id": it.comment.id,
        "body": it.comment.body,
        "by": it.name,
        "at": moment(it.comment.at),
        "locale": it.locale,
        "unit": it.comment.unit_id,
        "reply_to": it.comment.reply_to,
        "for_author": it.comment.for_author,
        "mentions": list(it.mentions),
        "resolved_by": it.resolved_by,
        "resolved_at": moment(it.comment.resolved_at),
    }


def _answer(release_id: str, comment_id: str) -> dict[str, Any]:
    with desk().read() as reading:
        release = release_row(reading.session, answered(), release_id).release
        found = comments_of(reading.session, release)
    return next(_shape(it) for it in found if it.comment.id == comment_id)


@blueprint.route("/releases/<release_id>/comments", methods=["GET"])
@blueprint.response(200, CommentsOut)
@blueprint.alt_response(404, schema=ProblemOut)
def list_comments(release_id: str) -> dict[str, Any]:
    """List what was said about a release, oldest first."""
    with desk().read() as reading:
        row = release_row(reading.session, actor(), release_id)
        found = comments_of(reading.session, row.release)
    return {"items": [_shape(it) for it in found], "next": None}


@blueprint.route("/releases/<release_id>/comments", methods=["POST"])
@blueprint.arguments(CommentIn)
@blueprint.response(201, CommentOut)
@blueprint.alt_response(422, schema=ProblemOut)
def comment(said: dict[str, Any], release_id: str) -> dict[str, Any]:
    """Say something about a release, a version or a unit, or reply to what was said."""
    reply_to, resolve = said.get("reply_to"), said.get("resolve", False)
    if resolve and reply_to is None:
        raise Invalid("nothing_to_resolve", N_("“resolve” goes with “reply_to”: it ends a thread."), field="resolve")
    with desk().begin(actor()) as work:
        made = operations.add_comment(
            work,
            release_id,
            said["body"],
            locale=said.get("locale"),
            unit_id=said.get("unit"),
            reply_to=reply_to,
            for_author=said.get("for_author", False),
            tell_also=said.get("mentions", ()),
        )
        if resolve:
            operations.resolve_comment(work, release_id, made.id)
    return _answer(release_id, made.id)


@blueprint.route("/releases/<release_id>/comments/<comment_id>/resolve", methods=["POST"])
@blueprint.response(200, CommentOut)
@blueprint.alt_response(404, schema=ProblemOut)
def resolve_thread(release_id: str, comment_id: str) -> dict[str, Any]:
    """End a thread, named by any of its comments; the answer is the comment that opened it."""
    return _resolve(release_id, comment_id, resolved=True)


@blueprint.route("/releases/<release_id>/comments/<comment_id>/reopen", methods=["POST"])
@blueprint.response(200, CommentOut)
@blueprint.alt_response(404, schema=ProblemOut)
def reopen_thread(release_id: str, comment_id: str) -> dict[str, Any]:
    """Open a thread again."""
    return _resolve(release_id, comment_id, resolved=False)


def _resolve(release_id: str, comment_id: str, *, resolved: bool) -> dict[str, Any]:
    with desk().begin(actor()) as work:
        thread = operations.resolve_comment(work, release_id, comment_id, resolved=resolved)
    return _answer(release_id, thread.id)
