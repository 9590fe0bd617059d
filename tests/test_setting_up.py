"""What bin/setup installs, told by the lock that it hands to pip; a script in the place of Python writes that down."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-offline.txt", "requirements-dev.txt")
PYTHON = '#!/bin/sh\necho "$@" >> asked\n'
FORGETFUL = {name: value for name, value in os.environ.items() if not name.startswith("PERSTOLK_")}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with an environment that has everything but what a lock names."""
    (tmp_path / "bin").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "setup", tmp_path / "bin" / "setup")
    for name in ("pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("python", "perstolk"):
        (tmp_path / ".venv" / "bin" / name).write_text(PYTHON)
        (tmp_path / ".venv" / "bin" / name).chmod(0o755)
    return tmp_path


def installed(checkout: Path, flavour: str, **settings: str) -> list[str]:
    """Set up once and return the locks that were installed."""
    asked = checkout / "asked"
    asked.write_text("")
    subprocess.run(
        [str(checkout / "bin" / "setup"), flavour], check=True, capture_output=True, env={**FORGETFUL, **settings}
    )
    return re.findall(r"--requirement (\S+)", asked.read_text())


def test_a_desk_without_models_gets_no_libraries_for_them(checkout: Path) -> None:
    assert ["requirements.txt"] == installed(checkout, "runtime")


def test_a_desk_whose_environment_names_models_gets_their_libraries(checkout: Path) -> None:
    assert ["requirements-offline.txt"] == installed(checkout, "runtime", PERSTOLK_CTRANSLATE2_DIR="/srv/models")


@pytest.mark.parametrize(
    "line, expected",
    [
        ("PERSTOLK_CTRANSLATE2_DIR=/srv/models", "requirements-offline.txt"),
        ("export PERSTOLK_CTRANSLATE2_DIR = '/srv/models'", "requirements-offline.txt"),
        ("PERSTOLK_CTRANSLATE2_DIR=", "requirements.txt"),
        ("# PERSTOLK_CTRANSLATE2_DIR=/srv/models", "requirements.txt"),
    ],
)
@pytest.mark.parametrize("var_dir", [None, "elsewhere"])
def test_a_desk_whose_settings_file_names_models_gets_their_libraries(
    checkout: Path, var_dir: str | None, line: str, expected: str
) -> None:
    folder = checkout / (var_dir or "var")
    folder.mkdir()
    (folder / "perstolk.env").write_text(f"PERSTOLK_PORT=8001\n{line}\n")

    found = installed(checkout, "runtime", **({"PERSTOLK_VAR_DIR": str(folder)} if var_dir else {}))

    assert [expected] == found


@pytest.mark.parametrize(
    "first, second, expected",
    [
        ("runtime", "runtime", []),
        ("offline", "offline", []),
        ("offline", "runtime", []),
        ("dev", "runtime", []),
        ("dev", "offline", []),
        ("runtime", "offline", ["requirements-offline.txt"]),
        ("offline", "dev", ["requirements-dev.txt"]),
    ],
)
def test_what_is_there_already_is_not_installed_again(
    checkout: Path, first: str, second: str, expected: list[str]
) -> None:
    installed(checkout, first)

    assert expected == installed(checkout, second)
