"""Inline codes as elements: putting a coded text into an element, and what each code was in HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from lxml import etree

from service.domain.exchange import sendable
from service.domain.inline import TokenKind
from service.domain.text import CodedText, CodeKind, InlineCode

_TAGS = {CodeKind.BOLD: "b", CodeKind.ITALIC: "i", CodeKind.LINK: "a"}


def fill(
    element: etree._Element,
    coded: CodedText,
    made: Callable[[InlineCode], etree._Element],
) -> None:
    """Write a coded text into an element; `made` returns a new element for a code."""
    inside = [element]
    for token in sendable(coded):
        if token.code is None:
            _append(inside[-1], token.text)
        elif token.kind is TokenKind.CLOSE:
            inside.pop()
        else:
            child = made(token.code)
            inside[-1].append(child)
            if token.kind is TokenKind.OPEN:
                inside.append(child)


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def original(code: InlineCode) -> tuple[str, str]:
    """Return what a code was in HTML: its start and its end, or itself and nothing."""
    if code.kind is CodeKind.BREAK:
        return "<br>", ""
    tag = _TAGS[code.kind]
    start = f'<a href="{escape(code.href or "")}">' if code.kind is CodeKind.LINK else f"<{tag}>"
    return start, f"</{tag}>"


def used(*texts: CodedText) -> Sequence[InlineCode]:
    """Return the codes that will stand in the texts, each once, in the order of their numbers."""
    found = {token.code for text in texts for token in sendable(text) if token.code is not None}
    return sorted(found, key=lambda code: code.id)
