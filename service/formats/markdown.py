"""Markdown in and out: CommonMark with tables.

A Markdown text is rendered to HTML and read as such, so that raw HTML in it gets the same treatment as any
other. Written out, every character that Markdown would take for markup is escaped, and read again it gives
equal blocks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt

from service.domain.characters import clean
from service.domain.covering import writable
from service.domain.errors import N_, Invalid
from service.domain.inline import Token, TokenKind
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode
from service.formats.arranging import in_reading_order, numbers
from service.formats.html import read_html

_INLINE = re.compile(r"[\\`*\[\]<|]|&(?=[#A-Za-z])|(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"^([0-9]{1,9}(?=[.)])|)([-+=~#>:.)])", re.MULTILINE)
# Markdown counts a line as blank only if it holds nothing but spaces and tabs; authors paste others.
_BLANK_LINE = re.compile(r"^[^\S\n]++$", re.MULTILINE)
# What site generators put above a text, between lines of their own: `key: value`, with lists and remarks under a key.
_HEADER = re.compile(
    r"---[ \t]*\n(?P<lines>(?:\w[\w-]*[ \t]*:(?:[ \t].*)?\n(?:(?:[ \t]+\S.*|-[ \t].*|\#.*|[ \t]*)\n)*)+)"
    r"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_HEADER_TITLE = re.compile(r"^title[ \t]*:[ \t]+(?P<quote>[\"']?)(?P<title>[^|>\s].*?)(?P=quote)[ \t]*$", re.MULTILINE)
# What takes the parser's time, in a paragraph or in many; a million characters of prose have less of it.
_MARKUP = re.compile(r"[*_`<\[|\n]")
_MOST_MARKUP = 20_000
_DELIMITERS = {CodeKind.BOLD: "**", CodeKind.ITALIC: "_"}
_TAGS = {CodeKind.BOLD: "strong", CodeKind.ITALIC: "em"}


def read_markdown(data: str, *, title: str | None = None) -> Document:
    """Read Markdown; `title`, if given, is the title, else the first heading of the first level is.

    A header of `key: value` lines above the text is left out; where neither names a title, its `title` does.
    Raises `Invalid` (too_much_markup) for a text that would keep the parser busy for long.
    """
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Which links may stay is decided once, where HTML is read, and an address stays as it was written.
    parser.validateLink = _any_link  # type: ignore[assignment,method-assign]
    parser.normalizeLink = _same_link  # type: ignore[method-assign]
    header, text = _parted(_BLANK_LINE.sub("", clean(data)))
    _check_markup(text)
    named = _HEADER_TITLE.search(header)
    page = f"<title>{escape(named['title'])}</title>" if named else ""
    return read_html(page + parser.render(text), title=title)


def write_markdown(blocks: Sequence[Block], locale: str = "") -> str:  # noqa: ARG001 - one signature for every writer
    """Write blocks as Markdown: the kicker, the title as a heading of the first level, then the text."""
    parts: list[str] = []
    lists = 0
    for group, members in groupby(in_reading_order(blocks), key=lambda block: block.group):
        items = list(members)
        if not group:
            parts += [_written(block) for block in items]
        elif items[0].kind is BlockKind.QUOTE:
            quoted = "\n\n".join(_inline(item.content) for item in items)
            parts.append("\n".join(f"> {line}".rstrip() for line in quoted.split("\n")))
        else:
            lists += 1
            parts.append(_written_list(items, other_marks=lists % 2 == 0))
    return "\n\n".join(parts) + "\n" if parts else ""


def _parted(text: str) -> tuple[str, str]:
    """Return the lines of the header that stands above a text, if there is one, and the text."""
    found = _HEADER.match(text)
    return (found["lines"], text[found.end() :]) if found else ("", text)


def _check_markup(text: str) -> None:
    count = sum(1 for _ in _MARKUP.finditer(text))
    if count > _MOST_MARKUP:
        raise Invalid(
            "too_much_markup",
            N_("The text has %(count)s line ends and signs of markup; at most %(limit)s are read. Split it."),
            field="body",
            count=count,
            limit=_MOST_MARKUP,
        )


def _any_link(_url: str) -> bool:
    return True


def _same_link(url: str) -> str:
    return url


def _written(block: Block) -> str:
    if block.kind is BlockKind.TITLE:
        return f"# {_inline(block.content, heading=True)}"
    if block.kind is BlockKind.HEADING:
        return f"{'#' * (block.level or 2)} {_inline(block.content, heading=True)}"
    return _inline(block.content)


def _written_list(items: Sequence[Block], *, other_marks: bool) -> str:
    """Write a list; neighbouring lists take other marks in turn, or they would be read as one list."""
    lines = []
    indents: list[int] = []
    for item, number in zip(items, numbers(items), strict=True):
        del indents[item.level - 1 :]
        mark = f"{number}{')' if other_marks else '.'}" if item.ordered else "*" if other_marks else "-"
        indent = " " * sum(indents)
        indents.append(len(mark) + 1)
        content = _inline(item.content).replace("\n", "\n" + " " * sum(indents))
        lines.append(f"{indent}{mark} {content}")
    return "\n".join(lines)


def _inline(content: CodedText, *, heading: bool = False) -> str:
    tokens = writable(content)
    as_html = _not_as_delimiters(tokens)
    written = []
    for at, token in enumerate(tokens):
        code = token.code
        if code is None:
            written.append(_escaped(token.text, heading=heading, before_link=_opens_link(tokens[at + 1 : at + 2])))
        elif code.kind is CodeKind.BREAK:
            written.append("<br>" if heading else "\\\n")
        elif code.kind is CodeKind.LINK:
            written.append("[" if token.kind is TokenKind.OPEN else f"](<{_destination(code.href or '')}>)")
        elif code.id in as_html:
            written.append(f"<{'/' if token.kind is TokenKind.CLOSE else ''}{_TAGS[code.kind]}>")
        else:
            written.append(_DELIMITERS[code.kind])
    text = "".join(written)
    return text if heading else _LINE_START.sub(r"\1\\\2", text)


def _opens_link(tokens: Sequence[Token]) -> bool:
    return any(token.kind is TokenKind.OPEN and token.code and token.code.kind is CodeKind.LINK for token in tokens)


def _escaped(text: str, *, heading: bool, before_link: bool) -> str:
    escaped = _INLINE.sub(r"\\\g<0>", text)
    if before_link and escaped.endswith("!"):
        escaped = f"{escaped[:-1]}\\!"  # or the link is read as an image
    return escaped.replace("#", "\\#") if heading else escaped


def _destination(href: str) -> str:
    return href.replace("&", "&amp;")


def _not_as_delimiters(tokens: Sequence[Token]) -> set[int]:
    """Return the numbers of the codes that stand where Markdown would not take `**` or `_` for emphasis.

    CommonMark's rules for delimiters are met for certain if white space, punctuation or nothing stands
    outside of both and something else than white space inside; any other pair is written as HTML.
    """
    wrong: set[int] = set()
    for at, token in enumerate(tokens):
        code: InlineCode | None = token.code
        if code is None or code.kind not in _DELIMITERS:
            continue
        opens = token.kind is TokenKind.OPEN
        outside = _next_character(tokens, at, -1 if opens else 1)
        inside = _next_character(tokens, at, 1 if opens else -1)
        if not _parts_words(outside) or not inside or inside.isspace():
            wrong.add(code.id)
    return wrong


def _next_character(tokens: Sequence[Token], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(tokens):
        token = tokens[at]
        if token.code is None and token.text:
            return token.text[0] if step > 0 else token.text[-1]
        if token.code is not None and token.code.kind is CodeKind.BREAK:
            return "\n"
        at += step
    return ""


def _parts_words(character: str) -> bool:
    return not character or character.isspace() or unicodedata.category(character).startswith("P")
