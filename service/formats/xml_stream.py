"""Large XML files read piece by piece: no document type, no entities, no network, and no piece longer than it counts.

A document type may be named, since old standards ask for one, but is never read: entities of a file's own are refused.
The parser's limits hold, which keep files away that are made to exhaust memory: no text of more than 10 MB, nothing
deeper than 256 elements. Behind such a place it reads no further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import Any, BinaryIO, cast

from lxml import etree

from service.domain.errors import N_, Invalid

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Progress = Callable[[int], None]
_TOLD_LINES = 65_535  # up to here the parser knows where an element begins; further on, where its first text ends
_BETWEEN = 1_000_000  # bytes between two calls of progress
_HEAD = 200
_TOO_DEEP = re.compile("depth", re.IGNORECASE)  # in the parser's own words: of limits, its codes tell no two apart
_TOO_LONG = re.compile("huge|too big", re.IGNORECASE)


def is_xml(stream: BinaryIO) -> bool:
    """Tell whether a file begins as XML does; nothing of it is read after that."""
    if isinstance(stream, BufferedReader):
        head = stream.peek(_HEAD)[:_HEAD]
    else:
        head = stream.read(_HEAD)
        stream.seek(0)
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for what is no element."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def xml_events(
    stream: BinaryIO, progress: Progress | None, *, names: tuple[str, ...], code: str
) -> Iterator[tuple[str, etree._Element]]:
    """Yield where elements of these names start and end, in any namespace.

    Raises `Invalid` with `code`, and the line where there is one, for what is not XML, passes a limit of the
    parser's or has entities of its own.
    """
    parser = etree.iterparse(
        _Counted(stream, progress),
        events=("start", "end"),
        tag=tuple(f"{{*}}{name}" for name in names),
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
                _demand_no_entities(element, code)
                checked = True
            yield event, element
    except etree.XMLSyntaxError as error:
        raise Invalid(code, _why(error), field="file", line=max(error.lineno or 0, 1)) from error


def _why(error: etree.XMLSyntaxError) -> str:
    """Return what ended the reading, and what to do about a limit."""
    said = error.msg or ""
    if _TOO_DEEP.search(said):
        return N_(
            "Line %(line)s: from here on nothing is read, for elements stand more than 256 deep in each other. "
            "Take those out, and take the file in again."
        )
    if _TOO_LONG.search(said):
        return N_(
            "Line %(line)s: from here on nothing is read, for a single text is longer than 10 MB. "
            "Shorten that or take it out, and take the file in again."
        )
    return N_("Line %(line)s: from here on the file is not XML that can be read.")


def _demand_no_entities(element: etree._Element, code: str) -> None:
    document_type = cast("Any", element.getroottree().docinfo.internalDTD)
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise Invalid(code, N_("The file has entities of its own, which are not read; save it without."), field="file")


def line_of(element: etree._Element) -> int:
    """Return the line that an element begins on."""
    line: int = cast("Any", element).sourceline
    if line > _TOLD_LINES:
        while not element.text and len(element):
            element = element[0]
        line -= (element.text or "").count("\n")
    return line


def forget(element: etree._Element) -> None:
    """Empty an element that was read, and drop what stands before it."""
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
