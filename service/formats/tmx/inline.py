"""The content of a `seg` as a text with markers, and the markers of a target by those of its source.

A code counts by its `type`, or else by what it was in HTML: bold, italic and links as pairs (`bpt` with `ept`, `hi`), a
line break alone (`ph`, `ut`). A pair of which one half stands in another segment (`it`) is closed, or opened, at the
segment's end. Every other code (underlined, an image, a font) means nothing here and is left out; the text around it
stays, and a text inside it (`sub`) is a flow of its own, beside the main one.

Two texts have the same code where `x` says so, or else in the order in which codes of a kind stand; a code that only
the target has is left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from service.domain.characters import clean
from service.domain.errors import N_, Reason
from service.domain.inline import TokenKind, alone, check_nesting, closing, free_numbers, opening
from service.domain.text import CodedText, CodeKind, InlineCode
from service.formats.building import safe_href
from service.formats.xml_stream import local_name

_TYPES = {
    "bold": CodeKind.BOLD,
    "b": CodeKind.BOLD,
    "strong": CodeKind.BOLD,
    "italic": CodeKind.ITALIC,
    "i": CodeKind.ITALIC,
    "em": CodeKind.ITALIC,
    "link": CodeKind.LINK,
    "a": CodeKind.LINK,
    "lb": CodeKind.BREAK,
    "br": CodeKind.BREAK,
}
_CODES = {"bpt", "ept", "it", "ph", "ut"}
_DEEPEST = 30
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_MARKERS = (("", ""), ("/", ""), ("", "/"))
_HTML_NAME = re.compile(r"\s*</?\s*([A-Za-z]+)")
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""")


class CodeFaultError(Exception):
    """Codes that do not fit together; `reason` says how."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A code of one text: what it is, where it leads, and the name by which other texts have it too ("" for none)."""

    kind: CodeKind
    href: str | None = None
    x: str = ""


Piece: TypeAlias = str | tuple[TokenKind, Code]


@dataclass(frozen=True, slots=True)
class Flow:
    """A text in pieces, and the texts that stand inside its codes."""

    pieces: tuple[Piece, ...]
    inner: tuple[Flow, ...] = ()

    @property
    def words(self) -> str:
        """The text without its codes."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    def all(self) -> Iterator[Flow]:
        """Yield the flow, and those inside it in their order."""
        yield self
        for flow in self.inner:
            yield from flow.all()


def flow_of(element: etree._Element, *, depth: int = 0) -> Flow:
    """Return what stands in a `seg` or `sub`; raise `CodeFaultError` where halves of pairs or entities are unknown."""
    if not len(element):
        return Flow((clean(element.text or ""),))
    reading = _Reading(depth)
    reading.inside(element)
    return reading.flow()


def coded_source(flow: Flow, words: str) -> tuple[CodedText, tuple[Code, ...]]:
    """Return a source with its codes numbered, and the codes as they were read.

    Their numbers are those in `x`, where each has one of its own; none stands in braces in `words`, the texts in all
    languages.
    """
    own = tuple(_codes(flow))
    numbers: Iterable[int] = free_numbers(words)
    if _are_named(own, words):
        own = tuple(sorted(own, key=lambda code: int(code.x)))
        numbers = (int(code.x) for code in own)
    codes = {code: InlineCode(number, code.kind, code.href) for code, number in zip(own, numbers, strict=False)}
    return _checked(_written(flow, codes), tuple(codes.values())), own


def _codes(flow: Flow) -> dict[Code, None]:
    return dict.fromkeys(piece[1] for piece in flow.pieces if not isinstance(piece, str))


def _are_named(codes: Sequence[Code], words: str) -> bool:
    """Tell whether what codes bear in `x` can serve as their numbers."""
    names = {code.x for code in codes if _NUMBER.fullmatch(code.x)}
    free = not any(f"{{{before}{name}{after}}}" in words for name in names for before, after in _MARKERS)
    return len(names) == len(codes) and free


def coded_target(flow: Flow, source: CodedText, codes: Sequence[Code]) -> str:
    """Return a target with the markers of its source; `codes` are those of the source as they were read."""
    same: dict[Code, InlineCode] = {}
    left = list(zip(codes, source.codes, strict=True))
    own = _codes(flow)
    for by_name in (True, False):
        for code in own:
            if code in same:
                continue
            found = next((pair for pair in left if _same(code, pair[0], by_name=by_name)), None)
            if found is not None:
                left.remove(found)
                same[code] = found[1]
    return _checked(_written(flow, same), source.codes).text


def _same(code: Code, other: Code, *, by_name: bool) -> bool:
    return code.kind is other.kind and (not by_name or code.x == other.x != "")


def _written(flow: Flow, codes: dict[Code, InlineCode]) -> str:
    """Return a text with its markers, cleaned as a whole: where a code is left out, an accent finds its letter.

    It stands on one line, as a text that somebody writes here; the lines of a file are how that was laid out. Tabs and
    rows of spaces are the text's own, as the standard's tests have them.
    """
    whole = "".join(piece if isinstance(piece, str) else _marker(*piece, codes) for piece in flow.pieces)
    if len(flow.pieces) > 1:
        whole = clean(whole)
    if "\n" in whole:
        whole = " ".join(filter(None, (line.strip(" \t") for line in whole.split("\n"))))
    return whole.strip()


def _marker(kind: TokenKind, code: Code, codes: dict[Code, InlineCode]) -> str:
    if code not in codes:
        return ""
    write = {TokenKind.OPEN: opening, TokenKind.CLOSE: closing}.get(kind, alone)
    return write(codes[code])


def _checked(text: str, codes: tuple[InlineCode, ...]) -> CodedText:
    if codes and check_nesting(text, codes):
        raise CodeFaultError(Reason("unbalanced", N_("Its inline codes overlap instead of standing in each other.")))
    return CodedText(text, codes)


@dataclass(slots=True)
class _Reading:
    """What has been read of one text; `open` are halves that wait for their others (None where they mean nothing)."""

    depth: int
    pieces: list[Piece] = field(default_factory=list)
    inner: list[Flow] = field(default_factory=list)
    open: dict[str, Code | None] = field(default_factory=dict)
    before: list[Piece] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)
    gap: bool = False

    def flow(self) -> Flow:
        if self.open:
            raise CodeFaultError(
                Reason("unbalanced", N_("An inline code begins and does not end: i=“%(i)s”."), i=next(iter(self.open)))
            )
        return Flow((*self.before, *self.pieces, *self.after), tuple(self.inner))

    def inside(self, element: etree._Element) -> None:
        """Read an element's text, its children and what stands between them."""
        if self.depth > _DEEPEST:
            raise CodeFaultError(Reason("unbalanced", N_("Its inline codes stand too deep in each other.")))
        self.depth += 1
        self._text(element.text)
        for child in element:
            self._child(child)
            self._text(child.tail)
        self.depth -= 1

    def _text(self, text: str | None) -> None:
        if not text:
            return
        before = self.pieces[-1] if self.gap and self.pieces else ""
        doubled = isinstance(before, str) and before.endswith(" ") and text.startswith(" ")
        self.pieces.append(clean(text[1:] if doubled else text))
        self.gap = False

    def _child(self, element: etree._Element) -> None:
        name = local_name(element)
        if not name:
            raise CodeFaultError(
                Reason("entity", N_("It has an entity that XML does not know: %(entity)s."), entity=element.text)
            )
        if name == "hi":
            self._highlighted(element)
        elif name in _CODES:
            self._code(name, element)
            self.inner += [flow_of(child, depth=self.depth) for child in element if local_name(child) == "sub"]
        else:
            self.inside(element)

    def _highlighted(self, element: etree._Element) -> None:
        code = _code_of(element)
        if code is None or code.kind is CodeKind.BREAK:
            self.inside(element)
            return
        self.pieces.append((TokenKind.OPEN, code))
        self.inside(element)
        self.pieces.append((TokenKind.CLOSE, code))

    def _code(self, name: str, element: etree._Element) -> None:
        number = element.get("i", "")
        code = None if name == "ept" else _code_of(element)
        pair = None if code is None or code.kind is CodeKind.BREAK else code
        if name == "bpt":
            if number in self.open:
                raise CodeFaultError(
                    Reason("unbalanced", N_("Two inline codes begin with the same number: i=“%(i)s”."), i=number)
                )
            self.open[number] = pair
            self._put(self.pieces, TokenKind.OPEN, pair)
        elif name == "ept":
            if number not in self.open:
                raise CodeFaultError(
                    Reason("unbalanced", N_("An inline code ends and does not begin: i=“%(i)s”."), i=number)
                )
            self._put(self.pieces, TokenKind.CLOSE, self.open.pop(number))
        elif name == "it":
            self._half(element.get("pos", "").lower(), pair)
        elif code is not None and code.kind is CodeKind.BREAK:
            self.pieces.append((TokenKind.ALONE, code))
        else:
            self.gap = True  # of the spaces around what is left out, one is enough

    def _half(self, position: str, code: Code | None) -> None:
        if position in {"begin", "open"}:
            self._put(self.pieces, TokenKind.OPEN, code)
            if code is not None:
                self.after.insert(0, (TokenKind.CLOSE, code))
        elif position in {"end", "close"}:
            if code is not None:
                self.before.insert(0, (TokenKind.OPEN, code))
            self._put(self.pieces, TokenKind.CLOSE, code)

    @staticmethod
    def _put(pieces: list[Piece], kind: TokenKind, code: Code | None) -> None:
        if code is not None:
            pieces.append((kind, code))


def _code_of(element: etree._Element) -> Code | None:
    """Return what a code means here, None for nothing."""
    written = element.text or ""
    kind = _TYPES.get(element.get("type", "").lower().removeprefix("x-"))
    if kind is None and (found := _HTML_NAME.match(written)) and local_name(element) != "hi":
        kind = _TYPES.get(found[1].lower())
    if kind is None:
        return None
    href = _HREF.search(written) if kind is CodeKind.LINK else None
    return Code(kind, safe_href(html.unescape(href[1])) if href else None, element.get("x", ""))
