"""Nothing that was typed is lost: it is saved by itself, survives a dead server and a colleague, needs no script."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from service.operations.review import edit_unit
from tests.browser.driving import Watched, hear_of_nobody, launched
from tests.browser.keys import focused
from tests.browser.office import BrowserOffice

pytestmark = pytest.mark.browser

PLACE = 4  # the fifth segment: a quotation that nobody has touched
TYPED = "« Un endroit calme le soir, voilà ce que les étudiants demandaient », dit l’échevine Noor Verhaeghe."
SAVES = "**/units/*/save"


def _unit(page: Page) -> Any:
    return page.locator(".unit").nth(PLACE)


def _write(page: Page, text: str = TYPED) -> None:
    area = _unit(page).locator("textarea")
    area.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def _saved_mark(page: Page) -> Any:
    return _unit(page).locator("[data-part=saved]")


def _kept(page: Page) -> list[str]:
    return [str(text) for text in page.evaluate("Object.values(localStorage).map(kept => JSON.parse(kept).text)")]


def test_what_is_typed_is_saved_by_itself(editor: Page, office: BrowserOffice) -> None:
    _write(editor)

    expect(_saved_mark(editor)).to_contain_text("Saved at")

    unit = office.units("review", "fr")[PLACE]
    assert (TYPED, "translated") == (unit.target, unit.state)
    assert _kept(editor) == []
    expect(editor.locator("#live")).to_contain_text("Saved at", timeout=8000)


def test_a_line_end_becomes_a_space_in_what_is_saved_and_shown(editor: Page, office: BrowserOffice) -> None:
    _write(editor, "Un endroit calme")
    editor.keyboard.press("Enter")
    editor.keyboard.type("le soir")

    expect(_saved_mark(editor)).to_contain_text("Saved at")
    expect(_unit(editor).locator("textarea")).to_have_value("Un endroit calme le soir")
    editor.keyboard.type(".")
    expect(_unit(editor).locator("textarea")).to_have_value("Un endroit calme le soir.")
    expect(_saved_mark(editor)).to_contain_text("Saved at")

    assert "Un endroit calme le soir" in office.units("review", "fr")[PLACE].target
    assert "\n" not in office.units("review", "fr")[PLACE].target


def test_what_is_typed_on_while_a_save_is_under_way_is_confirmed_whole(editor: Page, office: BrowserOffice) -> None:
    quick = office.app.wsgi_app

    def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        time.sleep(0.7)
        return quick(environ, start_response)

    office.app.wsgi_app = slow  # type: ignore[method-assign]
    _write(editor, "Premier jet")
    expect(_saved_mark(editor)).to_have_text("Saving …")
    _write(editor)
    editor.keyboard.press("Control+Enter")

    expect(_unit(editor)).to_contain_class("reviewed")

    unit = office.units("review", "fr")[PLACE]
    assert (TYPED, "reviewed") == (unit.target, unit.state)
    assert focused(editor) == "Français, segment 6 of 6"


def test_a_text_that_a_colleague_saved_first_stands_beside_ones_own(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 412")
    theirs = "« Un lieu paisible », dit Noor Verhaeghe."
    unit = office.units("review", "fr")[PLACE]
    hear_of_nobody(editor)
    with office.desk.begin(office.people.second_reviewer) as work:
        edit_unit(work, office.facts["review"], "fr", unit.id, row_version=unit.row_version, target=theirs)

    _write(editor)

    conflict = _unit(editor).locator("[data-part=conflict]")
    expect(conflict.locator("ins").first).to_contain_text("endroit calme le soir")
    expect(conflict.locator("del").first).to_contain_text("lieu paisible")
    expect(conflict.get_by_role("textbox")).to_have_value(TYPED)
    expect(editor.get_by_role("alert")).to_contain_text("Somebody saved this segment before you")
    assert office.targets("review", "fr")[PLACE] == theirs

    conflict.get_by_role("button", name="Keep yours").press("Enter")

    expect(_saved_mark(editor)).to_contain_text("Saved at")
    assert office.targets("review", "fr")[PLACE] == TYPED


def test_a_text_is_kept_and_sent_again_when_the_server_does_not_answer(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("net::ERR_FAILED")
    editor.route(SAVES, lambda route: route.abort())
    _write(editor)

    alert = editor.get_by_role("alert")
    expect(alert).to_contain_text("Not saved")
    expect(_saved_mark(editor)).to_contain_class("failed")
    assert _kept(editor) == [TYPED]

    editor.unroute(SAVES)

    expect(_saved_mark(editor)).to_contain_text("Saved at")
    expect(alert).to_be_empty()
    assert office.targets("review", "fr")[PLACE] == TYPED
    assert _kept(editor) == []


def test_an_answer_that_is_lost_does_not_make_a_conflict_with_oneself(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("net::ERR_FAILED")

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        route.abort()

    editor.route(SAVES, lose_the_answer, times=1)
    _write(editor)

    expect(_saved_mark(editor)).to_contain_text("Saved at")

    assert _unit(editor).locator("[data-part=conflict]").count() == 0
    assert office.targets("review", "fr")[PLACE] == TYPED


def test_a_text_that_was_not_saved_is_there_again_when_the_page_is_opened_anew(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("net::ERR_FAILED")
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.route(SAVES, lambda route: route.abort())
    _write(editor)
    expect(_saved_mark(editor)).to_contain_class("failed")

    editor.reload()

    expect(_unit(editor).locator("textarea")).to_have_value(TYPED)
    editor.unroute(SAVES)
    expect(_saved_mark(editor)).to_contain_text("Saved at")
    assert office.targets("review", "fr")[PLACE] == TYPED


def test_the_machines_draft_is_one_key_away(editor: Page, office: BrowserOffice) -> None:
    draft = office.targets("review", "fr")[PLACE]
    _write(editor)

    editor.keyboard.press("Control+Shift+z")

    expect(_unit(editor).locator("textarea")).to_have_value(draft)


def test_segments_are_saved_and_confirmed_without_a_script(
    playwright: Playwright, tmp_path: Path, office: BrowserOffice
) -> None:
    with launched(playwright, tmp_path / "profile", java_script_enabled=False) as browser:
        browser.sign_in(office, "reviewer")
        page = browser.context.new_page()
        page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
        _unit(page).locator("textarea").fill(TYPED)
        _unit(page).get_by_role("button", name="Save as draft").click()
        saved = office.units("review", "fr")[PLACE]
        _unit(page).get_by_role("button", name="Confirm").click()
        confirmed = office.units("review", "fr")[PLACE]

        assert (TYPED, "translated") == (saved.target, saved.state)
        assert (TYPED, "reviewed") == (confirmed.target, confirmed.state)
        assert browser.faults == []


def test_a_colleagues_text_is_shown_beside_ones_own_without_a_script(
    playwright: Playwright, tmp_path: Path, office: BrowserOffice
) -> None:
    theirs = "« Un lieu paisible », dit Noor Verhaeghe."
    unit = office.units("review", "fr")[PLACE]
    with launched(playwright, tmp_path / "profile", java_script_enabled=False) as browser:
        browser.expect("status of 412")
        browser.sign_in(office, "reviewer")
        page = browser.context.new_page()
        page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
        with office.desk.begin(office.people.second_reviewer) as work:
            edit_unit(work, office.facts["review"], "fr", unit.id, row_version=unit.row_version, target=theirs)

        _unit(page).locator("textarea").fill(TYPED)
        _unit(page).get_by_role("button", name="Save as draft").click()

        third = page.get_by_label("A third text, made from both")
        expect(third).to_have_value(TYPED)
        expect(page.locator("del").first).to_contain_text("lieu paisible")
        assert office.targets("review", "fr")[PLACE] == theirs

        third.fill("« Un lieu calme », dit l’échevine Noor Verhaeghe.")
        page.get_by_role("button", name="Save the third text").click()

        assert office.targets("review", "fr")[PLACE] == "« Un lieu calme », dit l’échevine Noor Verhaeghe."
        assert browser.faults == []
