"""Playwright's driver, started once: two of them in one session stand in each other's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.browser.driving import find_chromium


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver; skips where there is no Chromium."""
    if find_chromium() is None:
        pytest.skip("no chromium on the PATH: apt-get install chromium fonts-liberation")
    with sync_playwright() as started:
        yield started
