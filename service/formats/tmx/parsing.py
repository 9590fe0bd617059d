"""The walk through a TMX file: its units as elements, each forgotten before the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from lxml import etree

from service.domain.errors import N_, Invalid
from service.formats.xml_stream import Progress, forget, line_of, local_name, xml_events


class UnitElement(NamedTuple):
    """A unit of the file, the line that it begins on, and the language that the header gives for its source."""

    element: etree._Element
    line: int
    srclang: str


def unit_elements(stream: BinaryIO, progress: Progress | None) -> Iterator[UnitElement]:
    """Yield the units of a file; an element is empty again when the next is asked for.

    Raises `Invalid` with the line: bad_tmx (not XML from there on, or with entities of its own), not_tmx.
    """
    srclang = ""
    checked = False
    for event, element in xml_events(stream, progress, names=("tmx", "header", "body", "tu"), code="bad_tmx"):
        if not checked:
            _check(element)
            checked = True
        name = local_name(element)
        if name == "header" and event == "end":
            srclang = element.get("srclang", "")
            element.clear()
        elif name == "tu" and event == "end":
            yield UnitElement(element, line_of(element), srclang)
            forget(element)
    if not checked:
        raise _not_tmx()


def _check(first: etree._Element) -> None:
    if local_name(first) != "tmx" or first.getparent() is not None or not first.get("version", "1").startswith("1"):
        raise _not_tmx()


def _not_tmx() -> Invalid:
    return Invalid("not_tmx", N_("The file is not TMX 1.1 to 1.4; export it anew, or save it as such."), field="file")
