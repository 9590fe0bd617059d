"""What a measurement says, and how all of them are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; the target is the most that it may be, None where it only explains another."""

    name: str
    value: float
    unit: str
    target: float | None = None

    @property
    def is_met(self) -> bool:
        """Tell whether the value keeps to the target."""
        return self.target is None or self.value <= self.target


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| measured | value | target | kept |", "|---|---|---|---|"]
    for row in rows:
        value = f"{row.value:.0f}" if float(row.value).is_integer() else f"{row.value:.2f}"
        target = "" if row.target is None else f"≤ {row.target:g}"
        kept = "" if row.target is None else ("yes" if row.is_met else "NO")
        lines.append(f"| {row.name} | {value} {row.unit} | {target} | {kept} |")
    return "\n".join(lines)
