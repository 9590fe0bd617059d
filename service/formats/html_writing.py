"""One coded text as inline HTML, for the fragment that `html` writes and for whatever shows a single text."""

from __future__ import annotations

from html import escape

from service.domain.covering import writable
from service.domain.inline import Token, TokenKind
from service.domain.text import CodedText, CodeKind
from service.formats.building import safe_href

_TAGS = {CodeKind.BOLD: "strong", CodeKind.ITALIC: "em", CodeKind.LINK: "a"}


def inline_html(content: CodedText) -> str:
    """Return a coded text as inline HTML with everything escaped and every element closed."""
    return "".join(_written(token) for token in writable(content))


def _written(token: Token) -> str:
    code = token.code
    if code is None:
        return escape(token.text, quote=False)
    if code.kind is CodeKind.BREAK:
        return "<br>"
    href = safe_href(code.href or "") if code.kind is CodeKind.LINK else ""
    if href is None:
        return ""
    if token.kind is TokenKind.CLOSE:
        return f"</{_TAGS[code.kind]}>"
    return f'<a href="{escape(href)}">' if code.kind is CodeKind.LINK else f"<{_TAGS[code.kind]}>"
