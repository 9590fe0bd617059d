"""A version as XLIFF 1.2, for the tools that know no other: a `trans-unit` for each of the desk's units.

What dates a unit stands in a `context-group`, which tools hand on as it is, and the draft in an `alt-trans`.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from lxml import etree

from service.domain.drafts import OriginKind
from service.domain.exchange import SentUnit, SentVersion, printable
from service.domain.text import CodedText, CodeKind, InlineCode
from service.domain.workflow import UnitState
from service.formats.xliff.inline import fill, original
from service.formats.xliff.vocabulary import CORE_12, OWN, REVISION, ROW_VERSION, SOURCE_HASH, XML, own_context

_NAMES: dict[Any, str] = {None: CORE_12}
_CODE_TYPES = {
    CodeKind.BOLD: "bold",
    CodeKind.ITALIC: "italic",
    CodeKind.LINK: "link",
    CodeKind.BREAK: "lb",
}
_STATES = {
    UnitState.INITIAL: "needs-translation",
    UnitState.TRANSLATED: "needs-review-translation",
    UnitState.REVIEWED: "signed-off",
    UnitState.FINAL: "final",
}
_CONFIRMED = {UnitState.REVIEWED, UnitState.FINAL}
_WHOLE_MATCH = 100


def write_xliff12(version: SentVersion) -> bytes:
    """Return the version as an XLIFF 1.2 document in UTF-8."""
    root = etree.Element(_core("xliff"), nsmap=_NAMES, version="1.2")
    file = etree.SubElement(root, _core("file"), original=version.release_id, datatype="htmlbody")
    file.set("source-language", version.source_locale)
    file.set("target-language", version.target_locale)
    file.set("tool-id", OWN)
    header = etree.SubElement(file, _core("header"))
    etree.SubElement(header, _core("tool"), {"tool-id": OWN, "tool-name": "Perstolk"})
    note = etree.SubElement(header, _core("note"))
    note.set("from", OWN)
    note.text = f"{printable(version.title)} ({REVISION} {version.revision})"
    body = etree.SubElement(file, _core("body"))
    for block, units in groupby(version.units, key=lambda unit: unit.block):
        _group(body, block, list(units), version)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _core(name: str) -> str:
    return f"{{{CORE_12}}}{name}"


def _group(body: etree._Element, block: str, units: list[SentUnit], version: SentVersion) -> None:
    group = etree.SubElement(body, _core("group"), id=block, restype=f"x-{units[0].kind.value}")
    for unit in units:
        _unit(group, unit, version)


def _unit(group: etree._Element, unit: SentUnit, version: SentVersion) -> None:
    element = etree.SubElement(group, _core("trans-unit"), id=unit.id, resname=str(unit.n))
    element.set("approved", "yes" if unit.state in _CONFIRMED else "no")
    element.set(f"{{{XML}}}space", "preserve")
    _side(element, "source", unit.source, version.source_locale)
    if unit.target:
        target = _side(element, "target", CodedText(unit.target, unit.source.codes), version.target_locale)
        target.set("state", _STATES[unit.state])
        qualifier = _qualifier(unit)
        if qualifier:
            target.set("state-qualifier", qualifier)
    context = etree.SubElement(element, _core("context-group"), purpose="information")
    facts = {ROW_VERSION: str(unit.row_version), SOURCE_HASH: unit.source_hash}
    for name, value in facts.items():
        etree.SubElement(context, _core("context"), {"context-type": own_context(name)}).text = value
    if unit.draft:
        _draft(element, unit, version)


def _side(parent: etree._Element, name: str, text: CodedText, locale: str) -> etree._Element:
    side = etree.SubElement(parent, _core(name))
    side.set(f"{{{XML}}}lang", locale)
    fill(side, text, _code)
    return side


def _qualifier(unit: SentUnit) -> str | None:
    """Return where the present target came from; nothing where a person wrote it."""
    if unit.origin is OriginKind.MT:
        return "mt-suggestion"
    if unit.origin is OriginKind.MEMORY:
        whole = unit.score is not None and unit.score >= _WHOLE_MATCH
        return "exact-match" if whole else "fuzzy-match"
    return "leveraged-glossary" if unit.origin is OriginKind.TERMS else None


def _draft(element: etree._Element, unit: SentUnit, version: SentVersion) -> None:
    """Offer the draft as a proposal: a person may have changed the target since."""
    proposal = etree.SubElement(element, _core("alt-trans"), alttranstype="proposal")
    if unit.engine:
        proposal.set("origin", printable(unit.engine))
    if unit.score is not None:
        proposal.set("match-quality", str(unit.score))
    _side(proposal, "source", unit.source, version.source_locale)
    _side(proposal, "target", CodedText(unit.draft, unit.source.codes), version.target_locale)


def _code(code: InlineCode) -> etree._Element:
    name = "x" if code.kind is CodeKind.BREAK else "g"
    element = etree.Element(_core(name), id=str(code.id), ctype=_CODE_TYPES[code.kind], clone="no")
    if code.kind is CodeKind.LINK:
        element.set("equiv-text", printable(original(code)[0]))
    return element
