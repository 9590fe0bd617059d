"""Which tests go to one process together, where a run has several: those of a file, which share what they make.

Some files share with others, and some are so long that their tests go where there is room. pytest-xdist's own marker
for this, `xdist_group`, does nothing under pytest 9: it writes the group into a name that pytest no longer reads.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/journeys/": "a desk in processes of its own",
    "tests/workers/engines/test_ctranslate2": "toy models, trained for minutes",
}
ONE_BY_ONE = ("tests/browser/test_access.py", "tests/browser/test_workday.py", "tests/api/test_document_fuzzed.py")
FAULTS = "tests/faults/"
_SCALED = re.compile(r"\[(?:.*-)?(?:scaled|postgresql)(?:-.*)?\]$")


def group_of(nodeid: str) -> str:
    """Return the name of the group that goes to one process."""
    file = nodeid.partition("::")[0]
    if file in ONE_BY_ONE:
        return nodeid
    if file.startswith(FAULTS):  # a desk for each set-up
        return "faults, scaled" if _SCALED.search(nodeid) else "faults, embedded"
    return next((group for start, group in TOGETHER.items() if file.startswith(start)), file)


class SharedOut(LoadScopeScheduling):
    """Groups in the order in which they were collected, each to the next process that is free."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedOut | None:
    """Take the place of the scheduler that sends a module's tests to one process."""
    if config.getoption("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False  # whoever has most tests need not take longest
    return SharedOut(config, log)
