"""The editor's script in a real browser: a text saves itself, survives a lost line, overwrites nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from service.operations.approvals import reopen_version
from service.operations.review import edit_unit
from service.uow import Desk
from tests.browser.driving import STANDING, find_chromium, hear_of_nobody
from tests.browser.serving import serving
from tests.desk_fixtures import PASSWORD, People
from tests.operations.making import approve
from tests.operations.steps import act, drafted, states
from tests.operations.test_fixes import FIXED, MARKS_WRONG, ONE_FIXED, SOURCE
from tests.watching import wait_for
from tests.web.conftest import UnitsOf

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = pytest.mark.browser

SLOW = 20_000  # milliseconds: what goes to the server and back twice or more


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as pages:
        yield pages.origin


@pytest.fixture
def context(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    opened = playwright.chromium.launch_persistent_context(
        tmp_path / "browser",
        executable_path=find_chromium(),
        headless=True,
        args=list(SWITCHES),
        locale="en-GB",
        reduced_motion="reduce",
    )
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def editor(context: BrowserContext, address: str, release_id: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/sign-in?next=/releases/{release_id}/fr")
    page.fill("#email", "reviewer@office.example")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/fr")
    return page


def test_the_keyboard_confirms_and_goes_on(editor: Page, release_id: str, units_of: UnitsOf) -> None:
    areas = editor.locator("textarea")
    areas.nth(0).fill("Un nouveau pont sur la Lys")

    areas.nth(0).press("Control+Enter")
    expect(areas.nth(1)).to_be_focused()
    areas.nth(1).press("Alt+ArrowDown")

    expect(areas.nth(2)).to_be_focused()
    expect(editor.locator("[data-part=count]")).to_have_text("1 of 7 confirmed")
    unit = units_of(release_id, "fr")[0]
    assert (unit.target, unit.state) == ("Un nouveau pont sur la Lys", "reviewed")


def test_typing_saves_itself_and_says_what_the_server_answered(
    editor: Page, release_id: str, units_of: UnitsOf
) -> None:
    editor.locator("textarea").nth(1).fill("Communiqué")

    expect(editor.locator("[data-part=saved]").nth(1)).to_have_text(re.compile(r"Saved at \d\d:\d\d"))
    unit = units_of(release_id, "fr")[1]
    assert (unit.target, unit.state) == ("Communiqué", "translated")


def test_a_text_that_cannot_be_saved_is_kept_and_sent_again(
    editor: Page, context: BrowserContext, release_id: str, units_of: UnitsOf
) -> None:
    alert = editor.locator("#alerts")
    context.set_offline(True)
    editor.locator("textarea").nth(1).fill("Communiqué")
    expect(alert).to_contain_text("Not saved: the desk cannot be reached.")
    kept = editor.evaluate("Object.values(localStorage).join()")

    context.set_offline(False)

    expect(editor.locator("[data-part=saved]").nth(1)).to_have_text(re.compile("Saved at"))
    expect(alert).to_be_empty()
    assert "Communiqué" in kept
    assert editor.evaluate("localStorage.length") == 0
    assert units_of(release_id, "fr")[1].target == "Communiqué"


def test_a_text_that_was_not_saved_comes_back_after_a_reload(editor: Page, release_id: str, units_of: UnitsOf) -> None:
    editor.route("**/save", lambda route: route.abort())
    editor.locator("textarea").nth(1).fill("Communiqué")
    expect(editor.locator("#alerts")).to_contain_text("Not saved")
    editor.unroute("**/save")

    editor.on("dialog", lambda dialog: dialog.accept())
    editor.reload()

    expect(editor.locator("textarea").nth(1)).to_have_value("Communiqué")
    expect(editor.locator("[data-part=saved]").nth(1)).to_have_text(re.compile("Saved at"))
    assert units_of(release_id, "fr")[1].target == "Communiqué"


@pytest.mark.parametrize("choice, expected", [("Keep yours", "Le mien"), ("Take the saved one", "L’autre")])
def test_two_texts_of_one_segment_are_shown_and_one_is_chosen(
    editor: Page,
    release_id: str,
    units_of: UnitsOf,
    lite_desk: Desk,
    lite_people: People,
    choice: str,
    expected: str,
) -> None:
    unit = units_of(release_id, "fr")[1]
    hear_of_nobody(editor)
    with lite_desk.begin(lite_people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target="L’autre")

    editor.locator("textarea").nth(1).fill("Le mien")
    both = editor.locator("[data-part=conflict]").inner_text()
    editor.get_by_role("button", name=choice).click()

    expect(editor.locator("#alerts")).to_be_empty()
    expect(editor.locator("textarea").nth(1)).to_have_value(expected)
    assert ("Le mien" in both, "L’autre" in both) == (True, True)
    wait_for(lambda: units_of(release_id, "fr")[1].target == expected)  # keeping one's own saves it once more


def test_undo_behind_a_colleagues_save_shows_that_one_and_asks_nothing(
    editor: Page, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    area = editor.locator("textarea").nth(1)
    area.fill("Rita un.")
    expect(editor.locator("[data-part=saved]").nth(1)).to_have_text(re.compile("Saved at"))
    unit = units_of(release_id, "fr")[1]
    hear_of_nobody(editor)
    act(lite_desk, lite_people.second_reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target="Rob 2.")

    area.press("Alt+u")

    expect(area).to_have_value("Rob 2.", timeout=SLOW)
    expect(editor.locator("[data-part=saved]").nth(1)).to_contain_text("Second Reviewer saved this segment meanwhile.")
    expect(editor.locator("[data-part=conflict]")).to_have_count(0)
    assert "Rob 2." == units_of(release_id, "fr")[1].target


def test_a_key_takes_the_first_fix_of_what_was_just_typed(
    editor: Page, address: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",), text=SOURCE)
    editor.goto(f"{address}/releases/{release_id}/fr")
    area = editor.locator("textarea").nth(1)
    area.fill(MARKS_WRONG)

    area.press("Alt+x")
    expect(area).to_have_value(ONE_FIXED)
    area.press("Alt+x")

    expect(area).to_have_value(FIXED)
    expect(area).to_be_focused()
    expect(editor.locator(".findings form.fix")).to_have_count(0)
    assert units_of(release_id, "fr")[1].target == FIXED


def test_an_approval_is_told_to_who_types_on_and_their_text_is_saved_once_they_reopened(
    editor: Page, context: BrowserContext, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    before = units_of(release_id, "fr")[1].target
    hear_of_nobody(editor)
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")

    editor.locator("textarea").nth(1).fill("Le mien")
    box = editor.locator("[data-part=approved]")
    expect(box).to_contain_text("Second Reviewer approved this version at", timeout=SLOW)
    expect(editor.locator("#alerts")).to_contain_text("your change came after that and is not saved.")
    assert ("approved", before) == (states(lite_desk, release_id)["fr"], units_of(release_id, "fr")[1].target)

    with context.expect_page() as opened:
        box.get_by_role("link", name="Reopen, in a new tab …").click()
    opened.value.get_by_label("Reason").fill("Een woord.")
    opened.value.get_by_role("button", name="Reopen").click()
    opened.value.wait_for_url("**/fr?done=reopened")
    editor.unroute(STANDING)
    editor.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(editor.locator("[data-part=saved]").nth(1)).to_have_text(re.compile("Saved at"), timeout=SLOW)
    expect(box).to_have_count(0)
    expect(editor.locator("[data-part=conflict]")).to_have_count(0)
    assert "Le mien" == units_of(release_id, "fr")[1].target


def test_a_text_that_met_an_approval_is_saved_when_its_page_is_opened_after_the_reopening(
    editor: Page, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    hear_of_nobody(editor)
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")
    editor.locator("textarea").nth(1).fill("Le mien")
    expect(editor.locator("[data-part=approved]")).to_be_visible(timeout=SLOW)
    act(lite_desk, lite_people.second_reviewer, reopen_version, release_id, "fr", "Een woord.")

    editor.on("dialog", lambda dialog: dialog.accept())
    editor.reload()

    expect(editor.locator("[data-part=saved]").nth(1)).to_have_text(re.compile("Saved at"), timeout=SLOW)
    assert "Le mien" == units_of(release_id, "fr")[1].target


def test_who_takes_the_approved_text_has_nothing_left_to_save(
    editor: Page, release_id: str, units_of: UnitsOf, lite_desk: Desk, lite_people: People
) -> None:
    hear_of_nobody(editor)
    approve(lite_desk, lite_people.second_reviewer, release_id, "fr")
    editor.locator("textarea").nth(1).fill("Le mien")

    editor.get_by_role("button", name="Take the approved text").click()

    expect(editor.locator("textarea").nth(1)).to_have_value(units_of(release_id, "fr")[1].target)
    expect(editor.locator("#alerts")).to_be_empty()
    assert (0, "approved") == (editor.evaluate("localStorage.length"), states(lite_desk, release_id)["fr"])
