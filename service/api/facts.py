"""Calls on the facts of a release: the table of all its languages, and what was waived in it."""

from __future__ import annotations

from typing import Any

from service.api.conditions import moment
from service.api.identity import actor, answered, desk
from service.api.reading import Blueprint
from service.api.schemas.facts import FactsOut
from service.api.schemas.shared import ProblemOut, ReasonIn
from service.domain.fact_matrix import Place
from service.domain.fact_table import FactCell, FactRow
from service.operations.facts import take_back_waiver, waive_fact
from service.queries.facts import ReleaseFacts, release_facts
from service.queries.releases import release_row

blueprint = Blueprint("api_facts", __name__, description="Facts: numbers, dates, names and links in every language")

_RELEASE = "/releases/<release_id>"
_WAIVER = f"{_RELEASE}/versions/<locale>/facts/<token>/waiver"


@blueprint.route(f"{_RELEASE}/facts", methods=["GET"])
@blueprint.response(200, FactsOut)
@blueprint.alt_response(404, schema=ProblemOut)
def show(release_id: str) -> dict[str, Any]:
    """List each fact of a release once, with how every language tells it."""
    return _answer(release_id)


def _answer(release_id: str) -> dict[str, Any]:
    with desk().read() as reading:
        release = release_row(reading.session, answered(), release_id).release
        facts = release_facts(reading.session, release)
    return {
        "items": [_row(facts, row) for row in facts.rows],
        "next": None,
        "source_locale": release.source_locale,
        "locales": list(facts.locales),
        "differing": facts.differing,
    }


@blueprint.route(_WAIVER, methods=["POST"])
@blueprint.arguments(ReasonIn)
@blueprint.response(200, FactsOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
@blueprint.alt_response(422, schema=ProblemOut)
def waive(said: dict[str, Any], release_id: str, locale: str, token: str) -> dict[str, Any]:
    """Let a language tell a fact otherwise, with a reason; it counts for just these spellings."""
    with desk().begin(actor()) as work:
        waive_fact(work, release_id, locale, token, said["reason"])
    return _answer(release_id)


@blueprint.route(_WAIVER, methods=["DELETE"])
@blueprint.response(200, FactsOut)
@blueprint.alt_response(403, schema=ProblemOut)
@blueprint.alt_response(409, schema=ProblemOut)
def take_back(release_id: str, locale: str, token: str) -> dict[str, Any]:
    """Let a waiver count no more."""
    with desk().begin(actor()) as work:
        take_back_waiver(work, release_id, locale, token)
    return _answer(release_id)


def _row(facts: ReleaseFacts, row: FactRow) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "key": row.key,
        "spelling": row.spelling or None,
        "places": [_place(place) for place in row.places],
        "agrees": not row.differing,
        "cells": [_cell(facts, locale, cell) for locale, cell in row.cells.items()],
    }


def _cell(facts: ReleaseFacts, locale: str, cell: FactCell) -> dict[str, Any]:
    waived = facts.waived(locale, cell) if cell.severity else None
    return {
        "locale": locale,
        "state": cell.state.value,
        "spellings": list(cell.spellings),
        "places": [{**_place(place), "unit": facts.units[locale][place.segment] or None} for place in cell.places],
        "weight": facts.weighs(locale, cell) or None,
        "token": cell.token,
        "waived": {
            "by": waived.name,
            "at": moment(waived.waiver.waived_at),
            "reason": waived.waiver.reason,
        }
        if waived
        else None,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"n": place.segment + 1, "span": list(place.span)}
