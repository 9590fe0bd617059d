"""The walk through a TBX file: its entries as elements, and what each element says by the name of its category.

A category is named by an attribute (`<descrip type="definition">`, DCA and the edition of 2008) or by the element
itself (`<basic:definition>`, DCT); both are read wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from lxml import etree

from service.domain.errors import N_, Invalid
from service.formats.xml_stream import Progress, forget, line_of, local_name, xml_events

_ROOTS = frozenset({"tbx", "martif"})
_ENTRIES = frozenset({"conceptEntry", "termEntry"})
_SECTIONS = frozenset({"langSec", "langSet"})
_TERM_SECTIONS = frozenset({"termSec", "tig", "ntig"})
_CLASSED = frozenset(
    {"admin", "adminNote", "descrip", "descripNote", "ref", "termNote", "transac", "transacNote", "xref"}
)
_CONTEXT = "context"


class Said(NamedTuple):
    """What an element says: its category, its text (None where an entity is in it), and its line."""

    category: str
    text: str | None
    line: int


def entries(stream: BinaryIO, progress: Progress | None) -> Iterator[etree._Element]:
    """Yield the entries of a file; an element is empty again when the next is asked for.

    Raises `Invalid`: bad_tbx (not XML from there on, or with entities of its own), not_tbx.
    """
    names = (*_ROOTS, "tbxHeader", "martifHeader", *_ENTRIES)
    checked = False
    for event, element in xml_events(stream, progress, names=tuple(names), code="bad_tbx"):
        name = local_name(element)
        if not checked and (name not in _ROOTS or element.getparent() is not None):
            raise _not_tbx()
        checked = True
        if event == "start" or name in _ROOTS:
            continue
        if name in _ENTRIES:
            yield element
        forget(element)
    if not checked:
        raise _not_tbx()


def _not_tbx() -> Invalid:
    return Invalid("not_tbx", N_("The file is not TBX; export it anew as TBX-Basic, or as CSV."), field="file")


def language_sections(entry: etree._Element) -> list[etree._Element]:
    """Return the parts of an entry that are about a language each."""
    return [child for child in entry if local_name(child) in _SECTIONS]


def term_sections(section: etree._Element) -> list[etree._Element]:
    """Return the parts of a language section that are about a term each."""
    return [child for child in section if local_name(child) in _TERM_SECTIONS]


def said_in(element: etree._Element) -> Iterator[Said]:
    """Yield what an entry or a section says itself; what is said of an example (its source) is part of the example."""
    for child in element:
        name = local_name(child)
        if name in _SECTIONS or name in _TERM_SECTIONS or not name:
            continue
        if name.endswith("Grp"):
            inner = said_in(child)
            is_example = any(_category(one) == _CONTEXT for one in child)
            yield from (one for one in inner if not is_example or one.category == _CONTEXT)
        else:
            yield Said(_category(child), _text(child), line_of(child))


def _category(element: etree._Element) -> str:
    name = local_name(element)
    return element.get("type", name) if name in _CLASSED else name


def _text(element: etree._Element) -> str | None:
    if any(not local_name(inside) for inside in element.iter()):
        return None
    return "".join(str(piece) for piece in element.itertext()).strip()
