"""Pictures of every page: `python -m tests.browser.screenshots [NAME …]` writes them to docs/screenshots.

The main pages are also taken dark and on a narrow screen.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page as Tab
from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.driving import NARROW, find_chromium, launched
from tests.browser.filling import fill
from tests.browser.office import BrowserOffice, open_office
from tests.browser.pages import PAGES, Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
TALLEST = 1600
DESKTOP: ViewportSize = {"width": 1280, "height": 480}  # a picture ends where the page does


def take(tab: Tab, office: BrowserOffice, page: Page, *, ending: str = "", window: ViewportSize = DESKTOP) -> None:
    """Open a page and write its picture, cut off where it would be taller than a tall screen."""
    tab.set_viewport_size(window)
    answer = tab.goto(office.origin + page.path.format_map(office.facts))
    if answer is None or answer.status != page.status:
        message = f"{page.name} answered {answer and answer.status}:\n{office.log.getvalue()}"
        raise RuntimeError(message)
    width = tab.evaluate("document.documentElement.clientWidth")
    height = min(TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
    tab.set_viewport_size({"width": width, "height": height})
    tab.screenshot(path=FOLDER / f"{page.name}{ending}.png")


def main(names: list[str]) -> int:
    """Take the pictures of the named pages, or of all."""
    if find_chromium() is None:
        sys.stderr.write("There is no chromium on the PATH: apt-get install chromium fonts-liberation\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = [page for page in PAGES if not names or page.name in names]
    with (
        tempfile.TemporaryDirectory() as folder,
        open_office(Path(folder)) as office,
        sync_playwright() as playwright,
        launched(playwright, Path(folder) / "profile") as browser,
    ):
        fill(office)
        tab = browser.context.new_page()
        for page in pages:
            browser.sign_in(office, page.who)
            take(tab, office, page)
            if page.main:
                tab.emulate_media(color_scheme="dark")
                take(tab, office, page, ending="-dark")
                tab.emulate_media(color_scheme="light")
                take(tab, office, page, ending="-narrow", window=NARROW)
    sys.stdout.write(f"{len(pages)} pages in {FOLDER}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
