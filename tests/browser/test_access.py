"""Every page for everybody: axe finds nothing in light and dark, nothing scrolls sideways, the focus is always seen.

`browser` also asserts, here as in every test that has it, that no request left the desk and the console told no error,
which is where a violation of the Content-Security-Policy would stand (`Watched`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import ViewportSize

from tests.browser.driving import DESKTOP, NARROW, Watched, scrolls_sideways
from tests.browser.office import BrowserOffice
from tests.browser.pages import PAGES, Page
from tests.browser.rules import COLOUR_RULES, violations

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "nl", "fr", "de")
MAIN_PAGES = tuple(page for page in PAGES if page.main)
TALL: ViewportSize = {"width": DESKTOP["width"], "height": 2400}  # nothing lies under the bar at the foot
LOW: ViewportSize = {"width": DESKTOP["width"], "height": 420}
MOST_STOPS = 300
STOPS_AT_ONCE = 20
NARROW_RULES = ("target-size", "color-contrast", "scrollable-region-focusable")
WIDE_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# What there is to press, to follow and to fill in, as somebody sees it.
FACTS = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  headings: document.querySelectorAll("h1").length,
  sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  functions: [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true })).length,
})"""
# Before each press of Tab, how the focus shows where it is: its ring, the contrast of that to the ground around, and
# whether the element is in sight: what lies at its middle is itself.
WATCH_FOCUS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  };
  const ground = (element) => {
    for (let each = element.parentElement; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return light(colour);
    }
    return light("Canvas");
  };
  window.stops = [];
  addEventListener("keydown", (event) => {
    const element = document.activeElement;
    if (event.key !== "Tab" || !element || element === document.body) return;
    const style = getComputedStyle(element);
    const box = element.getClientRects()[0];
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const [one, two] = [light(style.outlineColor), ground(element)];
    window.stops.push({
      what: element.outerHTML.slice(0, 120),
      place: Number(element.dataset.stop ?? -1), // of its first time
      ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      contrast: (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05),
      seen: Boolean(there) && (element.contains(there) || there.contains(element) && !there.closest(".work-bar")),
    });
    element.dataset.stop ??= window.stops.length - 1;
  }, true);
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
    """No rule is broken in any language, light or dark, on a desktop, on a narrow screen, with wide spacing.

    The rules that are not about colours are asked once in each language: in the dark nothing but colours differs.
    """
    browser.expect(f"status of {row.status}")
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        shared_office.speak(language)
        browser.sign_in(shared_office, row.who, language)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(TALL)
        _open(page, shared_office, row)
        found[f"{language}, light"] = violations(page, each_kind=language != "en")
        wide = page.evaluate(FACTS)
        page.emulate_media(color_scheme="dark")
        found[f"{language}, dark"] = violations(page, *COLOUR_RULES, each_kind=True)
        page.set_viewport_size(NARROW)
        narrow = page.evaluate(FACTS)
        found[f"{language}, narrow"] = ["scrolls sideways"] if narrow["sideways"] else []
        if language == "en":
            found["en, narrow"] += violations(page, *NARROW_RULES, each_kind=True)
        page.evaluate(WIDE_SPACING)
        found[f"{language}, wide spacing"] = ["scrolls sideways"] if scrolls_sideways(page) else []
        assert (row.speaks or language, 1, False) == (wide["lang"], wide["headings"], wide["sideways"])
        assert wide["title"].removesuffix("\u00b7 Perstolk").strip()
        assert narrow["functions"] == wide["functions"]

    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.parametrize("row", MAIN_PAGES, ids=lambda page: page.name)
def test_the_focus_is_always_seen_and_comes_out_at_the_end(
    row: Page, shared_office: BrowserOffice, browser: Watched, page: Tab
) -> None:
    shared_office.speak("en")
    browser.sign_in(shared_office, row.who)
    page.emulate_media(color_scheme="dark" if row.name == "editor" else "light")
    page.set_viewport_size(LOW)
    _open(page, shared_office, row)
    page.evaluate(WATCH_FOCUS)

    for _ in range(MOST_STOPS // STOPS_AT_ONCE):
        for _ in range(STOPS_AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("window.stops.some((stop) => stop.place === 0)"):
            break
    stops = page.evaluate("window.stops")
    once = [stop for stop in stops if stop["place"] < 0]

    assert len(once) > 3
    assert 0 in {stop["place"] for stop in stops}  # past its end, the page begins again
    assert [stop["what"] for stop in once if stop["ring"] < 2] == []
    assert [stop["what"] for stop in once if stop["contrast"] < 3] == []
    assert [stop["what"] for stop in once if not stop["seen"]] == []


def test_the_rules_would_find_a_fault(shared_office: BrowserOffice, browser: Watched, page: Tab) -> None:
    browser.sign_in(shared_office, None)
    page.goto(f"{shared_office.origin}/sign-in")
    page.evaluate("document.querySelector('label').remove(); document.querySelector('h1').style.color = '#ccc'")

    found = {fault.partition(":")[0] for fault in violations(page)}

    assert found == {"color-contrast", "label"}


def test_one_of_each_kind_tells_of_a_fault_in_the_midst_of_many(
    shared_office: BrowserOffice, browser: Watched, page: Tab
) -> None:
    browser.sign_in(shared_office, "auditor")
    page.goto(f"{shared_office.origin}/audit")
    cells = page.locator("tbody td")
    ways = page.locator("tbody td:nth-child(4)")  # by way of what, in whichever language the pages are by now
    ways.nth(7).evaluate("cell => { cell.style.color = '#bbb'; }")
    ways.nth(9).evaluate("cell => { cell.style.background = '#555'; }")

    found = violations(page, "color-contrast", each_kind=True)

    assert len([fault for fault in found if "color: rgb(187" in fault]) == 1
    assert len([fault for fault in found if "background: rgb(85" in fault]) == 1
    assert page.locator("[data-kind]").count() < 60 < cells.count()
