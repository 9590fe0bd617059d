"""What holds for every test: no network but loopback, no settings from outside, and no skip where CI runs."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from flask import Flask

from service.config import PREFIX
from service.storage import session
from tests import compiled_once

pytest_plugins = ["tests.desk_fixtures", "tests.running_desks", "tests.browser_driver", "tests.sharing_out"]

CI = os.environ.get("CI") == "true"

# The real server has an environment of its own, which `bin/test-libretranslate` makes and names.
LIBRETRANSLATE = "LIBRETRANSLATE"
TOLD = "told"
collect_ignore = [] if LIBRETRANSLATE in os.environ else ["libretranslate"]

hypothesis.settings.register_profile(
    "house", deadline=None, print_blob=True, derandomize=CI, max_examples=50 if CI else 100
)
hypothesis.settings.load_profile("house")


def pytest_report_header() -> str | None:
    return None if LIBRETRANSLATE in os.environ else "tests/libretranslate: run by make test-libretranslate"


class OutsideConnectionError(RuntimeError):
    """A test tried to leave this machine."""


def _must_be_loopback(address: Any) -> None:
    if not isinstance(address, tuple):
        return  # a unix socket
    host = address[0]
    try:
        inside = ipaddress.ip_address(host).is_loopback
    except ValueError:
        inside = host == "localhost"
    if not inside:
        message = f"tests may not connect to {host}"
        raise OutsideConnectionError(message)


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Let sockets connect to this machine only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            original = getattr(socket.socket, name)

            def guarded(self: socket.socket, address: Any, _original: Any = original) -> Any:
                _must_be_loopback(address)
                return _original(self, address)

            patch.setattr(socket.socket, name, guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "create_engine", compiled_once.create_engine)
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": compiled_once.Templates()})
        yield


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each test without the settings of whoever runs it."""
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tell a figure at the end of the run, whoever ran the test."""
    return lambda line: request.node.user_properties.append((TOLD, line))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests had to tell."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    lines = [line for report in reports for name, line in report.user_properties if name == TOLD]
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write("\n".join(lines) + "\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Turn a skip into a failure where CI runs, so that nothing passes unseen."""
    report: pytest.TestReport = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
