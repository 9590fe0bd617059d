"""Joining, splitting and taking it back by keyboard, with what was typed before saved on the way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Watched
from tests.browser.keys import follow, tab_to
from tests.browser.office import BrowserOffice
from tests.operations.making import text_of

pytestmark = pytest.mark.browser


def first_pair(office: BrowserOffice) -> int:
    """Return the place of the first segment that has another one behind it in its paragraph."""
    segments = text_of(office.desk, office.facts["review"], "fr").segments
    return next(n for n, (one, other) in enumerate(pairwise(segments)) if one.block_id == other.block_id)


def test_segments_are_joined_and_put_back_and_split_by_keys(
    office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.expect("status of 404")  # matches may still be looked up for a segment that leaves just then
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
    place = first_pair(office)
    units = page.locator(".unit")
    count = units.count()
    areas = [units.nth(n).locator("textarea") for n in (place, place + 1)]
    second = areas[1].input_value()
    areas[0].fill("Une phrase.")

    page.keyboard.press("Alt+m")
    expect(page.get_by_role("heading", name="Join with the next segment")).to_be_visible()
    tab_to(page, "Deutsch is approved. End that approval", whole=False)
    page.keyboard.press("Space")
    follow(page, f"Join segments {place + 1} and {place + 2}")

    expect(units).to_have_count(count - 1)
    expect(areas[0]).to_have_value(f"Une phrase. {second}")
    expect(areas[0]).to_be_focused()
    expect(page.locator("#live")).to_contain_text("The segments are joined, in every language")
    with page.expect_navigation():
        page.keyboard.press("Alt+u")
    expect(units).to_have_count(count)
    expect(areas[0]).to_be_focused()
    expect(areas[0]).to_be_in_viewport(ratio=1)
    expect(page.locator("#live")).to_contain_text("It is undone")
    expect(areas[0]).to_have_value("Une phrase.")
    expect(areas[1]).to_have_value(second)

    page.keyboard.press("Alt+s")
    expect(page.get_by_role("heading", name="Split into two segments")).to_be_visible()
    follow(page, f"Split segment {place + 1}")

    expect(units).to_have_count(count + 1)
    expect(areas[0]).to_have_value("Une")
    expect(areas[1]).to_have_value("phrase.")
    expect(areas[0]).to_be_focused()

    page.get_by_role("button", name="Undo it").press("Enter")

    expect(units).to_have_count(count)
    expect(areas[0]).to_be_focused()
