"""What is not saved is told where the translator is by then, with the way back to it, until it is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.driving import DESKTOP, NARROW, Watched, scrolls_sideways
from tests.browser.keys import focused
from tests.browser.rules import violations

pytestmark = pytest.mark.browser

SAVES = "**/units/*/save"
# How often something was put in the place of what is not saved: so often it is spoken.
COUNT_ALERTS = """() => {
  window.told = [];
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(
    (node) => window.told.push(node.textContent.replace(/\\s+/g, " ").trim()),
  ))).observe(document.getElementById("alerts"), { childList: true, subtree: true });
}"""


def _fail(page: Page, *places: int) -> None:
    """Write into segments whose saves do not arrive."""
    page.route(SAVES, lambda route: route.abort())
    for n in places:
        unit = page.locator(".unit").nth(n)
        unit.locator("textarea[name=target]").fill("Ce texte n’est pas encore arrivé.")
        expect(unit.locator("[data-part=saved]")).to_contain_class("failed")


@pytest.mark.parametrize("window", [DESKTOP, NARROW], ids=str)
def test_a_save_that_fails_out_of_sight_is_told_in_sight_with_a_link_to_its_segment(
    editor: Page, browser: Watched, window: ViewportSize
) -> None:
    browser.expect("net::ERR_FAILED")
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.set_viewport_size(window)
    units, alerts = editor.locator(".unit"), editor.locator("#alerts")
    _fail(editor, 0)

    units.nth(4).locator("textarea[name=target]").focus()

    expect(units.nth(0).locator("textarea[name=target]")).not_to_be_in_viewport()
    expect(alerts).to_contain_text("Not saved: the desk cannot be reached.")
    expect(alerts).to_be_in_viewport(ratio=1)
    assert violations(editor, "color-contrast", "target-size", "region") == []
    assert not scrolls_sideways(editor)
    alerts.get_by_role("link", name="1 · Title").press("Enter")
    assert "Français, segment 1 of 6" == focused(editor)
    expect(units.nth(0).locator("textarea[name=target]")).to_be_in_viewport(ratio=1)


def test_a_key_leads_to_the_first_segment_that_is_not_saved(editor: Page, browser: Watched) -> None:
    browser.expect("net::ERR_FAILED")
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.locator(".unit").nth(4).locator("textarea[name=target]").focus()
    editor.keyboard.press("Alt+KeyG")
    expect(editor.locator("#live")).to_have_text("No save has failed.", timeout=8000)

    _fail(editor, 2, 1)
    editor.locator(".unit").nth(4).locator("textarea[name=target]").focus()
    editor.keyboard.press("Alt+KeyG")

    assert "Français, segment 2 of 6" == focused(editor)
    expect(editor.locator("#alerts a")).to_have_text(["2 · Lead", "3 · Lead"])
    expect(editor.locator("[aria-keyshortcuts='Alt+G']")).to_have_text(["2 · Lead"])


def test_what_is_not_saved_is_spoken_once_and_no_old_sentence_stays_beside_it(editor: Page, browser: Watched) -> None:
    browser.expect("net::ERR_FAILED")
    live, alerts = editor.locator("#live"), editor.locator("#alerts")
    editor.locator(".unit").nth(3).locator("textarea[name=target]").fill("La ville y consacre 240 000 euros par an.")
    expect(live).to_contain_text("Saved at", timeout=8000)
    editor.evaluate(COUNT_ALERTS)

    _fail(editor, 0, 1)
    editor.wait_for_timeout(2500)  # both are tried again, and fail again
    told = editor.evaluate("window.told")

    expect(live).to_be_empty()
    assert 2 == len(told)
    assert told[0].startswith("Not saved: the desk cannot be reached.")
    assert "2 · Lead" == told[1]
    editor.unroute(SAVES)
    expect(alerts).to_be_empty()
    expect(live).to_contain_text("Saved at", timeout=8000)


def test_who_is_at_the_link_when_the_save_succeeds_is_at_its_segment(editor: Page, browser: Watched) -> None:
    browser.expect("net::ERR_FAILED")
    _fail(editor, 1)
    editor.locator("#alerts a").focus()

    editor.unroute(SAVES)

    expect(editor.locator("#alerts")).to_be_empty()
    expect(editor.locator(".unit").nth(1)).to_be_focused()


def test_a_refusal_goes_with_the_text_that_was_refused(editor: Page, browser: Watched) -> None:
    browser.expect("status of 422")
    area = editor.locator(".unit").nth(1).locator("textarea[name=target]")
    saved = area.input_value()
    area.fill("a" * 20_001)
    alerts = editor.locator("#alerts")
    expect(alerts).to_contain_text("Not saved:")

    area.fill(saved)

    expect(alerts).to_be_empty()
    expect(editor.locator(".unit").nth(1).locator("[data-part=saved]")).to_be_empty()
