"""What journeys and faults share of desks in processes of their own: the office's engine, and a desk at work.

Where each finds its PostgreSQL differs, and stands with each: faults let theirs crash.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.journeys.steps import EmbeddedDesk, ScaledDesk
from tests.servers.base import Behaviour
from tests.servers.libretranslate import LibreTranslateServer


@pytest.fixture(scope="session")
def engine_server() -> Iterator[LibreTranslateServer]:
    """The server that the office's engine is, for all desks of a run."""
    with LibreTranslateServer(latency=0.05) as server:
        yield server


@pytest.fixture
def engine(engine_server: LibreTranslateServer) -> Iterator[LibreTranslateServer]:
    """The office's engine; how a test lets it behave ends with the test."""
    usual = engine_server.latency
    yield engine_server
    engine_server.latency = usual
    engine_server.behave(Behaviour.WELL)


@contextmanager
def at_work(desk: EmbeddedDesk | ScaledDesk) -> Iterator[EmbeddedDesk | ScaledDesk]:
    """Let a desk run, with its people; it is stopped at the end, and where it does not come up."""
    try:
        desk.start()
        desk.add_people()
        yield desk
    finally:
        desk.stop()
