"""Counting: what one engine did for one version, and how that is told."""

from __future__ import annotations

from collections.abc import Iterable

from service.domain.drafts import EngineOutcome, OutcomeKind
from workers.drafting.batching import Ask
from workers.engines.clearance import CONFIDENTIAL


class Tally:
    """What one engine did so far for one version."""

    def __init__(self) -> None:
        """Start with nothing filled."""
        self.filled: list[Ask] = []
        self.milliseconds: int | None = None
        self.reason = ""
        self.detail = ""
        self.refused = False
        self.unusable = False

    def note(self, reason: str, detail: str, *, refused: bool = False, unusable: bool = False) -> None:
        """Keep the last reason; that others were waiting meanwhile (`resting`) says less than why."""
        if reason != "resting" or not self.reason:
            self.reason, self.detail = reason, detail
        self.refused = self.refused or refused
        self.unusable = self.unusable or unusable


def outcome(name: str, tally: Tally, left_over: Iterable[Ask]) -> EngineOutcome:
    """Say how an engine fared."""
    filled = sum(len(ask.unit_ids) for ask in tally.filled)
    if not any(True for _ in left_over):
        return EngineOutcome(name, OutcomeKind.ANSWERED, filled, milliseconds=tally.milliseconds)
    if filled:
        kind = OutcomeKind.PARTLY
    elif tally.unusable:
        kind = OutcomeKind.NOT_ALLOWED if tally.reason == CONFIDENTIAL else OutcomeKind.UNUSABLE
    else:
        kind = OutcomeKind.RESTING if tally.reason == "resting" else OutcomeKind.FAILED
    return EngineOutcome(name, kind, filled, tally.reason, tally.detail, tally.milliseconds)
