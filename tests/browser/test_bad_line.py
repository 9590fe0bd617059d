"""Segments typed and confirmed one after another over a line that loses a third of the answers.

Twenty-five of them at any time; two hundred at fifteen keys a second, with other faults each time, where
`BAD_LINE=long` is in the environment. `BAD_LINE_SEED` repeats the faults of one run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom

import pytest
from playwright.sync_api import Page

from tests.browser.driving import Watched
from tests.browser.office import BrowserOffice, open_office
from tests.operations.making import draft, submit
from tests.servers.bad_line import BadLine
from tests.watching import wait_for

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Stint:
    """How much is typed, and how fast.

    After every `pauses` segments the typist waits, so that a draft is saved, and then types on; after every `returns`
    segments they go back to the one before.
    """

    segments: int
    keys_a_second: int
    pauses: int
    returns: int
    seed: int


IS_LONG = os.environ.get("BAD_LINE") == "long"
SEED = os.environ.get("BAD_LINE_SEED")
STINT = (
    Stint(200, 15, pauses=20, returns=25, seed=int(SEED or SystemRandom().randrange(2**32)))
    if IS_LONG
    else Stint(25, 40, pauses=10, returns=8, seed=int(SEED or 20261129))
)
SETTLES_IN = 90.0


@dataclass
class Typist:
    """Presses keys at an even pace, and knows what must stand in each segment in the end."""

    page: Page
    keys: int = 0
    begun: float = field(default_factory=time.monotonic)
    waited: float = 0.0

    def press(self, *keys: str) -> None:
        """Press keys one after another, each at its time."""
        for key in keys:
            due = self.begun + self.waited + self.keys / STINT.keys_a_second
            time.sleep(max(0.0, due - time.monotonic()))
            self.page.keyboard.press(key)
            self.keys += 1

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        time.sleep(seconds)
        self.waited += seconds


@pytest.fixture
def long_office(tmp_path: Path, sqlite_template: Path) -> Iterator[BrowserOffice]:
    """An office with one drafted release of as many segments as are typed."""
    text = "\n\n".join(
        ["Persbericht over bomen", *(f"Op plaats {n} groeit een boom." for n in range(1, STINT.segments))]
    )
    with open_office(tmp_path, sqlite_template) as office:
        office.facts["long"] = submit(office.desk, office.people.author, text=text, targets=("fr",))
        draft(office.desk, office.facts["long"])
        yield office


def test_segments_over_a_bad_line_arrive_as_they_were_typed(
    long_office: BrowserOffice, browser: Watched, page: Page, tell: Callable[[str], None]
) -> None:
    browser.expect("net::ERR_EMPTY_RESPONSE")
    browser.sign_in(long_office, "reviewer")
    with BadLine(long_office.origin, seed=STINT.seed) as line:
        browser.origins.add(line.url)
        page.goto(f"{line.url}/releases/{long_office.facts['long']}/fr", timeout=60_000)
        page.locator("textarea").first.focus()
        line.is_bad = True
        typist = Typist(page)
        typed = _type_all(typist)
        took = time.monotonic() - typist.begun
        wait_for(lambda: _unsaved(page) == 0, seconds=SETTLES_IN)
        settled = time.monotonic() - typist.begun
        wait_for(lambda: line.is_quiet)
        conflicts, alerts = page.locator("[data-part=conflict]").count(), page.locator("#alerts").inner_text()
        page.goto("about:blank")  # the page asks for what the line has lost of its helps, also when there is no line

    units = long_office.units("long", "fr")
    wrong = [
        (n, text, unit.target) for n, (text, unit) in enumerate(zip(typed, units, strict=True)) if unit.target != text
    ]
    elsewhere = [each for each in wrong if each[2] in typed]
    unconfirmed = [n for n, unit in enumerate(units) if unit.state != "reviewed"]
    tell(
        f"bad line (BAD_LINE_SEED={STINT.seed}): {len(units)} segments, {typist.keys} keys in {took:.0f} s, "
        f"settled after {settled:.0f} s; "
        f"{line.counts['requests']} requests, {line.counts['dropped']} answers dropped, {line.counts['doubled']} "
        f"sent twice; texts in the wrong segment {len(elsewhere)}, lost edits {len(wrong) - len(elsewhere)}, "
        f"lost confirms {len(unconfirmed)}"
    )
    assert ([], [], []) == (elsewhere, wrong, unconfirmed), f"BAD_LINE_SEED={STINT.seed}"
    assert (0, "") == (conflicts, alerts)
    assert min(line.counts[kind] for kind in ("requests", "dropped", "doubled")) > 0


def _type_all(typist: Typist) -> list[str]:
    """Type each segment's text over its draft and confirm it; return what must stand there in the end."""
    typed: list[str] = []
    for n in range(STINT.segments):
        text = f"Arbre {n:03}"
        typist.press("Control+a", *text)
        if n % STINT.pauses == 0:
            typist.wait(1.2)
            typist.press("s")
            text += "s"
        typist.press("Control+Enter")
        typed.append(text)
        if (
            n % STINT.returns == STINT.returns - 1 and n < STINT.segments - 1
        ):  # past the last one there is nothing to come back from
            typist.press("Alt+ArrowUp", "Control+End", "!", "Control+Enter")
            typed[-1] += "!"
    return typed


def _unsaved(page: Page) -> int:
    """Return how many texts the browser still keeps because the desk has not acknowledged them."""
    return int(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('perstolk-unit:')).length"))
