"""Any order of operations, clock and crashes: the seven invariants hold, and five planted faults are found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.operating import run
from tests.faults.planted import PLANTED, Planted
from tests.faults.shortening import breaks, shortened, steps_of
from tests.faults.small_office import SmallOffice

MACHINES, STEPS = 6, 40  # at a time
FEW_STEPS = 8  # of a machine that looks for a planted fault: what it needs is near where it begins
ENOUGH_MACHINES = 200
# What the steps must have come to, or they show nothing of it: one in so many of them at least.
ONE_IN = {
    "edit_unit": 25,
    "approve_version": 30,
    "request_publication": 50,  # which publishes at once what has no hour
    "publish_due": 400,
    "fan_out": 20,
    "record_attempt": 120,
    "crash": 50,
}
WHOLE = "FAULTS_STEPS"  # how many steps in all; a whole run is `make test-operations`


@pytest.fixture
def small_office(sqlite_template: Path, tmp_path: Path) -> Iterator[SmallOffice]:
    """Open the office that one machine after another works in."""
    opened = SmallOffice(sqlite_template, tmp_path)
    yield opened
    opened.close()


@pytest.mark.slow
def test_the_seven_hold_after_every_step(small_office: SmallOffice, tell: Callable[[str], None]) -> None:
    wanted = int(os.environ.get(WHOLE, "0"))
    run(small_office, MACHINES, steps=STEPS, seeded=not wanted)
    while small_office.done["step"] < wanted:
        run(small_office, MACHINES, steps=STEPS, seeded=False)

    done = ", ".join(f"{count} {name}" for name, count in small_office.done.most_common())
    tell(f"operations: the seven invariants held after each of these: {done}")
    steps = small_office.done["step"]
    assert steps >= max(wanted, MACHINES * 5)
    assert [] == [name for name, one_in in ONE_IN.items() if small_office.done[name] * one_in < steps]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda each: each.name)
def test_a_planted_fault_is_found(
    planted: Planted, small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    planted.plant(monkeypatch)

    with pytest.raises(AssertionError) as found:
        run(small_office, ENOUGH_MACHINES, steps=FEW_STEPS, seeded=True, only=planted.breaks)

    taken = small_office.done["step"]
    steps = shortened(small_office, steps_of(found.value), planted.breaks)
    shown = "".join(f"\n  {step}" for step in steps)
    tell(f"planted: {planted.name}: found by {taken} steps, shown by {len(steps)}{shown}")
    assert planted.breaks in str(found.value)
    assert breaks(small_office, steps, planted.breaks)
