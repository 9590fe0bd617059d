"""Pictures of every page: `python -m tests.browser.screenshots [NAME …]` writes them to docs/screenshots.

Each is taken on a desktop and 320 px wide, light (`NAME.webp`, `NAME-narrow.webp`) and dark (`NAME-dark.webp`,
`NAME-narrow-dark.webp`). A run over all pages takes away the pictures of those that are no more.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page as Tab
from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.driving import NARROW, find_chromium, launched
from tests.browser.filling import fill
from tests.browser.office import BrowserOffice, open_office
from tests.browser.pages import PAGES, Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
QUALITY = 50  # of 100; letters stay sharp, and a picture is little more than a third of a PNG
TALLEST = 1600
DESKTOP: ViewportSize = {"width": 1280, "height": 480}  # a picture ends where the page does
WINDOWS = (("", DESKTOP), ("-narrow", NARROW))
SCHEMES: tuple[tuple[str, Literal["light", "dark"]], ...] = (("", "light"), ("-dark", "dark"))


def take(tab: Tab, office: BrowserOffice, page: Page) -> list[Path]:
    """Open a page and write its four pictures, each cut off where it would be taller than a tall screen."""
    answer = tab.goto(office.origin + page.path.format_map(office.facts))
    if answer is None or answer.status != page.status:
        message = f"{page.name} answered {answer and answer.status}:\n{office.log.getvalue()}"
        raise RuntimeError(message)
    camera = tab.context.new_cdp_session(tab)
    taken = []
    for width, window in WINDOWS:
        tab.set_viewport_size(window)
        height = min(TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
        tab.set_viewport_size({"width": window["width"], "height": height})
        for scheme, colours in SCHEMES:
            tab.emulate_media(color_scheme=colours)
            shot = camera.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
            taken.append(FOLDER / f"{page.name}{width}{scheme}.webp")
            taken[-1].write_bytes(base64.b64decode(shot["data"]))
    camera.detach()
    return taken


def tidy(taken: list[Path]) -> None:
    """Take away the pictures of pages that are no more."""
    for picture in FOLDER.iterdir():
        if picture.suffix in {".png", ".webp"} and picture not in taken:
            picture.unlink()


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
        taken = []
        for page in pages:
            browser.sign_in(office, page.who)
            taken += take(tab, office, page)
    if not names:
        tidy(taken)
    sys.stdout.write(f"{len(pages)} pages, {len(taken)} pictures in {FOLDER}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
