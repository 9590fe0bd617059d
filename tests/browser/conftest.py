"""A browser for the session, an office that tests may look at, and one of their own for those that change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.driving import DESKTOP, Watched, launched
from tests.browser.filling import fill
from tests.browser.office import BrowserOffice, open_office

expect.set_options(timeout=20_000)  # on a machine that has other work as well, an answer may be long in coming


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One Chromium for the session."""
    with launched(playwright, tmp_path_factory.mktemp("profile")) as watched:
        yield watched


@pytest.fixture(scope="session")
def whole_plain_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One Chromium for the session in which no page's script runs."""
    with launched(playwright, tmp_path_factory.mktemp("plain"), java_script_enabled=False) as watched:
        yield watched


@pytest.fixture
def plain(whole_plain_browser: Watched) -> Iterator[Watched]:
    """The Chromium without scripts, signed out; whatever it should not have done fails the test."""
    yield from _clean(whole_plain_browser)


@pytest.fixture
def plain_page(plain: Watched) -> Iterator[Page]:
    """A new tab in the Chromium without scripts."""
    tab = plain.context.new_page()
    yield tab
    tab.close()


@pytest.fixture
def browser(whole_browser: Watched) -> Iterator[Watched]:
    """The session's Chromium, signed out; whatever it should not have done fails the test."""
    yield from _clean(whole_browser)


def _clean(watched: Watched) -> Iterator[Watched]:
    """Nobody is signed in, nothing has happened yet; what should not have happened by the end fails the test."""
    watched.context.clear_cookies()
    watched.faults.clear()
    watched.expected.clear()
    yield watched
    assert watched.faults == []


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


@pytest.fixture
def editor(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    """The French segments, as a reviewer has them open."""
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
    return page
