"""Workers whose clocks are off: `sitecustomize` puts them off, and this says to which workers and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.processes import end
from tests.journeys.steps import DeskProcesses, ScaledDesk
from tests.watching import wait_for

ELSEWHEN = Path(__file__).parent
WORKERS = 2  # that each kind of desk has


def clock_off(desk: DeskProcesses) -> Path:
    """Return the file that says how far the clocks of the desk's workers are off, where there is one."""
    return desk.folder / "clock.off"


@contextmanager
def clocks_off(desk: DeskProcesses, *, seconds: int) -> Iterator[dict[int, float]]:
    """Start every worker of a desk anew with a clock that is off; give what each one's clock said, by its number."""
    told = clock_off(desk)
    taken = told.with_suffix(".taken")
    told.write_text(str(seconds))
    taken.unlink(missing_ok=True)
    try:
        _workers_anew(desk)
        wait_for(lambda: taken.exists() and len(_taken(taken)) >= WORKERS, seconds=60)
        yield _taken(taken)
    finally:
        told.unlink()
        _workers_anew(desk)


def _workers_anew(desk: DeskProcesses) -> None:
    for kind in ("drafting", "drafting") if isinstance(desk, ScaledDesk) else ("drafting", "clock"):
        end(desk, kind)
    desk.wait_until_ready()


def _taken(file: Path) -> dict[int, float]:
    lines = [line.split() for line in file.read_text().splitlines()]
    return {int(number): float(said) for number, said in lines}
