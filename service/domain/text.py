"""The values that a text is made of: blocks, inline codes, segments.

`formats` reads files into a `Document` and writes one back; `segmentation` cuts its blocks into segments. Everything
else handles text only as these values.

A coded text is a string with markers for its inline codes: `{1}…{/1}` around what a paired code covers, `{2/}` for
one that stands alone (a line break). A marker counts only if its number is in the table of codes, so braces that the
author typed are ordinary characters: numbering starts above any number that stands in braces in the text itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is in the release; the order is the order of the text, but the title is stored first."""

    KICKER = "kicker"
    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"


class CodeKind(StrEnum):
    """The inline codes that a press release can carry."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class InlineCode:
    """One inline code: its number in the markers, what it is, and where it leads if it is a link."""

    id: int
    kind: CodeKind
    href: str | None = None


@dataclass(frozen=True, slots=True)
class CodedText:
    """A text with markers, and the table of the codes that they name."""

    text: str
    codes: tuple[InlineCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, quote or list item.

    `level` is 2 to 6 for a heading and the depth, from 1, for a list item; `ordered` tells numbered lists; `group`
    numbers the list or quotation that neighbouring blocks belong to together (0 for none). `start` is the number of a
    numbered list's first item where that is not 1 (0 for any other block).
    """

    kind: BlockKind
    content: CodedText
    level: int = 0
    ordered: bool = False
    group: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A whole release in one language: the title first, then the kicker if there is one, then the text in order."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = field(default=())

    @property
    def title(self) -> str:
        """The title without markers' meaning: the text of the first title block, or the empty string."""
        return next((block.content.text for block in self.blocks if block.kind is BlockKind.TITLE), "")


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest piece translated on its own.

    `block` is the index of its block in the document; `gap` the white space that stood between it and the next
    segment of the same block ("" for the last).
    """

    block: int
    source: CodedText
    gap: str = ""
