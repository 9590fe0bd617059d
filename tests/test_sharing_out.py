from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sharing_out import group_of

ROOT = Path(__file__).parents[1]
FILE = """
import os, pathlib, pytest

@pytest.mark.parametrize("n", range(8))
def test_it(n):
    (pathlib.Path(__file__).parent / f"{n}-{os.environ['PYTEST_XDIST_WORKER']}-{pathlib.Path(__file__).stem}").touch()
"""


@pytest.mark.parametrize(
    "nodeid, group",
    [
        ("tests/domain/test_locales.py::test_a[x]", "tests/domain/test_locales.py"),
        ("tests/domain/test_locales.py::test_b", "tests/domain/test_locales.py"),
        ("tests/browser/test_access.py::test_a[queue]", "tests/browser/test_access.py::test_a[queue]"),
        ("tests/faults/test_killed.py::test_a[embedded-1]", "faults, embedded"),
        ("tests/faults/test_killed.py::test_a[1-scaled]", "faults, scaled"),
        ("tests/faults/test_disk.py::test_a[postgresql]", "faults, scaled"),
        ("tests/faults/test_canary.py::test_a", "faults, embedded"),
    ],
)
def test_tests_that_share_go_together(nodeid: str, group: str) -> None:
    assert group == group_of(nodeid)


def test_journeys_share_one_desk_of_each_kind_whatever_their_file() -> None:
    assert group_of("tests/journeys/test_a.py::test_a[scaled]") == group_of("tests/journeys/test_b.py::test_b")


def test_pytest_heeds_the_groups(tmp_path: Path) -> None:
    journeys = tmp_path / "tests" / "journeys"
    journeys.mkdir(parents=True)
    for name in ("test_one", "test_other"):
        (journeys / f"{name}.py").write_text(FILE)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")

    command = [sys.executable, "-m", "pytest", "-q", "--numprocesses", "2", "--dist", "loadscope", str(tmp_path)]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-p", "tests.sharing_out"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    ran = [each.name.split("-") for each in journeys.glob("*-gw*")]
    assert "16 passed" in done.stdout, done.stdout + done.stderr
    assert 16 == len(ran)
    assert 1 == len({worker for _, worker, _ in ran})  # pytest-xdist alone would give each file a process
