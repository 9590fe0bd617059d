"""The content of a source or target back as a text with markers, from the elements of XLIFF 2.x and of 1.2 alike.

Tools write a pair as one element or as its two ends (`sc` and `ec`, `bx` and `ex`, `bpt` and `ept`), and put
annotations of their own around words. Whether the codes are the right ones is not judged here.
"""

from __future__ import annotations

from lxml import etree

from service.domain.exchange import ReturnedText

_TRANSPARENT = {"mrk"}
_IGNORED = {"sm", "em"}
_PAIRS = {"pc", "g"}
_STARTS = {"sc", "bx", "bpt"}
_ENDS = {"ec", "ex", "ept"}
_ALONE = {"ph", "x"}
_HALVES = {"open": "{%s}", "close": "{/%s}"}  # `it`, a half whose other half stands in another unit
_HIGHEST_CODE_POINT = 0x10FFFF
_UNKNOWN = "\ufffd"


def returned_text(*sides: etree._Element) -> ReturnedText:
    """Return the content of the elements, one behind the other, as one text."""
    reading = _Reading()
    for side in sides:
        reading.inside(side)
    return ReturnedText("".join(reading.written), frozenset(reading.codes))


class _Reading:
    """What has been read so far; a start is kept by the name under which its end refers to it."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.codes: set[str] = set()
        self._starts: dict[str, str] = {}

    def inside(self, element: etree._Element) -> None:
        """Read an element's text, its children and what stands between them."""
        self.written.append(element.text or "")
        for child in element:
            self._child(child)
            self.written.append(child.tail or "")

    def _child(self, element: etree._Element) -> None:
        name = etree.QName(element).localname
        if name in _TRANSPARENT:
            self.inside(element)
        elif name in _PAIRS:
            code = self._named(_own_name(element))
            self.written.append(f"{{{code}}}")
            self.inside(element)
            self.written.append(f"{{/{code}}}")
        elif name in _STARTS:
            code = self._named(_own_name(element))
            for reference in (element.get("id", ""), f"rid={element.get('rid', '')}"):
                self._starts[reference] = code
            self.written.append(f"{{{code}}}")
        elif name in _ENDS:
            self.written.append(f"{{/{self._named(self._start_of(element))}}}")
        elif name in _ALONE:
            self.written.append(f"{{{self._named(_own_name(element))}/}}")
        elif name == "it":
            half = _HALVES.get(element.get("pos", ""), "{%s/}")
            self.written.append(half % self._named(_own_name(element)))
        elif name == "cp":
            self.written.append(_character(element.get("hex", "")))
        elif name not in _IGNORED:
            self._named(name)

    def _named(self, code: str) -> str:
        self.codes.add(code)
        return code

    def _start_of(self, element: etree._Element) -> str:
        """Return the code that an end closes: by the reference to its start, or by its own name."""
        references = (element.get("startRef"), f"rid={element.get('rid')}", element.get("id"))
        known = (self._starts[reference] for reference in references if reference in self._starts)
        return next(known, element.get("startRef") or _own_name(element))


def _own_name(element: etree._Element) -> str:
    """Return the number or name of a code; that of the one it was copied from, where it is a copy."""
    return element.get("copyOf") or element.get("id") or "?"


def _character(code_point: str) -> str:
    try:
        number = int(code_point, 16)
    except ValueError:
        return _UNKNOWN
    half = 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - the halves of pairs, which are no characters
    return chr(number) if number <= _HIGHEST_CODE_POINT and not half else _UNKNOWN
