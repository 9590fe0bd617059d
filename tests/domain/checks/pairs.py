"""One way for all tables of good and bad pairs to run a check."""

from __future__ import annotations

from service.domain.checks import Check, Finding, Pair
from service.domain.text import CodedText, CodeKind, InlineCode

CODES = (
    InlineCode(1, CodeKind.BOLD),
    InlineCode(2, CodeKind.LINK, "https://example.org/"),
    InlineCode(3, CodeKind.BREAK),
)


def found(check: Check, source: str, target: str, locale: str = "fr", *, coded: bool = False) -> list[Finding]:
    """Return what a check finds in a pair from Dutch; `coded` gives the source the table of codes."""
    return list(check.find(Pair(CodedText(source, CODES if coded else ()), target, "nl", locale)))
