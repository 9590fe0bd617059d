"""The check for spaces that are too many or missing, whatever the language.

The spaces that French has before some of its marks, and those that no line may break at, are for checks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.addresses import Address
from service.domain.checks.base import BLANK, Finding, Pair, Severity
from service.domain.checks.edits import Edit, Outside, in_places, mended
from service.domain.errors import N_
from service.domain.locales import language_of

SPACES = " \t\u00a0\u202f\u2009"
NO_BREAK_SPACES = "\u00a0\u202f"

_EDGE = SPACES + BLANK
_RUN = re.compile(rf"[{SPACES}]++")
_DOUBLE = re.compile(rf"[{SPACES}]{{2,}}+")
# Before a mark: not before “.be”, “...”, “,-”, nor before the dots of something left out.
_BEFORE = rf"(?<=[^\s(\[])[{SPACES}](?=(?:[,.](?![\w.,-])|[)\]]{{more}}))"
_FOREIGN_BEFORE = re.compile(_BEFORE.format(more=r"|(?:[!?;]|:(?!\s?[0-9]))(?![\w)(\]\[!?;:-])"))
_FRENCH_BEFORE = re.compile(_BEFORE.format(more=""))
_BEHIND_BRACKET = re.compile(rf"(?<=[(\[])[{SPACES}](?=[^\s)\]])")
_COMMA = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
_CODE = re.compile(r"[@/\\=_#<>|{}0-9]")
_AROUND = 24  # characters of a word that show whether it is a code or a formula


@dataclass(frozen=True, slots=True)
class Spaces:
    """No space twice, at an edge, before a comma or full stop, inside brackets; one behind a comma.

    No-break spaces are spaces. An edge or a doubled space that the source has as well is left alone.
    """

    code: str = "spaces"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each place, or one for many of a kind, with the space as it should be."""
        text = pair.target_blanked
        kinds = (
            (N_("There is a space at the edge of the translation."), edge_edits(text, beside=pair.source_blanked)),
            (N_("There are two spaces where one belongs."), double_edits(text)),
            (N_("There is a space where none belongs."), stray_edits(text, pair.target_locale)),
            (N_("A space is missing behind a comma."), comma_edits(text, pair.target_addresses)),
        )
        for template, edits in kinds:
            for group in in_places(edits):
                span, fix = mended(pair.target, group)
                yield Finding(self.code, self.severity, template, target_span=span, fix=fix)


def edge_edits(text: str, beside: str = "") -> Iterator[Edit]:
    """Yield what takes the spaces off the edges, between markers too; one that the text beside it has as well stays."""
    start, end = len(text) - len(text.lstrip(_EDGE)), len(text.rstrip(_EDGE))
    if start > end:  # there is no text between the edges
        return
    if not _RUN.search(beside[: len(beside) - len(beside.lstrip(_EDGE))]):
        yield from (Edit(found.start(), found.end(), "") for found in _RUN.finditer(text, 0, start))
    if not _RUN.search(beside[len(beside.rstrip(_EDGE)) :]):
        yield from (Edit(found.start(), found.end(), "") for found in _RUN.finditer(text, end))


def double_edits(text: str) -> Iterator[Edit]:
    """Yield what makes one space of several between words; a no-break one among them stays."""
    first, last = len(text) - len(text.lstrip(_EDGE)), len(text.rstrip(_EDGE))
    for found in _DOUBLE.finditer(text):
        if first < found.start() < last:
            kept = next((space for space in found[0] if space in NO_BREAK_SPACES), " ")
            yield Edit(found.start(), found.end(), kept)


def stray_edits(text: str, locale: str) -> Iterator[Edit]:
    """Yield what takes away a space before a mark or a closing bracket, and behind an opening one."""
    before = _FRENCH_BEFORE if language_of(locale) == "fr" else _FOREIGN_BEFORE
    found = [*before.finditer(text), *_BEHIND_BRACKET.finditer(text)]
    for one in sorted(found, key=lambda match: match.start()):
        yield Edit(one.start(), one.end(), "")


def comma_edits(text: str, addresses: tuple[Address, ...] = ()) -> Iterator[Edit]:
    """Yield the space behind a comma between two words, outside addresses and codes."""
    outside = Outside(addresses)
    for found in _COMMA.finditer(text):
        at = found.end()
        before, behind = text[max(0, at - _AROUND) : at].split(), text[at : at + _AROUND].split()
        if outside.has(found.start()) and not _CODE.search(before[-1] + behind[0]):
            yield Edit(at, at, " ")
