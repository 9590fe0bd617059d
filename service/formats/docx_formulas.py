"""A formula of a Word document on one line: its signs in their order, with what is above, below and between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from lxml import etree

from service.formats.raised import raised
from service.formats.xml_stream import local_name

Piece = tuple[str, str]  # a text and where it stands: "", "superscript" or "subscript"
_UNREAD = {"del", "moveFrom", "rPr"}


def formula(element: etree._Element, place: str = "") -> Iterator[Piece]:
    """Yield a formula's pieces in the order in which they are read."""
    match local_name(element):
        case "t":
            yield element.text or "", place
        case "sup":
            yield from _power(list(_inside(element, "superscript")), place)
        case "sub":
            yield from _inside(element, "subscript")
        case "f":
            yield from _fraction(element, place)
        case "d":
            yield from _bracketed(element, place)
        case "rad":
            root = element.find("{*}e")
            yield from _inside(element.find("{*}deg"), "superscript")
            yield "√", place
            yield from _grouped(list(_inside(root, place)), place)
        case "nary":
            yield _told(element, "naryPr", "chr", "∫"), place
            yield from _inside(element, place)
        case name if name not in _UNREAD:
            yield from _inside(element, place)


def _inside(element: etree._Element | None, place: str) -> Iterator[Piece]:
    if element is not None:
        yield from chain.from_iterable(formula(child, place) for child in element)


def _power(pieces: list[Piece], place: str) -> Iterator[Piece]:
    """Yield what is above the line: figures there, and what has no such characters on the line behind a sign."""
    text = "".join(text for text, _ in pieces).strip()
    if raised(text, "sup") is not None or not any(sign.isalnum() for sign in text):
        yield from pieces
    else:
        yield "^", place
        yield from _grouped([(text, place)], place)


def _fraction(element: etree._Element, place: str) -> Iterator[Piece]:
    yield from _grouped(list(_inside(element.find("{*}num"), place)), place)
    yield "/", place
    yield from _grouped(list(_inside(element.find("{*}den"), place)), place)


def _grouped(pieces: list[Piece], place: str) -> Iterator[Piece]:
    """Yield pieces, in brackets if they are more than a number or a name."""
    text = "".join(text for text, _ in pieces).strip()
    is_one = text.replace(",", "").replace(".", "").replace("\u00a0", "").isalnum()
    yield from pieces if is_one else [("(", place), *pieces, (")", place)]


def _bracketed(element: etree._Element, place: str) -> Iterator[Piece]:
    yield _told(element, "dPr", "begChr", "("), place
    for number, part in enumerate(element.findall("{*}e")):
        if number:
            yield _told(element, "dPr", "sepChr", "|"), place
        yield from _inside(part, place)
    yield _told(element, "dPr", "endChr", ")"), place


def _told(element: etree._Element, properties: str, name: str, usual: str) -> str:
    """Return the sign that a formula's properties ask for; they may ask for none."""
    found = element.find(f"{{*}}{properties}/{{*}}{name}")
    if found is None:
        return usual
    return found.get(f"{{{etree.QName(found).namespace}}}val", "")
