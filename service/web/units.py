"""Single units: save, confirm, history.

A save comes from the editor's own script, which is answered in JSON, or from a plain form, which is answered with the
next page; both go the same way to the same operation.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from service.domain.errors import N_, Conflict, Invalid, NotFound, Stale
from service.domain.whole_numbers import whole_number
from service.domain.workflow import UnitState
from service.operations import review
from service.operations.approvals import APPROVED_MEANWHILE
from service.queries.cuts import earlier_units, left_by_a_cut
from service.queries.releases import VersionRow
from service.queries.review import UnitRow, unit_briefs, unit_history, unit_row, unit_rows
from service.queries.texts import tally
from service.storage.models import Unit
from service.uow import Reading
from service.web.formatting import clock_words, difference_sides, moment_words
from service.web.identity import actor, desk, editing, wants_json, when_signed_out
from service.web.kept_texts import keep_and_ask
from service.web.language import sentence
from service.web.review import next_open
from service.web.segments import Segments
from service.web.term_questions import load_term_questions, may_lead_to_terms
from service.web.unit_tools import load_tools_of
from service.web.versions import VersionPage, load

blueprint = Blueprint("units", __name__)

PLACE = "/releases/<release_id>/<locale>/units/<unit_id>"
MAX_OPERATION_CHARACTERS = 64
RECENT = timedelta(hours=12)  # within them, the time alone says when it was


@blueprint.post(f"{PLACE}/save")
@when_signed_out(keep_and_ask)
def save(release_id: str, locale: str, unit_id: str) -> Any:
    """Save a unit as a draft, or confirm it; a stale save is answered with both texts."""
    act = request.form.get("act", "save")
    row_version = asked_row_version()
    operation_id = request.form.get("operation_id", "")[:MAX_OPERATION_CHARACTERS] or None
    target = _target(release_id, locale, unit_id, act)
    try:
        with editing() as work:
            saved = review.save_unit(
                work,
                release_id,
                locale,
                unit_id,
                row_version=row_version,
                target=target,
                state=UnitState.REVIEWED if act == "confirm" else None,
                operation_id=operation_id,
            )
            stands = None
            if wants_json():
                stands = _at_hand(Reading(work.session, lambda: work.now), saved)
    except Conflict as error:
        return collision(release_id, locale, unit_id, error)
    if stands is not None:
        return _told(*stands)
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        briefs = unit_briefs(reading.session, page.version)
    following = next_open(briefs, unit_id) if act == "confirm" else unit_id
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
    number = whole_number(request.form.get("row_version", ""))
    if number is None:
        raise Invalid("no_row_version", N_("The form does not say which text it was made from; load the page again."))
    return number


def _target(release_id: str, locale: str, unit_id: str, act: str) -> str | None:
    """Return the text to save: what was typed, or what the unit was made from where that was asked for."""
    if act not in {"draft", "source"}:
        return request.form.get("target")
    with desk().read() as reading:
        row = _load_row(reading, release_id, locale, unit_id)[1]
        return row.unit.draft if act == "draft" else row.segment.source


def _load_row(reading: Reading, release_id: str, locale: str, unit_id: str) -> tuple[VersionPage, UnitRow]:
    page = load(reading, release_id, locale)
    return page, one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)


def _load_segment(
    reading: Reading, release_id: str, locale: str, unit_id: str
) -> tuple[VersionPage, UnitRow, Segments]:
    page, row = _load_row(reading, release_id, locale, unit_id)
    return page, row, Segments(page, page.row.tally.segments, tools=load_tools_of(reading, page, row))


def _at_hand(reading: Reading, saved: review.Saved) -> tuple[VersionPage, UnitRow, Segments]:
    """Return what a segment shows after a save, from what the save held; neither approval nor holder is asked for."""
    session, version, unit = reading.session, saved.version, saved.unit
    page = VersionPage(saved.release, VersionRow(version, tally(session, version), None, None, None), {}, reading.now)
    saves = None if saved.findings is None else saved.saves
    if saved.findings is None:
        row = one_row(unit_rows(session, version, unit_id=unit.id), unit.id)
    else:
        known = {actor().user_id or "": actor().name}
        row = unit_row(session, unit, saved.segment, saved.block, saved.findings, known=known)
    return page, row, Segments(page, page.row.tally.segments, tools=load_tools_of(reading, page, row, saves=saves))


def one_row(rows: list[UnitRow], unit_id: str) -> UnitRow:
    """Return the row of a unit; raise `NotFound` where it is not among them."""
    for row in rows:
        if row.unit.id == unit_id:
            return row
    raise NotFound


def saved(release_id: str, locale: str, unit_id: str) -> Response:
    """Tell the editor what the server now has: its row version, its state, its findings."""
    with desk().read() as reading:
        loaded = _load_segment(reading, release_id, locale, unit_id)
    return _told(*loaded)


def _told(page: VersionPage, row: UnitRow, at: Segments) -> Response:
    if may_lead_to_terms(row.unit):  # the whole text is read only where it may matter
        with desk().read() as reading:
            briefs = unit_briefs(reading.session, page.version)
            at.questions = load_term_questions(reading, page, briefs, now_saved=row.unit.id)
    return jsonify(unit_facts(at, row))


def unit_facts(at: Segments, row: UnitRow) -> dict[str, Any]:
    """Return what the editor's script takes over of a unit.

    `yours` tells whether the text that stands is the one that this request sent; it is not where somebody saved
    another between two tries of one save.
    """
    unit: Unit = row.unit
    tally = at.page.row.tally
    sent = request.form.get("target")
    return {
        "unit": unit.id,
        "row_version": unit.row_version,
        "state": unit.state,
        "target": unit.target,
        "yours": sent is None or review.as_kept(sent, unit) == unit.target,
        "made_from": unit.draft,
        "source_changed": unit.changed_from is not None,
        "said": _said(unit, clock_words(at.page.now)),
        "news": _news(row),
        "confirmed": tally.confirmed,
        "parts": at.parts(row),
        "asked": " ".join(question.words for question in at.questions.get(unit.id, ())),
        "count": gettext("%(done)s of %(all)s confirmed", done=tally.confirmed, all=tally.segments),
    }


def _said(unit: Unit, time: str) -> str:
    """Say what became of a unit: to confirm it is more than to save it."""
    if unit.state in {UnitState.REVIEWED, UnitState.FINAL}:
        return str(gettext("Confirmed at %(time)s", time=time))
    return str(gettext("Saved at %(time)s", time=time))


def _news(row: UnitRow) -> str:
    """Say where a text came from that was saved while the editor had another one open."""
    if row.unit.text_by is None:
        return str(gettext("A new draft came in."))
    if row.unit.text_by == actor().user_id:
        return str(gettext("You saved this segment in another place."))
    return str(gettext("%(name)s saved this segment meanwhile.", name=row.written_by or "?"))


def collision(release_id: str, locale: str, unit_id: str, error: Conflict) -> Any:
    """Show what came in the way of an edit beside what was typed; raise again what is no matter of somebody else's."""
    if isinstance(error, Stale):
        return _conflict(release_id, locale, unit_id, error)
    if error.code == APPROVED_MEANWHILE:
        return _approved_meanwhile(release_id, locale, unit_id, error)
    if error.code == "cut_meanwhile" and "target" in request.form and not wants_json():
        return _not_there(release_id, locale, unit_id, error)
    raise error


def _approved_meanwhile(release_id: str, locale: str, unit_id: str, error: Conflict) -> Any:
    """Say who approved the version while it was open, and offer to reopen it; what was typed stays with the person."""
    with desk().read() as reading:
        page, row, at = _load_segment(reading, release_id, locale, unit_id)
    message, approval = sentence(error), page.row.approval
    if approval is not None:
        moment = clock_words if page.now - approval.approved_at < RECENT else moment_words
        facts = {"name": page.names.get(approval.approved_by, "?"), "time": moment(approval.approved_at)}
        message = str(
            gettext(
                "%(name)s approved this version at %(time)s; your change came after that and is not saved.", **facts
            )
        )
    shown = {"page": page, "row": row, "typed": request.form.get("target"), "message": message}
    if wants_json():
        box = render_template("unit_approved.html", **shown, scripted=True)
        return jsonify(**unit_facts(at, row), error=message, box=box), error.status
    return render_template("approved_meanwhile.html", **shown), error.status


def _conflict(release_id: str, locale: str, unit_id: str, stale: Stale) -> Any:
    """Show the text that was to be saved beside the one that stands, and offer to keep one or to join them.

    Where no text was sent, as by undo, the newest is shown with whose it is.
    """
    with desk().read() as reading:
        page, row, at = _load_segment(reading, release_id, locale, unit_id)
    mine = request.form.get("target", stale.mine)
    if mine is None:
        message = " ".join((_news(row), gettext("Nothing was done to it; this is the newest text.")))
        if wants_json():
            return jsonify(**unit_facts(at, row), error=message), stale.status
        return render_template("changed_meanwhile.html", page=page, row=row, message=message), stale.status
    theirs, ours = difference_sides(row.unit.target, mine)
    shown = {"page": page, "row": row, "mine": mine, "mine_marked": ours, "theirs_marked": theirs}
    if wants_json():
        both = {"mine": mine, "theirs": row.unit.target, "by": row.written_by, "error": sentence(stale)}
        box = render_template("unit_conflict.html", **shown, scripted=True)
        return jsonify(**unit_facts(at, row), **both, box=box), stale.status
    return render_template("conflict.html", **shown, message=sentence(stale)), stale.status


def _not_there(release_id: str, locale: str, unit_id: str, error: Conflict) -> tuple[str, int]:
    """Show what was typed for a segment that was joined or divided meanwhile, beside what stands there now."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        heir = left_by_a_cut(reading.session, page.version, unit_id)
        row = one_row(unit_rows(reading.session, page.version), heir.id if heir else "")
    typed = request.form.get("target", "")
    return render_template("cut_meanwhile.html", page=page, row=row, typed=typed, message=sentence(error)), error.status


@blueprint.get(f"{PLACE}/history")
def history(release_id: str, locale: str, unit_id: str) -> str:
    """Show every save of a unit, and offer to take an earlier text again."""
    with desk().read() as reading:
        page, row = _load_row(reading, release_id, locale, unit_id)
        saves = unit_history(reading.session, unit_id)
        earlier = earlier_units(reading.session, unit_id)
    older = [*[revision.target for revision, _ in saves[1:]], ""]
    pairs = list(zip(saves, older, strict=False))
    return render_template("history.html", page=page, row=row, saves=pairs, earlier=earlier)
