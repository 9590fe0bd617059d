"""The desks of the journeys: each kind is started once and serves all of them, since starting takes seconds."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from tests import desk_fixtures
from tests.journeys.steps import DeskProcesses, EmbeddedDesk, ScaledDesk
from tests.running_desks import at_work
from tests.servers.libretranslate import LibreTranslateServer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journeys)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", params=["embedded", "scaled"])
def office(
    request: pytest.FixtureRequest, engine_server: LibreTranslateServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskProcesses]:
    """A running desk with its people."""
    folder = tmp_path_factory.mktemp(request.param)
    admin = name = None
    desk: EmbeddedDesk | ScaledDesk
    if request.param == "embedded":
        desk = EmbeddedDesk(folder, engine_server.url)
    else:
        admin = desk_fixtures._postgres_admin()
        if admin is None:
            pytest.skip("no PostgreSQL answers at TEST_POSTGRES (default 127.0.0.1:5432)")
        name = f"perstolk_journey_{secrets.token_hex(4)}"
        admin.execute(f"CREATE DATABASE {name}")
        desk = ScaledDesk(folder, engine_server.url, desk_fixtures._postgres_url(name))
    try:
        with at_work(desk):
            yield desk
    finally:
        if admin is not None:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.close()
