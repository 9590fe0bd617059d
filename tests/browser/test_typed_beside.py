"""What is typed beside a segment, a comment, an answer or a reason, is there again until the desk has it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from service.storage.models import Comment, FindingRow
from tests.browser.driving import Watched, wait_until
from tests.browser.office import BrowserOffice

pytestmark = pytest.mark.browser

SAID = "Klopt dit citaat?"
REASON = "Zo staat het in het verslag."
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('perstolk-unit:')).length"


def _found(page: Page) -> Any:
    """Return the first segment in which the checks found something that may be put aside."""
    first = page.locator(".unit", has=page.locator("form[action$='/dismiss']")).first
    return page.locator(f"#{first.get_attribute('id')}")


def _comment(unit: Any) -> Any:
    return unit.locator(".new-comment textarea")


def _write_comment(page: Page, unit: Any) -> None:
    unit.locator("textarea[name=target]").press("Alt+c")
    _comment(unit).wait_for()
    page.keyboard.insert_text(SAID)


def _open_reason(unit: Any) -> Any:
    unit.locator("details", has=unit.page.locator("form[action$='/dismiss']")).first.locator("summary").click()
    return unit.locator("input[name=reason]").first


def test_a_comment_and_a_reason_that_were_not_sent_are_there_again_when_the_page_is_opened_anew(editor: Page) -> None:
    asked: list[str] = []
    unit = _found(editor)
    _write_comment(editor, unit)
    _open_reason(unit).fill(REASON)
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    editor.reload()

    expect(_comment(unit)).to_have_value(SAID)
    expect(unit.locator("input[name=reason]").first).to_have_value(REASON)
    expect(unit.locator("input[name=reason]").first).to_be_visible()
    assert ["beforeunload"] == asked


def test_a_comment_that_was_taken_in_is_kept_no_longer(editor: Page, office: BrowserOffice) -> None:
    unit = _found(editor)
    _write_comment(editor, unit)
    assert 1 == editor.evaluate(KEPT)

    unit.get_by_role("button", name="Add the comment").click()

    expect(unit.locator("article")).to_contain_text(SAID)
    expect(_comment(unit)).to_have_value("")
    assert 0 == editor.evaluate(KEPT)
    with office.desk.read() as reading:
        assert SAID == reading.session.scalars(select(Comment.body).where(Comment.body == SAID)).one()


def test_putting_a_finding_aside_leaves_what_is_typed_elsewhere(editor: Page, office: BrowserOffice) -> None:
    unit = _found(editor)
    _write_comment(editor, unit)
    _open_reason(unit).fill(REASON)

    unit.get_by_role("button", name="Put aside").first.click()

    expect(unit.locator("[data-part=findings]")).to_contain_text(f"Put aside by Marc Dubois: {REASON}")
    expect(_comment(unit)).to_have_value(SAID)
    assert 1 == editor.evaluate(KEPT)
    with office.desk.read() as reading:
        assert reading.session.scalars(select(FindingRow.id).where(FindingRow.dismissed_reason == REASON)).one()
    unit.get_by_role("button", name="Take it up again").first.click()
    expect(unit.locator("[data-part=findings]")).not_to_contain_text(REASON)


def test_a_save_of_the_segment_leaves_a_reason_that_is_being_written(editor: Page) -> None:
    unit = _found(editor)
    _open_reason(unit).fill(REASON)
    area = unit.locator("textarea[name=target]")

    area.press("Control+End")
    editor.keyboard.type(" ")
    area.press("Control+Enter")

    expect(unit.locator("[data-part=saved]")).to_contain_text("Confirmed at")
    expect(unit.locator("input[name=reason]").first).to_have_value(REASON)


def test_who_is_signed_out_is_shown_the_way_in_when_they_put_a_finding_aside(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 401")
    unit = _found(editor)
    _open_reason(unit).fill(REASON)
    browser.context.clear_cookies()

    unit.get_by_role("button", name="Put aside").first.click()

    expect(editor.locator("#session").get_by_role("link", name="Sign in, in a new tab")).to_be_visible()
    expect(unit.locator("input[name=reason]").first).to_have_value(REASON)
    browser.sign_in(office, "second_reviewer")
    editor.goto(editor.url)
    expect(_open_reason(_found(editor))).to_have_value("")
    editor.get_by_role("button", name="Sign out").click()
    expect(editor).to_have_url(f"{office.origin}/sign-in")
    wait_until(editor, f"{KEPT} === 0")
