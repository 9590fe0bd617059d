"""The units of a TMX file as the memory takes them: one source language, and the office's others as targets.

A unit is taken where its source (`srclang` of the unit, or else of the file; `*all*` for any) is in the language that
is asked for. A text belongs to the office's locale of the same tag, or else to the first of the same language: `fr-CA`
is French for an office that writes `fr`. Texts in other languages are counted and told at the end.

When a text was last changed is when it was approved. What a machine wrote (`MT!`, or a property that says so) is not
confirmed. How often a text was used, notes and other properties are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from lxml import etree

from service.domain.errors import N_, Invalid, Reason
from service.domain.inline import plain
from service.domain.locales import parse_locale
from service.domain.memory_files import LONGEST_TEXT, Filed, FiledTarget, FiledUnit, LeftOut, nearest_locale
from service.domain.text import CodedText
from service.formats.tmx.inline import Code, CodeFaultError, Flow, coded_source, coded_target, flow_of
from service.formats.tmx.parsing import UnitElement, unit_elements
from service.formats.tmx.vocabulary import CONTEXT, MACHINE
from service.formats.xml_stream import XML_LANG, Progress, local_name

_ANY = "*all*"
_LISTED = 10
_DATES = ("changedate", "creationdate")
_PEOPLE = ("creationid", "changeid")
_CONTEXT = re.compile("[0-9a-f]{32}")
_MACHINES = frozenset({"machinetranslation", "machinetranslated", "automatictranslation", "nmt"})
_ORIGINS = frozenset({"origin", "x-origin", "x-mt", "mt", "x-machine-translation", "x-machinetranslation"})
_YES = frozenset({"mt", "machine", "yes", "true", "1"})


class _Variant(NamedTuple):
    """A text of a unit in one language: the tag as the file has it, and in its canonical form (None for no tag)."""

    element: etree._Element
    written: str
    tag: str | None


def read_tmx(
    stream: BinaryIO, source_locale: str, target_locales: Sequence[str], *, progress: Progress | None = None
) -> Iterator[Filed]:
    """Yield what a file brings for one source locale, unit by unit, and what of it is not taken.

    `progress` is called now and then with the number of bytes that were read. Raises `Invalid` (bad_tmx, not_tmx) with
    the line from which on nothing can be read; what was yielded before stands.
    """
    reading = _File(source_locale, target_locales)
    for unit in unit_elements(stream, progress):
        yield from reading.unit(unit)
    yield from reading.others()


class _File:
    """One file, read for one source locale."""

    def __init__(self, source_locale: str, target_locales: Sequence[str]) -> None:
        """Begin with nothing read."""
        self._source_locale = source_locale
        self._target_locales = tuple(locale for locale in target_locales if locale != source_locale)
        self._others: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def unit(self, unit: UnitElement) -> Iterator[Filed]:
        """Yield a unit's texts, those inside its codes apart, and why others are left out."""
        variants = [_variant(child) for child in unit.element if local_name(child) == "tuv"]
        source = self._source(unit, variants)
        if isinstance(source, Reason):
            yield LeftOut(unit.line, source)
            return
        others = [variant for variant in variants if variant is not source]
        placed = [(variant, self._locale(variant)) for variant in others]
        targets = [(variant, locale) for variant, locale in placed if locale is not None]
        if not targets:
            yield LeftOut(unit.line, self._no_target(others))
            return
        for variant, locale in placed:
            if locale is None:
                self._others[variant.written] += 1
                self._first.setdefault(variant.written, unit.line)
        try:
            flows = list(_flow(source).all())
        except CodeFaultError as fault:
            yield LeftOut(unit.line, fault.reason)
            return
        yield from _paired(unit, flows, targets)

    def others(self) -> Iterator[LeftOut]:
        """Yield how many texts were in languages that the office does not use."""
        for written, count in self._others.items():
            yield LeftOut(
                self._first[written],
                Reason(
                    "other_language",
                    N_("This text and all others in “%(tag)s” are left out (%(count)s): no language of the office."),
                    tag=written[:20],
                    count=count,
                ),
            )

    def _source(self, unit: UnitElement, variants: Sequence[_Variant]) -> _Variant | Reason:
        written = unit.element.get("srclang") or unit.srclang or _ANY
        wanted = self._source_locale if written.lower() == _ANY else canonical(written)
        if wanted is None or nearest_locale(wanted, [self._source_locale]) is None:
            return Reason(
                "other_source",
                N_("Its source language is “%(tag)s”; what is taken in is translated from “%(locale)s”."),
                tag=written[:20],
                locale=self._source_locale,
            )
        tags = [variant.tag for variant in variants if variant.tag]
        tag = nearest_locale(wanted, tags)
        if tag is None:
            return Reason("no_source", N_("It has no text in its source language, “%(tag)s”."), tag=wanted)
        return next(variant for variant in variants if variant.tag == tag)

    def _locale(self, variant: _Variant) -> str | None:
        return nearest_locale(variant.tag, self._target_locales) if variant.tag else None

    def _no_target(self, others: Sequence[_Variant]) -> Reason:
        return Reason(
            "no_target",
            N_("Beside its source it has no text in a language of the office (%(locales)s), but in: %(found)s."),
            locales=", ".join(self._target_locales),
            found=", ".join(variant.written[:20] for variant in others[:_LISTED]) or "-",
        )


def _variant(element: etree._Element) -> _Variant:
    written = element.get(XML_LANG) or element.get("lang") or ""
    return _Variant(element, written, canonical(written))


@lru_cache(maxsize=1_000)
def canonical(written: str) -> str | None:
    """Return a language tag in its canonical case, without what the desk knows nothing of (`de-DE-1996` is `de-DE`)."""
    parts = written.strip().replace("_", "-").split("-")
    while parts:
        try:
            return parse_locale("-".join(parts))
        except Invalid:
            parts.pop()
    return None


def _flow(variant: _Variant) -> Flow:
    seg = next((child for child in variant.element if local_name(child) == "seg"), None)
    return Flow(("",)) if seg is None else flow_of(seg)


def _paired(unit: UnitElement, flows: Sequence[Flow], targets: Sequence[tuple[_Variant, str]]) -> Iterator[Filed]:
    """Yield each flow of the source with those in its place in the targets."""
    faults: list[LeftOut] = []
    read: list[tuple[FiledTarget, list[Flow]]] = []
    for variant, locale in targets:
        try:
            own = list(_flow(variant).all())
        except CodeFaultError as fault:
            faults.append(LeftOut(unit.line, fault.reason, locale))
            continue
        if len(own) != len(flows):
            reason = Reason("inner_texts", N_("It has other texts inside its inline codes than its source."))
            faults.append(LeftOut(unit.line, reason, locale))
        read.append((_told(unit.element, variant, locale), own))
    for place, flow in enumerate(flows):
        there = [(told, own[place]) for told, own in read if place == 0 or len(own) == len(flows)]
        yield from _pair(unit.line, flow, there) if there else ()
    yield from faults


def _pair(line: int, flow: Flow, targets: Sequence[tuple[FiledTarget, Flow]]) -> Iterator[Filed]:
    try:
        source, codes = coded_source(flow, "\n".join([flow.words, *(own.words for _, own in targets)]))
    except CodeFaultError as fault:
        yield LeftOut(line, fault.reason)
        return
    reason = _unfit(source)
    if reason is not None:
        yield LeftOut(line, reason)
        return
    taken: list[FiledTarget] = []
    for told, own in targets:
        target = _target(own, source, codes)
        if isinstance(target, Reason):
            yield LeftOut(line, target, told.locale)
        else:
            taken.append(FiledTarget(told.locale, target, told.approved_at, told.confirmed, told.context))
    if taken:
        yield FiledUnit(line, source, tuple(taken))


def _target(flow: Flow, source: CodedText, codes: Sequence[Code]) -> str | Reason:
    try:
        target = coded_target(flow, source, codes)
    except CodeFaultError as fault:
        return fault.reason
    return _unfit(CodedText(target, source.codes)) or target


def _unfit(coded: CodedText) -> Reason | None:
    text = coded.text if not coded.codes else plain(coded)
    if not text or text.isspace():
        return Reason("empty", N_("The segment is empty."))
    if len(coded.text) > LONGEST_TEXT:
        return Reason("too_long", N_("The segment has more than %(most)s characters."), most=LONGEST_TEXT)
    return None


def _told(element: etree._Element, variant: _Variant, locale: str) -> FiledTarget:
    """Return what the file tells of a target, without its text."""
    both = (variant.element, element)
    written = next((date for one in both for name in _DATES if (date := one.get(name))), "")
    by_machine = any(one.get(name, "").upper() == MACHINE for one in both for name in _PEOPLE)
    context = ""
    for one in both:
        for prop in one:
            if local_name(prop) != "prop":
                continue
            kind, value = prop.get("type", "").lower(), (prop.text or "").strip()
            by_machine = by_machine or _says_machine(kind, value)
            if kind == CONTEXT and one is variant.element and _CONTEXT.fullmatch(value):
                context = value
    return FiledTarget(locale, "", moment(written), not by_machine, context)


def _says_machine(kind: str, value: str) -> bool:
    said = re.sub(r"[\s_-]", "", value.lower())
    return said in _MACHINES or (kind in _ORIGINS and said in _YES)


def moment(written: str) -> datetime | None:
    """Return a date as TMX writes it (`20240125T093000Z`), or as ISO 8601 does, in UTC; None for any other."""
    try:
        read = datetime.fromisoformat(written.strip())
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
