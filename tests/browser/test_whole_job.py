"""The whole job from the queue to the public page, with nothing but a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Watched
from tests.browser.filling_drafts import draft_well, hand_in
from tests.browser.keys import focused, follow, sign_in, sign_out, tab_to
from tests.browser.office import BrowserOffice, open_office
from tests.browser.samples import TREES
from tests.operations.making import approve

pytestmark = pytest.mark.browser

TITLE = TREES[0][0]


@pytest.fixture
def drafted(tmp_path: Path, sqlite_template: Path) -> Iterator[BrowserOffice]:
    """An office with one release, whose German and English wait for nothing more than approval."""
    with open_office(tmp_path, sqlite_template) as office:
        office.facts["review"] = hand_in(office.desk, office.people.author, TREES)
        draft_well(office.desk, office.facts["review"])
        approve(office.desk, office.people.reviewer, office.facts["review"], "en")
        yield office


def test_from_the_queue_to_the_public_page_by_keyboard_alone(
    drafted: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(drafted, None)
    page.goto(drafted.origin)

    _write_and_confirm_french(page, drafted)
    _be_refused_ones_own_text(page)
    sign_out(page)
    _approve_french(page)
    _confirm_all_german_comment_and_approve(page)
    sign_out(page)
    _publish(page)
    sign_out(page)

    page.goto(f"{drafted.origin}/fr/")
    follow(page, TITLE.fr + " encore")
    expect(page.locator("h1")).to_have_text(TITLE.fr + " encore")
    follow(page, "Deutsch")
    expect(page.locator("h1")).to_have_text(TITLE.de)


def _write_and_confirm_french(page: Page, office: BrowserOffice) -> None:
    sign_in(page, "reviewer")
    follow(page, f"{TITLE.nl} (Français)")
    tab_to(page, "Français, segment 1 of 3")
    page.keyboard.press("End")
    page.keyboard.type(" encore")
    for done in (1, 2):
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-part=count]")).to_have_text(f"{done} of 3 confirmed")
        assert focused(page) == f"Français, segment {done + 1} of 3"
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-part=count]")).to_have_text("3 of 3 confirmed")

    units = office.units("review", "fr")
    assert [unit.state for unit in units] == ["reviewed"] * 3
    assert units[0].target == TITLE.fr + " encore"


def _be_refused_ones_own_text(page: Page) -> None:
    follow(page, "Read the whole text and approve …")
    expect(page.locator("#reasons")).to_contain_text("another reviewer has to approve it")
    expect(page.get_by_role("button", name="Approve this text")).to_be_disabled()


def _approve_french(page: Page) -> None:
    sign_in(page, "second_reviewer")
    follow(page, f"{TITLE.nl} (Français)")
    follow(page, "Whole text")
    expect(page.locator("h1")).to_have_text("Français, whole text")
    follow(page, "Approve …")
    follow(page, "Approve this text")
    expect(page.locator(".note")).to_be_visible()


def _confirm_all_german_comment_and_approve(page: Page) -> None:
    follow(page, "Queue")
    follow(page, f"{TITLE.nl} (Deutsch)")
    follow(page, "Confirm all without errors")
    expect(page.locator("[data-part=count]")).to_have_text("3 of 3 confirmed")
    follow(page, TITLE.nl)
    tab_to(page, "Your comment")
    page.keyboard.type("Klaar om te vertrekken.")
    follow(page, "Add the comment")
    expect(page.locator("#comments")).to_contain_text("Klaar om te vertrekken.")
    follow(page, "Approve … (Deutsch)")
    follow(page, "Approve this text")
    expect(page.locator(".note")).to_be_visible()


def _publish(page: Page) -> None:
    sign_in(page, "publisher")
    follow(page, "Releases")
    follow(page, TITLE.nl)
    follow(page, "Publish …")
    follow(page, "Publish now")
    expect(page.locator(".note")).to_be_visible()


@pytest.mark.parametrize(
    "language, name", [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")]
)
def test_signing_in_to_the_queue_in_each_language(
    language: str, name: str, shared_office: BrowserOffice, browser: Watched, page: Page
) -> None:
    shared_office.speak(language)
    browser.sign_in(shared_office, None)
    page.goto(f"{shared_office.origin}/sign-in")
    follow(page, name)

    labels = [label.inner_text() for label in page.locator("form.card label").all()]
    sign_in(page, "reviewer", email=labels[0], password=labels[1])

    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.url == f"{shared_office.origin}/"
    assert page.get_by_role("table").is_visible()
