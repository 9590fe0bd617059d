"""A browser for the session, an office that tests may look at, and one of their own for those that change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.driving import DESKTOP, Watched, launched
from tests.browser.filling import fill
from tests.browser.office import BrowserOffice, open_office


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One Chromium for the session."""
    with launched(playwright, tmp_path_factory.mktemp("profile")) as watched:
        yield watched


@pytest.fixture
def browser(whole_browser: Watched) -> Iterator[Watched]:
    """The session's Chromium, signed out; whatever it should not have done fails the test."""
    whole_browser.context.clear_cookies()
    whole_browser.faults.clear()
    whole_browser.expected.clear()
    yield whole_browser
    assert whole_browser.faults == []


@pytest.fixture
def page(browser: Watched) -> Iterator[Page]:
    """A new tab."""
    tab = browser.context.new_page()
    tab.set_viewport_size(DESKTOP)
    yield tab
    tab.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> tuple[Path, dict[str, str]]:
    """The file of a filled office, and its facts."""
    folder = tmp_path_factory.mktemp("filled")
    with open_office(folder, sqlite_template) as opened:
        fill(opened)
        facts = opened.facts
    return folder / "desk.db", facts


@pytest.fixture(scope="session")
def shared_office(
    tmp_path_factory: pytest.TempPathFactory, filled: tuple[Path, dict[str, str]]
) -> Iterator[BrowserOffice]:
    """A filled office that tests only look at."""
    with open_office(tmp_path_factory.mktemp("office"), *filled) as opened:
        yield opened


@pytest.fixture
def office(tmp_path: Path, filled: tuple[Path, dict[str, str]]) -> Iterator[BrowserOffice]:
    """A filled office of the test's own."""
    with open_office(tmp_path, *filled) as opened:
        yield opened
