"""Every page for everybody: axe finds nothing in light and dark, nothing scrolls sideways, the focus is always seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import ViewportSize

from tests.browser.driving import DESKTOP, NARROW, Watched, scrolls_sideways, violations
from tests.browser.office import BrowserOffice
from tests.browser.pages import PAGES, Page

pytestmark = pytest.mark.browser

MAIN_PAGES = tuple(page for page in PAGES if page.main)
TALL: ViewportSize = {"width": 1280, "height": 2400}  # nothing lies under the bar at the foot, as after scrolling
LOW: ViewportSize = {"width": 1280, "height": 420}
WIDE_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# How the focus shows, and whether the element that has it is in sight: what lies at its middle is itself.
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getClientRects()[0];
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    what: element.outerHTML.slice(0, 120),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: Boolean(there) && (element.contains(there) || there.contains(element) && !there.closest(".work-bar")),
  };
}"""


@pytest.fixture(scope="module", autouse=True)
def _in_english(shared_office: BrowserOffice) -> Iterator[None]:
    shared_office.speak("en")
    yield
    shared_office.speak("en")


def _open(tab: Tab, office: BrowserOffice, page: Page) -> None:
    answer = tab.goto(office.origin + page.path.format_map(office.facts))
    assert answer is not None
    assert answer.status == page.status, office.log.getvalue()


@pytest.mark.parametrize("row", PAGES, ids=lambda page: page.name)
def test_a_page_keeps_the_rules(row: Page, shared_office: BrowserOffice, browser: Watched, page: Tab) -> None:
    browser.expect(f"status of {row.status}")
    browser.sign_in(shared_office, row.who)
    page.set_viewport_size(TALL)
    _open(page, shared_office, row)

    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page)
    page.set_viewport_size(NARROW)
    found["narrow"] = violations(page, "target-size", "color-contrast", "scrollable-region-focusable")

    assert found == {"light": [], "dark": [], "narrow": []}
    assert not scrolls_sideways(page)
    assert page.locator("h1").count() == 1
    assert page.title().removesuffix("· Perstolk").strip()
    assert page.locator("html").get_attribute("lang")


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
@pytest.mark.parametrize("row", MAIN_PAGES, ids=lambda page: page.name)
def test_a_main_page_keeps_the_rules_in_each_language(
    row: Page, language: str, shared_office: BrowserOffice, browser: Watched, page: Tab
) -> None:
    shared_office.speak(language)
    browser.sign_in(shared_office, row.who, language)
    page.set_viewport_size(TALL)
    _open(page, shared_office, row)
    expected = language if row.who else "fr"  # a public page is in the language of its address

    found = violations(page)
    page.set_viewport_size(NARROW)

    assert found == []
    assert not scrolls_sideways(page)
    assert page.locator("html").get_attribute("lang") == expected


@pytest.mark.parametrize("row", MAIN_PAGES, ids=lambda page: page.name)
def test_a_main_page_bears_wide_spacing_on_a_narrow_screen(
    row: Page, shared_office: BrowserOffice, browser: Watched, page: Tab
) -> None:
    shared_office.speak("en")
    browser.sign_in(shared_office, row.who)
    page.set_viewport_size(NARROW)
    _open(page, shared_office, row)

    page.evaluate(WIDE_SPACING)

    assert not scrolls_sideways(page)


@pytest.mark.parametrize("row", MAIN_PAGES, ids=lambda page: page.name)
def test_the_focus_is_always_seen(row: Page, shared_office: BrowserOffice, browser: Watched, page: Tab) -> None:
    shared_office.speak("en")
    browser.sign_in(shared_office, row.who)
    page.set_viewport_size(LOW)
    _open(page, shared_office, row)

    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)

    assert len(stops) > 3
    assert [stop["what"] for stop in stops if stop["ring"] < 2] == []
    assert [stop["what"] for stop in stops if not stop["seen"]] == []


def test_a_desktop_is_wide_enough_for_every_table(shared_office: BrowserOffice, browser: Watched, page: Tab) -> None:
    shared_office.speak("en")
    page.set_viewport_size(DESKTOP)
    too_wide = []

    for row in PAGES:
        browser.expect(f"status of {row.status}")
        browser.sign_in(shared_office, row.who)
        _open(page, shared_office, row)
        if scrolls_sideways(page):
            too_wide.append(row.name)

    assert too_wide == []


def test_the_rules_would_find_a_fault(shared_office: BrowserOffice, browser: Watched, page: Tab) -> None:
    browser.sign_in(shared_office, None)
    page.goto(f"{shared_office.origin}/sign-in")
    page.evaluate("document.querySelector('label').remove(); document.querySelector('h1').style.color = '#ccc'")

    found = {fault.partition(":")[0] for fault in violations(page)}

    assert found == {"color-contrast", "label"}
