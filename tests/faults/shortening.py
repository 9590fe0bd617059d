"""The steps that led to a violation, made as few and as plain as still lead there.

Hypothesis prints the steps it drew as statements; here they are read, and taken again without one, until none can be
left out. That costs some dozens of tries, and is the same each time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.faults.operating import Impossible, Operations
from tests.faults.small_office import STAGES, SmallOffice

_NO_STEPS = ("all_seven_hold", "teardown")


@dataclass(frozen=True)
class Step:
    """A step of the machine, with what was drawn for it."""

    name: str
    drawn: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{name}={value!r}' for name, value in self.drawn)})"


def steps_of(error: BaseException) -> list[Step]:
    """Return the steps that the notes of a failed run tell of."""
    lines = [line.strip() for note in getattr(error, "__notes__", []) for line in note.splitlines()]
    calls = [ast.parse(line, mode="eval").body for line in lines if line.startswith("state.")]
    return [
        Step(call.func.attr, tuple((str(each.arg), ast.literal_eval(each.value)) for each in call.keywords))
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr not in _NO_STEPS
    ]


def shortened(office: SmallOffice, steps: Sequence[Step], invariant: str) -> list[Step]:
    """Return steps that break the invariant still, of which none can be left out, nor begin at an earlier stage."""
    kept = list(steps)
    while True:
        shorter = next((each for each in _shorter(kept) if breaks(office, each, invariant)), None)
        if shorter is None:
            return kept
        kept = shorter


def breaks(office: SmallOffice, steps: Sequence[Step], invariant: str) -> bool:
    """Take the steps in an office begun anew; tell whether they break the invariant, and no later than at the end."""
    office.begin()
    machine = Operations(office, only=invariant)
    try:
        for step in steps:
            getattr(machine, step.name)(**dict(step.drawn))
            machine.all_seven_hold()
    except Impossible:
        return False
    except AssertionError:
        return True
    return False


def _shorter(steps: list[Step]) -> Iterator[list[Step]]:
    """Propose shorter steps: half of them gone, then one, then the same ones from an earlier stage."""
    first, *rest = steps
    half = len(rest) // 2
    if half > 1:
        yield [first, *rest[half:]]
    for at, step in enumerate(rest):
        if step.name == "hand_in":  # the first release may be the one that is not needed
            yield [replace(first, drawn=step.drawn), *rest[:at], *rest[at + 1 :]]
        yield [first, *rest[:at], *rest[at + 1 :]]
    for at, step in enumerate(steps):
        for plainer in _plainer(step):
            yield [*steps[:at], plainer, *steps[at + 1 :]]


def _plainer(step: Step) -> Iterator[Step]:
    drawn = dict(step.drawn)
    if "stage" in drawn:
        for stage in STAGES[: STAGES.index(drawn["stage"])]:
            if step.name != "get_on_with_it" or stage != STAGES[0]:
                yield replace(step, drawn=tuple((drawn | {"stage": stage}).items()))
