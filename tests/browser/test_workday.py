"""A reviewer's work from signing in to the approval, by keyboard alone, in each language of the pages.

Thirty-one segments, drafted well: five are edited, one is talked about, all are confirmed; a second person reads the
whole text and approves. How many keys that took, and how long, is told at the end of the run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from service.storage.models import Comment, Version
from tests.browser.driving import Watched
from tests.browser.filling_drafts import draft_well, hand_in
from tests.browser.keys import Keyboard
from tests.browser.office import BrowserOffice, open_office
from tests.browser.samples import TARGETS, Sentence
from tests.desk_fixtures import PASSWORD

pytestmark = pytest.mark.browser

PLACES = ("Zandbeke", "Vaartkerke", "Ertbrug", "Molenwijk", "Heidoord", "Zoutkamp")
EDITED = (2, 8, 14, 20, 26)
TALKED_ABOUT = 5
MOST_KEYS = 400  # signing in twice and the comment are 130 of them
TITLE = Sentence("Fietsroutes in 2026", "Itinéraires cyclables en 2026", "Radwege 2026", "Cycle routes in 2026")
BRIDGES = tuple(
    Sentence(
        f"{PLACES[n % len(PLACES)]} krijgt {n + 11} nieuwe fietsbruggen.",
        f"{PLACES[n % len(PLACES)]} aura {n + 11} nouveaux ponts cyclables.",
        f"{PLACES[n % len(PLACES)]} erhält {n + 11} neue Radbrücken.",
        f"{PLACES[n % len(PLACES)]} will get {n + 11} new cycle bridges.",
    )
    for n in range(30)
)


@pytest.fixture
def drafted(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserOffice]:
    """An office with one release of 31 segments, well drafted."""
    for sentence in (TITLE, *BRIDGES):
        monkeypatch.setitem(TARGETS, sentence.nl, sentence)
    with open_office(tmp_path, sqlite_template) as office:
        office.facts["review"] = hand_in(office.desk, office.people.author, ((TITLE,), BRIDGES))
        draft_well(office.desk, office.facts["review"])
        yield office


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_good_draft_takes_a_few_keys_a_sentence_and_one_page_at_the_end(
    language: str, drafted: BrowserOffice, browser: Watched, page: Page, tell: Callable[[str], None]
) -> None:
    drafted.speak(language)
    browser.sign_in(drafted, None, language)
    page.goto(drafted.origin)
    keyboard = Keyboard(page)

    begun = time.monotonic()
    _sign_in(keyboard, "second_reviewer")
    keyboard.follow(f"a[href='{_place(drafted)}']")
    _review(keyboard, drafted)
    reviewing = time.monotonic() - begun, keyboard.pressed
    keyboard.follow("form[action='/sign-out'] button")

    begun = time.monotonic()
    _sign_in(keyboard, "reviewer")
    keyboard.follow(f"a[href='{_place(drafted)}']")
    keyboard.follow(f".tabs a[href^='{_place(drafted)}/text']")
    keyboard.follow(f"main a[href='{_place(drafted)}/approve']")
    keyboard.follow(f"form[action='{_place(drafted)}/approve'] button.main")
    expect(page.locator(".note")).to_be_visible()
    approving = time.monotonic() - begun, keyboard.pressed - reviewing[1]

    with drafted.desk.read() as reading:
        states = reading.session.scalars(select(Version.state).where(Version.locale == "fr")).all()
        said = reading.session.scalars(select(Comment.body)).all()
    assert states == ["approved"]
    assert said == ["Ponts ou passerelles ?"]
    texts = drafted.targets("review", "fr")
    assert [n for n, text in enumerate(texts) if text.endswith(" !")] == list(EDITED)
    tell(
        f"{language}: 31 segments, 5 edited, 1 talked about: {reviewing[1]} keys, {reviewing[0]:.1f} s; "
        f"read and approved by another: {approving[1]} keys, {approving[0]:.1f} s"
    )
    assert reviewing[1] + approving[1] < MOST_KEYS


def _place(office: BrowserOffice) -> str:
    return f"/releases/{office.facts['review']}/fr"


def _sign_in(keyboard: Keyboard, person: str) -> None:
    keyboard.tab_to("input[name=email]")
    keyboard.type(f"{person}@office.example")
    keyboard.tab_to("input[name=password]")
    keyboard.type(PASSWORD)
    with keyboard.page.expect_navigation():
        keyboard.press("Enter")


def _review(keyboard: Keyboard, office: BrowserOffice) -> None:
    """Confirm every segment, with a change in some and a word about one."""
    page = keyboard.page
    keyboard.press("Alt+PageDown")
    for n, unit in enumerate(office.units("review", "fr")):
        expect(page.locator(f"#target-{unit.id}")).to_be_focused()
        if n in EDITED:
            keyboard.press("End")
            keyboard.press("Backspace")
            keyboard.type(" !")
        if n == TALKED_ABOUT:
            keyboard.press("Alt+KeyC")
            keyboard.type("Ponts ou passerelles ?")
            expect(page.locator(f"#unit-{unit.id} .new-comment textarea")).to_be_focused()
            keyboard.tab_to(f"#unit-{unit.id} [data-part=talk] form button")
            keyboard.press("Enter")
            expect(page.locator(f"#unit-{unit.id} [data-part=talk]")).to_contain_text("Ponts ou passerelles ?")
            keyboard.press("Escape")
            expect(page.locator(f"#target-{unit.id}")).to_be_focused()
        keyboard.press("Control+Enter")
    expect(page.locator(".unit.reviewed")).to_have_count(len(office.units("review", "fr")))
