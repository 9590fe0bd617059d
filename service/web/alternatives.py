"""Other drafts of a unit: ask for one, see it beside the text, take it or leave it.

As with saves, the editor's script is answered in JSON and a plain form with the next page.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import Conflict
from service.operations import alternatives as operations
from service.queries.alternatives import WAITING
from service.queries.review import unit_rows
from service.web.identity import actor, desk, editing, wants_json
from service.web.other_drafts import load_other_drafts, news
from service.web.segments import Segments
from service.web.units import asked_row_version, collision, one_row, saved
from service.web.versions import load

blueprint = Blueprint("alternatives", __name__)

PLACE = "/releases/<release_id>/<locale>/units/<unit_id>/alternatives"


@blueprint.get(PLACE)
def show(release_id: str, locale: str, unit_id: str) -> Any:
    """Show a unit's present text and every other draft of it, with what differs."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        row = one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)
        drafts = load_other_drafts(reading, page, unit_id=unit_id)
    shown = drafts.of(row.unit)
    waiting = sum(draft.state == WAITING for draft in shown)
    at = Segments(page, page.row.tally.segments, drafts=drafts)
    if not wants_json():
        return render_template(
            "alternatives.html", page=page, row=row, at=at, drafts=drafts, shown=shown, waiting=waiting
        )
    html = at.others(row, shown)
    return jsonify(unit=unit_id, waiting=waiting, there=len(shown) - waiting, html=html, said=news(shown, row.n))


@blueprint.post(PLACE)
def ask(release_id: str, locale: str, unit_id: str) -> Any:
    """Ask an engine for another draft."""
    with desk().begin(actor()) as work:
        operations.ask_alternative(work, release_id, locale, unit_id, engine=request.form.get("engine"))
    return _after(release_id, locale, unit_id)


@blueprint.post(f"{PLACE}/<alternative_id>/take")
def take(release_id: str, locale: str, unit_id: str, alternative_id: str) -> Any:
    """Put a draft in place of the present text; where that changed meanwhile, show both."""
    row_version = asked_row_version()
    try:
        with editing() as work:
            operations.take_alternative(work, release_id, locale, unit_id, alternative_id, row_version=row_version)
    except Conflict as error:
        return collision(release_id, locale, unit_id, error)
    if wants_json():
        return saved(release_id, locale, unit_id)
    return redirect(
        url_for("review.editor", release_id=release_id, locale=locale, done="taken", _anchor=f"unit-{unit_id}"), 303
    )


@blueprint.post(f"{PLACE}/<alternative_id>/leave")
def leave(release_id: str, locale: str, unit_id: str, alternative_id: str) -> Any:
    """Remove a draft that nobody wants."""
    with desk().begin(actor()) as work:
        operations.leave_alternative(work, release_id, locale, unit_id, alternative_id)
    return _after(release_id, locale, unit_id)


def _after(release_id: str, locale: str, unit_id: str) -> Any:
    if wants_json():
        return show(release_id, locale, unit_id)
    where: Response = redirect(url_for("alternatives.show", release_id=release_id, locale=locale, unit_id=unit_id), 303)
    return where
