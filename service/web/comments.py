"""What people say about a release and its segments: say something, reply, end a thread.

The editor's script is answered in JSON, a plain form with the page that it stood on: the release's, or the one that
holds all the talk about a segment.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from service.domain.errors import DeskError
from service.operations.comments import add_comment, resolve_comment
from service.queries.comments import mentionable, threads_of_unit
from service.queries.review import unit_rows
from service.web.formatting import open_words
from service.web.identity import actor, desk, wants_json
from service.web.language import sentence
from service.web.releases import release_page
from service.web.units import one_row
from service.web.versions import load

blueprint = Blueprint("comments", __name__)

SHOWN = 422


@blueprint.post("/releases/<release_id>/comments")
def add(release_id: str) -> Any:
    """Say something about a release, a language or a segment, or reply."""
    form = request.form
    try:
        with desk().begin(actor()) as work:
            made = add_comment(
                work,
                release_id,
                form.get("body", ""),
                locale=form.get("locale") or None,
                unit_id=form.get("unit") or None,
                reply_to=form.get("reply_to") or None,
                for_author="for_author" in form,
                tell_also=form.getlist("tell"),
            )
            if form.get("act") == "resolve" and form.get("reply_to"):
                resolve_comment(work, release_id, made.id)
    except DeskError as error:
        if error.status != SHOWN:
            raise
        return _refused(release_id, error)
    return _back(release_id, "commented", made.reply_to or made.id)


@blueprint.post("/releases/<release_id>/comments/<comment_id>/resolve")
def resolve(release_id: str, comment_id: str) -> Any:
    """End a thread."""
    with desk().begin(actor()) as work:
        thread = resolve_comment(work, release_id, comment_id)
    return _back(release_id, "comment-resolved", thread.id)


@blueprint.post("/releases/<release_id>/comments/<comment_id>/reopen")
def reopen(release_id: str, comment_id: str) -> Any:
    """Open a thread again."""
    with desk().begin(actor()) as work:
        thread = resolve_comment(work, release_id, comment_id, resolved=False)
    return _back(release_id, "comment-reopened", thread.id)


def _at_unit() -> tuple[str, str] | None:
    """Return the language and the segment whose talk the form stood in, if it was such a form."""
    locale, unit = request.form.get("at_locale"), request.form.get("at_unit")
    return (locale, unit) if locale and unit else None


def _refused(release_id: str, error: DeskError) -> Any:
    at = _at_unit()
    if wants_json():
        return jsonify(error=sentence(error), unit=at[1] if at else None), error.status
    if at:
        return _unit_page(release_id, *at, error)
    return release_page(release_id, error)


def _back(release_id: str, done: str, comment_id: str) -> Response:
    at = _at_unit()
    if at and wants_json():
        return _told(release_id, *at)
    if at:
        locale, unit_id = at
        return redirect(url_for("comments.unit", release_id=release_id, locale=locale, unit_id=unit_id, done=done), 303)
    return redirect(url_for("releases.show", release_id=release_id, done=done, _anchor=comment_id), 303)


@blueprint.get("/releases/<release_id>/<locale>/units/<unit_id>/talk")
def unit(release_id: str, locale: str, unit_id: str) -> Any:
    """Show all the talk about a segment, with the form to say something."""
    if wants_json():
        return _told(release_id, locale, unit_id)
    return _unit_page(release_id, locale, unit_id, None)


def _unit_facts(release_id: str, locale: str, unit_id: str) -> dict[str, Any]:
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        row = one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)
        threads = threads_of_unit(reading.session, page.version, unit_id)
        people = mentionable(reading.session, release_id)
    return {
        "page": page,
        "row": row,
        "threads": threads,
        "people": people,
        "at": {"at_locale": locale, "at_unit": unit_id},
    }


def _unit_page(release_id: str, locale: str, unit_id: str, error: DeskError | None) -> tuple[str, int]:
    facts = _unit_facts(release_id, locale, unit_id)
    shown = render_template("unit_talk_page.html", error=error, **facts)
    return shown, error.status if error else 200


def _told(release_id: str, locale: str, unit_id: str) -> Response:
    facts = _unit_facts(release_id, locale, unit_id)
    open_ones = sum(1 for thread in facts["threads"] if thread.open)
    return jsonify(
        unit=unit_id,
        html=render_template("unit_talk.html", error=None, **facts),
        open=open_words(open_ones),
        said=gettext("Saved.") if request.method == "POST" else "",
    )
