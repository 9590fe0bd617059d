"""DOCX out: a version as a document that any word processor opens, with styles that the desk reads back.

Title, headings and quotations bear the built-in styles; kicker and lead have styles of their own. Each list is
numbered from one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText
from service.formats.arranging import in_reading_order
from service.formats.runs import flat_runs, xml_safe

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_STYLES = {
    BlockKind.KICKER: "Kicker",
    BlockKind.TITLE: "Title",
    BlockKind.LEAD: "Lead",
    BlockKind.PARAGRAPH: "Normal",
    BlockKind.QUOTE: "Quote",
    BlockKind.LIST_ITEM: "List Paragraph",
}
_LEVELS = 9  # of a list, as many as the format knows
_INDENT = 360  # twentieths of a point
_ABSTRACT = {False: 9001, True: 9002}  # far from the template's own
_NOT_KNOWN = datetime(2000, 1, 1, tzinfo=UTC)  # two exports of one text are the same file


def write_docx(blocks: Sequence[Block], locale: str = "") -> bytes:
    """Write blocks as a DOCX file: the kicker, the title, then the text."""
    import docx  # noqa: PLC0415 - only an export of this kind needs it, and it takes long to load

    document = docx.Document()
    _prepare(document, blocks, locale)
    lists = _Lists(document)
    for block in in_reading_order(blocks):
        style = f"Heading {block.level - 1}" if block.kind is BlockKind.HEADING else _STYLES[block.kind]
        paragraph = document.add_paragraph(style=style)
        if block.kind is BlockKind.LIST_ITEM:
            lists.number(paragraph, block)
        _fill(paragraph, block.content)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: WordDocument, blocks: Sequence[Block], locale: str) -> None:
    """Add the styles, the language and the title, and take out what the template says of itself."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - as in `write_docx`
    from docx.oxml.ns import qn  # noqa: PLC0415 - as in `write_docx`
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415 - as in `write_docx`

    for name in ("Kicker", "Lead"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.bold = name == "Lead"
        style.font.all_caps = name == "Kicker"
    properties = document.core_properties
    properties.title = next((xml_safe(plain(b.content)) for b in blocks if b.kind is BlockKind.TITLE), "")[:255]
    properties.author = properties.comments = ""
    properties.created = properties.modified = _NOT_KNOWN
    if locale:
        properties.language = locale
        for defaults in document.styles.element.iter(qn("w:rPrDefault")):
            for language in list(defaults.iter(qn("w:lang"))):
                language.set(qn("w:val"), locale)
            if defaults.find(f".//{qn('w:lang')}") is None and (run := defaults.find(qn("w:rPr"))) is not None:
                language = OxmlElement("w:lang")
                language.set(qn("w:val"), locale)
                run.append(language)


def _fill(paragraph: Paragraph, content: CodedText) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - as in `write_docx`
    from docx.oxml.ns import qn  # noqa: PLC0415 - as in `write_docx`
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415 - as in `write_docx`

    link: etree._Element | None = None
    leads_to: str | None = None
    for flat in flat_runs(content):
        run = paragraph.add_run()
        if flat.text == "\n":
            run.add_break()
        else:
            run.text = flat.text
        run.bold, run.italic = flat.bold or None, flat.italic or None
        if flat.href is None:
            link = leads_to = None
            continue
        run.font.underline = True
        if link is None or leads_to != flat.href:
            relation = paragraph.part.relate_to(flat.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = OxmlElement("w:hyperlink")
            leads_to = flat.href
            link.set(qn("r:id"), relation)
            run._r.addprevious(link)  # noqa: SLF001 - the library makes no links
        link.append(run._r)  # noqa: SLF001 - as above


class _Lists:
    """The numbering of a document's lists: each list is an instance of one of two definitions."""

    def __init__(self, document: WordDocument) -> None:
        self._numbering = document.part.numbering_part.element
        self._open: list[tuple[bool, int]] = []  # for each level whether it is numbered, and by which instance
        self._group = 0
        for ordered in _ABSTRACT:
            self._define(ordered=ordered)

    def number(self, paragraph: Paragraph, item: Block) -> None:
        """Make a paragraph an item at its level; a list that starts anew counts from one, or from its own number."""
        if item.group != self._group:
            self._group, self._open = item.group, []
        level = min(max(item.level, 1), _LEVELS)
        del self._open[level:]
        while len(self._open) < level or self._open[-1][0] is not item.ordered:
            del self._open[level - 1 :]
            self._open.append((item.ordered, self._new(ordered=item.ordered, start=item.start)))
        properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no call for it
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = level - 1
        numbered.get_or_add_numId().val = self._open[-1][1]

    def _new(self, *, ordered: bool, start: int) -> int:
        instance = self._numbering.add_num(_ABSTRACT[ordered])
        if ordered:
            for level in range(_LEVELS):
                instance.add_lvlOverride(ilvl=level).add_startOverride(start if start and not level else 1)
        return int(instance.numId)

    def _define(self, *, ordered: bool) -> None:
        from docx.oxml.ns import nsdecls  # noqa: PLC0415 - as in `write_docx`
        from docx.oxml.parser import parse_xml  # noqa: PLC0415 - as in `write_docx`

        form = "decimal" if ordered else "bullet"
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{f"%{level + 1}." if ordered else "•"}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{_INDENT * (level + 1)}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
            for level in range(_LEVELS)
        )
        definition = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT[ordered]}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        self._numbering.insert(0, definition)  # definitions stand before instances
