"""A version as XLIFF 2.1: a group for each block, a unit with one segment for each of the desk's units.

What dates a unit (its row version, its source's hash) stands in the metadata module, the draft and where it came
from in the translation candidates module, what an inline code was in `originalData`.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from lxml import etree

from service.domain.drafts import OriginKind
from service.domain.exchange import SentUnit, SentVersion, printable
from service.domain.inline import closing, opening
from service.domain.text import CodedText, CodeKind, InlineCode
from service.formats.xliff.inline import fill, original, used
from service.formats.xliff.vocabulary import (
    CORE_2,
    MATCHES,
    METADATA,
    OWN,
    REVISION,
    ROW_VERSION,
    SOURCE_HASH,
    XML,
)

_NAMES: dict[Any, str] = {None: CORE_2, "mda": METADATA, "mtc": MATCHES}
_TYPES = {
    CodeKind.BOLD: {"type": "fmt", "subType": "xlf:b"},
    CodeKind.ITALIC: {"type": "fmt", "subType": "xlf:i"},
    CodeKind.LINK: {"type": "link"},
    CodeKind.BREAK: {"type": "fmt", "subType": "xlf:lb"},
}
_MATCH_TYPES = {OriginKind.MT: "mt", OriginKind.MEMORY: "tm", OriginKind.TERMS: "tb"}
_SEGMENT = "s1"  # no inline code is called so: their names are numbers
_HIGHEST_SIMILARITY = 100


def write_xliff(version: SentVersion) -> bytes:
    """Return the version as an XLIFF 2.1 document in UTF-8."""
    root = etree.Element(_core("xliff"), nsmap=_NAMES)
    root.set("version", "2.1")
    root.set("srcLang", version.source_locale)
    root.set("trgLang", version.target_locale)
    file = etree.SubElement(root, _core("file"), id=version.release_id, original=version.release_id)
    file.set("canResegment", "no")
    file.set(f"{{{XML}}}space", "preserve")
    _metadata(file, {REVISION: str(version.revision)})
    notes = etree.SubElement(file, _core("notes"))
    etree.SubElement(notes, _core("note"), category="title").text = printable(version.title)
    for block, units in groupby(version.units, key=lambda unit: unit.block):
        _group(file, block, list(units))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _core(name: str) -> str:
    return f"{{{CORE_2}}}{name}"


def _group(file: etree._Element, block: str, units: list[SentUnit]) -> None:
    group = etree.SubElement(file, _core("group"), id=block, type=f"{OWN}:{units[0].kind.value}")
    for unit in units:
        _unit(group, unit)


def _unit(group: etree._Element, unit: SentUnit) -> None:
    element = etree.SubElement(group, _core("unit"), id=unit.id, name=str(unit.n))
    _metadata(element, {ROW_VERSION: str(unit.row_version), SOURCE_HASH: unit.source_hash})
    if unit.draft:
        _match(element, unit)
    target = CodedText(unit.target, unit.source.codes)
    codes = used(unit.source, target)
    if codes:
        data = etree.SubElement(element, _core("originalData"))
        for code in codes:
            for name, text in zip(_data_names(code), original(code), strict=False):
                etree.SubElement(data, _core("data"), id=name).text = printable(text)
    segment = etree.SubElement(element, _core("segment"), id=_SEGMENT, state=unit.state.value)
    segment.set("subState", f"{OWN}:{unit.origin.value}")
    fill(etree.SubElement(segment, _core("source")), unit.source, _code)
    if unit.target:
        fill(etree.SubElement(segment, _core("target")), target, _code)


def _metadata(parent: etree._Element, facts: dict[str, str]) -> None:
    metadata = etree.SubElement(parent, f"{{{METADATA}}}metadata")
    group = etree.SubElement(metadata, f"{{{METADATA}}}metaGroup", category=OWN)
    for name, value in facts.items():
        etree.SubElement(group, f"{{{METADATA}}}meta", type=name).text = value


def _match(element: etree._Element, unit: SentUnit) -> None:
    """Offer the draft as a candidate: a person may have changed the target since."""
    matches = etree.SubElement(element, f"{{{MATCHES}}}matches")
    match = etree.SubElement(matches, f"{{{MATCHES}}}match", ref=f"#{_SEGMENT}", type=draft_kind(unit))
    if unit.engine:
        match.set("origin", printable(unit.engine))
    if unit.score is not None:
        match.set("similarity", str(min(unit.score, _HIGHEST_SIMILARITY)))
    sides = {"source": unit.source, "target": CodedText(unit.draft, unit.source.codes)}
    for name, text in sides.items():
        fill(etree.SubElement(match, _core(name)), text, _bare_code)


def draft_kind(unit: SentUnit) -> str:
    """Return where a draft came from in the standard's words, also where a person's text has taken its place."""
    if unit.origin in _MATCH_TYPES:
        return _MATCH_TYPES[unit.origin]
    if unit.score is not None:
        return "tm"
    return "mt" if unit.engine else "other"


def _data_names(code: InlineCode) -> tuple[str, ...]:
    return (f"o{code.id}",) if code.kind is CodeKind.BREAK else (f"o{code.id}", f"c{code.id}")


def _bare_code(code: InlineCode) -> etree._Element:
    """Return a code without what it was in HTML, for where that does not stand."""
    alone = code.kind is CodeKind.BREAK
    element = etree.Element(_core("ph" if alone else "pc"), id=str(code.id))
    for name, value in _TYPES[code.kind].items():
        element.set(name, value)
    return element


def _code(code: InlineCode) -> etree._Element:
    element = _bare_code(code)
    element.set("canCopy", "no")
    element.set("canDelete", "no")
    if code.kind is CodeKind.BREAK:
        element.set("dataRef", _data_names(code)[0])
        return element
    start, end = _data_names(code)
    element.set("dataRefStart", start)
    element.set("dataRefEnd", end)
    element.set("dispStart", opening(code))
    element.set("dispEnd", closing(code))
    return element
