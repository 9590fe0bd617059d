"""What an open editor asks by itself every few seconds: which units moved on, and what they say now."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, jsonify, request
from flask_babel import gettext

from service.domain import permissions
from service.domain.workflow import VersionState
from service.queries.review import unit_briefs, unit_rows
from service.queries.standing import version_standing
from service.web.identity import actor, desk, unattended
from service.web.segments import Segments
from service.web.term_questions import load_term_questions
from service.web.unit_tools import load_tools
from service.web.units import unit_facts
from service.web.versions import OPEN_STATES, load

blueprint = Blueprint("standing", __name__)

MOST_UNITS = 40


@blueprint.get("/releases/<release_id>/<locale>/standing")
@unattended
def show(release_id: str, locale: str) -> Any:
    """Tell the row version of every unit, or, with `unit` in the address, all that the editor shows of some.

    The first is answered with 304 to who has it already.
    """
    wanted = request.args.getlist("unit")[:MOST_UNITS]
    if wanted:
        return _units(release_id, locale, set(wanted))
    with desk().read() as reading:
        standing = version_standing(reading.session, actor(), release_id, locale)
    facts = {
        "revision": standing.revision_id,
        "open": permissions.may_review(actor(), locale) and VersionState(standing.state) in OPEN_STATES,
        "units": standing.units,
        "count": gettext("%(done)s of %(all)s confirmed", done=standing.confirmed, all=len(standing.units)),
    }
    answer = jsonify(facts)
    answer.set_etag(hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32])
    return answer.make_conditional(request)


def _units(release_id: str, locale: str, wanted: set[str]) -> Any:
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        session = reading.session
        briefs = unit_briefs(session, page.version)
        rows = [row for row in unit_rows(session, page.version) if row.unit.id in wanted]
        at = Segments(page, len(briefs), tools=load_tools(reading, page, rows, briefs))
        at.questions = load_term_questions(reading, page, briefs)
    return jsonify(units=[unit_facts(at, row) for row in rows])
