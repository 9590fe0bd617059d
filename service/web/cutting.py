"""Joining and dividing segments: one page for both, which says what happens in the other languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain import permissions
from service.domain.cuts import best_places, ends_line, places
from service.domain.errors import N_, Conflict, DeskError, Invalid
from service.domain.inline import plain
from service.domain.segmentation import is_whole
from service.domain.text import BlockKind, CodedText
from service.operations.context import Work
from service.operations.cutting import CutDone, join_segments, split_segment
from service.queries.cuts import other_versions
from service.queries.review import UnitRow, unit_rows
from service.queries.texts import codes_of
from service.web.identity import actor, desk
from service.web.segment_tools import UNIT, chosen_units
from service.web.units import one_row
from service.web.versions import load

blueprint = Blueprint("cutting", __name__)

SHOWN = (403, 409, 412, 422)
BAD_PLACE = N_("Choose where the segment is to be divided.")


@blueprint.get(f"{UNIT}/cut")
def show(release_id: str, locale: str, unit_id: str) -> Any:
    """Offer to join a segment with the next one, or to divide it."""
    return _page(release_id, locale, unit_id, None)


def _page(release_id: str, locale: str, unit_id: str, error: DeskError | None) -> tuple[str, int]:
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        rows = unit_rows(reading.session, page.version)
        row = one_row(rows, unit_id)
        others = other_versions(reading.session, page.version)
    source = CodedText(row.segment.source, codes_of(row.segment.codes))
    target = CodedText(row.unit.target, source.codes)
    whole = is_whole(BlockKind(row.block.kind))
    at = request.form.get("at", type=int) or _suggested(source, page.release.source_locale)
    parts, gap = (plain(source)[:at], plain(source)[at:]), "\n" if ends_line(source, at) else " "
    proposed = _suggested(target, locale, parts, gap)
    shown = render_template(
        "cut.html",
        page=page,
        row=row,
        following=_following(rows, row),
        places=() if whole else places(source),
        target_places=places(target),
        at=at,
        target_at=request.form.get("target_at", proposed, type=int),
        others=others,
        foreign=[each for each in others if each.approved and not permissions.may_send_back(actor(), each.locale)],
        out=[each for each in others if each.out],
        error=error,
    )
    return shown, error.status if error else 200


def _following(rows: list[UnitRow], row: UnitRow) -> UnitRow | None:
    """Return the next segment of the same block, if there is one."""
    after = rows[row.n] if row.n < len(rows) else None
    return after if after is not None and after.block.id == row.block.id else None


def _suggested(text: CodedText, locale: str, parts: Sequence[str] = ("a", "b"), gap: str | None = None) -> int:
    """Return where a text is best divided to go with the parts of its source, else near its middle; 0 for nowhere."""
    found = best_places(text, locale, parts, None if gap is None else [gap])
    return found[0] if found else 0


@blueprint.post(f"{UNIT}/join")
def join(release_id: str, locale: str, unit_id: str) -> Any:
    """Join the segment with the next one."""
    seen = chosen_units("seen")

    def carry_out(work: Work) -> CutDone:
        reopen = request.form.getlist("reopen")
        return join_segments(work, release_id, locale, unit_id, seen=seen, reopen=reopen)

    return _carried_out(release_id, locale, unit_id, carry_out, "segments-joined")


@blueprint.post(f"{UNIT}/split")
def split(release_id: str, locale: str, unit_id: str) -> Any:
    """Divide the segment in two."""
    seen = chosen_units("seen")

    def carry_out(work: Work) -> CutDone:
        at, target_at = request.form.get("at", type=int), request.form.get("target_at", type=int)
        if at is None:
            raise Invalid("bad_place", BAD_PLACE, field="at")
        reopen = request.form.getlist("reopen")
        return split_segment(work, release_id, locale, unit_id, at=at, target_at=target_at, seen=seen, reopen=reopen)

    return _carried_out(release_id, locale, unit_id, carry_out, "segment-split")


def _carried_out(
    release_id: str, locale: str, unit_id: str, carry_out: Callable[[Work], CutDone], note: str
) -> Response | tuple[str, int]:
    """Do it and go back to where the text stands now; what keeps it from being done is said on the page."""
    try:
        with desk().begin(actor()) as work:
            done = carry_out(work)
    except DeskError as error:
        if error.status not in SHOWN or (isinstance(error, Conflict) and error.code == "cut_meanwhile"):
            raise
        return _page(release_id, locale, unit_id, error)
    address = url_for(
        "review.editor",
        release_id=release_id,
        locale=locale,
        done=note,
        act=done.act,
        _anchor=f"unit-{done.units[0]}",
    )
    return redirect(address, 303)
