"""What the commands that serve refuse before they start anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from service.cli import probing, processes
from service.supervisor import desk
from tests.cli.conftest import Perstolk
from tests.workers.engines.installing import install

UNKNOWN = "PERSTOLK_ENGINES cannot be used: gogle is no engine; there are libretranslate, "
MISSING = "PERSTOLK_ENGINES names deepl, but its settings are missing: set PERSTOLK_DEEPL_API_KEY, or take the name out"


class Started(Exception):  # noqa: N818 - what a test waits for
    """The command would serve from here on."""


@pytest.fixture(autouse=True)
def nothing_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*_given: object, **_named: object) -> NoReturn:
        raise Started

    monkeypatch.setattr(desk, "run", start)
    monkeypatch.setattr(processes, "_become", start)
    monkeypatch.setattr("service.cli.webserver.serve", start)


@pytest.mark.parametrize("command", ["run", "worker", "web", "beat"])
def test_who_serves_refuses_an_unknown_engine(
    perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("PERSTOLK_ENGINES", "google,gogle")

    done = perstolk(command)

    assert (2, True) == (done.exit_code, UNKNOWN in done.stderr)


@pytest.mark.parametrize("command", ["run", "worker"])
def test_who_asks_engines_refuses_one_whose_settings_are_missing(
    perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("PERSTOLK_ENGINES", "google,deepl")

    done = perstolk(command)

    assert (2, f"Error: {MISSING}.\n") == (done.exit_code, done.stderr)


@pytest.mark.parametrize("command", ["run", "worker"])
@pytest.mark.parametrize(
    "code, status, told",
    [
        (
            "import no_such_module",
            2,
            "PERSTOLK_ENGINES names acme, which an installed package offers and which could",
        ),
        ("import os; os._exit(3)", 1, "The engines could not be asked (CalledProcessError)."),
    ],
)
def test_who_asks_engines_refuses_one_of_another_package_that_cannot_be_made(
    perstolk: Perstolk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    code: str,
    status: int,
    told: str,
) -> None:
    packages = install(tmp_path / "packages", code, acme="build")
    monkeypatch.syspath_prepend(packages)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(packages), str(Path.cwd())]))
    monkeypatch.setenv("PERSTOLK_ENGINES", "acme")

    done = perstolk(command)

    assert (status, True) == (done.exit_code, told in done.stderr)


@pytest.mark.parametrize("command", ["run", "worker", "web"])
@pytest.mark.parametrize("engines", ["", "google,mymemory"])
def test_engines_that_can_be_made_hold_nobody_up(
    perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch, command: str, engines: str
) -> None:
    monkeypatch.setenv("PERSTOLK_ENGINES", engines)

    assert isinstance(perstolk(command).exception, Started)


@pytest.mark.parametrize("command", ["run", "worker"])
def test_without_an_order_no_process_is_waited_for(
    perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(probing, "MAKING_MODULE", "no_such_module")

    assert isinstance(perstolk(command).exception, Started)
