"""The check that a translation ends as its source does: as a statement, a question, a call, or without a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.addresses import Address
from service.domain.checks.base import BLANK, Finding, Pair, Severity, Span
from service.domain.errors import N_

# What may stand behind the last mark: quotes, brackets, spaces, markers, signs of emphasis.
_CLOSING = "\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a)]}*_ \t\r\n\u00a0\u202f\u2009" + BLANK
_MARKS = ".!?\u2026:;,"
_LONGEST_RUN = 8
_SENTENCE_WORDS = 8  # a source of as many that ends without a mark is a sentence that lost it, not a heading
_LAST_WORD = 16  # characters that are looked at before a full stop
# A full stop that belongs to the word before it ends a sentence or does not; nothing can be said.
_SHORTENED = re.compile(
    r"(?:\b\w\.\s?)\w\.\Z"
    r"|\b(?:etc|enz|usw|bzw|ca|e\.a|Nr|nr|no|art|Art|Abs|Str|St|Inc|Ltd|Co|Corp|Jr|Sr|Dr|Mr|Mrs|Prof|Mio|Mrd|mln|mld"
    r"|vgl|resp|max|min|tel|Tel|blz|pp?|ff|al|cf|\w)\.\Z"
    r"|(?<![0-9])[0-9]{1,2}\.\Z"
)


@dataclass(frozen=True, slots=True)
class EndMark:
    """The last mark of both sides is of the same kind: full stop, question, call, dots, colon, or none.

    A semicolon or a comma closes an item of a list, for which languages have different habits: it agrees with a full
    stop and with none. Nothing is said where a full stop may belong to a shortened word or to an ordinal. A full stop
    behind a sentence is information where the source forgot it.
    """

    code: str = "end_mark"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding at the ends of both texts where they differ."""
        source, target = _end(pair.source_blanked), _end(pair.target_blanked)
        if source.end == 0 or target.end == 0 or _kinds(source) & _kinds(target):
            return
        if _in_address(source, pair.source_addresses) or _in_address(target, pair.target_addresses):
            return
        facts = {name: mark for name, mark in (("source", source.mark), ("target", target.mark)) if mark}
        if source.mark and target.mark:
            template = N_("The source ends with “%(source)s”, the translation with “%(target)s”.")
        elif source.mark:
            template = N_("The source ends with “%(source)s”, the translation without a mark.")
        else:
            template = N_("The translation ends with “%(target)s”, the source without a mark.")
        forgotten = not source.mark and target.mark == "." and len(pair.source_plain.split()) >= _SENTENCE_WORDS
        severity = Severity.INFO if forgotten else self.severity
        yield Finding(self.code, severity, template, facts, source.span, target.span)


@dataclass(frozen=True, slots=True)
class _End:
    """The marks that a text ends with, which may be none, and where they end; `shortened` tells a doubtful stop."""

    mark: str
    end: int
    shortened: bool

    @property
    def span(self) -> Span:
        """Where the marks stand; the last character where there are none."""
        return Span(self.end - (len(self.mark) or 1), self.end)


def _end(text: str) -> _End:
    kept = text.rstrip(_CLOSING)
    words = kept.rstrip(_MARKS + _CLOSING)
    marks = kept[len(words) :]
    # A bracket may part two marks, as in “(really?).”: the one outside counts.
    for at in range(len(marks) - 1, max(-1, len(marks) - _LONGEST_RUN - 1), -1):
        if marks[at] not in _MARKS:
            marks = marks[at + 1 :]
            break
    marks = marks[-_LONGEST_RUN:]
    shortened = marks == "." and bool(_SHORTENED.search(kept[-_LAST_WORD:]))
    return _End(marks, len(kept), shortened)


def _kinds(end: _End) -> set[str]:
    """Return the kinds that an end can be taken for."""
    marks = end.mark
    if "?" in marks or "!" in marks:
        return {mark for mark in "?!" if mark in marks}
    if "\u2026" in marks or marks.endswith("..."):
        return {"\u2026"}
    if not marks:
        return {""}
    last = marks[-1]
    if last in ";,":
        return {"", ".", ";"}
    return {".", "", ";"} if end.shortened else {last, ";"} if last == "." else {last}


def _in_address(end: _End, addresses: tuple[Address, ...]) -> bool:
    """Tell whether the text ends in an address, behind which many leave the full stop out."""
    return bool(addresses) and not end.mark and addresses[-1].end >= end.end
