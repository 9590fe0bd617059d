"""HTML in and out: what a content system or a word processor makes, and a fragment that any page may show.

Reading keeps headings, paragraphs, lists, quotations, bold, italic, links and line breaks, and flattens the
rest; scripts, styles, frames and comments never get further. Nothing is fetched. Writing gives the same few
elements with hardly an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import nh3
from lxml import etree

from service.domain.characters import clean
from service.domain.errors import N_, Invalid
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document
from service.formats.arranging import arrange, in_reading_order
from service.formats.building import BREAK, Run, Style, coded, coded_paragraphs, safe_href
from service.formats.html_writing import inline_html
from service.formats.raised import raised


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_DROPPED = _names(
    "script style iframe object embed applet noscript template svg math canvas audio video picture map",
    "select option textarea button del s strike noframes frameset frame title meta link base param source",
    "track",
)
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset",
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre",
    "section summary table tbody td tfoot th thead tr ul",
)
_LISTS = {"ul": False, "ol": True, "menu": False, "dir": False}
_STYLES = {"b": CodeKind.BOLD, "strong": CodeKind.BOLD, "i": CodeKind.ITALIC, "em": CodeKind.ITALIC}
_MARKED = {"kicker": BlockKind.KICKER, "lead": BlockKind.LEAD}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# One editor wraps everything that is copied from it in bold that is none.
_NORMAL_WEIGHT = re.compile(r"font-weight\s*:\s*(?:normal|400)", re.IGNORECASE)

_COUNTED = re.compile(r"[0-9]{1,9}")  # as long as Markdown lets a number of a list be

# How the parser says that it read no further; the second is what older versions call it.
_LIMITS = {"ERR_RESOURCE_LIMIT", "ERR_INTERNAL_ERROR"}

_ALLOWED = set(_names("h1 h2 h3 h4 h5 h6 p blockquote ul ol li strong em a br"))


def read_html(data: str, *, title: str | None = None) -> Document:
    """Read an HTML page or fragment; the title is `title`, else the first `h1`, else the page's own.

    Raises `Invalid` (too_deep) for a page that is nested deeper than the parser follows.
    """
    source = clean(data)
    if not source.strip():
        return Document(arrange([], title=title))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(source.encode("utf-8"), parser)
    if any(entry.type_name in _LIMITS for entry in parser.error_log):
        raise Invalid(
            "too_deep",
            N_("The page is nested more than 250 elements deep and cannot be read whole. Paste its text instead."),
            field="body",
        )
    if root is None:
        return Document(arrange([], title=title))
    page_title = root.findtext("head/title") or ""
    return Document(arrange(_Reading().read(root), title=title, fallback=page_title))


def write_html(blocks: Sequence[Block], locale: str = "") -> str:  # noqa: ARG001 - as every writer
    """Write blocks as a fragment of HTML that is safe in any page: kicker, `h1`, then the text."""
    parts = list(html_parts(blocks, lambda block: inline_html(block.content)))
    return _cleaned("\n".join(parts) + "\n" if parts else "")


def inline_fragment(content: CodedText) -> str:
    """Write one coded text as inline HTML that is safe in any page."""
    return _cleaned(inline_html(content))


def _cleaned(fragment: str) -> str:
    """Let nothing pass but what is written here: the second lock, for everything is escaped where it is written."""
    return nh3.clean(
        fragment,
        tags=_ALLOWED,
        attributes={"a": {"href"}, "ol": {"start"}},
        allowed_classes={"p": set(_MARKED)},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def html_parts(blocks: Sequence[Block], inline: Callable[[Block], str]) -> Iterator[str]:
    """Yield the elements of a text one by one, a whole list or quotation as one; `inline` writes what is in a block.

    What `inline` returns is put there as it is: it has to be safe.
    """
    for group, members in groupby(in_reading_order(blocks), key=lambda block: block.group):
        items = list(members)
        if not group:
            yield from (_written(block, inline(block)) for block in items)
        elif items[0].kind is BlockKind.QUOTE:
            quoted = "".join(f"<p>{inline(item)}</p>" for item in items)
            yield f"<blockquote>{quoted}</blockquote>"
        else:
            yield "".join(_written_list(items, inline))


def _written(block: Block, content: str) -> str:
    if block.kind is BlockKind.TITLE:
        return f"<h1>{content}</h1>"
    if block.kind is BlockKind.HEADING:
        return f"<h{block.level or 2}>{content}</h{block.level or 2}>"
    if block.kind in {BlockKind.KICKER, BlockKind.LEAD}:
        return f'<p class="{block.kind.value}">{content}</p>'
    return f"<p>{content}</p>"


def _written_list(items: Sequence[Block], inline: Callable[[Block], str]) -> Iterator[str]:
    """Yield a list's tags and items; each deeper list stands inside the item above it."""
    open_tags: list[str] = []
    for item in items:
        tag = "ol" if item.ordered else "ul"
        while len(open_tags) > item.level:
            yield f"</li></{open_tags.pop()}>"
        if len(open_tags) == item.level:
            yield "</li>"
            if open_tags[-1] != tag:
                yield f"</{open_tags.pop()}>"
        while len(open_tags) < item.level:
            open_tags.append(tag)
            opening = f'ol start="{item.start}"' if item.start else tag
            yield f"<{opening}>" if len(open_tags) == item.level else f"<{tag}><li>"
        yield f"<li>{inline(item)}"
    while open_tags:
        yield f"</li></{open_tags.pop()}>"


@dataclass(slots=True)
class _Place:
    """An open block element and what it makes of the text inside it."""

    tag: str
    kind: BlockKind
    level: int = 0
    ordered: bool = False
    group: int = 0
    start: int = 0


@dataclass(slots=True)
class _Reading:
    """Walks through a page once, without recursion, and collects its blocks."""

    blocks: list[Block] = field(default_factory=list)
    _places: list[_Place] = field(default_factory=lambda: [_Place("body", BlockKind.PARAGRAPH)])
    _styles: list[tuple[etree._Element, Style]] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _groups: int = 0
    _next_number: int = 0  # the number that the next item bears, if its element or its list's tells one

    def read(self, root: etree._Element) -> list[Block]:
        """Return the blocks of a page in order."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            dropped = _is_dropped(element, tag)
            figures = raised("".join(element.itertext()), tag) if tag in {"sup", "sub"} and not dropped else None
            dropped = dropped or figures is not None
            if event == "start":
                if dropped:
                    walk.skip_subtree()
                    self._text(figures)
                else:
                    self._start(element, tag)
                    self._text(element.text)
            else:
                if not dropped:
                    self._end(element, tag)
                self._text(element.tail)
        self._flush()
        return self.blocks

    def _start(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._part(tag)
            self._places.append(self._place(element, tag))
        elif tag == "br":
            self._runs.append(Run(BREAK, self._covering()))
        elif tag == "q":
            self._runs.append(Run("“", self._covering()))
        elif (style := _style(element, tag)) is not None:
            self._styles.append((element, style))

    def _end(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._part(tag)
            self._places.pop()
        elif tag == "q":
            self._runs.append(Run("”", self._covering()))
        elif self._styles and self._styles[-1][0] is element:
            self._styles.pop()

    def _text(self, text: str | None) -> None:
        if text:
            shown = text.replace("\n", BREAK) if self._places[-1].tag == "pre" else text
            self._runs.append(Run(shown, self._covering()))

    def _covering(self) -> tuple[Style, ...]:
        covering: list[Style] = []
        for _, style in self._styles:
            # Bold within bold says nothing new, and a link within a link cannot be.
            if all(style.kind is not outer.kind for outer in covering):
                covering.append(style)
        return tuple(covering)

    def _place(self, element: etree._Element, tag: str) -> _Place:
        around = self._places[-1]
        if tag in _LISTS:
            within = around.level if around.kind is BlockKind.LIST_ITEM else 0
            group = around.group if within else self._new_group()
            return _Place(tag, BlockKind.LIST_ITEM, within + 1, _LISTS[tag], group, _number(element, "start"))
        if tag == "li":
            self._next_number, around.start = _number(element, "value") or around.start, 0
        if tag == "li" and around.kind is not BlockKind.LIST_ITEM:
            return _Place(tag, BlockKind.LIST_ITEM, 1, group=self._new_group())
        if tag == "blockquote":
            return _Place(tag, BlockKind.QUOTE, group=self._new_group())
        if tag == "h1":
            return _Place(tag, BlockKind.TITLE, 1)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():  # noqa: PLR2004 - h2 to h6
            return _Place(tag, BlockKind.HEADING, int(tag[1]))
        marked = next((_MARKED[name] for name in element.get("class", "").split() if name in _MARKED), None)
        if marked is not None and around.kind is BlockKind.PARAGRAPH:
            return _Place(tag, marked)
        return _Place(tag, around.kind, around.level, around.ordered, around.group)

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _part(self, tag: str) -> None:
        """End the block that is being read; paragraphs within one list item are lines of it instead."""
        place = self._places[-1]
        if place.kind is BlockKind.LIST_ITEM and tag not in {"li", *_LISTS} and tag[0] != "h" and tag != "blockquote":
            self._runs.append(Run(BREAK))
        else:
            self._flush()

    def _flush(self) -> None:
        place, runs, self._runs = self._places[-1], self._runs, []
        if place.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LEAD}:
            contents = coded_paragraphs(runs)
        else:
            contents = [content for content in [coded(runs)] if content.text]
        for number, content in enumerate(contents):
            kind = BlockKind.PARAGRAPH if number and place.kind is BlockKind.LEAD else place.kind
            start, self._next_number = (self._next_number, 0) if kind is BlockKind.LIST_ITEM else (0, self._next_number)
            self.blocks.append(Block(kind, content, place.level, ordered=place.ordered, group=place.group, start=start))


def _is_dropped(element: etree._Element, tag: str) -> bool:
    return (
        tag in _DROPPED
        or not tag
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _number(element: etree._Element, name: str) -> int:
    written = element.get(name, "").strip()
    return int(written) if _COUNTED.fullmatch(written) else 0


def _style(element: etree._Element, tag: str) -> Style | None:
    if tag == "a":
        href = safe_href(element.get("href", ""))
        return Style(CodeKind.LINK, href) if href else None
    if tag in _STYLES and not _NORMAL_WEIGHT.search(element.get("style", "")):
        return Style(_STYLES[tag])
    return None
