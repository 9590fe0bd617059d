"""A worker process over the test's own desk: real engines and receivers on loopback, no broker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from service.config import Settings
from service.uow import Desk
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from workers.composition import Parts, _Process
from workers.engines.base import Engine
from workers.engines.breaker import InMemoryBreakers
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate
from workers.engines.limits import Limits
from workers.http import OutboundClient

MakeParts = Callable[..., Parts]


@pytest.fixture
def make_parts(lite_desk: Desk, tmp_path: Path) -> Iterator[MakeParts]:
    """Compose this process's parts with engines as given."""

    def make(*engines: Engine, networks: tuple[str, ...] = ("127.0.0.0/8",), **settings: object) -> Parts:
        chosen = Settings(secret_key="a secret key for tests only", var_dir=tmp_path, **settings)  # type: ignore[arg-type]
        made = Parts(chosen)
        made.__dict__.update(
            desk=lite_desk,
            engines=engines,
            breakers=InMemoryBreakers(),
            limits=Limits(),
            outbound=OutboundClient([ip_network(network) for network in networks]),
        )
        _Process.parts = made
        return made

    yield make
    _Process.parts = None


@pytest.fixture
def office_engine() -> Iterator[LibreTranslateServer]:
    """An engine on the office's own machines."""
    with LibreTranslateServer() as server:
        yield server


@pytest.fixture
def outside_engine() -> Iterator[GoogleServer]:
    """An engine outside the office."""
    with GoogleServer() as server:
        yield server


@pytest.fixture
def engine(office_engine: LibreTranslateServer) -> LibreTranslate:
    """The adapter for the office's own engine."""
    return LibreTranslate(office_engine.url, None)


@pytest.fixture
def outsider(outside_engine: GoogleServer) -> Google:
    """The adapter for the engine outside."""
    return Google(outside_engine.url)
