"""The check for the spaces that French has beside its marks: before ; ! ? : » % €, and behind «."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from service.domain.checks.base import BLANK, Finding, FrenchSpacing, Pair, Severity
from service.domain.checks.edits import MOST_MARKS, Edit, Outside, mended
from service.domain.errors import N_
from service.domain.locales import language_of

NO_BREAK = "\u00a0"
NARROW = "\u202f"
_NO_BREAKS = NO_BREAK + NARROW
_PLAIN = " \t\u2009"
_NARROW_MARKS = ";!?"
# Where no space belongs, whatever comes next or stood before.
_NOTHING_BEHIND = "\r\n([«"
_NOTHING_BEFORE = "\r\n)].,;:!?»"

# A mark that a space belongs to: the first of a row; not an hour, a ratio, an entity, a smiley, a doubt in brackets.
_MARK = re.compile(
    rf"""
    (?<![!?;:(\[«"\u201c\u2018]) (?:
        (?P<end> [!?]++ ) (?![\w/])
        | (?P<pause> [;:] ) (?= [\s«»)\]"\u201c\u201d\u2019{BLANK}] | \Z ) (?! [)(] )
    )
    | (?P<close> » )
    | (?P<open> « )
    | (?<=[0-9]) (?P<tight> [%€] ) (?!\w)
    | (?<=[0-9][ \t\u2009]) (?P<parted> [%€] ) (?![\w])
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&#?\w{1,8}\Z")
_LONGEST_ENTITY = 10
_MOST_MARKS_TOLD = 6


@dataclass(frozen=True, slots=True)
class FrenchSpacingCheck:
    """A space that no line breaks at stands beside these marks, in the width that the office chose.

    Either no-break space passes, so that a text that was brought along keeps its own. What official French texts
    really have beside their marks is an ordinary space nearly every time: it reads well, a line may only break badly.
    So that is information, with a fix; a space that is missing altogether is a warning. All places of a segment are
    told and mended at once.
    """

    code: str = "french_spacing"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield at most one finding, over all places of the segment, with the spaces that the office has."""
        if language_of(pair.target_locale) != "fr":
            return
        found = list(islice(_places(pair), MOST_MARKS))
        if not found:
            return
        marks = [mark for mark, _ in found]
        told = " ".join(marks[:_MOST_MARKS_TOLD]) + (" …" if len(marks) > _MOST_MARKS_TOLD else "")
        missing = any(edit.start == edit.end for _, edit in found)
        if missing:
            template = N_("French has a no-break space beside %(marks)s; here there is none.")
        else:
            template = N_("French has a no-break space beside %(marks)s; here a line may break.")
        span, fix = mended(pair.target, [edit for _, edit in found])
        severity = self.severity if missing else Severity.INFO
        yield Finding(self.code, severity, template, {"marks": told}, target_span=span, fix=fix)


def _places(pair: Pair) -> Iterator[tuple[str, Edit]]:
    """Yield each mark without its space, and the edit that gives it one."""
    text, outside = pair.target_blanked, Outside(pair.target_addresses)
    for found in _MARK.finditer(text):
        if not outside.has(found.start()):
            continue
        mark = found[0][0]
        narrow = mark in _NARROW_MARKS and pair.rules.french_spacing is FrenchSpacing.NARROW
        space = NARROW if narrow else NO_BREAK
        edit = _behind(text, found.end(), space) if found["open"] else _before(text, found.start(), space)
        if edit is None or (mark == ";" and _ENTITY.search(text, max(0, edit.end - _LONGEST_ENTITY), edit.end)):
            continue
        yield mark, edit


def _before(text: str, at: int, space: str) -> Edit | None:
    """Return the edit for the place before a mark, past markers in between; None where all is well."""
    end = at
    while end and text[end - 1] == BLANK:
        end -= 1
    if not end or text[end - 1] in _NO_BREAKS + _NOTHING_BEHIND:
        return None
    if text[end - 1] in _PLAIN:
        return Edit(end - 1, end, space)
    return Edit(at, at, space)


def _behind(text: str, at: int, space: str) -> Edit | None:
    """Return the edit for the place behind a mark, past markers in between; None where all is well."""
    start = at
    while start < len(text) and text[start] == BLANK:
        start += 1
    if start == len(text) or text[start] in _NO_BREAKS + _NOTHING_BEFORE:
        return None
    if text[start] in _PLAIN:
        return Edit(start, start + 1, space)
    return Edit(at, at, space)
