"""Plants errors in human translations, tells what the checks find of them and writes it to docs/checks.md.

Fails where a target is missed. The alarms in untouched texts and the errors that nobody found can be listed to files,
which hold the texts and so do not belong into the project.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.checks.kinds import KINDS
from benchmarks.checks.measuring import scores, untouched
from benchmarks.checks.report import list_alarms, list_misses, report, write
from benchmarks.checks.texts import read_samples


def main() -> int:
    """Measure, print, write; return 1 where a target is missed or the texts are not here."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    asked.add_argument("--alarms", type=Path, metavar="FILE", help="list every alarm in the untouched texts")
    asked.add_argument("--misses", type=Path, metavar="FILE", help="list every planted error that was not found")
    asked.add_argument("--print-only", action="store_true", help="leave docs/checks.md as it is")
    wanted = asked.parse_args()
    try:
        samples = read_samples()
    except FileNotFoundError as error:
        print(f"checks: not measured, {error.filename} is not here")
        return 1
    judged = untouched(samples)
    found = scores(KINDS, judged)
    text, missed = report(judged, found)
    print(text)
    if wanted.alarms:
        wanted.alarms.write_text(list_alarms(judged) + "\n", "utf-8")
    if wanted.misses:
        wanted.misses.write_text(list_misses(found) + "\n", "utf-8")
    if not wanted.print_only:
        write(text)
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
