"""The engines in words: how each stands, why they are asked in this order, and whose drafts a text is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from service.domain.drafts import MENDED, OutcomeKind
from service.domain.errors import N_
from service.domain.ranking import OrderedBy
from service.storage.models import EngineState
from service.web.drafting_words import OTHER_REASON, REASONS, outcome_words
from service.web.formatting import moment_words
from service.web.language import gettext, told

GATES = {
    "open": N_("may be asked"),
    "trial": N_("has rested; its next answer decides"),
    "resting": N_("is left alone until %(moment)s: %(reason)s"),
    "off": N_("is switched off until its settings change: %(reason)s"),
}

ORDERS = {
    OrderedBy.OFFICE: N_("The office has fixed this order in its settings (PERSTOLK_ENGINES)."),
    OrderedBy.MEASURES: N_("Engines that are known well stand by what reviewers change least."),
    OrderedBy.DEFAULT: N_("This is the default order; it changes once two engines are known well."),
}

WARNINGS = {
    "empty": N_("the answer was empty"),
    "notice": N_("the answer was a notice that the engine sends"),
    "markup": N_("the answer brought markup along"),
    "split_lines": N_("the answer was split into lines"),
    "too_short": N_("the answer was far too short"),
    "too_long": N_("the answer was far too long"),
    "echo": N_("the answer repeated the source"),
    "lost_token": N_("the answer lost a mark or a word that must stay"),
    "invented_token": N_("the answer held a mark that was not there"),
    "doubled_token": N_("the answer doubled a mark or a word that must stay"),
    "misplaced_token": N_("the answer put a mark in the wrong place"),
}

MENDING = N_("mended in a sentence of the memory: %(change)s")


def reason_words(reason: str) -> str:
    """Return why an engine did not draft."""
    return told(REASONS[reason]) if reason in REASONS else told(OTHER_REASON, {"reason": reason})


def state_words(state: EngineState) -> str:
    """Return how an engine stands: “is left alone until 14:05: did not answer in time”."""
    until = moment_words(state.gate_until) if state.gate_until else "?"
    return told(GATES.get(state.gate, state.gate), {"moment": until, "reason": reason_words(state.gate_reason)})


def order_words(ordered_by: OrderedBy) -> str:
    """Return why the engines of a pair are asked in their order."""
    return told(ORDERS[ordered_by])


def draft_warning_words(warning: str) -> str:
    """Return what happened to a draft on its way: “google: the answer was empty”, or what in a match was mended."""
    if warning.startswith(f"{MENDED}: "):
        return told(MENDING, {"change": warning.removeprefix(f"{MENDED}: ")})
    engine, _, reason = warning.rpartition(": ")
    said = told(WARNINGS[reason]) if reason in WARNINGS else reason
    return f"{engine}: {said}" if engine else said


def drafters_words(outcomes: Sequence[dict[str, Any]], engines: Iterable[str] = ()) -> str:
    """Return whose drafts a whole text is made of, and who was not asked: “Drafted by libretranslate · not asked: …”.

    `engines` are those that are known from the units themselves; the outcomes tell of the last run only. Empty where
    there is nothing to tell.
    """
    filled = [str(outcome["engine"]) for outcome in outcomes if outcome.get("filled")]
    drafters = sorted({*filled, *engines})
    kept_out = [str(outcome["engine"]) for outcome in outcomes if outcome["kind"] == OutcomeKind.NOT_ALLOWED]
    others = [
        outcome_words(outcome)
        for outcome in outcomes
        if not outcome.get("filled") and outcome["kind"] not in {OutcomeKind.NOT_ALLOWED, OutcomeKind.ANSWERED}
    ]
    parts = [str(gettext("Drafted by %(engines)s", engines=", ".join(drafters)))] if drafters else []
    if kept_out:
        parts.append(str(gettext("not asked: %(engines)s (outside the office)", engines=", ".join(kept_out))))
    return " · ".join([*parts, *others])
