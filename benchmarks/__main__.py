"""Runs every benchmark, prints a table and writes it to `benchmarks/results.md`; fails where a target is missed."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from benchmarks import drafting, memory, pages, terms, webhooks
from benchmarks.checks import speed as checks
from benchmarks.rows import table

RESULTS = Path(__file__).parent / "results.md"
PARTS = (
    ("Drafting", drafting.run),
    ("Pages", pages.run),
    ("Terms", terms.run),
    ("Checks", checks.run),
    ("Memory", memory.run),
    ("Webhooks", webhooks.run),
)


def main() -> int:
    """Measure, print, write; return 1 where a target is missed."""
    written = [
        "# Results of `make bench`",
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Ratios are taken within this one run.",
    ]
    missed = 0
    for title, run in PARTS:
        rows = run()
        missed += sum(not row.is_met for row in rows)
        print(f"\n{title}\n{table(rows)}", flush=True)
        written += ["", f"## {title}", "", table(rows)]
    RESULTS.write_text("\n".join(written) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
