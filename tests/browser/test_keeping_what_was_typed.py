"""What was typed outlives every tool that puts another text in its place, and a source that changes meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.queries.review import unit_history
from tests.browser.driving import Watched
from tests.browser.filling_revised import revise
from tests.browser.office import BrowserOffice
from tests.browser.samples import PLAYGROUND_REVISED

pytestmark = pytest.mark.browser

PLACE = 4  # the fifth segment: a quotation that nobody has touched
TYPED = "« Un endroit calme le soir », dit Noor Verhaeghe."


def _unit(page: Page) -> Any:
    return page.locator(".unit").nth(PLACE)


def _area(page: Page) -> Any:
    return _unit(page).locator("textarea[name=target]")


def _saved(page: Page) -> Any:
    return _unit(page).locator("[data-part=saved]")


def _write(page: Page) -> None:
    page.locator("textarea[name=target]:focus").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TYPED)


def _history(office: BrowserOffice) -> list[str]:
    with office.desk.read() as reading:
        unit = office.units("review", "fr")[PLACE]
        return [revision.target for revision, _ in unit_history(reading.session, unit.id)]


@pytest.mark.parametrize(("key", "of"), [("Control+Shift+z", "draft"), ("Control+Insert", "source")])
def test_what_another_text_took_the_place_of_comes_back_by_either_undo(
    editor: Page, office: BrowserOffice, key: str, of: str
) -> None:
    other = _area(editor).get_attribute(f"data-{of}")
    _area(editor).focus()
    _write(editor)

    editor.keyboard.press(key)

    expect(_area(editor)).to_have_value(str(other))
    editor.keyboard.press("Control+z")
    expect(_area(editor)).to_have_value(TYPED)
    editor.keyboard.press(key)
    expect(_area(editor)).to_have_value(str(other))
    expect(_saved(editor)).to_contain_text("Saved at")
    editor.wait_for_timeout(1000)  # the pause after which what stands is saved too
    expect(_saved(editor)).to_contain_text("Saved at")
    assert [other, TYPED] == _history(office)[:2]
    editor.keyboard.press("Alt+u")
    expect(_area(editor)).to_have_value(TYPED)


def test_what_was_typed_in_the_whole_text_is_saved_before_the_draft_takes_its_place(
    office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr/text")
    page.locator(f"#sentence-{PLACE + 1} .mark-of").press("Enter")
    _write(page)

    page.keyboard.press("Control+Shift+z")

    expect(page.locator("textarea[name=target]:visible")).not_to_have_value(TYPED)
    expect(page.locator("[data-part=saved]")).to_contain_text("Saved at")
    assert TYPED in _history(office)
    page.keyboard.press("Control+z")
    expect(page.locator("textarea[name=target]:visible")).to_have_value(TYPED)


def test_what_was_typed_is_sent_first_though_the_desk_was_away_when_the_draft_took_its_place(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("net::ERR_FAILED")
    draft = office.targets("review", "fr")[PLACE]
    editor.route("**/save", lambda route: route.abort())
    _area(editor).focus()
    _write(editor)
    editor.keyboard.press("Control+Shift+z")
    expect(_saved(editor)).to_contain_class("failed")

    editor.reload()
    editor.unroute("**/save")

    expect(_saved(editor)).to_contain_text("Saved at")
    expect(_area(editor)).to_have_value(draft)
    editor.wait_for_timeout(1000)
    assert [draft, TYPED] == _history(office)[:2]


def test_who_types_where_the_source_changed_is_told_so_at_once(
    office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.expect("status of 404")
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
    revise(office, PLAYGROUND_REVISED, release="review")
    _area(page).fill(TYPED)

    expect(_saved(page)).to_contain_text("Not saved: The source of this text has changed")

    expect(page.locator("#moved")).to_be_visible(timeout=3000)
    page.locator("#moved").get_by_role("link", name="Load the page again").click()
    expect(page.locator("#left-over")).to_contain_text(TYPED)


@pytest.mark.parametrize("tool", ["undo", "comment", "another draft"])
def test_every_tool_shows_the_way_back_to_who_is_signed_out(
    editor: Page, office: BrowserOffice, browser: Watched, tool: str
) -> None:
    browser.expect("status of 401")
    unit = _unit(editor)
    _area(editor).focus()
    _write(editor)
    expect(_saved(editor)).to_contain_text("Saved at")
    editor.keyboard.press("Alt+c")
    unit.locator(".new-comment textarea").fill("Klopt dit?")
    browser.context.clear_cookies()

    if tool == "undo":
        _area(editor).press("Alt+u")
    elif tool == "comment":
        unit.get_by_role("button", name="Add the comment").click()
    else:
        _area(editor).press("F2")
        unit.locator("form[data-act=ask] button").click()

    said = {"undo": "[data-part=saved]", "comment": "[data-part=talk-fault]", "another draft": "[data-part=news]"}
    expect(unit.locator(said[tool])).to_contain_text("ou are signed out.")
    expect(editor.locator("#session")).to_contain_text("You are signed out.")
    expect(editor.locator("#session").get_by_role("link", name="Sign in, in a new tab")).to_be_visible()

    browser.sign_in(office, "reviewer")
    editor.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(editor.locator("#session")).to_be_hidden()
    if tool == "comment":
        unit.get_by_role("button", name="Add the comment").click()
        expect(unit.locator("article")).to_contain_text("Klopt dit?")


def test_what_says_that_the_source_changed_goes_once_the_minor_edit_is_accepted(
    office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['revised']}/fr")
    unit = page.locator(".unit", has=page.locator("[data-act=minor]")).first
    expect(unit.locator("[data-part=changed]")).to_be_visible()
    unit_id = unit.get_attribute("data-unit")
    unit.locator("textarea[name=target]").press("Alt+j")

    expect(page.locator(f"#unit-{unit_id} [data-part=changed]")).to_have_count(0)
