"""Means that have no other place: what is spoken, forced colours, the way past the navigation, summaries of faults.

The table of all of them is in `means`; each of its tests has to be there.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Watched
from tests.browser.filling_drafts import draft_well
from tests.browser.keys import focused
from tests.browser.means import MEANS
from tests.browser.office import BrowserOffice
from tests.browser.pages import PAGES
from tests.desk_fixtures import StillClock

FOLDER = Path(__file__).parent
SPEAK = """async sentences => {
  const { speak } = await import("/static/editor-words.js");
  window.heard = [];
  const live = document.getElementById("live");
  new MutationObserver(() => window.heard.push([live.textContent, Date.now()])).observe(live, { childList: true });
  for (const sentence of sentences) speak(sentence);
}"""
# Words, borders and drawings as a person sees them: those whose colour is nearly that of what they stand on.
# Of each entry of the navigation and of the tabs: whether it is the current one, and whether a bar is drawn at it.
BARS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas";
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const drawn = (style) => ["Top", "Bottom"].some(
    (side) => parseFloat(style[`border${side}Width`]) && style[`border${side}Color`] !== canvas);
  return [...document.querySelectorAll(".bar nav a, .tabs a")].map(
    (link) => [link.textContent.trim(), link.hasAttribute("aria-current"), drawn(getComputedStyle(link))]);
}"""
UNSEEN = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = ([red, green, blue]) => [red, green, blue]
    .map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return rgba("Canvas");
  };
  const contrast = (one, two) => (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  const faults = [];
  const fault = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const shown = (element) => visible(element) && !element.closest(".hidden, .skip, :disabled");
  for (const element of document.querySelectorAll("body *")) {
    if (!shown(element)) continue;
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const drawn = element.matches("svg.icon");
    if (!(words || drawn)) continue;
    const found = contrast(light(rgba(getComputedStyle(element).color)), light(ground(element)));
    if (found < 4.5) fault(found.toFixed(1), element);
  }
  const typed = "input:not([type=checkbox], [type=radio], [type=file])";
  const framed = ["button:not(.quiet)", ".button", "select", "textarea", typed];
  for (const field of document.querySelectorAll(framed.join())) {
    if (shown(field) && parseFloat(getComputedStyle(field).borderTopWidth) < 1) fault("without a border", field);
  }
  return faults;
}"""


def test_every_mean_has_its_tests() -> None:
    there = {
        f"{file.stem}::{part.name}"
        for file in FOLDER.glob("test_*.py")
        for part in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(part, ast.FunctionDef)
    }
    named = {test for mean in MEANS.values() for test in mean.tests}

    assert list(range(1, 25)) == list(MEANS)
    assert all(mean.tests for mean in MEANS.values())
    assert sorted(named - there) == []


def test_the_published_pages_are_among_those_that_keep_the_rules() -> None:
    public = {page.name for page in PAGES if page.path.startswith("/fr/")}

    assert public >= {"public-list", "public-release", "public-withdrawn", "public-nothing"}


@pytest.mark.browser
def test_the_first_key_leads_past_the_navigation(shared_office: BrowserOffice, browser: Watched, page: Page) -> None:
    shared_office.speak("en")
    for path, who, place in (("/", "reviewer", "content"), ("/fr/zondagmarkt", None, "text")):
        browser.sign_in(shared_office, who)
        page.goto(shared_office.origin + path)

        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")

        expect(page.locator("main")).to_be_focused()
        assert page.locator("main").get_attribute("id") == place


@pytest.mark.browser
def test_news_is_spoken_at_most_once_in_five_seconds(
    shared_office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(shared_office, "reviewer")
    page.clock.install()
    page.goto(f"{shared_office.origin}/releases/{shared_office.facts['review']}/fr")
    live = page.locator("#live")
    expect(live).to_have_attribute("role", "status")

    page.evaluate(SPEAK, ["one"])
    page.clock.run_for(100)
    page.evaluate(SPEAK.replace("window.heard = [];", ""), ["two", "three"])
    page.clock.run_for(4500)
    early = page.evaluate("window.heard.map(([sentence]) => sentence)")
    page.clock.run_for(1000)
    late = page.evaluate("[...new Map(window.heard).keys()]")

    assert ["one"] == early
    assert ["one", "three"] == late


@pytest.mark.browser
def test_progress_is_told_at_its_start_its_half_its_end_and_its_error(
    office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.expect("net::ERR_FAILED")
    release, desk = office.facts["drafting"], office.desk
    browser.sign_in(office, "author")
    page.clock.install()
    page.goto(f"{office.origin}/releases/{release}")
    live, alarm = page.locator("#live"), page.locator("#alarm")
    expect(page.get_by_role("progressbar", name="Drafted: Deutsch")).to_be_visible()
    expect(page.locator("progress[data-drafting] + span").first).to_have_text("1 of 3 drafted")

    expect(live).to_contain_text("4 of 9")
    draft_well(desk, release, "de")
    page.clock.run_for(4500)
    expect(live).to_contain_text("7 of 9")
    page.route("**/releases/*", lambda route: route.abort())
    for _ in range(3):
        with page.expect_event("requestfailed"):
            page.clock.run_for(4500)
    expect(alarm).not_to_be_empty()
    expect(alarm).to_have_attribute("role", "alert")
    page.unroute("**/releases/*")
    clock = desk._clock
    assert isinstance(clock, StillClock)
    clock.forward(minutes=20)  # past what French was claimed for
    link = page.locator("#versions th a").nth(1)
    link.focus()
    draft_well(desk, release, "fr")
    browser.sign_in(office, "author")
    page.clock.run_for(4500)

    expect(live).to_contain_text("drafted")
    expect(live).not_to_contain_text("of 9")
    expect(alarm).to_be_empty()
    expect(page.locator("#head .status")).to_have_text("In review")
    expect(page.locator(".gate .reasons li")).to_have_text([re.compile("In review")] * 3)
    expect(link).to_be_focused()
    expect(page.locator("#history")).to_contain_text("Draft made")


@pytest.mark.browser
def test_a_fault_is_told_in_a_summary_that_leads_to_the_field(
    shared_office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.expect("status of 422")
    shared_office.speak("en")
    browser.sign_in(shared_office, "admin")
    page.goto(f"{shared_office.origin}/endpoints/new")
    page.get_by_label("Address").fill("gopher://newsroom.example/")
    page.locator("main form button").last.click()

    expect(page.locator("#summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert "Address" in focused(page)
    expect(page.get_by_label("Address")).to_be_focused()
    expect(page.get_by_label("Address")).to_have_value("gopher://newsroom.example/")
    expect(page.get_by_label("Address")).to_have_attribute("aria-invalid", "true")


@pytest.mark.browser
def test_forced_colours_leave_nothing_unseen(shared_office: BrowserOffice, browser: Watched, page: Page) -> None:
    shared_office.speak("en")
    page.emulate_media(forced_colors="active")
    found = {}
    for row in (page for page in PAGES if page.main):
        browser.sign_in(shared_office, row.who)
        page.goto(shared_office.origin + row.path.format_map(shared_office.facts))
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        found[row.name] = page.evaluate(UNSEEN)

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.browser
def test_forced_colours_mark_the_current_one_and_no_other(
    shared_office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(shared_office, "reviewer")
    page.emulate_media(forced_colors="active")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{shared_office.origin}/releases/{shared_office.facts['review']}/fr")

    found = page.evaluate(BARS)

    assert {(True, True), (False, False)} == {(current, marked) for _, current, marked in found}
    assert [] == [words for words, current, marked in found if current != marked]
