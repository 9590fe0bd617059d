"""The desks of the faults, what is asked of each afterwards, and the table of a whole run.

A desk in processes is started once for each set-up and serves every fault. After each test the seven invariants are
asked, whatever the test itself looked at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.storage.session import Database
from service.uow import Desk
from tests.desk_fixtures import StillClock
from tests.faults.elsewhen import ELSEWHEN, clock_off
from tests.faults.invariants import broken
from tests.faults.noting import Noted
from tests.faults.postgres import OwnPostgres, find_postgres
from tests.faults.table import ROW, Row, write_table
from tests.journeys.steps import DeskProcesses, EmbeddedDesk, ScaledDesk
from tests.running_desks import at_work
from tests.servers.certificates import authority
from tests.servers.libretranslate import LibreTranslateServer

# These take their time, and are run by `make test-schedules`.
collect_ignore = [] if "FAULTS_SCHEDULES" in os.environ else ["test_schedules.py"]
TABLE = "FAULTS_TABLE"  # a file for the table of the run
SETUPS = {
    "embedded": "SQLite, embedded Redis",
    "scaled": "PostgreSQL, Redis",
    "sqlite": "SQLite",
    "postgresql": "PostgreSQL",
}


def _setup_of(item: pytest.Item) -> str | None:
    parameters = getattr(item, "callspec", None)
    values = parameters.params.values() if parameters else ()
    return next((value for value in values if isinstance(value, str) and value in SETUPS), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker(pytest.mark.faults)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[OwnPostgres]:
    """A PostgreSQL server of these tests' own, which may be restarted."""
    programs = find_postgres()
    if programs is None:
        pytest.skip("no initdb and pg_ctl of PostgreSQL on this machine")
    with OwnPostgres(programs) as server:
        yield server


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the authority is kept that the office trusts, beside no other."""
    return tmp_path_factory.mktemp("authority")


@pytest.fixture(scope="session", params=["embedded", "scaled"])
def office(
    request: pytest.FixtureRequest,
    engine_server: LibreTranslateServer,
    authority_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DeskProcesses]:
    """A running desk with its people."""
    folder = tmp_path_factory.mktemp(request.param)
    desk: EmbeddedDesk | ScaledDesk
    if request.param == "embedded":
        desk = EmbeddedDesk(folder, engine_server.url)
    else:
        desk = ScaledDesk(folder, engine_server.url, request.getfixturevalue("own_postgres").url)
    desk.settings |= {
        "PYTHONPATH": str(ELSEWHEN),
        "CLOCK_OFF": str(clock_off(desk)),
        "SSL_CERT_FILE": str(authority(authority_folder)),
        "PERSTOLK_WEBHOOK_ALLOW_NETWORKS": "127.0.0.0/8,::1/128",  # localhost is both
    }
    with at_work(desk):
        yield desk


def _database_of(request: pytest.FixtureRequest) -> tuple[Database, StillClock | None]:
    """Return the database of the desk that the test used, and its clock where that is the test's own."""
    if "office" in request.fixturenames:
        desk: DeskProcesses = request.getfixturevalue("office")
        return Database(desk.database_url), None
    name = next(name for name in ("desk", "lite_desk", "state_desk") if name in request.fixturenames)
    inside: Desk = request.getfixturevalue(name)
    clock = request.getfixturevalue("clock") if "clock" in request.fixturenames else None
    return inside.database, clock


@pytest.fixture
def noted(request: pytest.FixtureRequest) -> Iterator[Noted]:
    """What the test notes down; afterwards the seven invariants must hold, and the table gets its row."""
    told = Noted()
    database, clock = _database_of(request)
    began = time.monotonic()

    yield told

    seconds = time.monotonic() - began
    found = broken(database, told, now=clock.moment if clock else None)
    if "office" in request.fixturenames:
        database.dispose()
    marker = request.node.get_closest_marker("fault")
    if marker is not None:
        number, fault, held = marker.args
        setup = SETUPS[_setup_of(request.node) or "sqlite"]
        request.node.user_properties.append((ROW, Row(number, fault, setup, seconds, held, len(found)).packed()))
    assert [] == found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, and write it where `FAULTS_TABLE` says."""
    reports = [report for kind in ("passed", "failed", "error", "") for report in terminalreporter.stats.get(kind, ())]
    rows = {value for report in reports for name, value in getattr(report, "user_properties", ()) if name == ROW}
    if not rows:
        return
    failed = {report.nodeid for kind in ("failed", "error") for report in terminalreporter.stats.get(kind, ())}
    told = write_table([Row.unpacked(value) for value in rows])
    terminalreporter.section("faults")
    terminalreporter.write(told)
    if TABLE in os.environ and not failed:
        Path(os.environ[TABLE]).write_text(told)
