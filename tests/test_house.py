from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from service.cli import main

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-offline.txt", "requirements-dev.txt", "requirements-libretranslate.txt")
BIN = Path(sys.executable).parent


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def pins(lock: str) -> dict[tuple[str, str], set[str]]:
    """Return the hashes in a lock by name and version."""
    found: dict[tuple[str, str], set[str]] = {}
    for entry in (ROOT / lock).read_text().replace("\\\n", " ").splitlines():
        match = re.match(r"([a-z0-9.\-]+(?:\[[a-z,]+\])?)==([^ ;]+)", entry)
        assert match, entry
        found[match[1], match[2]] = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
    return found


def test_the_floors_hold() -> None:
    checked = run(BIN / "lint-imports", "--no-logo", "--no-cache")

    assert 0 == checked.returncode, checked.stdout + checked.stderr


@pytest.mark.parametrize("package", ["service", "workers"])
def test_every_module_has_a_floor(package: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    layered = [contract for contract in contracts if contract.get("containers") == [package]]

    assert [True] == [contract["exhaustive"] for contract in layered]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_versions_and_hashes_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert not re.search(r"://|^\s*-(?!-hash)|@ |file:", text, re.MULTILINE)
    assert [] == [name for name, hashes in pins(lock).items() if not hashes]


def test_the_development_lock_holds_the_run_time_lock() -> None:
    development = pins("requirements-dev.txt")

    for lock in ("requirements.txt", "requirements-offline.txt"):
        assert [] == [name for name, hashes in pins(lock).items() if development.get(name) != hashes]


@pytest.mark.parametrize(
    "flavour, lock",
    [
        ("dependencies", "requirements.txt"),
        ("offline", "requirements-offline.txt"),
        ("dev", "requirements-dev.txt"),
    ],
)
def test_everything_that_is_asked_for_is_locked(flavour: str, lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = project["dependencies"] if flavour == "dependencies" else project["optional-dependencies"][flavour]

    locked = {name.partition("[")[0] for name, _ in pins(lock)}

    assert set() == {re.split(r"[\[<>=]", name)[0] for name in asked} - locked - {"perstolk"}


def test_the_compose_file_follows_the_specification() -> None:
    checked = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")

    assert 0 == checked.returncode, checked.stdout + checked.stderr


def test_the_compose_file_pins_images_and_has_no_default_secret() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    services = yaml.safe_load(text)["services"]

    images = [service["image"] for service in services.values()]
    secrets = re.findall(r"\$\{([A-Z_]*(?:SECRET|PASSWORD)[A-Z_]*)(:[?-])", text)

    assert [] == [image for image in images if not re.search(r":v?\d+\.\d+", image)]
    assert {":?"} == {how for _, how in secrets}
    assert {"PERSTOLK_SECRET_KEY", "PERSTOLK_DATABASE_PASSWORD"} == {name for name, _ in secrets}


def test_the_compose_file_names_settings_that_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from service.config import load_settings  # noqa: PLC0415 - what it reads is set below

    environment = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["web"]["environment"]
    for name, value in environment.items():
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:([-?])([^}]*)\}", r"\2", value))
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path))

    settings = load_settings()

    assert not settings.own_redis
    assert settings.database_url.startswith("postgresql+psycopg://")


def test_the_image_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    users = [line.split()[1] for line in lines if line.startswith("USER ")]

    assert ["10001"] == users


def processor_seconds() -> float:
    """Return what the processes that this one started have taken of a processor; others that are busy add nothing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_is_quick() -> None:
    run(BIN / "perstolk", "--help")  # the first start writes byte code

    began = processor_seconds()
    helped = run(BIN / "perstolk", "--help")

    assert 0 == helped.returncode
    assert processor_seconds() - began < 0.5


def test_help_lists_every_command_and_each_can_be_reached() -> None:
    runner = CliRunner()
    listed = re.findall(r"^  ([a-z]+)  ", runner.invoke(main, ["--help"]).stdout, re.MULTILINE)

    statuses = {name: runner.invoke(main, [name, "--help"]).exit_code for name in listed}

    assert {"run", "web", "worker", "beat", "db"} <= set(listed)
    assert dict.fromkeys(listed, 0) == statuses


def test_a_wrong_setting_is_told_in_one_line_and_status_two() -> None:
    refused = run(BIN / "perstolk", "beat", PERSTOLK_WORKRES="2")

    assert 2 == refused.returncode
    assert (
        "Error: PERSTOLK_WORKRES in the environment is not a setting of Perstolk. Did you mean PERSTOLK_WORKERS?\n"
    ) == refused.stderr


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for package in ("service", "workers")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text())
    ]

    assert ["service/config.py"] == readers


def test_setting_up_again_takes_no_time() -> None:
    stamps = sorted(path.name for path in (ROOT / ".venv").glob("stamp-*"))
    if not stamps:
        pytest.skip("this checkout was not set up by bin/setup")

    flavour = stamps[0].removeprefix("stamp-")
    run("bin/setup", flavour)

    began = processor_seconds()
    done = run("bin/setup", flavour)

    assert (0, "") == (done.returncode, done.stdout)
    assert processor_seconds() - began < 0.5


def test_what_make_offers_is_told_by_make_help() -> None:
    offered = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)

    told = re.findall(r"make ([a-z-]+)", run("make", "--no-print-directory").stdout)

    assert offered
    assert offered[1].split() == told


def test_no_pattern_is_possessive_over_a_group() -> None:
    """Before Python 3.11.5, which stable systems still have, such a pattern matches wrongly and says nothing."""
    possessive = re.compile(r"\)[*?+]\+|\(\?>")

    found = [
        f"{path}:{number}"
        for folder in ("service", "workers")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if possessive.search(line)
    ]

    assert [] == found
