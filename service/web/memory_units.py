"""One entry of the memory for people: where it came from, what is beside it, what was done to it, and how to keep it.

Everybody of the office reads it, as far as they may read what it came from; who may change it is told by the
operations.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_, DeskError, Invalid, NotAllowed, Stale, WrongState
from service.domain.permissions import may_keep_memory, may_read_memory
from service.operations.loading import demand
from service.operations.memory_keeping import edit_unit_target, restore_unit, retire_unit
from service.queries.memory_units import Change, UnitPage, unit_page
from service.queries.texts import codes_json
from service.web.identity import actor, desk
from service.web.language import told
from service.web.units import asked_row_version

KIND_WORDS = {
    "edited": N_("Edited"),
    "retired": N_("Taken out"),
    "restored": N_("Put back"),
}
CONFIRMED_WORD = N_("Confirmed as it stands")
PLACE = "/memory/<int:unit_id>"

blueprint = Blueprint("memory_units", __name__)


@blueprint.get(PLACE)
def page(unit_id: int) -> str:
    """Show one entry: with the forms for those who answer for its language."""
    demand(may_read_memory(actor()))
    return _shown(_load(unit_id))


def _load(unit_id: int) -> UnitPage:
    with desk().read() as reading:
        return unit_page(reading.session, actor(), unit_id, reading.now)


def _keeps(found: UnitPage) -> bool:
    return may_keep_memory(actor(), {found.kept.unit.target_locale})


def _shown(found: UnitPage, *, error: DeskError | None = None, sent: Mapping[str, str] | None = None) -> str:
    unit = found.kept.unit
    return render_template(
        "memory/unit.html",
        page=found,
        unit=unit,
        codes=codes_json(found.source.codes),
        keeps=_keeps(found),
        fields=sent or {"target": unit.target, "reason": ""},
        error=error,
        kind_word=kind_word,
    )


def kind_word(change: Change) -> str:
    """Return what somebody did to an entry."""
    if change.change.kind == "edited" and change.before == change.after:
        return told(CONFIRMED_WORD)
    return told(KIND_WORDS.get(change.change.kind, change.change.kind))


def _back(unit_id: int, done: str) -> Response:
    return redirect(url_for("memory_units.page", unit_id=unit_id, done=done), 303)


@blueprint.post(PLACE)
def change(unit_id: int) -> Response | tuple[str, int]:
    """Give an entry another text; who read an older one is told, and may put theirs in its place."""
    sent = {name: request.form.get(name, "") for name in ("target", "reason")}
    try:
        row_version = asked_row_version()
        with desk().begin(actor()) as work:
            unit = edit_unit_target(work, unit_id, sent["target"], sent["reason"], row_version)
    except (Invalid, Stale) as error:
        return _shown(_load(unit_id), error=error, sent=sent), error.status
    return _back(unit_id, "entry-unchanged" if unit.row_version == row_version else "entry-changed")


@blueprint.get(f"{PLACE}/retire")
def retire_page(unit_id: int) -> str:
    """Ask why an entry is taken out, and say what that does."""
    return _retire_page(unit_id)


def _retire_page(unit_id: int, error: DeskError | None = None) -> str:
    found = _load(unit_id)
    if not _keeps(found):
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    return render_template(
        "memory/retire.html",
        page=found,
        unit=found.kept.unit,
        codes=codes_json(found.source.codes),
        reason=request.form.get("reason", ""),
        error=error,
    )


@blueprint.post(f"{PLACE}/retire")
def retire(unit_id: int) -> Response | tuple[str, int]:
    """Take an entry out."""
    try:
        with desk().begin(actor()) as work:
            retire_unit(work, unit_id, request.form.get("reason", ""), asked_row_version())
    except (Invalid, Stale, WrongState) as error:
        return _retire_page(unit_id, error), error.status
    return _back(unit_id, "entry-retired")


@blueprint.post(f"{PLACE}/restore")
def restore(unit_id: int) -> Response | tuple[str, int]:
    """Put an entry back."""
    try:
        with desk().begin(actor()) as work:
            restore_unit(work, unit_id, request.form.get("why", ""), asked_row_version())
    except (Invalid, Stale, WrongState) as error:
        return _shown(_load(unit_id), error=error), error.status
    return _back(unit_id, "entry-restored")
