"""The whole text is changed where it is read, by the keyboard and without leaving it; paper shows the text alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Watched
from tests.browser.keys import focused
from tests.browser.office import BrowserOffice
from tests.browser.rules import violations

pytestmark = pytest.mark.browser

TYPED = "La ville y consacrera 240 000 euros par an."


def test_sentences_are_changed_within_the_text(office: BrowserOffice, browser: Watched, page: Page) -> None:
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr/text?since=draft")
    fourth, fifth = page.locator("#sentence-4"), page.locator("#sentence-5")

    fourth.locator(".mark-of").press("Enter")
    expect(page.locator("textarea:visible")).to_be_focused()
    assert focused(page) == "Français, segment 4 of 6"
    assert violations(page) == []
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TYPED)
    page.keyboard.press("Control+Enter")

    expect(fourth).to_contain_class("reviewed")
    expect(page.locator("textarea:visible")).to_have_count(1)
    expect(page.locator("textarea:visible")).to_be_focused()
    assert focused(page) == "Français, segment 5 of 6"  # the next one that is open
    expect(fourth.locator("ins, del")).to_have_count(0)  # it says again what the draft said
    expect(page.locator("[data-part=count]")).to_have_text("4 of 6 confirmed")
    assert (TYPED, "reviewed") == (office.units("review", "fr")[3].target, office.units("review", "fr")[3].state)

    page.keyboard.press("Control+a")
    page.keyboard.insert_text("« Enfin », dit l’échevine.")
    page.keyboard.press("Escape")

    expect(fifth.locator(".mark-of")).to_be_focused()
    expect(fifth.locator("ins").first).to_contain_text("Enfin")
    assert ("« Enfin », dit l’échevine.", "translated") == (
        office.units("review", "fr")[4].target,
        office.units("review", "fr")[4].state,
    )

    page.locator("#sentence-2").click(position={"x": 20, "y": 10})
    expect(page.locator("textarea:visible")).to_be_focused()
    page.get_by_role("button", name="Back to the text").click()
    expect(page.locator("textarea:visible")).to_have_count(0)


def test_a_save_is_undone_within_the_text(office: BrowserOffice, browser: Watched, page: Page) -> None:
    browser.sign_in(office, "reviewer")
    before = office.targets("review", "fr")[4]
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr/text")
    page.locator("#sentence-5 .mark-of").press("Enter")
    area = page.locator("textarea:visible")
    expect(area).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TYPED)

    page.keyboard.press("Alt+u")

    expect(area).to_have_value(before)
    expect(page.locator("[data-part=saved]")).to_contain_text("Saved at")
    assert before == office.targets("review", "fr")[4]


def test_on_paper_only_the_text_is_left(office: BrowserOffice, browser: Watched, page: Page) -> None:
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr/text")

    page.emulate_media(media="print")

    expect(page.locator("#sentence-1")).to_be_visible()
    for hidden in (".mark-of", ".source-side", ".looks", ".work-bar", ".tabs", ".bar"):
        expect(page.locator(hidden).first).to_be_hidden()
