"""Single units: save, confirm, history.

A save comes from the editor's own script, which is answered in JSON, or from a plain form, which is answered with the
next page; both go the same way to the same operation.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from service.domain.errors import N_, Invalid, NotFound, Stale
from service.domain.workflow import UnitState
from service.operations import review
from service.queries.review import UnitRow, unit_history, unit_rows
from service.storage.models import Unit
from service.uow import Reading
from service.web.formatting import clock_words
from service.web.identity import actor, desk, wants_json
from service.web.language import sentence
from service.web.review import next_open
from service.web.term_questions import TermQuestion, load_term_questions, may_lead_to_terms
from service.web.versions import VersionPage, load

blueprint = Blueprint("units", __name__)

PLACE = "/releases/<release_id>/<locale>/units/<unit_id>"
MAX_OPERATION_CHARACTERS = 64


@blueprint.post(f"{PLACE}/save")
def save(release_id: str, locale: str, unit_id: str) -> Any:
    """Save a unit as a draft, or confirm it; a stale save is answered with both texts."""
    act = request.form.get("act", "save")
    row_version = asked_row_version()
    operation_id = request.form.get("operation_id", "")[:MAX_OPERATION_CHARACTERS] or None
    try:
        with desk().begin(actor()) as work:
            review.edit_unit(
                work,
                release_id,
                locale,
                unit_id,
                row_version=row_version,
                target=_target(release_id, locale, unit_id, act),
                state=UnitState.REVIEWED if act == "confirm" else None,
                operation_id=operation_id,
            )
    except Stale as stale:
        return conflict(release_id, locale, unit_id, stale)
    if wants_json():
        return saved(release_id, locale, unit_id)
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        rows = unit_rows(reading.session, page.version)
    following = next_open(rows, unit_id) if act == "confirm" else unit_id
    return redirect(
        url_for(
            "review.editor",
            release_id=release_id,
            locale=locale,
            done="confirmed" if act == "confirm" else "saved",
            _anchor=f"unit-{following or unit_id}",
        ),
        303,
    )


def asked_row_version() -> int:
    """Return which text the form was made from; raise `Invalid` where it does not say."""
    written = request.form.get("row_version", "")
    if not written.isdecimal():
        raise Invalid("no_row_version", N_("The form does not say which text it was made from; load the page again."))
    return int(written)


def _target(release_id: str, locale: str, unit_id: str, act: str) -> str | None:
    """Return the text to save: what was typed, or what the unit was made from where that was asked for."""
    if act not in {"draft", "source"}:
        return request.form.get("target")
    row = _load_row(release_id, locale, unit_id)[1]
    return row.unit.draft if act == "draft" else row.segment.source


def _load_row(release_id: str, locale: str, unit_id: str) -> tuple[VersionPage, UnitRow]:
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        return page, one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)


def one_row(rows: list[UnitRow], unit_id: str) -> UnitRow:
    """Return the row of a unit; raise `NotFound` where it is not among them."""
    for row in rows:
        if row.unit.id == unit_id:
            return row
    raise NotFound


def saved(release_id: str, locale: str, unit_id: str) -> Response:
    """Tell the editor what the server now has: its row version, its state, its findings."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        row = one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)
        questions = _term_questions(reading, page, row)
    unit: Unit = row.unit
    tally = page.row.tally
    return jsonify(
        unit=unit.id,
        row_version=unit.row_version,
        state=unit.state,
        target=unit.target,
        made_from=unit.draft,
        said=gettext("Saved at %(time)s", time=clock_words(page.now)),
        confirmed=tally.confirmed,
        head=render_template("unit_head.html", page=page, row=row),
        findings=render_template("unit_findings.html", page=page, row=row),
        draft=render_template("unit_draft.html", page=page, row=row),
        questions=render_template("unit_questions.html", page=page, row=row, questions={unit.id: questions}),
        asked=" ".join(question.words for question in questions),
        count=gettext("%(done)s of %(all)s confirmed", done=tally.confirmed, all=tally.segments),
    )


def _term_questions(reading: Reading, page: VersionPage, row: UnitRow) -> tuple[TermQuestion, ...]:
    """Return what to ask beside a unit that was just saved; the whole text is read only where it may matter."""
    if not may_lead_to_terms(row):
        return ()
    rows = unit_rows(reading.session, page.version)
    return load_term_questions(reading, page, rows, now_saved=row.unit.id).get(row.unit.id, ())


def conflict(release_id: str, locale: str, unit_id: str, stale: Stale) -> Any:
    """Show the text that was to be saved beside the one that stands."""
    page, row = _load_row(release_id, locale, unit_id)
    mine = request.form.get("target", stale.mine or "")
    if wants_json():
        facts = {"mine": mine, "theirs": row.unit.target, "row_version": row.unit.row_version}
        return jsonify(error=sentence(stale), unit=unit_id, by=row.written_by, **facts), stale.status
    shown = render_template("conflict.html", page=page, row=row, mine=mine, message=sentence(stale))
    return shown, stale.status


@blueprint.get(f"{PLACE}/history")
def history(release_id: str, locale: str, unit_id: str) -> str:
    """Show every save of a unit, and offer to take an earlier text again."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        row = one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)
        saves = unit_history(reading.session, unit_id)
    older = [*[revision.target for revision, _ in saves[1:]], ""]
    return render_template("history.html", page=page, row=row, saves=list(zip(saves, older, strict=False)))
