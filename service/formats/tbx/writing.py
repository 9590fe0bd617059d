"""The term base as TBX-Basic of ISO 30042:2019, in the style that names categories in attributes (DCA)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml import etree

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.exchange import printable
from service.domain.terms import TermStatus
from service.formats.tbx.vocabulary import (
    CASE_SENSITIVE,
    DEFINITION,
    DOMAIN,
    FLAGS,
    FORM,
    GENDER,
    NAMESPACE,
    NO,
    NOTE,
    NOTED_GENDER,
    NOTED_STATUS,
    OTHER_GENDER,
    SOURCE,
    STANDARD_GENDERS,
    STATUS,
    WRITTEN_STATUS,
    YES,
)
from service.formats.xml_stream import XML_LANG

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="{namespace}" type="TBX-Basic" style="dca" xml:lang="{locale}">
<tbxHeader><fileDesc><sourceDesc><p>Perstolk</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
"""


def write_tbx(concepts: Iterable[tuple[str, ConceptDraft]], source_locale: str) -> Iterator[bytes]:
    """Yield a file in UTF-8, a concept at a time, that `read_tbx` reads back; each concept comes with its name."""
    yield _HEAD.format(namespace=NAMESPACE, locale=source_locale).encode()
    for name, concept in concepts:
        yield etree.tostring(_entry(name, concept), encoding="UTF-8", xml_declaration=False) + b"\n"
    yield b"</body></text>\n</tbx>\n"


def _entry(name: str, concept: ConceptDraft) -> etree._Element:
    entry = etree.Element("conceptEntry", id=name)
    if concept.domain:
        _put(entry, "descrip", concept.domain, DOMAIN)
    if concept.definition:
        _put(etree.SubElement(entry, "descripGrp"), "descrip", concept.definition, DEFINITION)
    if concept.authority:
        _put(entry, "admin", concept.authority, SOURCE)
    if concept.authority_date is not None:
        group = etree.SubElement(entry, "transacGrp")
        _put(group, "transac", "modification", "transactionType")
        _put(group, "date", concept.authority_date.isoformat())
    for flag in FLAGS:
        _note(entry, flag, YES if getattr(concept, flag) else NO)
    for locale, terms in groupby(sorted(concept.terms, key=lambda term: term.locale), lambda term: term.locale):
        section = etree.SubElement(entry, "langSec", {XML_LANG: locale})
        for term in terms:
            _term(etree.SubElement(section, "termSec"), term)
    return entry


def _term(section: etree._Element, term: TermDraft) -> None:
    _put(section, "term", term.text)
    _put(section, "termNote", WRITTEN_STATUS[TermStatus(term.status)], STATUS)
    if term.gender is not None:
        _put(section, "termNote", term.gender if term.gender in STANDARD_GENDERS else OTHER_GENDER, GENDER)
    if term.status == TermStatus.FORBIDDEN:
        _note(section, NOTED_STATUS, term.status)
    if term.gender is not None and term.gender not in STANDARD_GENDERS:
        _note(section, NOTED_GENDER, term.gender)
    if term.case_sensitive:
        _note(section, CASE_SENSITIVE, YES)
    for form in term.forms:
        _note(section, FORM, form)


def _note(parent: etree._Element, name: str, value: str) -> None:
    _put(parent, "note", f"{NOTE}{name}={value}")


def _put(parent: etree._Element, name: str, text: str, category: str | None = None) -> None:
    element = etree.SubElement(parent, name)
    if category is not None:
        element.set("type", category)
    element.text = printable(text)
