"""Who works in a segment sees it: nothing that stays at the foot of the window, and no answer, hides what they type."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.driving import DESKTOP, NARROW, Watched
from tests.browser.office import BrowserOffice
from tests.operations.making import draft, submit

pytestmark = pytest.mark.browser

PARAGRAPHS = 9
LOWER: ViewportSize = {"width": 1280, "height": 750}
MAGNIFIED: ViewportSize = {"width": 320, "height": 256}  # a desktop at 400 %
WINDOWS = (DESKTOP, LOWER, NARROW, MAGNIFIED)
# What has the focus, and where what stays at the foot of the window begins.
PLACE = """() => {
  const stays = [...document.querySelectorAll(".work-bar, .standing")]
    .filter((each) => getComputedStyle(each).position === "sticky" && each.offsetHeight);
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  return {
    top, bottom, what: document.activeElement.id,
    limit: Math.min(innerHeight, ...stays.map((each) => each.getBoundingClientRect().top)),
  };
}"""


@pytest.fixture
def long_text(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    """Segments of one line and of two, whose drafts the checks have something to say about once they are confirmed."""
    more = "Wie vragen heeft, kan terecht bij het loket van de stad, dat op 3 maart 2026 opengaat voor alle inwoners."
    body = "\n\n".join(
        f"De raad keurde maatregel {n} goed en trekt er 12.500 euro voor uit. {more if n % 3 == 0 else ''}"
        for n in range(PARAGRAPHS)
    )
    people = office.people
    office.facts["long"] = submit(office.desk, people.author, text=f"Een lang bericht\n\n{body}", targets=("fr",))
    draft(office.desk, office.facts["long"])
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['long']}/fr")
    return page


def _hidden(page: Page) -> dict[str, Any] | None:
    """Return where the focus is, if it is not whole in sight."""
    place: dict[str, Any] = page.evaluate(PLACE)
    return None if 0 <= place["top"] and place["bottom"] <= place["limit"] else place


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_what_a_confirmation_goes_on_to_is_seen_whole_and_stays_where_it_is(
    long_text: Page, window: ViewportSize
) -> None:
    long_text.set_viewport_size(window)
    units = long_text.locator(".unit")
    units.first.locator("textarea").focus()
    found, moved = [], []

    for n in range(PARAGRAPHS):
        long_text.keyboard.press("Control+Enter")
        before = long_text.evaluate(PLACE)
        expect(units.nth(n)).to_contain_class("reviewed")
        expect(units.nth(n).locator("[data-part=saved]")).to_contain_text("Confirmed")
        after = long_text.evaluate(PLACE)
        found.append(_hidden(long_text))
        moved.append(abs(after["top"] - before["top"]) > 2)

    assert [each for each in found if each] == []
    assert not any(moved)
