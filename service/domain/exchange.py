"""What goes out to a translator's own tool and what comes back, and which of what comes back is taken.

The formats write `SentVersion` and read `ReturnedUnit`; queries gather the one, operations save what `judged` lets
through. Only texts come back: a state that the tool set confirms nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.characters import clean, unbroken
from service.domain.covering import USELESS_MARKS, useless_marks
from service.domain.drafts import OriginKind
from service.domain.errors import N_, Reason
from service.domain.inline import Token, TokenKind, balanced, check_nesting, markers
from service.domain.text import BlockKind, CodedText, InlineCode
from service.domain.workflow import UnitState

# What XML 1.0 has no place for, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# That, the other control characters, and the marks that turn the writing direction around.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class SentUnit:
    """A unit as it stands: its place in the text, both sides, where the target came from, and what dates it.

    `n` counts from 1, `block` is the id of its block; `draft` is the first machine or memory text.
    """

    id: str
    n: int
    block: str
    kind: BlockKind
    source: CodedText
    target: str
    state: UnitState
    origin: OriginKind
    engine: str | None
    score: int | None
    draft: str
    row_version: int
    source_hash: str


@dataclass(frozen=True, slots=True)
class SentVersion:
    """A version as it stands, with its units in text order."""

    release_id: str
    title: str
    source_locale: str
    target_locale: str
    revision: int
    units: tuple[SentUnit, ...]


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """A text as a tool wrote it, with markers for its inline codes, and the numbers or names that those codes bear."""

    text: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """A unit as it came back; `target` is None where the file has no text for all of it.

    `row_version` and `source_hash` are what the file says it was made from, None where it does not say.
    """

    id: str
    source: ReturnedText
    target: ReturnedText | None
    row_version: int | None
    source_hash: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A unit that was left as it is, and why; `mine` is the file's text and `theirs` the desk's, where both count."""

    unit: str
    reason: Reason
    n: int | None = None
    mine: str | None = None
    theirs: str | None = None


def sendable(coded: CodedText) -> list[Token]:
    """Return a text's tokens as a file can hold them: pairs closed in order, each code once, only XML's characters."""
    tokens: list[Token] = []
    used: set[InlineCode] = set()
    skipped: set[InlineCode] = set()
    for token in balanced(coded):
        code = token.code
        if code is None:
            text = _NOT_XML.sub("", _LINE_ENDS.sub("\n", token.text))
            tokens.append(Token(TokenKind.TEXT, text))
        elif token.kind is TokenKind.CLOSE:
            if code in skipped:
                skipped.remove(code)
            else:
                tokens.append(token)
        elif code in used:
            if token.kind is TokenKind.OPEN:
                skipped.add(code)
        else:
            used.add(code)
            tokens.append(token)
    return tokens


def as_sent(coded: CodedText) -> str:
    """Return a text as it reads when it comes back as it was sent."""
    return "".join(token.text for token in sendable(coded)).strip()


def printable(text: str) -> str:
    """Return a text without markers (a title, a name) as a file can hold it."""
    return _NOT_XML.sub("", text)


def judged(returned: ReturnedUnit, unit: SentUnit) -> str | Refusal | None:
    """Return the text to save, why nothing can be saved, or None where the file brings nothing new."""
    text = unbroken(_LINE_ENDS.sub("\n", returned.target.text)).strip() if returned.target else ""
    standing = as_sent(CodedText(unit.target, unit.source.codes))
    if {text, clean(text)} & {unit.target, unbroken(unit.target), standing, unbroken(standing)}:
        return None
    reason = _reason(returned, unit, text)
    if reason is None:
        return text
    both = (text, unit.target) if reason.code == "stale" else (None, None)
    return Refusal(unit.id, reason, n=unit.n, mine=both[0], theirs=both[1])


def _reason(returned: ReturnedUnit, unit: SentUnit, text: str) -> Reason | None:
    if returned.target is None or not text:
        return Reason(
            "empty_target", N_("The file has no text for this segment, or only for a part of it; it stays as it is.")
        )
    if returned.source_hash is None or returned.row_version is None:
        return Reason(
            "undated", N_("The file no longer says which text it was made from; export it anew and carry this over.")
        )
    if returned.source_hash != unit.source_hash or not _same_words(returned.source.text, as_sent(unit.source)):
        return Reason("source_changed", N_("The source of this segment is another than the one in the file."))
    if returned.row_version != unit.row_version:
        return Reason("stale", N_("Somebody saved this segment after the file was made; both texts are shown."))
    unwanted = sorted(set(_UNWANTED.findall(text)))
    if unwanted:
        return Reason(
            "bad_characters",
            N_("The text has characters that no text here can have: %(characters)s."),
            characters=", ".join(f"U+{ord(sign):04X}" for sign in unwanted),
        )
    return _code_reason(returned.target, text, unit.source)


def _code_reason(returned: ReturnedText, text: str, source: CodedText) -> Reason | None:
    """Return what is wrong with the inline codes: there is one of each in the source, and no other."""
    unknown = returned.codes - {str(code.id) for code in source.codes}
    if unknown:
        return Reason(
            "codes_unknown",
            N_("The file has formatting marks that the source does not have: %(marks)s."),
            marks=", ".join(sorted(unknown)),
        )
    wanted, present = (Counter(markers(side, source.codes)) for side in (as_sent(source), text))
    if wanted - present:
        return Reason(
            "codes_missing",
            N_("Formatting marks of the source are missing: %(marks)s."),
            marks=_listed(tuple(wanted - present)),
        )
    if present - wanted:
        return Reason(
            "codes_doubled",
            N_("Formatting marks stand in the text too often: %(marks)s."),
            marks=_listed(tuple(present - wanted)),
        )
    misplaced = check_nesting(text, source.codes)
    if misplaced:
        return Reason(
            "codes_misplaced",
            N_("Formatting marks are out of place: %(marks)s. Marks open and close in pairs."),
            marks=_listed(misplaced),
        )
    useless = useless_marks(text, source)
    if useless:
        return Reason("codes_misplaced", USELESS_MARKS, marks=_listed(useless))
    return None


def _listed(marks: Sequence[str]) -> str:
    return " ".join(marks)


def _same_words(one: str, other: str) -> bool:
    """Compare two sources, whatever a tool did to their white space."""
    return one.split() == other.split()
