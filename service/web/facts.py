"""The facts of a release: a row for each number, date, name and link, a column for each language."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_
from service.domain.fact_table import FactRow
from service.domain.facts.held import State
from service.domain.facts.segment_text import FactKind
from service.operations.facts import take_back_waiver, waive_fact
from service.queries.facts import release_facts
from service.queries.releases import release_row
from service.web.identity import actor, desk
from service.web.language import told

blueprint = Blueprint("facts", __name__)

KIND_WORDS = {
    FactKind.NUMBER: N_("Number"),
    FactKind.AMOUNT: N_("Amount"),
    FactKind.PERCENTAGE: N_("Percentage"),
    FactKind.DATE: N_("Date"),
    FactKind.TIME: N_("Hour"),
    FactKind.NAME: N_("Name"),
    FactKind.ACRONYM: N_("Acronym"),
    FactKind.QUOTE: N_("Quotation"),
    FactKind.LINK: N_("Link"),
}
# Addresses are one kind to whoever compares them, but not to a reader.
_MAILBOX = re.compile(r"(?:only:)?link:(?:mailto:)?[^/@]+@[^/@]+")
_TELEPHONE = re.compile(r"(?:only:)?link:\+?[0-9]+")
STATE_WORDS = {
    State.SAME: N_("agrees"),
    State.DIFFERENT: N_("differs"),
    State.MISSING: N_("missing"),
    State.AWAITED: N_("not translated yet"),
}


@blueprint.get("/releases/<release_id>/facts")
def show(release_id: str) -> str:
    """Show every fact, or only those that some language does not tell as the source does."""
    with desk().read() as reading:
        row = release_row(reading.session, actor(), release_id)
        facts = release_facts(reading.session, row.release)
    return render_template(
        "facts.html",
        row=row,
        release=row.release,
        facts=facts,
        only_differing=request.args.get("show") == "differing",
        kind_word=kind_word,
        state_words=STATE_WORDS,
        open_locales={each.version.locale for each in row.versions if each.version.state in ("drafting", "in_review")},
    )


def kind_word(row: FactRow) -> str:
    """Return what a fact is to a reader."""
    if row.kind is FactKind.LINK and _TELEPHONE.fullmatch(row.key):
        return told(N_("Telephone"))
    if row.kind is FactKind.LINK and _MAILBOX.fullmatch(row.key):
        return told(N_("E-mail"))
    return told(KIND_WORDS[row.kind])


@blueprint.post("/releases/<release_id>/<locale>/facts/<token>/waive")
def waive(release_id: str, locale: str, token: str) -> Response:
    """Let a language tell a fact otherwise, for a reason."""
    with desk().begin(actor()) as work:
        waive_fact(work, release_id, locale, token, request.form.get("reason", ""))
    return _back(release_id, locale, token, "waived")


@blueprint.post("/releases/<release_id>/<locale>/facts/<token>/take-back")
def take_back(release_id: str, locale: str, token: str) -> Response:
    """Let a waiver count no more."""
    with desk().begin(actor()) as work:
        take_back_waiver(work, release_id, locale, token)
    return _back(release_id, locale, token, "waiver-ended")


def _back(release_id: str, locale: str, token: str, done: str) -> Response:
    return redirect(url_for("facts.show", release_id=release_id, done=done, _anchor=f"fact-{locale}-{token}"), 303)
