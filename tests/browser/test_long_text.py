"""A text of a hundred segments: each can be written in at once, and what lies beside it comes as one comes near."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from service.web.segment_list import WINDOW
from tests.browser.driving import Watched
from tests.browser.office import BrowserOffice
from tests.operations.making import draft, submit

pytestmark = pytest.mark.browser

SEGMENTS = 2 * WINDOW + 20
LAST = SEGMENTS - 1


@pytest.fixture
def long_text(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    body = "\n\n".join(f"De raad keurde maatregel {n} goed." for n in range(SEGMENTS - 1))
    people = office.people
    office.facts["long"] = submit(office.desk, people.author, text=f"Een lang bericht\n\n{body}", targets=("fr",))
    draft(office.desk, office.facts["long"])
    browser.sign_in(office, "reviewer")
    return page


def _open(page: Page, office: BrowserOffice) -> None:
    page.goto(f"{office.origin}/releases/{office.facts['long']}/fr")


def test_a_segment_far_below_is_written_before_and_after_the_rest_of_it_came(
    long_text: Page, office: BrowserOffice
) -> None:
    held: list[Route] = []
    holding = [True]
    long_text.route("**/fr/units?*", lambda route: held.append(route) if holding[0] else route.continue_())
    _open(long_text, office)
    unit = long_text.locator(".unit").nth(LAST)
    expect(unit).to_have_attribute("data-rest", str(SEGMENTS))
    unit.locator("textarea").focus()
    long_text.keyboard.press("Control+a")
    long_text.keyboard.type("Avant.")
    long_text.keyboard.press("Alt+KeyC")  # the talk is still on its way
    expect(unit.locator("[data-part=saved]")).to_contain_text("Saved at")

    holding[0] = False
    for route in held:
        route.continue_()

    expect(unit).not_to_have_attribute("data-rest", str(SEGMENTS))
    expect(unit.locator("[data-part=talk] textarea").first).to_be_focused()
    assert unit.locator("textarea[name=target]").input_value() == "Avant."
    assert unit.locator("[data-part=findings]").count() == 1
    unit.locator("textarea[name=target]").focus()
    long_text.keyboard.press("Control+a")
    long_text.keyboard.type("Après.")
    long_text.keyboard.press("Control+Enter")
    expect(unit).to_contain_class("reviewed")
    assert office.targets("long", "fr")[LAST] == "Après."


def test_the_rest_comes_with_scrolling_and_again_after_a_fault(
    long_text: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("ERR_FAILED")
    faults = [0]

    def fail_once(route: Route) -> None:
        faults[0] += 1
        route.abort() if faults[0] == 1 else route.continue_()

    long_text.route("**/fr/units?*", fail_once)
    _open(long_text, office)
    assert long_text.locator("[data-rest]").count() == SEGMENTS - WINDOW
    for n in range(WINDOW - 1, SEGMENTS, 10):
        long_text.locator(".unit").nth(n).scroll_into_view_if_needed()
    long_text.locator(".unit").nth(LAST).locator("textarea").focus()

    expect(long_text.locator(".unit").nth(LAST)).not_to_have_attribute("data-rest", str(SEGMENTS))
    for n in range(LAST, WINDOW, -10):
        long_text.locator(".unit").nth(n).scroll_into_view_if_needed()

    expect(long_text.locator("[data-rest]")).to_have_count(0)
    assert faults[0] >= 3
    numbers = long_text.locator(".unit h2").all_inner_texts()
    assert [int(text.split(" ")[0]) for text in numbers] == list(range(1, SEGMENTS + 1))


def test_a_segment_that_left_the_text_is_not_asked_for_without_end(long_text: Page, office: BrowserOffice) -> None:
    asked: list[str] = []

    def nothing(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json={"units": []})

    long_text.route("**/fr/units?*", nothing)
    _open(long_text, office)
    last = long_text.locator(".unit").nth(LAST).locator("textarea")
    last.focus()
    long_text.wait_for_timeout(1000)
    long_text.locator(".unit").first.locator("textarea").focus()
    long_text.wait_for_timeout(500)
    last.focus()  # and come back to
    long_text.wait_for_timeout(1000)

    assert 0 < len(asked) <= WINDOW
    assert len(set(asked)) == len(asked)
