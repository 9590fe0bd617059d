"""Puts a desk under load, prints a table, writes it to `benchmarks/load/results.md`; fails where a target is missed."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from benchmarks.load.running import run
from benchmarks.load.sizes import Sizes
from benchmarks.rows import table

RESULTS = Path(__file__).parent / "results.md"


def main() -> int:
    """Measure, print, write; return 1 where a target is missed."""
    sizes = Sizes.read()
    figures = run(sizes)
    rows = figures.rows()
    database = "PostgreSQL" if sizes.database_url else "SQLite"
    about = (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {database}. Load, engine and receivers run beside"
        " the desk, on the same machine."
    )
    load = (
        f"{sizes.releases} releases at {sizes.per_second:g}/s, {sizes.reviewers} reviewers who save every"
        f" {sizes.pace_seconds:g} s, {sizes.endpoints} endpoints of which {sizes.broken} are broken,"
        f" {sizes.published} publications."
    )
    told = ["# Results of `make bench-load`", "", about, load, "", table(rows)]
    print("\n".join(told), flush=True)
    for sentence in [*figures.lost[:20], *map(str, figures.log.faults.most_common(20))]:
        print(sentence, flush=True)
    if sizes == Sizes():
        RESULTS.write_text("\n".join(told) + "\n")
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
