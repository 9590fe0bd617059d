"""Talk about a segment with the keyboard alone: open it, name somebody, answer, resolve, and go back to the text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from service.formats import read
from service.operations.releases import Submission, submit_release
from service.storage.models import Comment, Notice
from tests.browser.driving import Watched
from tests.browser.keys import follow, tab_to
from tests.browser.office import BrowserOffice
from tests.browser.rules import violations
from tests.operations.making import draft

pytestmark = pytest.mark.browser

PLACE = 4
LOOK = """(field) => {
  const { fontFamily, fontSize, fontWeight } = getComputedStyle(field);
  return { fontFamily, fontSize, fontWeight };
}"""


def test_a_segment_is_talked_about_where_it_is_written(office: BrowserOffice, browser: Watched, page: Page) -> None:
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
    unit = page.locator(".unit").nth(PLACE)
    text = unit.locator("textarea[name=target]")
    talk = unit.locator("[data-part=talk]")
    text.focus()

    page.keyboard.press("Alt+KeyC")
    expect(talk.locator(".new-comment textarea")).to_be_focused()
    page.keyboard.type("Klopt dit citaat, @Lamb")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("?")
    expect(talk.locator(".new-comment textarea")).to_have_value("Klopt dit citaat, @Chloé Lambert ?")
    assert violations(page) == []
    tab_to(page, "Add the comment")
    page.keyboard.press("Enter")
    expect(talk.locator("article")).to_contain_text("Klopt dit citaat, @Chloé Lambert ?")
    expect(talk.locator("[data-part=talk-open]")).to_have_text("1 open")
    expect(talk.locator(".new-comment textarea")).to_be_focused()

    browser.expect("422")
    page.keyboard.type("@Niemand")
    tab_to(page, "Add the comment")
    page.keyboard.press("Enter")
    expect(talk.locator("[data-part=talk-fault]")).to_contain_text("Nobody here is called “Niemand”")

    page.keyboard.press("Escape")
    expect(text).to_be_focused()
    with office.desk.read() as reading:
        said = reading.session.scalars(select(Comment).where(Comment.body.startswith("Klopt"))).one()
        named = reading.session.scalars(select(Notice.user_id).where(Notice.subject == said.id)).all()
    assert (office.people.french_reviewer.user_id,) == tuple(named)
    page.goto(f"{office.origin}/releases/{office.facts['review']}#comments")
    follow(page, "Resolve (comment of Marc Dubois)")
    expect(page.locator(".note")).to_contain_text("The comment is resolved.")


def test_keys_in_a_comment_leave_the_text_alone_and_send_the_comment(
    office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{office.facts['review']}/fr")
    unit = page.locator(".unit").nth(PLACE)
    text = unit.locator("textarea[name=target]")
    comment = unit.locator("[data-part=talk] .new-comment textarea")
    text.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Fin.")
    expect(unit.locator("[data-part=saved]")).to_contain_text("Saved at")
    written, state = text.input_value(), unit.get_attribute("class")
    page.keyboard.press("Alt+KeyC")
    expect(comment).to_be_focused()
    page.keyboard.type("Klopt dit?")

    for key in ("Control+Shift+KeyZ", "Control+Insert", "Control+Shift+Space", "Alt+KeyU", "Alt+KeyN", "Alt+Digit1"):
        page.keyboard.press(key)
        expect(comment).to_be_focused()
    page.keyboard.press("Control+Enter")

    expect(unit.locator("[data-part=talk] article")).to_contain_text("Klopt dit?")
    expect(comment).to_be_focused()
    expect(comment).to_have_value("")
    assert text.input_value() == written
    assert unit.get_attribute("class") == state
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".unit").nth(PLACE + 1).locator("textarea[name=target]")).to_be_focused()


@pytest.mark.parametrize("kind", ["title", "heading"])
def test_a_comment_on_a_heading_looks_as_any_other_and_not_as_the_heading(
    office: BrowserOffice, browser: Watched, page: Page, kind: str
) -> None:
    text = "# De bib blijft open\n\n## Wat verandert er\n\nDe leeszaal krijgt 60 extra werkplekken.\n"
    with office.desk.begin(office.people.author) as work:
        written = Submission(document=read(text, "markdown"), body=text, format="markdown", targets=("fr",))
        release = submit_release(work, written)[0].id
    draft(office.desk, release)
    browser.sign_in(office, "reviewer")
    page.goto(f"{office.origin}/releases/{release}/fr")
    looks = {}

    for name in (kind, "other"):
        unit = page.locator(f".unit.{kind}") if name == kind else page.locator(".unit").last
        unit.locator("textarea[name=target]").focus()
        page.keyboard.press("Alt+KeyC")
        expect(unit.locator(".new-comment textarea")).to_be_focused()
        looks[name] = unit.locator(".new-comment textarea").evaluate(LOOK)

    assert looks["other"] == looks[kind]
    assert "400" == looks[kind]["fontWeight"]
    assert "700" == page.locator(f".unit.{kind} textarea[name=target]").evaluate(LOOK)["fontWeight"]
