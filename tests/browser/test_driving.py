from __future__ import annotations

from tests.browser.driving import SESSION, Watched
from tests.browser.office import BrowserOffice

TIMES = 25
ASK = """() => {
  globalThis.answers = [];
  const ask = async () => globalThis.answers.push((await fetch("/", { redirect: "manual" })).type);
  globalThis.asking = setInterval(ask, 1);
}"""
ANSWERS = """async () => {
  clearInterval(globalThis.asking);
  return [...new Set(globalThis.answers)];
}"""


def test_whoever_becomes_somebody_else_is_nobody_at_no_time(browser: Watched, office: BrowserOffice) -> None:
    browser.sign_in(office, None, language="fr")
    browser.sign_in(office, "reviewer")
    page = browser.context.new_page()
    page.goto(f"{office.origin}/account")
    page.evaluate(ASK)

    for _ in range(TIMES):
        browser.sign_in(office, "second_reviewer")
        browser.sign_in(office, "reviewer")

    assert ["basic"] == page.evaluate(ANSWERS)
    assert {SESSION} == {cookie["name"] for cookie in browser.context.cookies()}
    page.close()
