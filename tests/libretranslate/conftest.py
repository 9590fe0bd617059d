"""The real LibreTranslate server with the two toy models, started once for all tests here.

`bin/test-libretranslate` installs it and says where it is; nothing here runs without.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.steps import START_SECONDS, free_port
from tests.toys import sentence_ends
from tests.toys.folders import train_both
from tests.watching import wait_for

PROXY = "http://127.0.0.1:9"  # where nobody answers: what the server tries to fetch fails at once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.libretranslate)
        item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with both toys as argos packages, as the server and the offline engine both read them."""
    directory = tmp_path_factory.mktemp("data") / "argos-translate" / "packages"
    for name, toy in train_both(tmp_path_factory.mktemp("toys")).items():
        sentence_ends.write(toy.write_argos(directory / name) / "minisbd" / f"{toy.source}.onnx")
    return directory


@pytest.fixture(scope="session")
def libretranslate(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server and return its address."""
    home = tmp_path_factory.mktemp("home")
    log = home / "server.log"
    url = f"http://127.0.0.1:{free_port()}"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_DATA_HOME": str(packages.parents[1]),
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), PROXY),
    }
    port = url.rpartition(":")[2]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [os.environ["LIBRETRANSLATE"], "--host", "127.0.0.1", "--port", port, "--disable-web-ui", "--threads", "4"],
            env=environment,
            stdout=output,
            stderr=output,
            cwd=home,
        )
    try:
        try:
            wait_for(lambda: server.poll() is not None or _is_well(url), seconds=START_SECONDS)
            assert server.poll() is None
        except AssertionError:
            raise AssertionError(log.read_text()[-4000:]) from None
        yield url
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _is_well(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
