"""The rules of axe, asked of a page as it stands, without asking the same question of a thousand like elements.

Contrast is by far the dearest rule. Asked of each kind of text, it finds what it finds of each text: a kind is what has
the same colours, the same grounds all the way up, and letters of the same size and weight.
"""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python import sync_playwright as axe_package
from playwright.sync_api import Page

AXE = (Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ("color-contrast", "link-in-text-block")
RUN = """asked => axe.run(document, { runOnly: asked, resultTypes: ["violations"] })
  .then((result) => result.violations.flatMap((fault) => fault.nodes.map((node) => [fault.id, node.html])))"""
MARK_KINDS = """() => {
  for (const marked of document.querySelectorAll("[data-kind]")) delete marked.dataset.kind;
  const grounds = new Map([[null, ""]]);
  const kinds = new Set();
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT);
  for (let element = walk.currentNode; element; element = walk.nextNode()) {
    const style = getComputedStyle(element);
    const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.clipPath];
    const plain = own.join() === "rgba(0, 0, 0, 0),none,1,none,none";
    const ground = grounds.get(element.parentElement) + (plain ? "" : `/${own}`);
    grounds.set(element, ground);
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!words && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const labelled = element.closest("label")?.control;
    const off = Boolean(labelled?.disabled || element.closest(":disabled, [aria-disabled=true]"));
    const letters = [style.color, style.fontSize, style.fontWeight, style.textShadow, style.position];
    const kind = [ground, off, ...letters].join("|");
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    element.dataset.kind = "";
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-kind]" }] });
}"""


def violations(page: Page, *rules: str, each_kind: bool = False) -> list[str]:
    """Run axe (or some of its rules) on the page as it stands; return each fault with the elements that have it.

    With `each_kind`, contrast is asked of one text of each kind, from then on until the page is left.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    if each_kind:
        page.evaluate(MARK_KINDS)
    asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": AXE_TAGS}
    return [f"{rule}: {html[:160]}" for rule, html in page.evaluate(RUN, asked)]
