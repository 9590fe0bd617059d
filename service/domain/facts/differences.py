"""What holding two texts against each other can find: pairs that are the same, and differences of one kind each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.domain.facts.statements import Statement


class Differs(StrEnum):
    """In what two statements differ; each is the code of the check that tells it."""

    NUMBERS = "numbers"
    DATES = "dates"
    TIMES = "times"
    MAGNITUDE = "magnitude"
    PERCENTAGES = "percentages"


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement without its equal: of the source, of the target, or one of each in place of the other.

    `weekday` tells that nothing but the weekdays differ.
    """

    kind: Differs
    source: Statement | None = None
    target: Statement | None = None
    weekday: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands: in the target, or else behind all that stands there."""
        if self.target is not None:
            return 0, self.target.start
        return 1, self.source.start if self.source is not None else 0


def falls_on(one: Statement, other: Statement) -> int | None:
    """Return the weekday, from 0, of the day that two dates tell, if one of them has the year."""
    return next((day.weekday for day in (*other.days, *one.days) if day.weekday is not None), None)


@dataclass(frozen=True, slots=True)
class Pairing:
    """What was found. `silent` are statements of either side without an equal that prove nothing: words, mostly."""

    same: tuple[tuple[Statement, Statement], ...]
    differences: tuple[Difference, ...]
    silent: tuple[Statement, ...] = ()
