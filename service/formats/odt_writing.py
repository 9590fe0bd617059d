"""ODT out: a version as a document of the open format, with styles that the desk reads back.

Headings, quotations and lists bear the format's usual styles; kicker and lead have styles of their own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText
from service.formats.arranging import in_reading_order
from service.formats.runs import FlatRun, flat_runs, xml_safe

if TYPE_CHECKING:
    from odfdo import Document as TextDocument

_STYLES = {
    BlockKind.KICKER: "Kicker",
    BlockKind.TITLE: "Title",
    BlockKind.LEAD: "Lead",
    BlockKind.PARAGRAPH: "Text_20_body",
    BlockKind.QUOTE: "Quotations",
    BlockKind.LIST_ITEM: "Text_20_body",
}
_OWN = (  # name, parent, what it does to the text
    ("Kicker", "Standard", 'fo:text-transform="uppercase"'),
    ("Lead", "Text_20_body", 'fo:font-size="115%"'),
    ("Title", "Heading", 'fo:font-size="200%"'),
    ("Quotations", "Text_20_body", 'fo:color="#444444"'),
)
_BOLD, _ITALIC = 'fo:font-weight="bold"', 'fo:font-style="italic"'
_SPANS = (("Bold", _BOLD), ("Italic", _ITALIC), ("Bold_20_italic", f"{_BOLD} {_ITALIC}"))
_SPAN_NAMES = {(True, False): "Bold", (False, True): "Italic", (True, True): "Bold_20_italic"}
_LIST_STYLES = {False: "List_20_1", True: "Numbering_20_1"}


def write_odt(blocks: Sequence[Block], locale: str = "") -> bytes:
    """Write blocks as an ODT file: the kicker, the title, then the text."""
    from odfdo import Document  # noqa: PLC0415 - only an export of this kind needs it, and it takes long to load

    document = Document("text")
    _prepare(document, blocks, locale)
    body: Any = document.body
    body.clear()
    for group, members in groupby(in_reading_order(blocks), key=lambda block: block.group):
        items = list(members)
        if group and items[0].kind is BlockKind.LIST_ITEM:
            for made in _lists(items):
                body.append(made)
        else:
            for block in items:
                body.append(_paragraph(block))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: TextDocument, blocks: Sequence[Block], locale: str) -> None:
    """Add the styles, the language and the title."""
    from odfdo import Element  # noqa: PLC0415 - as in `write_odt`

    for name, parent, does in _OWN:
        style = (
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}">'
            f"<style:text-properties {does}/></style:style>"
        )
        document.insert_style(Element.from_tag(style))  # type: ignore[arg-type] # it makes a style of the tag
    for name, does in _SPANS:
        style = f'<style:style style:name="{name}" style:family="text"><style:text-properties {does}/></style:style>'
        document.insert_style(Element.from_tag(style))  # type: ignore[arg-type] # as above
    if locale:
        document.set_language(locale)
    document.meta.title = next((xml_safe(plain(b.content)) for b in blocks if b.kind is BlockKind.TITLE), "")


def _lists(items: Sequence[Block]) -> Iterator[Any]:
    """Yield a group's lists; each deeper list stands inside the item above it."""
    open_lists: list[tuple[bool, Any]] = []
    for item in items:
        del open_lists[item.level :]
        if len(open_lists) == item.level and open_lists[-1][0] is not item.ordered:
            open_lists.pop()
        while len(open_lists) < item.level:
            made = _made("text:list")
            made.set_attribute("text:style-name", _LIST_STYLES[item.ordered])
            if not open_lists:
                yield made
            else:
                around = open_lists[-1][1]
                if not around.children:
                    around.append(_made("text:list-item"))
                around.children[-1].append(made)
            open_lists.append((item.ordered, made))
        entry = _made("text:list-item")
        if item.start:
            entry.set_attribute("text:start-value", str(item.start))
        entry.append(_paragraph(item))
        open_lists[-1][1].append(entry)


def _paragraph(block: Block) -> Any:
    if block.kind is BlockKind.HEADING:
        element = _made("text:h")
        element.set_attribute("text:outline-level", str(block.level - 1))
        element.set_attribute("text:style-name", f"Heading_20_{block.level - 1}")
    else:
        element = _made("text:p")
        element.set_attribute("text:style-name", _STYLES[block.kind])
    _fill(element, block.content)
    return element


def _fill(element: Any, content: CodedText) -> None:
    for href, runs in groupby(flat_runs(content), key=lambda run: run.href):
        around = element
        if href is not None:
            around = _made("text:a")
            around.set_attribute("xlink:type", "simple")
            around.set_attribute("xlink:href", href)
            element.append(around)
        for emphasis, same in groupby(runs, key=lambda run: (run.bold, run.italic)):
            _add(around, _SPAN_NAMES.get(emphasis), list(same))


def _add(around: Any, style: str | None, runs: Sequence[FlatRun]) -> None:
    into = around
    if style is not None:
        into = _made("text:span")
        into.set_attribute("text:style-name", style)
        around.append(into)
    for run in runs:
        into.append(_made("text:line-break") if run.text == "\n" else run.text)


def _made(tag: str) -> Any:
    from odfdo import Element  # noqa: PLC0415 - as in `write_odt`

    return Element.from_tag(tag)
