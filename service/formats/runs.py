"""A coded text as runs, the shape in which word processors keep text: each with all that holds for it.

For the writers of DOCX and ODT; how text becomes a coded text is told in `building`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.covering import writable
from service.domain.inline import TokenKind
from service.domain.text import CodedText, CodeKind, InlineCode
from service.formats.building import safe_href

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FlatRun:
    """A stretch of text, or a line break (`text` is a newline), and what covers it."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None


def flat_runs(content: CodedText) -> Iterator[FlatRun]:
    """Yield the runs of a coded text in order; a link that leads nowhere safe is only its text."""
    covering: list[InlineCode] = []
    for token in writable(content):
        code = token.code
        if code is None:
            lines = xml_safe(token.text).split("\n")
            for number, line in enumerate(lines):
                if number:
                    yield _flat("\n", covering)
                if line:
                    yield _flat(line, covering)
        elif token.kind is TokenKind.OPEN:
            covering.append(code)
        elif token.kind is TokenKind.CLOSE:
            covering.pop()
        else:
            yield _flat("\n", covering)


def xml_safe(text: str) -> str:
    """Return the text without the characters that no XML file can hold."""
    return _NOT_IN_XML.sub("", text)


def _flat(text: str, covering: list[InlineCode]) -> FlatRun:
    kinds = {code.kind for code in covering}
    hrefs = [safe_href(code.href or "") for code in covering if code.kind is CodeKind.LINK]
    return FlatRun(text, CodeKind.BOLD in kinds, CodeKind.ITALIC in kinds, hrefs[-1] if hrefs else None)
