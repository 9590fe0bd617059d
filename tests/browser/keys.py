"""A person without a mouse: what has the focus, and the way to it with the Tab key."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.desk_fixtures import PASSWORD

MOST_STOPS = 120
# A close enough reading of an element's accessible name: its label, its aria-label, or the words in it.
NAME = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  const words = element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.textContent;
  return words.replace(/\\s+/g, " ").trim();
}"""


def focused(page: Page) -> str:
    """Return the name of what has the focus."""
    return str(page.evaluate(NAME))


def tab_to(page: Page, name: str, *, whole: bool = True) -> None:
    """Press Tab until what bears the name (or a name with these words in it) has the focus."""
    seen = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if seen[-1] == name or (not whole and name in seen[-1]):
            return
    message = f"Tab never came to “{name}”, only to {list(dict.fromkeys(seen))}"
    raise AssertionError(message)


def follow(page: Page, name: str, *, whole: bool = True) -> None:
    """Go to a link or button with Tab, and press Enter on it."""
    tab_to(page, name, whole=whole)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page: Page, person: str, *, email: str = "E-mail address", password: str = "Password") -> None:
    """Sign in on the page that asks for it, and come to the queue."""
    tab_to(page, email)
    page.keyboard.type(f"{person}@office.example")
    tab_to(page, password)
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    """Sign out with the button above the page."""
    follow(page, "Sign out")
    expect(page.locator("h1")).to_have_text("Sign in")


@dataclass
class Keyboard:
    """A keyboard that counts: every key pressed, and every letter typed."""

    page: Page
    pressed: int = 0

    def press(self, key: str) -> None:
        """Press a key, or several at once."""
        self.pressed += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text letter by letter."""
        self.pressed += len(text)
        self.page.keyboard.type(text)

    def tab_to(self, selector: str) -> None:
        """Press Tab until what the selector means has the focus, whatever language it speaks."""
        for _ in range(MOST_STOPS):
            if self.page.evaluate("selector => document.activeElement?.matches(selector)", selector):
                return
            self.press("Tab")
        message = f"Tab never came to {selector}"
        raise AssertionError(message)

    def follow(self, selector: str) -> None:
        """Go to a link or button with Tab, and press Enter on it."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")
