"""An author's form: what is pasted keeps its shape, a file is read at once, and what was typed is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Playwright, expect
from sqlalchemy import select

from service.formats import FILE_WRITERS, read, write
from service.formats.html import read_html
from service.formats.markdown import read_markdown
from service.storage.models import Release, SourceRevision
from tests.browser.clipboards import CLIPS
from tests.browser.driving import Watched, launched, wait_until
from tests.browser.office import BrowserOffice
from tests.browser.rules import violations
from tests.desk_fixtures import PASSWORD

pytestmark = pytest.mark.browser

WORD = next(clip for clip in CLIPS if clip.name == "word")
TEXT = "# De kade gaat open\n\nDe kade is **klaar**. Op zondag 14 juni 2026 is er feest.\n\n## Programma\n"
READ = """clips => import("/static/pasted.js").then(module => clips.map(module.readPasted))"""
PASTE = """([html, plain]) => {
  const clipboard = new DataTransfer();
  clipboard.setData("text/html", html);
  clipboard.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
  const field = document.getElementById("body");
  field.focus();
  return field.dispatchEvent(event);
}"""
DROP = """([name, text]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([text], name));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""
COPIES = "Object.keys(localStorage).filter(name => name.startsWith('perstolk-text:')).length"


@pytest.fixture
def form(office: BrowserOffice, browser: Watched, page: Page) -> Page:
    """The form of a new release, as an author has it open."""
    browser.sign_in(office, "author")
    page.goto(f"{office.origin}/releases/new")
    page.evaluate("localStorage.clear()")
    return page


def _paste(page: Page, html: str, plain: str = "plain") -> bool:
    """Paste and tell whether the browser was left to do it."""
    return bool(page.evaluate(PASTE, [html, plain]))


def test_what_each_program_copies_becomes_markdown_and_nothing_of_it_runs(form: Page) -> None:
    found = form.evaluate(READ, [clip.html for clip in CLIPS])

    assert {clip.name: clip.markdown for clip in CLIPS} == {
        clip.name: each["markdown"] for clip, each in zip(CLIPS, found, strict=True)
    }
    assert form.evaluate("window.ran") is None
    assert [each["formatted"] for each in found] == [clip.name != "two-paragraphs" for clip in CLIPS]
    for clip in CLIPS:  # the desk reads it as it reads the page itself, and would write it so
        document = read_markdown(clip.markdown)
        assert document == read_markdown(write(document.blocks, "markdown", "nl"))
    for name in ("chromium", "firefox", "two-paragraphs", "google-docs"):
        clip = next(each for each in CLIPS if each.name == name)
        assert read_html(clip.html).title == read_markdown(clip.markdown).title


def test_a_pasted_text_can_be_undone_taken_plainly_and_submitted(form: Page, office: BrowserOffice) -> None:
    body = form.locator("#body")
    left_to_the_browser = _paste(form, "<p>Eén zin.</p>")
    handled = not _paste(form, WORD.html)

    assert (left_to_the_browser, handled) == (True, True)
    expect(body).to_have_value(WORD.markdown)
    expect(form.locator("#format")).to_have_value("markdown")
    expect(form.locator("#title-from")).to_have_text("Taken from the text: “De bibliotheek blijft 's avonds open”")
    form.keyboard.press("Control+z")
    expect(body).to_have_value("")
    _paste(form, WORD.html)
    form.get_by_role("button", name="Put it in as plain text").click()
    assert "**" not in body.input_value()
    assert "- De leeszaal krijgt 60 plaatsen." in body.input_value()

    body.fill("Een titel\n\nEen zin als gewone tekst.\n\n")
    form.locator("#format").select_option("text")
    _paste(form, "<p>Nog <b>iets</b>.</p>")
    expect(form.locator("#text-notes")).to_contain_text("The formatting was left out")
    body.fill("")
    _paste(form, WORD.html)
    form.get_by_role("button", name="Submit").click()

    expect(form.locator("h1")).to_have_text("De bibliotheek blijft 's avonds open")
    wait_until(form, f"{COPIES} === 0")
    with office.desk.read() as reading:
        revision = reading.session.scalars(
            select(SourceRevision).join(Release).order_by(SourceRevision.created_at.desc(), Release.id.desc())
        ).all()
    assert WORD.markdown in {each.body.replace("\r\n", "\n") for each in revision}


def test_a_file_is_told_of_read_into_the_field_and_seen_as_segments(
    form: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 422")
    body, faults = form.locator("#body"), form.locator("#text-faults")
    docx = FILE_WRITERS["docx"](read(TEXT, "markdown").blocks, "nl")
    form.locator("#file").set_input_files(FilePayload(name="foto.png", mimeType="image/png", buffer=b"x"))
    expect(faults).to_contain_text("“foto.png” is of a kind that cannot be read")
    form.locator("#file").set_input_files(FilePayload(name="leeg.docx", mimeType="", buffer=b"PK"))
    expect(faults).not_to_contain_text("foto.png")
    expect(faults).not_to_be_empty()

    form.locator("#file").set_input_files(FilePayload(name="kade.docx", mimeType="", buffer=docx))

    expect(body).to_have_value(
        "# De kade gaat open\n\nDe kade is **klaar**. Op zondag 14 juni 2026 is er feest.\n\n## Programma\n"
    )
    expect(form.locator("#text-notes")).to_contain_text("The text of “kade.docx”")
    expect(faults).to_be_empty()
    form.get_by_role("button", name="Undo").click()
    expect(body).to_have_value("")
    form.evaluate(DROP, ["kade.md", TEXT])
    expect(body).to_have_value(TEXT)
    form.get_by_label("Embargo until").fill("2026-03-02T15:10")
    form.get_by_role("button", name="See the segments").click()

    preview = form.locator("#preview")
    expect(preview).to_be_focused()
    expect(preview).to_contain_text("in 2 h 10")
    expect(preview).to_contain_text("There is no text under the heading “Programma”.")
    expect(preview.locator(".cut li")).to_have_count(4)
    assert violations(form) == []
    preview.get_by_role("button", name="Submit").click()
    expect(form.locator("h1")).to_have_text("De kade gaat open")


def test_what_was_typed_survives_a_reload_a_refusal_and_another_tab_but_not_signing_out(
    form: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 422")
    form.locator("#body").fill("De kade\n\nEen eerste zin.")
    form.get_by_label("Français").uncheck()
    form.reload()

    expect(form.locator("#body")).to_have_value("De kade\n\nEen eerste zin.")
    expect(form.get_by_label("Français")).not_to_be_checked()
    expect(form.locator("#text-notes")).to_contain_text("stands here again")
    for name in ("Deutsch", "English"):
        form.get_by_label(name).uncheck()
    form.get_by_role("button", name="Submit").click()
    expect(form.locator("#summary")).to_contain_text("Choose at least one language.")
    expect(form.locator("#summary")).to_be_focused()
    expect(form.locator("#body")).to_have_value("De kade\n\nEen eerste zin.")

    tab = browser.context.new_page()
    tab.goto(f"{office.origin}/releases/new")
    expect(tab.locator("#body")).to_have_value("")
    expect(tab.locator("#text-notes")).to_contain_text("“De kade”")
    tab.get_by_role("button", name="Take it back").click()
    expect(tab.locator("#body")).to_have_value("De kade\n\nEen eerste zin.")
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_url("**/sign-in?*")
    wait_until(tab, f"{COPIES} === 0")
    tab.close()


def test_a_form_that_was_sent_after_the_session_ended_stands_there_again_behind_signing_in(
    form: Page, office: BrowserOffice, browser: Watched
) -> None:
    browser.expect("status of 400", "status of 401")
    form.locator("#body").fill("De kade\n\nEen eerste zin.")
    browser.context.clear_cookies()
    form.get_by_role("button", name="Submit").click()

    expect(form.get_by_role("status")).to_be_visible()
    form.locator("#email").fill("author@office.example")
    form.locator("#password").fill(PASSWORD)
    form.locator("button.main").click()

    expect(form.locator(".banner")).to_contain_text("nothing of it was done")
    expect(form.locator("#body")).to_have_value("De kade\n\nEen eerste zin.")
    form.get_by_role("button", name="Submit").click()
    expect(form.locator("h1")).to_have_text("De kade")


def test_a_revision_is_seen_before_it_is_sent_and_all_of_it_works_without_a_script(
    playwright: Playwright, tmp_path: Path, office: BrowserOffice
) -> None:
    with launched(playwright, tmp_path / "profile", java_script_enabled=False) as browser:
        browser.sign_in(office, "author")
        page = browser.context.new_page()
        page.goto(f"{office.origin}/releases/{office.facts['review']}/source")
        text = page.locator("#body").input_value()
        page.locator("#body").fill(text.replace("60", "80"))
        page.get_by_role("button", name="See what changes").click()

        expect(page.locator("#preview")).to_contain_text("1 segment changes.")
        expect(page.locator("#preview ins")).to_contain_text("80")
        page.locator("#preview").get_by_role("button", name="Revise the source").click()
        expect(page.get_by_role("status").first).to_contain_text("The new source is taken in")
        page.goto(f"{office.origin}/releases/new")
        page.locator("#body").fill(TEXT)
        page.locator("#format").select_option("markdown")
        page.get_by_role("button", name="See the segments").click()
        page.locator("#preview").get_by_role("button", name="Submit").click()

        expect(page.locator("h1")).to_have_text("De kade gaat open")
        assert browser.faults == []
