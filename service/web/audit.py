"""The audit, for auditors and administrators: what was done, by whom, and whether the record is whole."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from service.domain.permissions import may_audit
from service.operations.loading import demand
from service.queries.audit import actions, entries, first_broken_entry
from service.web.audit_words import act_words, acts_in_words, fact_words, way_words, where_words, who_words, why_words
from service.web.identity import actor, desk

ENTRIES_PER_PAGE = 100
LARGEST_NUMBER = 2**31 - 1

blueprint = Blueprint("audit", __name__)


@blueprint.get("/audit")
def listing() -> str:
    """Show the entries, newest first; the address holds the filter and the page."""
    demand(may_audit(actor()))
    chosen = request.args.get("action", "")
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before <= LARGEST_NUMBER:
        before = None
    with desk().read() as reading:
        rows = entries(reading.session, actor(), before=before, action=chosen or None, limit=ENTRIES_PER_PAGE + 1)
        known = actions(reading.session)
    shown = rows[:ENTRIES_PER_PAGE]
    return render_template(
        "audit/list.html",
        rows=shown,
        actions=acts_in_words(known),
        chosen=chosen,
        older=shown[-1].entry.number if len(rows) > ENTRIES_PER_PAGE else None,
        act_words=act_words,
        fact_words=fact_words,
        way_words=way_words,
        where_words=where_words,
        who_words=who_words,
        why_words=why_words,
    )


@blueprint.get("/audit/chain")
def chain() -> str:
    """Check every entry against the one before it, and say what was found."""
    demand(may_audit(actor()))
    with desk().read() as reading:
        broken = first_broken_entry(reading.session)
    return render_template("audit/chain.html", broken=broken)
