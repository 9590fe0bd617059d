"""The units that an XLIFF file brings back: 2.x or 1.2, of one release and one pair of languages.

Tools split a unit's segment, wrap words, leave out what they do not use and fill in regions (`fr-BE` for `fr`); all of
that is taken. What a unit's text means for the desk is judged in `domain.exchange`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeAlias

from lxml import etree

from service.domain.errors import N_, Invalid
from service.domain.exchange import ReturnedText, ReturnedUnit
from service.formats.xliff.parsing import parsed
from service.formats.xliff.reading_inline import returned_text
from service.formats.xliff.vocabulary import (
    CORE_2,
    CORE_12,
    CORE_22,
    METADATA,
    OWN,
    ROW_VERSION,
    SOURCE_HASH,
    own_context,
)

_Facts: TypeAlias = dict[str, str]
_ROW_VERSION = re.compile(r"[0-9]{1,9}")


def read_xliff(data: bytes, *, release_id: str, source_locale: str, target_locale: str) -> tuple[ReturnedUnit, ...]:
    """Return the units of a file of the release in these languages, in the file's order.

    Raises `Invalid`: file_too_large, bad_file, not_xliff, other_release, other_languages.
    """
    root = parsed(data)
    name = etree.QName(root)
    if name.localname != "xliff" or name.namespace not in {CORE_2, CORE_22, CORE_12}:
        raise Invalid(
            "not_xliff", N_("The file is not XLIFF 2 or XLIFF 1.2; export it anew, or save it as such."), field="file"
        )
    core = f"{{{name.namespace}}}"
    files = root.findall(f"{core}file")
    if name.namespace == CORE_12:
        for file in files:
            _check_languages((file.get("source-language"), file.get("target-language")), (source_locale, target_locale))
    else:
        _check_languages((root.get("srcLang"), root.get("trgLang")), (source_locale, target_locale))
    if not files or any(release_id not in {file.get("id"), file.get("original")} for file in files):
        raise Invalid("other_release", N_("The file belongs to another release than this one."), field="file")
    tag, read = ("trans-unit", _unit_12) if name.namespace == CORE_12 else ("unit", _unit_2)
    return tuple(_units(files, core, tag, read))


def _units(
    files: list[etree._Element], core: str, tag: str, read: Callable[[etree._Element, str], ReturnedUnit]
) -> Iterator[ReturnedUnit]:
    for file in files:
        for element in file.iter(f"{core}{tag}"):
            yield read(element, core)


def _check_languages(found: tuple[str | None, str | None], wanted: tuple[str, str]) -> None:
    pairs = zip(found, wanted, strict=True)
    if not all(_same_language(one or "", other) for one, other in pairs):
        _refuse_languages(found, wanted)


def _same_language(one: str, other: str) -> bool:
    """Compare two tags; one may say more than the other: `fr-BE` and `fr` are the same here."""
    parts, others = one.lower().replace("_", "-").split("-"), other.lower().split("-")
    shared = min(len(parts), len(others))
    return parts[:shared] == others[:shared]


def _refuse_languages(found: tuple[str | None, str | None], wanted: tuple[str, str]) -> NoReturn:
    raise Invalid(
        "other_languages",
        N_("The file is from “%(source)s” to “%(target)s”; this version is from “%(own_source)s” to “%(own_target)s”."),
        field="file",
        source=(found[0] or "?")[:20],
        target=(found[1] or "?")[:20],
        own_source=wanted[0],
        own_target=wanted[1],
    )


def _unit_2(element: etree._Element, core: str) -> ReturnedUnit:
    groups = element.iterfind(f"{{{METADATA}}}metadata/{{{METADATA}}}metaGroup[@category='{OWN}']")
    facts = {meta.get("type", ""): meta.text or "" for group in groups for meta in group.iter(f"{{{METADATA}}}meta")}
    parts = [child for child in element if child.tag in {f"{core}segment", f"{core}ignorable"}]
    sources = [source for part in parts for source in part.findall(f"{core}source")]
    return ReturnedUnit(
        element.get("id", ""),
        returned_text(*sources),
        _target_2(parts, core),
        _row_version(facts, ROW_VERSION),
        facts.get(SOURCE_HASH, "").strip() or None,
    )


def _target_2(parts: list[etree._Element], core: str) -> ReturnedText | None:
    """Return the unit's whole target, in the order that its parts ask for; None where a segment has none."""
    placed: list[tuple[int, etree._Element]] = []
    for place, part in enumerate(parts, 1):
        target = part.find(f"{core}target")
        if part.tag == f"{core}segment" and (target is None or not _has_content(target)):
            return None
        side = target if target is not None else part.find(f"{core}source")
        if side is not None:
            order = side.get("order", "")
            placed.append((int(order) if _ROW_VERSION.fullmatch(order) else place, side))
    placed.sort(key=lambda pair: pair[0])
    return returned_text(*(side for _, side in placed)) if placed else None


def _has_content(side: etree._Element) -> bool:
    return len(side) > 0 or bool((side.text or "").strip())


def _unit_12(element: etree._Element, core: str) -> ReturnedUnit:
    contexts = element.iterfind(f"{core}context-group/{core}context")
    facts = {context.get("context-type", ""): context.text or "" for context in contexts}
    source, target = element.find(f"{core}source"), element.find(f"{core}target")
    return ReturnedUnit(
        element.get("id", ""),
        returned_text(*([source] if source is not None else [])),
        returned_text(target) if target is not None and _has_content(target) else None,
        _row_version(facts, own_context(ROW_VERSION)),
        facts.get(own_context(SOURCE_HASH), "").strip() or None,
    )


def _row_version(facts: _Facts, name: str) -> int | None:
    written = facts.get(name, "").strip()
    return int(written) if _ROW_VERSION.fullmatch(written) else None
