"""Questions that follow from an edit: “Always … for …?”, with a link to the concept that would say so.

Only who keeps the terms of the language is asked, and only of units that somebody confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from service.domain.permissions import may_change_terms
from service.domain.term_proposals import Edit, TermProposal, term_proposals
from service.domain.text import CodedText
from service.domain.workflow import UnitState
from service.queries.review import UnitBrief, codes_of_units
from service.queries.term_bases import term_base
from service.storage.models import Unit
from service.uow import Reading
from service.web.identity import actor
from service.web.language import gettext
from service.web.versions import VersionPage

CONFIRMED = frozenset({UnitState.REVIEWED, UnitState.FINAL})


@dataclass(frozen=True, slots=True)
class TermQuestion:
    """A question, and where its answer is given."""

    words: str
    address: str
    adds: bool


def may_lead_to_terms(unit: Unit | UnitBrief) -> bool:
    """Tell whether a unit is worth a look: somebody changed its draft and stands by the text."""
    return unit.state in CONFIRMED and bool(unit.draft) and unit.draft != unit.target


def load_term_questions(
    reading: Reading, page: VersionPage, units: Sequence[UnitBrief], *, now_saved: str | None = None
) -> dict[str, tuple[TermQuestion, ...]]:
    """Return what to ask beside which unit, given all units of the version.

    Each question is asked once, beside the last unit that it follows from, or beside the one that is `now_saved`.
    """
    locale, source_locale = page.version.locale, page.release.source_locale
    asked = page.editable and may_change_terms(actor(), {locale})
    if not asked or not any(may_lead_to_terms(unit) for unit in units):
        return {}
    terms = term_base(reading.session, source_locale, locale)
    codes = codes_of_units(reading.session, page.version)
    edits = []
    for unit in units:
        source = CodedText(unit.source, codes[unit.id])
        settled = unit.state in CONFIRMED
        edits.append(Edit(source, unit.draft, unit.target, terms.find(source), settled=settled))
    found = zip(units, term_proposals(edits, source_locale, locale), strict=True)
    follows = [(unit.id, proposal) for unit, proposals in found for proposal in proposals]
    follows.sort(key=lambda pair: pair[0] == now_saved)
    questions: dict[str, tuple[TermQuestion, ...]] = {}
    for unit_id, proposal in {(it.source, it.after): (unit_id, it) for unit_id, it in follows}.values():
        questions[unit_id] = (*questions.get(unit_id, ()), _question(proposal, source_locale, locale))
    return questions


def _question(proposal: TermProposal, source_locale: str, locale: str) -> TermQuestion:
    words = str(gettext("Always “%(term)s” for “%(source)s”?", term=proposal.after, source=proposal.source))
    prefilled: dict[str, Any] = {f"preferred-{locale}": proposal.after}
    if proposal.concept is not None:
        return TermQuestion(words, url_for("terms.page", concept_id=proposal.concept, **prefilled), adds=False)
    prefilled[f"preferred-{source_locale}"] = proposal.source
    return TermQuestion(words, url_for("terms.new_page", **prefilled), adds=True)
