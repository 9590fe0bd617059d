"""The helps at a segment, one after the other, by keyboard: terms, views, the concordance, signs, another language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import NARROW, Watched, scrolls_sideways
from tests.browser.keys import focused
from tests.browser.office import BrowserOffice
from tests.browser.rules import violations
from tests.browser.test_matches import PLACE, ROUTES, fill_memory

pytestmark = pytest.mark.browser

TEXT = "La plante des arbres."
NAME = "Français, segment 2 of 3"


@pytest.fixture
def editor(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    """The French segments of a release that says what another said in other words."""
    fill_memory(office)
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['again']}/fr")
    return page


def test_helps_are_at_hand_by_keys_and_leave_the_person_where_they_were(editor: Page, office: BrowserOffice) -> None:
    editor.set_viewport_size({"width": 1280, "height": 1600})  # nothing is under the bar at the bottom
    unit = editor.locator(".unit").nth(PLACE)
    area, keys = unit.locator("textarea"), editor.keyboard
    drafted = office.units("again", "fr")[PLACE].draft
    area.focus()
    expect(unit.locator("[id^=source] mark.term")).to_have_text("stad")
    area.fill(TEXT)
    area.evaluate("area => area.setSelectionRange(3, 3)")

    # Terms: a menu without what is forbidden, Esc goes back, Enter inserts at the caret.
    keys.press("Alt+t")
    menu = editor.get_by_role("menu", name="Terms to insert")
    expect(menu.get_by_role("menuitem")).to_have_text(["ville for “stad”"])
    assert violations(editor) == []
    keys.press("Escape")
    expect(menu).to_have_count(0)
    assert focused(editor) == NAME
    keys.press("Alt+t")
    keys.press("Enter")
    expect(area).to_have_value("La villeplante des arbres.")
    expect(area).to_be_focused()

    # Spaces that nobody sees, and signs for them.
    keys.press("Alt+n")
    keys.press("Control+Shift+Space")
    expect(area).to_have_value("La ville\u202f\u00a0plante des arbres.")
    keys.press("Alt+i")
    mirror = unit.locator(".mirror")
    expect(mirror.get_by_role("img")).to_have_count(2)
    expect(mirror.get_by_role("img").first).to_have_attribute("aria-label", "narrow no-break space")

    # The draft, what changed since as it is saved, and the text alone.
    expect(unit.locator("[data-part=saved]")).to_contain_text("Saved at")
    keys.press("Alt+d")
    expect(unit.locator(".view .source")).to_have_text(drafted)
    keys.press("Alt+d")
    expect(unit.locator(".view del").first).to_be_visible()
    area.press("End")
    keys.type(" Encore.")
    expect(unit.locator(".view ins").last).to_contain_text("Encore")
    expect(editor.locator(".view")).to_have_count(3)
    assert violations(editor) == []
    keys.press("Alt+d")
    expect(editor.locator(".view")).to_have_count(0)

    # The word at the caret in approved texts; Esc goes back to the caret.
    area.evaluate("area => area.setSelectionRange(4, 4)")
    keys.press("Alt+k")
    panel = unit.get_by_role("region", name="In approved texts: “ville”")
    expect(panel.locator("mark").first).to_have_text("ville")
    expect(panel).to_contain_text(ROUTES.nl)
    assert "In approved texts: “ville”" == focused(editor)
    assert violations(editor) == []
    keys.press("Escape")
    expect(panel).to_be_hidden()
    expect(area).to_be_focused()
    assert 4 == area.evaluate("area => area.selectionStart")


def test_what_is_selected_in_a_source_is_looked_up_and_stays_selected(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("net::ERR_FAILED")
    unit = editor.locator(".unit").nth(PLACE)
    unit.locator("textarea").focus()
    expect(unit.locator("mark.term")).to_have_text("stad")
    source = unit.locator("[id^=source]")
    source.evaluate("source => getSelection().selectAllChildren(source.querySelector('mark'))")

    editor.get_by_role("button", name="Look up").click()
    panel = unit.locator("#concordance")
    expect(panel.locator("mark").first).to_have_text(re.compile("stad", re.IGNORECASE))
    editor.keyboard.press("Escape")
    assert "stad" == editor.evaluate("getSelection().toString()")

    # A memory that does not answer says so, and the text is saved all the same.
    editor.route("**/memory?q=*", lambda route: route.abort())
    unit.locator("textarea").fill("arbres")
    editor.keyboard.press("Alt+k")
    expect(panel).to_contain_text("The memory does not answer just now.")
    expect(unit.locator("[data-part=saved]")).to_contain_text("Saved at")
    assert "arbres" == office.targets("again", "fr")[PLACE]


def test_a_narrow_window_holds_the_helps_and_another_language(editor: Page) -> None:
    editor.set_viewport_size(NARROW)
    editor.get_by_label("Beneath the source, show also").select_option("de")
    editor.get_by_role("button", name="Show", exact=True).click()
    third = editor.locator(".third")
    expect(third).to_have_count(3)
    editor.goto(editor.url.partition("?")[0])
    expect(third).to_have_count(3)

    editor.locator("textarea").nth(PLACE).focus()
    editor.keyboard.press("Alt+d")
    editor.locator("textarea").nth(PLACE).press("Alt+k")

    expect(editor.get_by_role("toolbar")).to_be_visible()
    assert not scrolls_sideways(editor)
    assert violations(editor) == []


def test_what_approved_texts_say_comes_into_sight(editor: Page) -> None:
    editor.set_viewport_size({"width": 1280, "height": 800})
    unit = editor.locator(".unit").nth(PLACE)
    area = unit.locator("textarea")
    area.fill("La ville")
    area.evaluate("area => area.scrollIntoView({ block: 'center' })")

    editor.keyboard.press("Alt+k")

    first = unit.locator("#concordance mark").first
    expect(first).to_have_text("ville")
    bar = editor.locator(".work-bar").bounding_box()
    found = first.bounding_box()
    assert bar
    assert found
    assert found["y"] + found["height"] <= bar["y"]
