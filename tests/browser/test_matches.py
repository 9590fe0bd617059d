"""Matches beside the segment somebody works at: they come by themselves, a key takes one, nothing waits for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, Route, expect

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.review import edit_unit
from service.operations.terms import add_concept
from service.queries.review import unit_history
from tests.browser.driving import Watched, launched, scrolls_sideways, wait_until
from tests.browser.filling_drafts import draft_well, hand_in
from tests.browser.keys import focused, tab_to
from tests.browser.office import BrowserOffice
from tests.browser.rules import violations
from tests.browser.samples import TREES, Sentence
from tests.operations.making import approve, draft

pytestmark = pytest.mark.browser

PLACE = 1  # “De stad plant 1.200 bomen langs 17 schoolroutes.”, which two releases say in other words
ROUTES = Sentence(
    "De stad plant 1.200 bomen langs alle schoolroutes.",
    "La ville plantera 1 200 arbres le long de tous les itinéraires scolaires.",
    "Die Stadt pflanzt 1.200 Bäume entlang aller Schulwege.",
    "The city will plant 1,200 trees along all routes to school.",
)
MATCHES = "**/units/*/matches"
TYPED = "La ville plante 1 200 arbres sur le chemin de 17 écoles."


@pytest.fixture
def editor(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    """The French segments of a release that says what another said in other words, not yet touched."""
    fill_memory(office)
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['again']}/fr")
    return page


def fill_memory(office: BrowserOffice) -> None:
    """Let a release be approved, and hand in another that repeats most of it in other words."""
    desk, people = office.desk, office.people
    title, (first, second) = TREES
    older = hand_in(desk, people.author, (title, (ROUTES, second)), slug="alle-routes")
    with desk.begin(people.admin) as work:
        names = TermDraft("nl", "stad"), TermDraft("fr", "ville"), TermDraft("fr", "cité", "forbidden")
        add_concept(work, ConceptDraft(names, authority="stadsbestuur"))
    draft(desk, older, "fr")
    office.facts["older"] = older
    texts = (title[0].fr, ROUTES.fr, second.fr)
    for unit, text in zip(office.units("older", "fr"), texts, strict=True):
        with desk.begin(people.second_reviewer) as work:
            edit_unit(work, older, "fr", unit.id, row_version=None, target=text, state="reviewed")
    approve(desk, people.reviewer, older, "fr")
    office.facts["again"] = hand_in(desk, people.author, (title, (first, second)), slug="schoolroutes")
    draft_well(desk, office.facts["again"], "fr")


def _unit(page: Page, place: int = PLACE) -> Any:
    return page.locator(".unit").nth(place)


def _nothing_found(page: Page) -> dict[str, str]:
    return {"unit": str(_unit(page).get_attribute("data-unit")), "html": "", "source": "", "said": ""}


def _found(page: Page, place: int = PLACE) -> Any:
    return _unit(page, place).locator("[data-part=found]")


def test_matches_and_terms_come_beside_the_segment_that_has_the_focus(editor: Page, office: BrowserOffice) -> None:
    expect(_found(editor)).to_be_empty()

    _unit(editor).locator("textarea").focus()

    expect(_found(editor).locator(".matches > li").first).to_contain_text(ROUTES.fr)
    expect(_found(editor).locator("del").first).to_contain_text("alle")
    expect(_found(editor).locator("ins").first).to_contain_text("17")
    expect(_found(editor).locator(".terms")).to_contain_text("never: cité")
    expect(_found(editor, PLACE + 1)).to_be_empty()
    assert focused(editor) == "Français, segment 2 of 3"
    assert violations(editor) == []
    expect(editor.locator("#live")).to_contain_text("the best:", timeout=8000)


def test_the_key_takes_a_match_and_the_server_has_it(editor: Page, office: BrowserOffice) -> None:
    _unit(editor).locator("textarea").focus()
    offer = _found(editor).locator("li", has_text="tous les").locator("form")
    place = offer.get_attribute("data-place")

    editor.keyboard.press(f"Alt+Digit{place}")

    expect(_unit(editor).locator("textarea")).to_have_value(ROUTES.fr)
    expect(_unit(editor).locator("[data-part=head]")).to_contain_text("chosen by Marc Dubois")
    expect(_found(editor)).to_contain_text("It is the same as the present text.")
    unit = office.units("again", "fr")[PLACE]
    assert (ROUTES.fr, "translated", "tm") == (unit.target, unit.state, unit.origin)
    assert office.people.reviewer.user_id == unit.text_by
    assert focused(editor) == "Français, segment 2 of 3"


def test_what_was_typed_is_saved_before_a_match_takes_its_place(editor: Page, office: BrowserOffice) -> None:
    area = _unit(editor).locator("textarea")
    area.focus()
    offer = _found(editor).locator("li", has_text="tous les").get_by_role("button")
    expect(offer).to_be_visible()
    area.fill(TYPED)

    tab_to(editor, "Take it (match", whole=False)
    offer.press("Enter")

    expect(area).to_have_value(ROUTES.fr)
    expect(area).to_be_focused()
    unit = office.units("again", "fr")[PLACE]
    with office.desk.read() as reading:
        saves = [revision.target for revision, _ in unit_history(reading.session, unit.id)]
    assert [ROUTES.fr, TYPED] == saves[:2]


def test_who_is_on_an_offer_stays_on_it_when_the_list_comes_anew(editor: Page, office: BrowserOffice) -> None:
    area = _unit(editor).locator("textarea")
    area.focus()
    offer = _found(editor).locator("li", has_text="tous les").get_by_role("button")
    expect(offer).to_be_visible()
    area.fill(TYPED)
    offer.focus()
    expect(_unit(editor).locator("[data-part=saved]")).to_contain_text("Saved at")
    offer.evaluate("button => { button.dataset.old = 'yes'; }")

    with editor.expect_response(MATCHES):
        editor.keyboard.press("Shift+Tab")
    wait_until(editor, "!document.querySelector('[data-old]')")

    assert TREES[0][0].nl == focused(editor)  # the release the match came from
    expect(area).to_have_value(TYPED)
    editor.keyboard.press("Tab")
    assert focused(editor).startswith("Take it (match 1")


def test_who_is_on_an_offer_that_is_gone_comes_back_to_the_text(editor: Page, office: BrowserOffice) -> None:
    area = _unit(editor).locator("textarea")
    area.focus()
    expect(_found(editor).get_by_role("button", name="Take it")).to_be_visible()
    area.fill(TYPED)
    expect(_unit(editor).locator("[data-part=saved]")).to_contain_text("Saved at")
    editor.route(MATCHES, lambda route: route.fulfill(json=_nothing_found(editor)))

    _found(editor).get_by_role("button", name="Insert ville").focus()

    expect(area).to_be_focused()
    expect(_found(editor)).to_be_empty()


def test_the_same_key_without_a_match_does_nothing(editor: Page, office: BrowserOffice) -> None:
    before = office.targets("again", "fr")
    _unit(editor).locator("textarea").focus()
    expect(_found(editor).locator(".matches")).to_be_visible()

    editor.keyboard.press("Alt+Digit5")
    editor.keyboard.press("Control+Enter")

    expect(_unit(editor)).to_contain_class("reviewed")
    assert before == office.targets("again", "fr")


def test_a_segment_is_written_and_saved_while_its_matches_fail_or_never_come(
    editor: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("net::ERR_FAILED", "status of 500")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    editor.route(MATCHES, hold)
    with editor.expect_request(MATCHES):
        _unit(editor).locator("textarea").focus()

    _unit(editor).locator("textarea").fill(TYPED)
    expect(_unit(editor).locator("[data-part=saved]")).to_contain_text("Saved at")
    editor.route(MATCHES, lambda route: route.fulfill(status=500, body="no"))
    editor.unroute(MATCHES, hold)  # not before the other stands: what is asked between the two would be answered
    _unit(editor, 2).locator("textarea").focus()
    _unit(editor, 2).locator("textarea").fill("Chacun peut adopter un arbre.")

    expect(_unit(editor, 2).locator("[data-part=saved]")).to_contain_text("Saved at")
    expect(editor.locator("#alerts")).to_be_empty()
    expect(_found(editor)).to_be_empty()
    expect(_found(editor, 2)).to_be_empty()
    assert [TYPED, "Chacun peut adopter un arbre."] == office.targets("again", "fr")[1:]
    assert 1 == len(held)


def test_the_next_visit_asks_again_and_a_third_does_not(editor: Page, browser: Watched) -> None:
    browser.expect("net::ERR_FAILED")
    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url) if request.url.endswith("/matches") else None)
    editor.route(MATCHES, lambda route: route.abort(), times=1)
    with editor.expect_event("requestfailed"):
        _unit(editor).locator("textarea").focus()
    _unit(editor, 2).locator("textarea").focus()
    expect(_found(editor, 2).locator(".matches")).to_be_visible()

    _unit(editor).locator("textarea").focus()
    expect(_found(editor).locator(".matches")).to_be_visible()
    _unit(editor, 2).locator("textarea").focus()
    _unit(editor, 0).locator("textarea").focus()
    expect(_found(editor, 0).locator("h3").first).to_be_visible()

    assert [1, 2, 1] == [sum(_id(editor, place) in url for url in asked) for place in range(3)]


def _id(page: Page, place: int) -> str:
    return str(_unit(page, place).get_attribute("data-unit"))


def test_a_narrow_window_shows_matches_without_sideways_scrolling(editor: Page) -> None:
    editor.set_viewport_size({"width": 320, "height": 640})
    _unit(editor).locator("textarea").focus()
    expect(_found(editor).locator(".matches")).to_be_visible()

    assert not scrolls_sideways(editor)
    assert violations(editor) == []


def test_without_a_script_a_link_leads_to_the_matches_and_a_form_takes_one(
    playwright: Playwright, tmp_path: Path, office: BrowserOffice
) -> None:
    fill_memory(office)
    with launched(playwright, tmp_path / "profile", java_script_enabled=False) as browser:
        browser.sign_in(office, "reviewer")
        page = browser.context.new_page()
        page.goto(f"{office.origin}/releases/{office.facts['again']}/fr")
        _unit(page).get_by_role("link", name="Matches and terms").click()
        expect(page.locator("h1")).to_have_text("Matches of segment 2")
        page.locator(".matches > li", has_text="tous les").get_by_role("button").click()

        expect(_unit(page).locator("textarea")).to_have_value(ROUTES.fr)
        assert ROUTES.fr == office.targets("again", "fr")[PLACE]
        assert browser.faults == []
