"""The guard on a TMX file and the walk through it: its units as elements, each forgotten before the next.

A document type is taken, since the standard asks for one, but never read: entities of a file's own are refused, and
nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple, cast

from lxml import etree

from service.domain.errors import N_, Invalid

Progress = Callable[[int], None]
_TOLD_LINES = 65_535  # up to here the parser knows where an element begins; further on, where its first text ends
_BETWEEN = 1_000_000  # bytes between two calls of progress


class UnitElement(NamedTuple):
    """A unit of the file, the line that it begins on, and the language that the header gives for its source."""

    element: etree._Element
    line: int
    srclang: str


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for what is no element."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def unit_elements(stream: BinaryIO, progress: Progress | None) -> Iterator[UnitElement]:
    """Yield the units of a file; an element is empty again when the next is asked for.

    Raises `Invalid` with the line: bad_tmx (not XML from there on, or with entities of its own), not_tmx.
    """
    srclang = ""
    parser = etree.iterparse(
        _Counted(stream, progress),
        events=("start", "end"),
        tag=("{*}tmx", "{*}header", "{*}body", "{*}tu"),
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for event, element in parser:
            if not checked:
                _check(element)
                checked = True
            name = local_name(element)
            if name == "header" and event == "end":
                srclang = element.get("srclang", "")
                element.clear()
            elif name == "tu" and event == "end":
                yield UnitElement(element, _line(element), srclang)
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise Invalid(
            "bad_tmx",
            N_("Line %(line)s: from here on the file is not XML that can be read."),
            field="file",
            line=max(error.lineno or 0, 1),
        ) from error
    if not checked:
        raise _not_tmx()


def _check(first: etree._Element) -> None:
    document_type = cast("Any", first.getroottree().docinfo.internalDTD)
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise Invalid(
            "bad_tmx", N_("The file has entities of its own, which are not read; save it without."), field="file"
        )
    if local_name(first) != "tmx" or first.getparent() is not None or not first.get("version", "1").startswith("1"):
        raise _not_tmx()


def _not_tmx() -> Invalid:
    return Invalid("not_tmx", N_("The file is not TMX 1.1 to 1.4; export it anew, or save it as such."), field="file")


def _line(element: etree._Element) -> int:
    line: int = cast("Any", element).sourceline
    if line > _TOLD_LINES:
        while not element.text and len(element):
            element = element[0]
        line -= (element.text or "").count("\n")
    return line


def _forget(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]


class _Counted:
    """A stream that tells now and then how much of it was read."""

    def __init__(self, stream: BinaryIO, progress: Progress | None) -> None:
        """Begin with nothing read."""
        self._stream = stream
        self._progress = progress
        self._read = 0
        self._told = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self._stream.read(size)
        self._read += len(data)
        if self._progress is not None and (self._read - self._told >= _BETWEEN or not data):
            self._told = self._read
            self._progress(self._read)
        return data
