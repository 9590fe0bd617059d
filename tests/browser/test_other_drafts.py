"""Another draft of a segment with the keyboard alone: asked for, heard of, taken or left; and without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import select

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.operations.claiming_alternatives import claim_alternative, save_alternative
from service.operations.review import edit_unit
from service.storage.models import Alternative
from tests.browser.driving import Watched, hear_of_nobody, launched
from tests.browser.keys import focused, tab_to
from tests.browser.office import BrowserOffice
from tests.browser.rules import violations

pytestmark = pytest.mark.browser

PLACE = 4  # the fifth segment: a quotation that nobody has touched
OTHER = "« Les étudiants réclament depuis des années un endroit calme en soirée », dit Noor Verhaeghe."


@pytest.fixture
def editor(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    """The French segments, as a reviewer has them open, in the text of the fifth."""
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
    _unit(page).locator("textarea").focus()
    return page


def _unit(page: Page) -> Any:
    return page.locator(".unit").nth(PLACE)


def _others(page: Page) -> Any:
    return _unit(page).locator("[data-part=others]")


def _ask_by_keyboard(page: Page) -> None:
    page.keyboard.press("F2")
    page.keyboard.type("ctr")  # the choice goes to what begins so
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(_others(page)).to_contain_text("Being drafted: ctranslate2")


def _draft(office: BrowserOffice) -> None:
    """Make the draft that is waited for, as a worker would."""
    with office.desk.read() as reading:
        waiting = reading.session.scalars(select(Alternative).where(Alternative.due_at.is_not(None))).one()
    with office.desk.begin() as work:
        claimed = claim_alternative(work, waiting.id)
    assert claimed is not None
    drafted = DraftedUnit(waiting.unit_id, OTHER, Origin(OriginKind.MT, engine="ctranslate2"), milliseconds=640)
    outcome = EngineOutcome("ctranslate2", OutcomeKind.ANSWERED, 1)
    with office.desk.begin() as work:
        assert save_alternative(work, waiting.id, claimed.draft.token, DraftResult((drafted,), (), (outcome,)))


def test_another_draft_is_asked_for_and_taken_with_the_keyboard(editor: Page, office: BrowserOffice) -> None:
    _ask_by_keyboard(editor)
    expect(editor.locator("#live")).to_contain_text("Another draft of segment 5 is being made.", timeout=8000)
    _draft(office)

    expect(_others(editor).locator("ins").first).to_be_visible()
    expect(_others(editor).locator("del").first).to_be_visible()
    expect(editor.locator("#live")).to_contain_text("Another draft of segment 5 is there", timeout=12_000)
    assert focused(editor) == "Ask for a draft of segment 5"
    assert violations(editor) == []
    tab_to(editor, "Take it (machine: ctranslate2)")
    editor.keyboard.press("Enter")

    expect(_unit(editor).locator("textarea")).to_have_value(OTHER)
    expect(_others(editor)).to_contain_text("It is the same as the present text.")
    expect(_unit(editor).locator("[data-part=head]")).to_contain_text("machine: ctranslate2, chosen by Marc Dubois")
    unit = office.units("review", "fr")[PLACE]
    assert (OTHER, "translated", "ctranslate2") == (unit.target, unit.state, unit.engine)


def test_the_key_leads_to_the_question_and_back_to_the_text(editor: Page) -> None:
    editor.keyboard.press("F2")
    there = focused(editor)
    editor.keyboard.press("F2")

    assert (there, focused(editor)) == ("Engine", "Français, segment 5 of 6")
    expect(_others(editor)).to_be_hidden()


def test_an_engine_that_may_not_see_the_text_cannot_be_chosen(editor: Page) -> None:
    editor.keyboard.press("F2")

    option = _unit(editor).locator("option[value=deepl]")
    expect(option).to_be_disabled()
    expect(option).to_contain_text("this text may not leave it")


def test_one_that_is_left_is_gone_and_the_text_stays(editor: Page, office: BrowserOffice) -> None:
    before = office.targets("review", "fr")[PLACE]
    _ask_by_keyboard(editor)
    _draft(office)
    expect(_others(editor)).to_contain_text("Take it")

    tab_to(editor, "Leave it (machine: ctranslate2)")
    editor.keyboard.press("Enter")

    expect(_others(editor)).to_be_empty()
    expect(_unit(editor).locator("summary").first).to_be_focused()
    assert office.targets("review", "fr")[PLACE] == before


def test_what_was_typed_is_saved_before_another_draft_takes_its_place(editor: Page, office: BrowserOffice) -> None:
    _ask_by_keyboard(editor)
    _draft(office)
    expect(_others(editor)).to_contain_text("Take it")
    _unit(editor).locator("textarea").fill("Une phrase à moi")

    _unit(editor).get_by_role("button", name="Take it").press("Enter")

    expect(_unit(editor).locator("textarea")).to_have_value(OTHER)
    expect(_unit(editor).locator("[data-part=saved]")).to_contain_text("Saved at")
    editor.goto(f"{office.origin}/releases/{office.facts['review']}/fr/units/{_id(office)}/history")
    expect(editor.locator("table")).to_contain_text("Une phrase à moi")


def test_a_text_that_a_colleague_saved_meanwhile_stands_beside_the_draft(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 412")
    _ask_by_keyboard(editor)
    _draft(office)
    expect(_others(editor)).to_contain_text("Take it")
    theirs = "« Un lieu paisible », dit Noor Verhaeghe."
    hear_of_nobody(editor)
    with office.desk.begin(office.people.second_reviewer) as work:
        edit_unit(work, office.facts["review"], "fr", _id(office), row_version=None, target=theirs)

    _unit(editor).get_by_role("button", name="Take it").press("Enter")

    conflict = _unit(editor).locator("[data-part=conflict]")
    expect(conflict).to_contain_text(OTHER)
    expect(conflict).to_contain_text("lieu paisible")
    assert office.targets("review", "fr")[PLACE] == theirs


def _id(office: BrowserOffice) -> str:
    return office.units("review", "fr")[PLACE].id


def test_another_draft_is_asked_for_and_taken_without_a_script(
    playwright: Playwright, tmp_path: Path, office: BrowserOffice
) -> None:
    with launched(playwright, tmp_path / "profile", java_script_enabled=False) as browser:
        browser.sign_in(office, "reviewer")
        page = browser.context.new_page()
        page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
        _unit(page).locator(".another summary").click()
        _unit(page).locator(".another select").select_option("ctranslate2")
        _unit(page).get_by_role("button", name="Ask for a draft").click()
        expect(page.locator("main")).to_contain_text("Being drafted: ctranslate2")
        _draft(office)
        page.get_by_role("link", name="Look again").click()
        expect(page.locator("main ins").first).to_be_visible()
        page.get_by_role("button", name="Take it").click()

        expect(_unit(page).locator("textarea")).to_have_value(OTHER)
        assert office.targets("review", "fr")[PLACE] == OTHER
        assert browser.faults == []
