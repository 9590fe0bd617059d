"""A version's whole text as people read it: without seams, and yet each sentence knows which segment it is.

Where a comparison is asked for, a sentence that was rewritten is shown with what left and what came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from service.domain.comparing import Comparison, Pair
from service.domain.revising import Fate
from service.domain.text import Block, BlockKind, CodedText
from service.formats.html import html_parts, inline_fragment
from service.queries.review import UnitRow
from service.queries.texts import codes_of
from service.storage.models import BlockRow
from service.web.formatting import difference, unit_state_word
from service.web.language import chosen_language
from service.web.versions import VersionPage

_CONFIRMED = frozenset({"reviewed", "final"})


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a heading, or a whole list or quotation, in both languages, as safe HTML."""

    source: Markup
    target: Markup


def whole_text(page: VersionPage, rows: Sequence[UnitRow], comparison: Comparison | None = None) -> list[Part]:
    """Return the text in the order in which it is read; of a comparison, with what was rewritten marked."""
    of_block: dict[str, list[UnitRow]] = defaultdict(list)
    blocks: dict[str, BlockRow] = {}
    for row in rows:
        of_block[row.block.id].append(row)
        blocks[row.block.id] = row.block
    in_order = sorted(blocks.values(), key=lambda block: block.n)
    places = [_place(block, number) for number, block in enumerate(in_order)]
    held = [of_block[block.id] for block in in_order]

    def source(block: Block) -> str:
        return "".join(_source(row) + _gap(row) for row in held[int(block.content.text)])

    def target(block: Block) -> str:
        return "".join(sentence(page, row, comparison) + _gap(row) for row in held[int(block.content.text)])

    return [
        Part(_lowered(one), _lowered(other))
        for one, other in zip(html_parts(places, source), html_parts(places, target), strict=True)
    ]


def _place(block: BlockRow, number: int) -> Block:
    """Return a block of the page's shape that holds, instead of its words, the number by which they are found."""
    kind = BlockKind(block.kind)
    level = min((block.level or 2) + 1, 6) if kind is BlockKind.HEADING else block.level
    return Block(kind, CodedText(str(number)), level, block.ordered, block.group, block.start)


def _lowered(html: str) -> Markup:
    """Put the title where the page, which has an h1 of its own, wants it."""
    return Markup(html.replace("<h1>", '<h2 class="text-title">').replace("</h1>", "</h2>"))  # noqa: S704 - of safe parts


def _gap(row: UnitRow) -> Markup:
    return Markup("<br>") if "\n" in row.segment.gap else escape(row.segment.gap)


def _source(row: UnitRow) -> Markup:
    return Markup('<span class="sentence" data-n="{}">{}</span>').format(row.n, _inline(row, row.segment.source))


def _inline(row: UnitRow, text: str) -> Markup:
    if not row.segment.codes:
        return escape(text)
    return Markup(inline_fragment(CodedText(text, codes_of(row.segment.codes))))  # noqa: S704 - written and cleaned by formats.html


def sentence(page: VersionPage, row: UnitRow, comparison: Comparison | None = None) -> Markup:
    """Return one sentence of the translation with its mark: a link to its form, and how it stands in words."""
    pair = comparison.by_number.get(row.n) if comparison else None
    before, behind = _gone(comparison, 0) if row.n == 1 else "", _gone(comparison, row.n)
    return Markup(
        '{}<span class="{}" id="sentence-{}" data-n="{}" data-unit="{}" data-row-version="{}">{}{}</span>{}'
    ).format(
        before,
        " ".join(_classes(row, pair)),
        row.n,
        row.n,
        row.unit.id,
        row.unit.row_version,
        _words(row, pair),
        _mark(page, row),
        behind,
    )


def _classes(row: UnitRow, pair: Pair | None) -> Iterator[str]:
    yield "sentence"
    yield row.unit.state
    if pair is not None and pair.fate is not Fate.KEPT:
        yield "rewritten"


def _words(row: UnitRow, pair: Pair | None) -> Markup:
    if pair is not None and pair.fate is not Fate.KEPT:
        return difference(pair.old, pair.new)
    if not row.unit.target:
        return Markup('<em class="left-out" lang="{}">{}</em>').format(chosen_language(), gettext("no text yet"))
    return _inline(row, row.unit.target)


def _gone(comparison: Comparison | None, behind: int) -> Markup:
    pairs = comparison.gone_behind.get(behind, ()) if comparison else ()
    return Markup("").join(
        Markup(' <span class="sentence gone">{}</span> ').format(difference(it.old, "")) for it in pairs
    )


def _mark(page: VersionPage, row: UnitRow) -> Markup:
    """Return the small number behind a sentence; how it stands is in sight where somebody points at it."""
    place = url_for("review.editor", release_id=page.release.id, locale=page.version.locale)
    errors, warnings = _open(row, "error"), _open(row, "warning")
    found = [ngettext("%(num)d error", "%(num)d errors", errors)] if errors else []
    found += [ngettext("%(num)d warning", "%(num)d warnings", warnings)] if warnings else []
    return Markup(
        '<a class="mark-of{}" lang="{}" href="{}#unit-{}"><span class="hidden">{} </span>{}'
        '<span aria-hidden="true">{}</span><span class="more"> {}</span>{}</a>'
    ).format(
        " error" if errors else " warning" if warnings else "",
        chosen_language(),
        place,
        row.unit.id,
        gettext("Segment"),
        row.n,
        "✓" if row.unit.state in _CONFIRMED else "○",
        unit_state_word(row.unit.state),
        Markup(' <span class="found-here">{}</span>').format(", ".join(found)) if found else "",
    )


def _open(row: UnitRow, severity: str) -> int:
    return sum(finding.severity == severity and finding.dismissed_at is None for finding in row.findings)
