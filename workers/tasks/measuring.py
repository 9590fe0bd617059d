"""Measuring how far drafts were from what was approved: read a text, compare with no transaction open, keep it.

The measures are the field's own, by sacrebleu: chrF (shared pieces of words) and TER (the share of words that were
put in, left out, replaced or moved).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from celery import shared_task
from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

from service.operations.measuring import Measured, record_measures
from service.queries.measuring import DraftedText, due_approvals, to_measure
from service.uow import Desk
from workers.composition import parts

APPROVALS_AT_ONCE = 200
UNITS_AT_ONCE = 100
WORK_SECONDS = 45.0  # the next run goes on from there, so that drafts do not wait behind figures
LONGEST_TER_WORDS = 80  # looking for moved words takes seconds beyond; there a move counts as two changes
UNCHANGED_CHRF, UNCHANGED_TER, WORST_TER = 100.0, 0.0, 100.0

_CHRF = CHRF()
_TER = TER(normalized=True, case_sensitive=True)
_WORDS = TercomTokenizer(normalized=True, case_sensitive=True)

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.measure_drafts")
def measure_drafts() -> None:
    """Measure what was approved since the last time; an approval that cannot be measured holds up no other."""
    ends = time.monotonic() + WORK_SECONDS
    desk = parts().desk
    with desk.read() as reading:
        due = due_approvals(reading.session, limit=APPROVALS_AT_ONCE)
    for approval_id in due:
        try:
            measure_approval(desk, approval_id, go_on=lambda: time.monotonic() < ends)
        except Exception:
            log.exception("work_failed", kind="measuring", id=approval_id)


def measure_approval(desk: Desk, approval_id: str, *, go_on: Callable[[], bool] = lambda: True) -> None:
    """Measure the units of one approval, batch by batch, while `go_on` says so; what is kept stays kept."""
    with desk.read() as reading:
        asked = to_measure(reading.session, approval_id)
    if asked is None:
        return
    units = asked.units
    for start in range(0, max(len(units), 1), UNITS_AT_ONCE):
        if not go_on():
            return
        measured = [measure(unit) for unit in units[start : start + UNITS_AT_ONCE]]
        with desk.begin() as work:
            standing = record_measures(work, asked, measured, last=start + UNITS_AT_ONCE >= len(units))
        if not standing:
            return


def measure(unit: DraftedText) -> Measured:
    """Return how far the approved text is from the draft, in tenths."""
    if unit.draft.strip() == unit.approved.strip():
        return Measured(unit, unchanged=True, chrf=UNCHANGED_CHRF, ter=UNCHANGED_TER)
    chrf = float(_CHRF.sentence_score(unit.draft, [unit.approved]).score)
    return Measured(
        unit, unchanged=False, chrf=round(chrf, 1), ter=round(translation_edit_rate(unit.draft, unit.approved), 1)
    )


def translation_edit_rate(draft: str, approved: str) -> float:
    """Return the words that were changed, in hundredths of those that were approved; never more than all of them."""
    before, after = _WORDS(draft).split(), _WORDS(approved).split()
    if max(len(before), len(after)) <= LONGEST_TER_WORDS:
        rate = float(_TER.sentence_score(draft, [approved]).score)
    else:
        rate = 100 * Levenshtein.distance(before, after) / max(len(after), 1)
    return min(rate, WORST_TER)
