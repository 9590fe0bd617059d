"""Find and replace within a version, and the text of one segment for others with the same sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from markupsafe import Markup

from service.domain.errors import DeskError, Invalid
from service.domain.replacing import Sought, find_hits
from service.domain.text import CodedText
from service.domain.whole_numbers import whole_number
from service.operations.propagating import propagate
from service.operations.replacing import Chosen, replace_in_version
from service.queries.review import UnitRow, unit_rows
from service.queries.segment_tools import same_elsewhere, same_sentences
from service.queries.texts import codes_of
from service.web.identity import actor, desk, editing
from service.web.replacements import replacement
from service.web.segment_tools import back_with, chosen_units
from service.web.units import one_row
from service.web.versions import load

blueprint = Blueprint("replacing", __name__)

VERSION = "/releases/<release_id>/<locale>"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand, with what replacing them makes of it."""

    row: UnitRow
    start: int
    shown: Markup


@blueprint.get(f"{VERSION}/replace")
def show(release_id: str, locale: str) -> Any:
    """Ask what to look for, and show every hit with what would stand there."""
    return _page(release_id, locale, None)


def _page(release_id: str, locale: str, error: DeskError | None) -> tuple[str, int]:
    asked = request.values
    hits: list[Hit] = []
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        rows = unit_rows(reading.session, page.version) if asked.get("find") else []
    try:
        if rows:
            hits = _hits(rows, _sought())
    except Invalid as wrong:
        error = wrong
    shown = render_template("replace.html", page=page, asked=asked, hits=hits, searched=bool(rows), error=error)
    return shown, error.status if error else 200


def _sought() -> Sought:
    asked = request.values
    return Sought(
        asked.get("find", ""),
        asked.get("replacement", ""),
        whole_words="whole" in asked,
        match_case="case" in asked,
    )


def _hits(rows: list[UnitRow], sought: Sought) -> list[Hit]:
    return [
        Hit(row, start, replacement(row.unit.target, (start, end), sought.in_place_of(row.unit.target[start:end])))
        for row in rows
        for start, end in find_hits(CodedText(row.unit.target, codes_of(row.segment.codes)), sought)
    ]


@blueprint.post(f"{VERSION}/replace")
def replace(release_id: str, locale: str) -> Any:
    """Replace the hits that are ticked, as one act."""
    starts: dict[str, set[int]] = defaultdict(set)
    for value in request.form.getlist("hit"):
        unit_id, _, written = value.partition(":")
        start = whole_number(written)
        if start is not None:
            starts[unit_id].add(start)
    try:
        with editing() as work:
            done = replace_in_version(
                work,
                release_id,
                locale,
                _sought(),
                Chosen({unit: seen for unit, seen in chosen_units("row").items() if unit in starts}, starts),
                keep_confirmed=request.form.get("confirmed") == "keep",
            )
    except Invalid as error:
        return _page(release_id, locale, error)
    return back_with(release_id, locale, done, "replaced")


@blueprint.get(f"{VERSION}/units/<unit_id>/same")
def same(release_id: str, locale: str, unit_id: str) -> str:
    """List where else the sentence stands, and what stands there."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        row = one_row(unit_rows(reading.session, page.version, unit_id=unit_id), unit_id)
        here = same_sentences(reading.session, page.version, row.unit)
        elsewhere = same_elsewhere(reading.session, actor(), page.version, row.unit)
    others: dict[str, list[Any]] = {}
    for each in elsewhere:
        others.setdefault(each.release.id, []).append(each)
    return render_template("same.html", page=page, row=row, here=here, others=list(others.values()))


@blueprint.post(f"{VERSION}/units/<unit_id>/same")
def use_there(release_id: str, locale: str, unit_id: str) -> Any:
    """Put the segment's text in the places that are ticked."""
    into = request.form.get("into") or None
    with editing() as work:
        done = propagate(
            work,
            release_id,
            locale,
            unit_id,
            chosen_units("unit"),
            into=into,
            confirm="confirm" in request.form,
        )
    return back_with(into or release_id, locale, done, "propagated")
