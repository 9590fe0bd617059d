"""Finding title, kicker and lead among a file's blocks, and giving every format's blocks the same shape.

Readers hand over blocks in the order of the file. Here the title goes first, then the kicker, then the text;
groups are numbered from one and list levels deepen by one at a time, so that equal structures are equal
values.
"""

# ruff: noqa: RUF001 - the quotation marks are what a line ends with

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.inline import plain
from service.domain.segmentation import normalise_source
from service.domain.text import Block, BlockKind, CodedText
from service.formats.building import one_line

KICKERS = frozenset(
    {
        *("nieuwsbericht", "persbericht", "perscommuniqué", "perscommunique", "persmededeling", "mededeling"),
        *("persuitnodiging", "uitnodiging", "persnota", "persdossier", "toespraak", "speech", "communiqué"),
        *("communique", "communiqué de presse", "communique de presse", "invitation presse", "discours"),
        *("pressemitteilung", "pressemeldung", "medienmitteilung", "presseeinladung", "rede", "meldung"),
        *("press release", "news release", "media advisory", "statement", "news", "nieuws", "actualité"),
        *("verklaring", "déclaration", "erklärung", "opiniestuk", "factsheet", "persconferentie"),
    }
)
LONGEST_KICKER = 60
LONGEST_TITLE = 500
LONGEST_GUESSED_TITLE = 250  # a longer first block is a paragraph
_END_MARKS = ".!?…:;,"
# A line of a place and a date; and a kicker with such a line, its number or its embargo behind it.
_DATELINE = re.compile(
    r"(?:[^\W\d_][^\d,]{1,30},\s*)?"
    r"[0-9]{1,2}(?:[./-][0-9]{1,2}[./-]|\.?\s+[^\W\d_]{3,10}\.?\s+)[0-9]{4}"
)
_DATED = re.compile(r"\s+(?:[-–—|·]\s+)?|[–—|·]")
_NUMBER_OR_EMBARGO = re.compile(r"(?:(?:onder|sous)\s+)?embargo\b.*|sperrfrist\b.*|(?:nr\.?|n°|no\.?)\s*[0-9].*")


def is_kicker(line: str) -> bool:
    """Whether a line is a kicker by its words: Persbericht, or Communiqué de presse with a colon."""
    words = normalise_source(line).rstrip(" :").casefold()
    if words in KICKERS or len(words) > LONGEST_KICKER:
        return words in KICKERS
    parts = [(words[: sign.start()], words[sign.end() :]) for sign in _DATED.finditer(words)]
    return any(word in KICKERS and _is_dated(rest) for word, rest in parts)


def _is_dated(words: str) -> bool:
    return bool(_DATELINE.fullmatch(words) or _NUMBER_OR_EMBARGO.fullmatch(words))


def could_be_kicker(line: str, following: str) -> bool:
    """Whether a line of one to three words, or a place and a date, stands above a longer line like a kicker."""
    words = line.split()
    return (
        (0 < len(words) <= 3 or _DATELINE.fullmatch(line) is not None)  # noqa: PLR2004 - a kicker is a word or two
        and len(line) <= LONGEST_KICKER
        and line[-1] not in _END_MARKS
        and (len(following.split()) > len(words) or _DATELINE.fullmatch(line) is not None)
        and len(following) <= LONGEST_GUESSED_TITLE
        and not ends_sentence(following)
    )


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop or another mark at which a title seldom ends."""
    return line.rstrip("\"'”’»“) ").endswith((".", "…", ":", ";"))


def arrange(blocks: Sequence[Block], *, title: str | None = None, fallback: str = "") -> tuple[Block, ...]:
    """Put the title first and the kicker behind it, and mark the lead.

    `title` is the author's own and wins over the file's: a body that begins with the same title does not
    repeat it. Without it the first title block is the title, else `fallback`, else the first block if it is
    short.
    """
    rest = list(blocks)
    kicker = _take_kicker(rest)
    if title is not None and one_line(title):
        headline = one_line(title)
        kicker = _drop_repeated(rest, headline) or kicker
    else:
        headline = _take_title(rest, fallback)
    front = [Block(BlockKind.TITLE, CodedText(headline))] if headline else []
    if kicker:
        front.append(Block(BlockKind.KICKER, CodedText(kicker)))
    return (*front, *_shaped(_with_lead(rest)))


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks as a reader sees them: the kicker above the title."""
    return sorted(blocks, key=lambda block: (block.kind is not BlockKind.KICKER, block.kind is not BlockKind.TITLE))


def numbers(items: Sequence[Block]) -> list[int]:
    """Return the number of each item of a list, counted on its own level."""
    counted: list[int] = []
    found = []
    for item in items:
        del counted[item.level :]
        counted += [0] * (item.level - len(counted))
        counted[item.level - 1] = item.start or counted[item.level - 1] + 1
        found.append(counted[item.level - 1])
    return found


def _line(block: Block) -> str:
    return one_line(plain(block.content))


def _take_kicker(rest: list[Block]) -> str:
    """Take the kicker out of `rest`: marked by the file, known by its word, or short above the title."""
    marked = next((at for at, block in enumerate(rest) if block.kind is BlockKind.KICKER), None)
    if marked is not None:
        return _line(rest.pop(marked))
    if not rest[1:] or rest[0].kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING}:
        return ""
    first = _line(rest[0])
    above_title = rest[1].kind is BlockKind.TITLE
    if is_kicker(first) or (above_title and len(first) <= LONGEST_KICKER and not ends_sentence(first)):
        rest.pop(0)
        return first.rstrip(" :")
    return ""


def _drop_repeated(rest: list[Block], headline: str) -> str:
    """Drop the given title from the beginning of the body; return a kicker that stands above it there."""
    wanted = headline.casefold()
    if rest and _line(rest[0]).casefold() == wanted:
        rest.pop(0)
    elif len(rest) > 1 and _line(rest[1]).casefold() == wanted and len(_line(rest[0])) <= LONGEST_KICKER:
        rest.pop(1)
        return _line(rest.pop(0)).rstrip(" :")
    return ""


def _take_title(rest: list[Block], fallback: str) -> str:
    titled = next((at for at, block in enumerate(rest) if block.kind is BlockKind.TITLE), None)
    if titled is not None:
        return _line(rest.pop(titled))
    if one_line(fallback):
        headline = one_line(fallback)
        _drop_repeated(rest, headline)
        return headline
    if rest and len(_line(rest[0])) <= LONGEST_GUESSED_TITLE and rest[0].kind is not BlockKind.LIST_ITEM:
        return _line(rest.pop(0))
    return ""


def _with_lead(rest: list[Block]) -> list[Block]:
    """Mark the first paragraph as the lead, unless the file marked one or nothing follows it."""
    if any(block.kind is BlockKind.LEAD for block in rest) or not rest[1:]:
        return rest
    first = rest[0]
    return [replace(first, kind=BlockKind.LEAD), *rest[1:]] if first.kind is BlockKind.PARAGRAPH else rest


def _shaped(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with groups numbered in order and with list levels that deepen by one at a time.

    A list that goes on with another number than the next is two; the lists within a list count from one.
    """
    shaped: list[Block] = []
    groups = number = 0
    ordered_list = False
    before: Block | None = None
    for block in blocks:
        together = before is not None and (before.kind, before.group) == (block.kind, block.group)
        before = block
        if block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            shaped.append(Block(BlockKind.HEADING, block.content, min(max(block.level, 2), 6)))
        elif block.kind is BlockKind.QUOTE:
            groups += not together
            shaped.append(Block(block.kind, block.content, group=groups))
        elif block.kind is BlockKind.LIST_ITEM:
            level = min(max(block.level, 1), shaped[-1].level + 1 if together else 1)
            opens = not together or (level == 1 and block.ordered is not ordered_list)
            start = block.start if level == 1 and block.ordered else 0
            if opens or start not in {0, number + 1}:
                groups += 1
                ordered_list = block.ordered
                number = 0
            start = 0 if start == number + 1 else start
            number = start or number + (level == 1)
            shaped.append(Block(block.kind, block.content, level, ordered=block.ordered, group=groups, start=start))
        else:
            shaped.append(Block(block.kind, block.content))
    return shaped
