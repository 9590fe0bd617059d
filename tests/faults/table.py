"""The table of the faults: what befell the desk, on which set-up, how long it took, what held."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

ROW = "fault_row"


@dataclass(frozen=True)
class Row:
    """One fault on one set-up; `broken` counts what did not hold of the seven invariants."""

    number: int
    fault: str
    setup: str
    seconds: float
    held: str
    broken: int

    def packed(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def unpacked(cls, value: str) -> Row:
        return cls(**json.loads(value))


def write_table(rows: Iterable[Row]) -> str:
    """Return the rows as a table in Markdown, in the order of the faults."""
    merged: dict[tuple[int, str, str], Row] = {}
    for row in rows:
        there = merged.get((row.number, row.fault, row.setup))
        seconds, faults = (there.seconds, there.broken) if there else (0.0, 0)
        merged[row.number, row.fault, row.setup] = replace(
            row, seconds=row.seconds + seconds, broken=row.broken + faults
        )
    lines = ["| | fault | set-up | seconds | what held |", "|---|---|---|---|---|"]
    for row in sorted(merged.values(), key=lambda row: (row.number, row.fault, row.setup)):
        invariants = "I1–I7" if not row.broken else f"BROKEN: {row.broken}"
        lines.append(f"| {row.number} | {row.fault} | {row.setup} | {row.seconds:.1f} | {row.held}; {invariants} |")
    return "\n".join(lines) + "\n"
