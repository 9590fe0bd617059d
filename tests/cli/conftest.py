from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main

Perstolk = Callable[..., Result]


@pytest.fixture
def var_dir(sqlite_template: Path, tmp_path: Path) -> Path:
    """A variable directory with a migrated database and nothing else."""
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    (folder / "perstolk.db").write_bytes(sqlite_template.read_bytes())
    return folder


@pytest.fixture
def perstolk(var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Perstolk:
    """Run a command on that directory; its two streams stay apart."""
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(var_dir))
    monkeypatch.setenv("PERSTOLK_WEBHOOK_ALLOW_NETWORKS", "127.0.0.0/8")

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return run
