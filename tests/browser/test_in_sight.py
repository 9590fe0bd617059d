"""Who works in a segment sees it: nothing that stays at the foot of the window, and no answer, hides what they type."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.driving import DESKTOP, NARROW, Watched, scrolls_sideways
from tests.browser.office import BrowserOffice
from tests.operations.making import draft, submit

pytestmark = pytest.mark.browser

PARAGRAPHS = 9
LOWER: ViewportSize = {"width": 1280, "height": 750}
MAGNIFIED: ViewportSize = {"width": 320, "height": 256}  # a desktop at 400 %
WINDOWS = (DESKTOP, LOWER, NARROW, MAGNIFIED)
SETTLED = 200  # milliseconds in which the browser has scrolled to the focus, and what belongs beside it has come
COME_BACK = "window.dispatchEvent(new Event('focus'))"
# What has the focus, and where what stays at the foot of the window begins, once what changed is drawn.
PLACE = """async () => {
  for (let n = 0; n < 2; n += 1) await new Promise((drawn) => { requestAnimationFrame(drawn); });
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
    asked: list[Route] = []
    long_text.route("**/*", lambda route: route.continue_() if route.request.method == "GET" else asked.append(route))

    for n in range(PARAGRAPHS):
        with long_text.expect_request(lambda request: request.method != "GET"):
            long_text.keyboard.press("Control+Enter")
        long_text.wait_for_timeout(SETTLED)
        before = long_text.evaluate(PLACE)
        while asked:
            asked.pop().continue_()
        expect(units.nth(n)).to_contain_class("reviewed")
        expect(units.nth(n).locator("[data-part=saved]")).to_contain_text("Confirmed")
        after = long_text.evaluate(PLACE)
        found.append(_hidden(long_text))
        moved.append(abs(after["top"] - before["top"]) > 2)

    assert [each for each in found if each] == []
    assert not any(moved)


def _at_the_foot(page: Page, n: int) -> None:
    """Put the focus on a segment's field, and the field right above what stays at the foot of the window."""
    page.locator(".unit").nth(n).locator("textarea[name=target]").focus()
    page.wait_for_timeout(500)  # what comes beside it has come
    place = page.evaluate(PLACE)
    page.evaluate("by => scrollBy({ top: by, behavior: 'instant' })", place["bottom"] - place["limit"] + 8)
    assert _hidden(page) is None


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_news_of_the_session_is_in_sight_and_so_is_the_field_that_is_typed_in(
    long_text: Page, office: BrowserOffice, browser: Watched, window: ViewportSize
) -> None:
    browser.expect("status of 400")
    long_text.on("dialog", lambda dialog: dialog.accept())
    long_text.set_viewport_size(window)
    _at_the_foot(long_text, 5)

    browser.sign_in(office, "second_reviewer")
    long_text.evaluate(COME_BACK)
    session = long_text.locator("#session")
    expect(session).to_contain_text("Somebody else is signed in here by now.")
    long_text.wait_for_timeout(100)

    assert _hidden(long_text) is None
    expect(session).to_be_in_viewport(ratio=0.3)
    long_text.keyboard.type("Encore un mot. ")
    assert _hidden(long_text) is None
    assert not scrolls_sideways(long_text)


def test_a_field_that_grows_by_a_line_is_brought_in_sight_behind_the_browsers_own_scrolling(long_text: Page) -> None:
    _at_the_foot(long_text, 5)

    long_text.evaluate("document.activeElement.value += ' Encore un mot.'.repeat(12); scrollBy(0, 1)")

    assert _hidden(long_text) is None


def test_who_signed_in_again_goes_on_where_they_were(long_text: Page, office: BrowserOffice, browser: Watched) -> None:
    browser.sign_in(office, "second_reviewer")
    field = long_text.locator(".unit").nth(3).locator("textarea[name=target]")
    field.focus()
    long_text.evaluate(COME_BACK)
    link = long_text.locator("#session").get_by_role("link")
    link.focus()

    browser.sign_in(office, "reviewer")
    long_text.evaluate(COME_BACK)

    expect(link).to_be_hidden()
    expect(field).to_be_focused()
