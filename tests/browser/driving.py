"""Chromium without a window, and a watch over it: whatever leaves the origin or complains on the console is noted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, Request, ViewportSize

from tests.browser.office import BrowserOffice

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The shell is Chromium without what only a window needs, and takes a third less of the processor.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 640}
SESSION, LONG_AGO = "perstolk", 1  # the cookie's name, and when one ends that is to be gone
STANDING = "**/standing*"  # what the editor asks, to hear what others did


def find_chromium() -> str | None:
    """Return where Chromium is on this machine, if it is."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def hear_of_nobody(page: Page) -> None:
    """Let the editor hear of a colleague only when it saves, however slow the machine is."""
    page.route(STANDING, lambda route: route.fulfill(status=204))


def wait_until(page: Page, expression: str) -> None:
    """Wait until the expression holds in the page.

    It is wrapped in a function: a bare expression that does not hold at once is read again by the page's own `eval`,
    which the desk's policy forbids.
    """
    page.wait_for_function(f"() => {expression}")


@dataclass
class Watched:
    """A browser's context with what it did that it should not: `faults` must be empty at a test's end."""

    context: BrowserContext
    origins: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, *parts: str) -> None:
        """Let console lines pass that contain one of the parts, because the test itself makes them happen."""
        self.expected.extend(parts)

    def watch(self) -> None:
        """Begin to watch the context, and every page it has or opens."""
        self.context.on("request", self._request)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((*self.origins, "data:", "about:", "blob:")):
            self.faults.append(f"a request left the desk: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(part in message.text for part in self.expected):
            self.faults.append(f"console: {message.text}")

    def sign_in(self, office: BrowserOffice, person: str | None, language: str = "en") -> None:
        """Become a person, or a reader from outside, without the sign-in page.

        Whoever was somebody else is nobody at no time in between, in which a page that is open may ask for something.
        """
        self.origins.add(office.origin)
        if person is None:
            self.context.clear_cookies()
            self.context.add_cookies([{"name": "language", "value": language, "url": office.origin}])
            return
        mine = {"name": SESSION, "value": office.cookie(person), "url": office.origin}
        left = [each for each in self.context.cookies() if each["name"] != SESSION]
        gone = [
            {**{key: each[key] for key in ("name", "value", "domain", "path")}, "expires": LONG_AGO} for each in left
        ]
        self.context.add_cookies([mine, *gone])  # type: ignore[list-item,typeddict-item]


@contextmanager
def launched(playwright: Playwright, folder: Path, **options: Any) -> Iterator[Watched]:
    """Start Chromium with a new profile in the folder."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=find_chromium(),
        headless=True,
        args=ARGUMENTS,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        reduced_motion="reduce",
        viewport=DESKTOP,
        **options,
    )
    context.set_default_timeout(15_000)
    watched = Watched(context)
    watched.watch()
    try:
        yield watched
    finally:
        context.close()


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
