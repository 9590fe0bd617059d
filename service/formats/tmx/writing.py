"""The memory as TMX 1.4, level 2: a unit for each source, and another one where a language has several targets.

A target tells when it was approved and by whom, and in properties of our own from which release or collection it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from lxml import etree

from service.domain.exchange import printable, sendable
from service.domain.inline import TokenKind
from service.domain.memory_files import KeptSource, KeptTarget
from service.domain.text import CodedText, CodeKind, InlineCode
from service.formats.tmx.vocabulary import BY_MACHINE, COLLECTION, CONTEXT, ORIGIN, RELEASE, REVISION
from service.formats.xliff.inline import original
from service.formats.xml_stream import XML_LANG

_TYPES = {CodeKind.BOLD: "bold", CodeKind.ITALIC: "italic", CodeKind.LINK: "link", CodeKind.BREAK: "lb"}
_DATE = "%Y%m%dT%H%M%SZ"
_HEADER = {
    "creationtool": "Perstolk",
    "creationtoolversion": "1",
    "segtype": "sentence",
    "o-tmf": "Perstolk",
    "adminlang": "en",
    "datatype": "html",
}


def write_tmx(sources: Iterable[KeptSource], source_locale: str) -> Iterator[bytes]:
    """Yield a file in UTF-8, a source at a time; one in another locale than the file's says so itself."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    yield etree.tostring(etree.Element("header", _HEADER, srclang=source_locale)) + b"\n<body>\n"
    for kept in sources:
        for unit in _units(kept, source_locale):
            yield etree.tostring(unit, encoding="UTF-8", xml_declaration=False) + b"\n"
    yield b"</body>\n</tmx>\n"


def _units(kept: KeptSource, source_locale: str) -> Iterator[etree._Element]:
    by_locale: dict[str, list[KeptTarget]] = {}
    for target in kept.targets:
        by_locale.setdefault(target.target.locale, []).append(target)
    for targets in zip_longest(*by_locale.values()):
        unit = etree.Element("tu")
        if kept.source_locale != source_locale:
            unit.set("srclang", kept.source_locale)
        _seg(etree.SubElement(unit, "tuv", {XML_LANG: kept.source_locale}), kept.source)
        for target in targets:
            if target is not None:
                _target(unit, target, kept.source)
        yield unit


def _target(unit: etree._Element, kept: KeptTarget, source: CodedText) -> None:
    target, provenance = kept.target, kept.provenance
    element = etree.SubElement(unit, "tuv", {XML_LANG: target.locale})
    if provenance.approved_by:
        element.set("creationid", printable(provenance.approved_by))
    if target.approved_at is not None:
        element.set("creationdate", target.approved_at.strftime(_DATE))
    facts = {
        RELEASE: provenance.release_id,
        REVISION: str(provenance.revision) if provenance.revision is not None else None,
        COLLECTION: provenance.collection,
        CONTEXT: target.context,
        ORIGIN: None if target.confirmed else BY_MACHINE,
    }
    for name, value in facts.items():
        if value:
            etree.SubElement(element, "prop", type=name).text = printable(value)
    _seg(element, CodedText(target.target, source.codes))


def _seg(parent: etree._Element, coded: CodedText) -> None:
    seg = etree.SubElement(parent, "seg")
    seg.text = ""
    for token in sendable(coded):
        if token.code is None:
            _append(seg, token.text)
        else:
            seg.append(_code(token.code, token.kind))


def _append(seg: etree._Element, text: str) -> None:
    if len(seg):
        seg[-1].tail = (seg[-1].tail or "") + text
    else:
        seg.text = (seg.text or "") + text


def _code(code: InlineCode, kind: TokenKind) -> etree._Element:
    start, end = (printable(written) for written in original(code))
    number = str(code.id)
    if kind is TokenKind.CLOSE:
        element = etree.Element("ept", i=number)
        element.text = end
        return element
    known = {"x": number, "type": _TYPES[code.kind]}
    element = etree.Element("ph", known) if kind is TokenKind.ALONE else etree.Element("bpt", {"i": number, **known})
    element.text = start
    return element
