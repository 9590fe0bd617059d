"""The toy models of the offline engine: trained once for all tests that ask one, in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.toys.folders import Toy, train_both


@pytest.fixture(scope="session")
def toys() -> dict[str, Toy]:
    return train_both()


@pytest.fixture(scope="session")
def shelf(toys: dict[str, Toy], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with both toys, which no test changes."""
    directory = tmp_path_factory.mktemp("models")
    for name, toy in toys.items():
        toy.write_argos(directory / name)
    return directory
