"""Sessions that end, two tabs of one person, colleagues and workers who save meanwhile: what was typed is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from service.operations.review import edit_unit
from service.storage.models import User
from tests.browser.driving import DESKTOP, Watched, hear_of_nobody, wait_until
from tests.browser.keys import focused
from tests.browser.office import BrowserOffice
from tests.browser.rules import violations
from tests.desk_fixtures import PASSWORD, StillClock

pytestmark = pytest.mark.browser

PLACE = 4  # the fifth segment: a quotation that nobody has touched
MINE = "« Un endroit calme le soir », dit Noor Verhaeghe."
THEIRS = "« Un lieu paisible », dit Noor Verhaeghe."
BOTH = "« Un lieu calme », dit Noor Verhaeghe."
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('perstolk-unit:')).length"
COME_BACK = "window.dispatchEvent(new Event('focus'))"


@pytest.fixture
def editor(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    """The French segments, as a reviewer has them open."""
    browser.sign_in(office, "reviewer")
    return _opened(page, office)


@pytest.fixture
def other_tab(office: BrowserOffice, browser: Watched, editor: Page) -> Iterator[Page]:
    """The same segments in another tab of the same person."""
    tab = browser.context.new_page()
    tab.set_viewport_size(DESKTOP)
    yield _opened(tab, office)
    tab.close()


def _opened(page: Page, office: BrowserOffice) -> Page:
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
    return page


def _unit(page: Page) -> Any:
    return page.locator(".unit").nth(PLACE)


def _area(page: Page) -> Any:
    return _unit(page).locator("form[action$='/save'] textarea").first


def _mark(page: Page) -> Any:
    return _unit(page).locator("[data-part=saved]")


def _target(office: BrowserOffice) -> str:
    return office.targets("review", "fr")[PLACE]


def _colleague_saves(office: BrowserOffice, text: str) -> None:
    unit = office.units("review", "fr")[PLACE]
    with office.desk.begin(office.people.second_reviewer) as work:
        edit_unit(work, office.facts["review"], "fr", unit.id, row_version=unit.row_version, target=text)


def _clock(office: BrowserOffice) -> StillClock:
    clock = office.desk._clock
    assert isinstance(clock, StillClock)
    return clock


def test_a_session_warns_before_it_ends_and_what_is_typed_after_it_is_saved_by_who_comes_back(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 401")
    session = editor.locator("#session")
    with editor.expect_response("**/matches"):  # as long as something is asked for, the session is in use
        _area(editor).focus()
    _clock(office).forward(minutes=26)
    editor.evaluate(COME_BACK)
    expect(session).to_contain_text("You will be signed out in 4 minutes.")
    editor.set_viewport_size({"width": 1280, "height": 2400})  # nothing lies under the bar at the foot
    assert violations(editor) == []

    session.get_by_role("button", name="Stay signed in").press("Enter")
    expect(session).to_be_hidden()
    assert focused(editor) == "Français, segment 5 of 6"
    _clock(office).forward(minutes=26)
    editor.evaluate(COME_BACK)
    expect(session).to_contain_text("in 4 minutes")

    _clock(office).forward(minutes=5)
    _area(editor).fill(MINE)
    expect(session).to_contain_text("You are signed out.")
    expect(editor.locator("#alerts")).to_contain_text("Not saved: you are signed out.")
    with browser.context.expect_page() as opened:
        session.get_by_role("link", name="Sign in, in a new tab").press("Enter")
    tab = opened.value
    tab.locator("#email").fill("reviewer@office.example")
    tab.locator("#password").fill(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text("You are signed in")
    tab.close()

    editor.evaluate(COME_BACK)
    expect(_mark(editor)).to_contain_text("Saved at")
    expect(session).to_be_hidden()
    expect(editor.locator("#alerts")).to_be_empty()
    assert (_target(office), editor.evaluate(KEPT)) == (MINE, 0)


def test_two_tabs_and_a_colleague_do_not_write_over_each_other(
    editor: Page, other_tab: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 412")
    _area(editor).fill(MINE)
    expect(_mark(editor)).to_contain_text("Saved at")
    expect(_area(other_tab)).to_have_value(MINE)
    expect(_mark(other_tab)).to_have_text("You saved this segment in another tab.")

    hear_of_nobody(editor)
    _colleague_saves(office, THEIRS)
    other_tab.evaluate(COME_BACK)
    expect(_area(other_tab)).to_have_value(THEIRS)
    expect(_mark(other_tab)).to_have_text("Jana Wouters saved this segment meanwhile.")

    _area(editor).fill(MINE + " !")
    conflict = _unit(editor).locator("[data-part=conflict]")
    expect(conflict.locator("ins").first).to_contain_text("added:")
    third = conflict.get_by_label("A third text, made from both")
    expect(third).to_have_value(MINE + " !")
    assert violations(editor) == []
    third.press("Escape")
    expect(conflict).to_be_hidden()
    assert focused(editor) == "Français, segment 5 of 6"
    _unit(editor).get_by_role("button", name="Show both texts").press("Enter")
    third.fill(BOTH)
    conflict.get_by_role("button", name="Save the third text").press("Enter")

    expect(_mark(editor)).to_contain_text("Saved at")
    expect(_area(other_tab)).to_have_value(BOTH)
    expect(editor.locator("[data-part=conflict]")).to_have_count(0)
    assert _target(office) == BOTH


def test_what_a_browser_keeps_is_given_to_nobody_else_and_goes_at_signing_out(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("net::ERR_FAILED", "status of 400")
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.route("**/save", lambda route: route.abort())
    _area(editor).fill(MINE)
    expect(_mark(editor)).to_contain_class("failed")
    drafted = _target(office)

    browser.sign_in(office, "second_reviewer")
    editor.unroute("**/save")  # not before: what waits would still go out under the first name
    editor.evaluate(COME_BACK)
    expect(editor.locator("#session")).to_contain_text("Somebody else is signed in here by now.")
    _opened(editor, office)
    expect(_area(editor)).to_have_value(drafted)
    assert editor.evaluate(KEPT) == 1

    editor.get_by_role("button", name="Sign out").click()
    expect(editor).to_have_url(f"{office.origin}/sign-in")
    wait_until(editor, f"{KEPT} === 0")
    assert (_target(office), editor.evaluate(KEPT)) == (drafted, 0)


def test_who_switched_the_shortcuts_off_keeps_every_key(editor: Page, office: BrowserOffice) -> None:
    with office.desk.begin() as work:
        work.session.get_one(User, office.people.reviewer.user_id).shortcuts = False
    editor.reload()
    _area(editor).focus()

    editor.keyboard.press("Control+Enter")
    editor.keyboard.press("Alt+ArrowUp")

    assert focused(editor) == "Français, segment 5 of 6"
    expect(_unit(editor)).not_to_contain_class("reviewed")
    expect(editor.locator("[aria-keyshortcuts=F2]")).to_have_count(0)


def test_who_types_back_what_is_saved_is_not_told_that_it_is_not(editor: Page, office: BrowserOffice) -> None:
    before = office.units("review", "fr")[PLACE]
    _area(editor).fill(MINE)
    assert (1, "Not saved yet") == (editor.evaluate(KEPT), str(_mark(editor).text_content())[:13])

    _area(editor).fill(before.target)

    expect(_mark(editor)).to_be_empty()
    assert 0 == editor.evaluate(KEPT)
    assert before.row_version == office.units("review", "fr")[PLACE].row_version
