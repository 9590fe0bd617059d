"""What a word processor wrote, put in the words that the reader of DOCX files knows.

The reader drops what it does not know and makes an address of all that stands in a link's field. Here the text's part
is gone through once, before it: fields and breaks get the form that is read,
formulas become text, and notes and what is hidden or struck out go.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from service.formats.docx_formulas import formula
from service.formats.docx_hidden import Hidden
from service.formats.xml_stream import local_name

_WORD = (  # as Word saves it, and in the strict form of the standard
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_TOKENS = re.compile(r'"([^"]*)"|([^\s"]+)')
_WITH_VALUE = {"\\o", "\\t", "\\*"}  # switches of a link that say something of it: its tip, its window


def tree(part: bytes) -> etree._Element:
    """Return a part's root: no document type, no entities, no network, and nothing hundreds of elements deep."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(part, parser)


def tidied(text: bytes, styles: bytes) -> tuple[bytes, bool]:
    """Return the part that holds a document's text, tidied, and whether it had notes; raise lxml's errors."""
    root = tree(text)
    fields = _Fields()
    steps: dict[str, Callable[[etree._Element], None]] = {
        "fldSimple": _unwrap_field,
        "fldChar": fields.mark,
        "instrText": fields.instruction,
        "br": _break_line,
        "cr": _break_line,
        "r": Hidden(tree(styles)).take_out,
    }
    marks = [f"{{{space}}}{name}" for space in _WORD for name in ("footnoteReference", "endnoteReference")]
    noted = list(root.iter(*marks))
    for mark in noted:
        _drop(mark)
    names = {f"{{{space}}}{name}": step for space in _WORD for name, step in steps.items()}
    names |= {f"{{{space}}}oMath": _write_out for space in _MATH}
    # The list is made first, for a step may move what it is given; what it adds is of the known form already.
    for element in list(root.iter(*names)):
        names[str(element.tag)](element)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True), bool(noted)


def _drop(mark: etree._Element) -> None:
    parent = mark.getparent()
    if parent is not None:
        parent.remove(mark)


def _unwrap_field(field: etree._Element) -> None:
    """Leave what a simple field shows in its place; around a link's, put the marks of a field in the long form."""
    told = _link(field.get(_beside(field, "instr"), ""))
    if told:
        field.insert(0, _mark(field, "separate"))
        field.insert(0, _instruction(field, told))
        field.insert(0, _mark(field, "begin"))
        field.append(_mark(field, "end"))
    unwrap(field)


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        for child in reversed(element):
            element.addnext(child)  # where it stands is not looked up: a paragraph may have tens of thousands
        parent.remove(element)


def _write_out(math: etree._Element) -> None:
    """Put runs in the place of a formula; one that stands on a line of its own keeps apart from the text beside it."""
    word = next((space for space in _WORD if space in math.nsmap.values()), _WORD[0])
    pieces = list(formula(math))
    outer = math.getparent()
    alone = outer if outer is not None and local_name(outer) == "oMathPara" else None
    if alone is not None:
        pieces = [(" ", ""), *pieces, (" ", "")]
    for text, place in pieces:
        run = etree.SubElement(math, f"{{{word}}}r")
        if place:
            properties = etree.SubElement(run, f"{{{word}}}rPr")
            etree.SubElement(properties, f"{{{word}}}vertAlign", {f"{{{word}}}val": place})
        etree.SubElement(run, f"{{{word}}}t").text = text
    for child in list(math)[: -len(pieces)] if pieces else list(math):
        math.remove(child)
    is_last = next(math.itersiblings("{*}oMath"), None) is None
    unwrap(math)
    if alone is not None and is_last:
        _unwrap_alone(alone)


def _unwrap_alone(outer: etree._Element) -> None:
    """Put a formula's runs in its place, in a paragraph of their own if it stands outside of any."""
    parent = outer.getparent()
    if parent is not None and next(outer.iterancestors("{*}p"), None) is None:
        outer.tag = f"{{{etree.QName(outer[0]).namespace}}}p"
    else:
        unwrap(outer)


def _break_line(element: etree._Element) -> None:
    """Make a line break of any break: behind a page's or a column's, the text goes on on another line too."""
    element.tag = _beside(element, "br")
    element.attrib.clear()


def _mark(field: etree._Element, kind: str) -> etree._Element:
    run = etree.Element(_beside(field, "r"))
    etree.SubElement(run, _beside(field, "fldChar"), {_beside(field, "fldCharType"): kind})
    return run


def _instruction(field: etree._Element, told: str) -> etree._Element:
    run = etree.Element(_beside(field, "r"))
    etree.SubElement(run, _beside(field, "instrText")).text = told
    return run


class _Fields:
    """The fields that are open where the reading is, each with the pieces of what it is told to do."""

    def __init__(self) -> None:
        self._open: list[list[etree._Element]] = []

    def mark(self, element: etree._Element) -> None:
        """Open a field, or cut what its instruction says besides the address once that is whole."""
        kind = element.get(_beside(element, "fldCharType"))
        if kind == "begin":
            self._open.append([])
        elif self._open and (pieces := self._open[-1]):
            told = _link("".join(piece.text or "" for piece in pieces))
            if told:
                for piece in pieces:
                    piece.text = ""
                pieces[-1].text = told
            pieces.clear()
        if kind == "end" and self._open:
            self._open.pop()

    def instruction(self, element: etree._Element) -> None:
        """Keep a piece of an instruction."""
        if self._open:
            self._open[-1].append(element)


def _link(instruction: str) -> str:
    r"""Return a link's instruction with nothing but where it leads, `HYPERLINK "https://…"`; "" if it is no link's."""
    tokens = [(quoted or bare, bare) for quoted, bare in _TOKENS.findall(instruction)]
    if not tokens or tokens[0][1].upper() != "HYPERLINK":
        return ""
    address = anchor = ""
    rest = iter(tokens[1:])
    for said, bare in rest:
        switch = bare.lower()
        if switch == "\\l":
            anchor = next(rest, ("", ""))[0]
        elif switch in _WITH_VALUE:
            next(rest, None)
        elif not switch.startswith("\\"):
            address = address or said
    if not address:
        return f' HYPERLINK \\l "{anchor}" '
    return f' HYPERLINK "{address}{"#" if anchor else ""}{anchor}" '


def _beside(element: etree._Element, name: str) -> str:
    """Return a name in the namespace of an element."""
    return f"{{{etree.QName(element).namespace}}}{name}"
