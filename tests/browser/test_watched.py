"""The watch over the browser, which every test of a page ends with: it sees what it is there to see."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.driving import Watched, wait_until
from tests.browser.office import BrowserOffice

pytestmark = pytest.mark.browser

INLINE = "const own = document.createElement('script'); own.textContent = 'window.ran = 1'; document.body.append(own)"
OUTSIDE = "fetch('http://127.0.0.1:9/elsewhere', { mode: 'no-cors' }).catch(() => {})"


@pytest.mark.parametrize(
    "act, part",
    [
        (INLINE, "Content Security Policy"),
        (OUTSIDE, "Content Security Policy"),
        ("console.error('a word of its own')", "a word of its own"),
        ("queueMicrotask(() => { throw new Error('thrown') })", "script: thrown"),
    ],
)
def test_what_a_page_should_not_do_is_noted(
    act: str, part: str, shared_office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(shared_office, None)
    page.goto(f"{shared_office.origin}/sign-in")

    page.evaluate(f"() => {{ {act} }}")
    page.evaluate("() => new Promise((done) => { setTimeout(done, 50) })")
    found = list(browser.faults)
    browser.faults.clear()

    assert any(part in fault for fault in found), found
    assert page.evaluate("window.ran") is None


def test_a_request_to_anywhere_else_is_noted(shared_office: BrowserOffice, browser: Watched, page: Page) -> None:
    browser.sign_in(shared_office, None)
    page.route("http://elsewhere.example/", lambda route: route.fulfill(body="there"))

    page.goto("http://elsewhere.example/")
    found = list(browser.faults)
    browser.faults.clear()

    assert found == ["a request left the desk: http://elsewhere.example/"]


def test_what_holds_only_later_is_waited_for_under_the_policy(
    shared_office: BrowserOffice, browser: Watched, page: Page
) -> None:
    browser.sign_in(shared_office, None)
    page.goto(f"{shared_office.origin}/sign-in")
    page.evaluate("() => { setTimeout(() => { document.body.dataset.later = 'yes' }, 300) }")

    wait_until(page, "document.body.dataset.later === 'yes'")

    assert page.evaluate("document.body.dataset.later") == "yes"
