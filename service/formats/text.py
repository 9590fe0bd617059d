"""Plain text in and out: what an author types or pastes without any markup.

Blank lines part the blocks, and what a block is shows only in its shape: a short line without an end mark is
a heading, a line with a bullet a list item, a paragraph in quotation marks a quotation. Written out and read
again, a text has the same blocks; heading levels and inline codes, which plain text cannot show, are lost.
"""

# ruff: noqa: RUF001 - the typographic marks are what plain text is read by

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from service.domain.characters import clean
from service.domain.covering import writable
from service.domain.inline import TokenKind, plain
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode
from service.formats.arranging import (
    LONGEST_GUESSED_TITLE,
    LONGEST_KICKER,
    arrange,
    could_be_kicker,
    in_reading_order,
    is_kicker,
    numbers,
)
from service.formats.building import BREAK, Run, coded, one_line
from service.formats.wrapping import END_MARKS, SHORTEST_WRAPPED, unwrapped

LONGEST_HEADING = 120
_LONGEST_WRAPPED_TITLE = 200
_ITEM = re.compile(r"(?P<indent>\s*)(?:(?P<bullet>[-•*–▪·◦‣])|(?P<number>[0-9]{1,3}[.)]|[a-z]\)))\s+(?=\S)")
_QUOTED = re.compile(r"\s*>\s?")
_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "»": "«"}
_HEADING_START = re.compile(r"[\"“„«»‘'(]*[^\W_]")
_ADDRESS = re.compile(r"[@+]|https?:|www\.|\d{6}")


def read_text(data: str, *, title: str | None = None) -> Document:
    """Read plain text; `title`, if given, is the title, else the first line below a kicker is."""
    chunks = _chunks(clean(data))
    front = _take_front(chunks) if title is None else _take_repeated(chunks, one_line(title))
    reading = _Reading(chunks)
    for chunk in chunks:
        reading.take(chunk)
    return Document(arrange([*front, *_with_headings(reading.blocks)], title=title))


def write_text(blocks: Sequence[Block], locale: str = "") -> str:  # noqa: ARG001 - one signature for every writer
    """Write blocks as plain text: the kicker, the title, then the rest, parted by blank lines."""
    parts: list[str] = []
    for group, members in groupby(in_reading_order(blocks), key=lambda block: block.group):
        items = list(members)
        if not group:
            parts += [_written(block.content) for block in items]
        elif items[0].kind is BlockKind.QUOTE:
            parts.append(_written_quotation(items))
        else:
            parts.append(_written_list(items))
    return "\n\n".join(parts) + "\n" if parts else ""


def _chunks(text: str) -> list[list[str]]:
    """Return the lines between blank ones; blank is a line of white space of any kind."""
    grouped = groupby(text.split("\n"), key=lambda line: bool(line.strip()))
    return [[line.rstrip() for line in lines] for filled, lines in grouped if filled]


def _take_front(chunks: list[list[str]]) -> list[Block]:
    """Take the kicker and the title off the first chunks."""
    front: list[Block] = []
    if _starts_with_kicker(chunks):
        front.append(Block(BlockKind.KICKER, CodedText(_take_line(chunks).rstrip(" :"))))
    if chunks and not _ITEM.match(chunks[0][0]) and len(chunks[0][0]) <= LONGEST_GUESSED_TITLE:
        front.append(Block(BlockKind.TITLE, CodedText(_take_wrapped_title(chunks))))
    return front


def _starts_with_kicker(chunks: list[list[str]]) -> bool:
    if sum(len(chunk) for chunk in chunks[:2]) < 2:  # noqa: PLR2004 - the kicker's line and the title's
        return False
    first, *others = [line.strip() for line in chunks[0]]
    if is_kicker(first):
        return True
    if others:
        return (len(others) > 1 or len(chunks) > 1) and could_be_kicker(first, others[0])
    return len(chunks) > 2 and could_be_kicker(first, " ".join(chunks[1]))  # noqa: PLR2004 - and a text below


def _take_repeated(chunks: list[list[str]], title: str) -> list[Block]:
    """Take a kicker, and the title that was given apart as well, off the beginning of the body."""
    front: list[Block] = []
    lines = [line.strip() for chunk in chunks[:2] for line in chunk[:2]]
    above_title = len(lines) > 1 and len(lines[0]) <= LONGEST_KICKER and _same_line(lines[1], title)
    if above_title or (len(lines) > 1 and is_kicker(lines[0])):
        front.append(Block(BlockKind.KICKER, CodedText(one_line(_take_line(chunks)).rstrip(" :"))))
    if chunks and _same_line(chunks[0][0], title):
        _take_line(chunks)
    return front


def _same_line(line: str, title: str) -> bool:
    return one_line(line).casefold() == title.casefold()


def _take_line(chunks: list[list[str]]) -> str:
    line = chunks[0].pop(0).strip()
    if not chunks[0]:
        chunks.pop(0)
    return line


def _take_wrapped_title(chunks: list[list[str]]) -> str:
    lines = [line.strip() for line in chunks[0]]
    joined = " ".join(lines)
    if len(lines) > 1 and len(joined) <= _LONGEST_WRAPPED_TITLE and lines[1][:1].islower():
        chunks.pop(0)
        return joined
    return _take_line(chunks)


@dataclass(slots=True)
class _List:
    """The list that is being read: its group, and the indents of its open levels."""

    group: int
    ordered: bool
    indents: list[int]


class _Reading:
    """Makes blocks of chunks, and remembers which list is still open."""

    def __init__(self, chunks: Sequence[list[str]]) -> None:
        self.blocks: list[Block] = []
        self._list: _List | None = None
        self._groups = 0
        found = (_ITEM.match(line) for chunk in chunks for line in chunk)
        self._numbers = {_number(item) for item in found if item}
        self._last = 0

    def take(self, chunk: list[str]) -> None:
        """Make the blocks of one chunk of lines."""
        lines: list[str] = []
        item: list[str] = []
        for line in chunk:
            if (found := _ITEM.match(line)) and (item or self._is_item(found)):
                self._paragraph(lines)
                lines, item = [], [line[found.end() :].rjust(len(line))]
                self._item(found, item)
            elif item and (line[0].isspace() or len(item[-1]) >= SHORTEST_WRAPPED):
                item.append(line)
                self.blocks[-1] = replace(self.blocks[-1], content=_joined(item))
            else:
                lines.append(line)
                item = []
        self._paragraph(lines)

    def _paragraph(self, lines: list[str]) -> None:
        if not lines:
            return
        self._list = None
        if all(_QUOTED.match(line) for line in lines):
            self._groups += 1
            for chunk in _chunks("\n".join(_QUOTED.sub("", line, count=1) for line in lines)):
                self.blocks.append(Block(BlockKind.QUOTE, _joined(chunk), group=self._groups))
        elif _is_quotation(" ".join(line.strip() for line in lines)):
            self._groups += 1
            self.blocks.append(Block(BlockKind.QUOTE, _joined(lines), group=self._groups))
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, _joined(lines)))

    def _is_item(self, found: re.Match[str]) -> bool:
        """Whether a line below none is an item: its number opens a list, goes on with one, or is gone on with."""
        number = _number(found)
        deeper = self._list is not None and len(found["indent"].expandtabs(4)) > self._list.indents[0] + 1
        return number is None or deeper or number in {1, self._last + 1} or (number > 0 and number + 1 in self._numbers)

    def _item(self, found: re.Match[str], lines: Sequence[str]) -> None:
        indent, ordered = len(found["indent"].expandtabs(4)), found["number"] is not None
        level = self._level(indent)
        starts_again = found["number"] in {"1.", "1)", "a)"}
        if self._list is None or (level == 1 and (ordered != self._list.ordered or starts_again)):
            self._groups += 1
            self._list = _List(self._groups, ordered, [indent])
        start = _number(found) or 0
        if level == 1 and ordered:
            self._last = start
        item = Block(BlockKind.LIST_ITEM, _joined(lines), level, ordered=ordered, group=self._list.group, start=start)
        self.blocks.append(item)

    def _level(self, indent: int) -> int:
        """Return the depth that an indent means in the open list, and close the deeper ones."""
        if self._list is None:
            return 1
        indents = self._list.indents
        while len(indents) > 1 and indent < indents[-1]:
            indents.pop()
        if indent > indents[-1] + 1:
            indents.append(indent)
        return len(indents)


def _number(item: re.Match[str]) -> int | None:
    """Return what an item counts itself as, a letter by its place in the alphabet; `None` behind a bullet."""
    number = (item["number"] or "")[:-1]
    return int(number) if number.isdigit() else ord(number) - ord("a") + 1 if number else None


def _joined(lines: Sequence[str]) -> CodedText:
    return coded([Run(unwrapped(lines, BREAK))])


def _is_quotation(text: str) -> bool:
    """Whether a paragraph stands in quotation marks from its first character to its last."""
    ends = _MARKS.get(text[:1], "")
    return bool(ends) and len(text) > 2 and text[-1] in ends and not any(end in text[1:-1] for end in ends)  # noqa: PLR2004 - the two marks


def _with_headings(blocks: list[Block]) -> list[Block]:
    """Make headings of the short blocks without an end mark that another kind of block follows."""
    made = list(blocks)
    for at, block in enumerate(blocks[:-1]):
        if _is_short(block) and not _is_short(blocks[at + 1]):
            made[at] = Block(BlockKind.HEADING, block.content, 2)
    return made


def _is_short(block: Block) -> bool:
    text = plain(block.content)
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(text) <= LONGEST_HEADING
        and "\n" not in text
        and text.rstrip("\"'”’») ")[-1:] not in END_MARKS
        and _HEADING_START.match(text) is not None
        and not text[:1].islower()
        and not _ADDRESS.search(text)
    )


def _written(content: CodedText, indent: str = "") -> str:
    """Return a text without codes; a link keeps its address in brackets where its words do not show it."""
    written: list[str] = []
    starts: dict[InlineCode, int] = {}
    for token in writable(content):
        code = token.code
        if code is None:
            written.append(token.text)
        elif code.kind is CodeKind.BREAK:
            written.append(f"\n{indent}")
        elif token.kind is TokenKind.OPEN:
            starts[code] = len(written)
        elif code.kind is CodeKind.LINK and code.href:
            address = code.href.removeprefix("mailto:")
            if address.rstrip("/") not in "".join(written[starts[code] :]):
                written.append(f" ({address})")
    return "".join(written)


def _written_quotation(items: Sequence[Block]) -> str:
    texts = [_written(item.content) for item in items]
    if len(texts) == 1 and _is_quotation(texts[0]):
        return texts[0]
    return "\n>\n".join("\n".join(f"> {line}" for line in text.split("\n")) for text in texts)


def _written_list(items: Sequence[Block]) -> str:
    lines = []
    for item, number in zip(items, numbers(items), strict=True):
        indent = "   " * (item.level - 1)
        lead = f"{number}. " if item.ordered else "- "
        lines.append(f"{indent}{lead}{_written(item.content, indent + ' ' * len(lead))}")
    return "\n".join(lines)
