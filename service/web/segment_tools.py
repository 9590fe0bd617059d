"""Undoing, minor edits and earlier texts of segments, and what a revision of the source changed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_, Conflict, Invalid, NotFound
from service.domain.whole_numbers import whole_number
from service.operations.acts import Done
from service.operations.minor import accept_all_minor, accept_minor
from service.operations.review import edit_unit
from service.operations.undoing import undo_act, undo_unit
from service.queries.review import unit_rows
from service.queries.segment_tools import earlier_texts, source_changes
from service.web.identity import desk, editing, wants_json
from service.web.units import asked_row_version, collision, one_row, saved
from service.web.versions import load

blueprint = Blueprint("segment_tools", __name__)

VERSION = "/releases/<release_id>/<locale>"
UNIT = f"{VERSION}/units/<unit_id>"
NOTHING_EARLIER = N_("There is no earlier text for this segment any more; load the page again.")


@blueprint.post(f"{UNIT}/undo")
def undo(release_id: str, locale: str, unit_id: str) -> Any:
    """Put back what the segment said before its last save."""
    row_version = asked_row_version()
    try:
        with editing() as work:
            undo_unit(work, release_id, locale, unit_id, row_version=row_version)
    except Conflict as error:
        return collision(release_id, locale, unit_id, error)
    return _answer(release_id, locale, unit_id, "undone")


@blueprint.post(f"{UNIT}/accept-minor")
def accept(release_id: str, locale: str, unit_id: str) -> Any:
    """Accept a minor edit of the source: the text that stood still serves."""
    row_version = asked_row_version()
    try:
        with editing() as work:
            accept_minor(work, release_id, locale, unit_id, row_version=row_version)
    except Conflict as error:
        return collision(release_id, locale, unit_id, error)
    return _answer(release_id, locale, unit_id, "minor-accepted")


@blueprint.post(f"{UNIT}/earlier")
def take_earlier(release_id: str, locale: str, unit_id: str) -> Any:
    """Put the text in place that stood before the source changed; it is still to be confirmed."""
    row_version = asked_row_version()
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        row = one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)
        earlier = earlier_texts(reading.session, page.version, [row.unit]).get(unit_id)
    try:
        with editing() as work:
            if earlier is None:
                edit_unit(work, release_id, locale, unit_id, row_version=row_version)  # only to ask for the right
                raise Invalid("nothing_earlier", NOTHING_EARLIER)
            edit_unit(work, release_id, locale, unit_id, row_version=row_version, target=earlier)
    except Conflict as error:
        return collision(release_id, locale, unit_id, error)
    return _answer(release_id, locale, unit_id, "earlier-taken")


def _answer(release_id: str, locale: str, unit_id: str, done: str) -> Response:
    if wants_json():
        return saved(release_id, locale, unit_id)
    return redirect(
        url_for("review.editor", release_id=release_id, locale=locale, done=done, _anchor=f"unit-{unit_id}"), 303
    )


def back_with(release_id: str, locale: str, done: Done, note: str) -> Response:
    """Go back to the editor, which tells what was done, offers to undo it, and names what was left.

    Where other segments stand in the text by it, whoever asked for it goes on at the first of them.
    """
    address = url_for(
        "review.editor",
        release_id=release_id,
        locale=locale,
        done=note if done.changed else "nothing-done",
        act=done.act if done.changed else None,
        left=",".join(map(str, done.left)) or None,
        _anchor=f"unit-{done.units[0]}" if done.units else None,
    )
    return redirect(address, 303)


def chosen_units(name: str) -> dict[str, int]:
    """Return the units that a form's ticks name, each with the row version that was seen (`unit:number`)."""
    chosen = {}
    for value in request.form.getlist(name):
        unit_id, _, written = value.partition(":")
        number = whole_number(written)
        if number is None:
            raise Invalid(
                "no_row_version", N_("The form does not say which text it was made from; load the page again.")
            )
        chosen[unit_id] = number
    return chosen


@blueprint.post(f"{VERSION}/acts/<act>/undo")
def undo_many(release_id: str, locale: str, act: str) -> Response:
    """Undo what an act did to the version."""
    with editing() as work:
        done = undo_act(work, release_id, locale, act)
    return back_with(release_id, locale, done, "act-undone")


@blueprint.get(f"{VERSION}/minor")
def minor(release_id: str, locale: str) -> str:
    """List the minor edits of the source that nobody has accepted yet."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        rows = [row for row in unit_rows(reading.session, page.version) if row.unit.change_is_minor]
    return render_template("minor.html", page=page, rows=rows)


@blueprint.post(f"{VERSION}/minor")
def accept_all(release_id: str, locale: str) -> Response:
    """Accept the minor edits that are ticked."""
    with editing() as work:
        done = accept_all_minor(work, release_id, locale, chosen_units("unit"))
    return back_with(release_id, locale, done, "all-minor-accepted")


@blueprint.get(f"{VERSION}/changes")
def changes(release_id: str, locale: str) -> str:
    """Show what differs between two revisions of the source, word by word."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        found = source_changes(
            reading.session,
            page.release,
            page.version,
            before=_asked_revision("from"),
            after=_asked_revision("to"),
        )
    return render_template("source_changes.html", page=page, found=found)


def _asked_revision(name: str) -> int | None:
    asked = request.args.get(name, "")
    number = whole_number(asked)
    if asked and number is None:
        raise NotFound
    return number
