"""Whether a new text of a release is a minor edit of the old one: a typo mended, with no fact touched.

The word of the author is not enough, for what was confirmed in other languages stays confirmed by it. Refused is too
much rather than too little: whoever is refused sends an ordinary revision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from service.domain.checks.negation_words import DENIES, HINTS, SOFT
from service.domain.errors import N_
from service.domain.facts.segment_text import FactKind, SegmentText, facts_in
from service.domain.inline import codes_used, plain
from service.domain.locales import language_of
from service.domain.names import names_of
from service.domain.text import CodedText

LEAST_ALIKE = 0.7  # the share of its letters that a word has in common with the one that it is mended to

_NAMES = frozenset({FactKind.NAME, FactKind.ACRONYM})
_NO_FIGURES = _NAMES | {FactKind.QUOTE, FactKind.LINK}
_JOINED_DENIALS = frozenset({"noch", "weder", "weer", "ni", "nor"})


@dataclass(frozen=True, slots=True)
class NotMinor:
    """Why an edit is not minor: a stable code, a sentence, and the segment's number (0 for the whole text)."""

    code: str
    template: str
    n: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment as it is compared: the kind of block that it stands in, which block that is, and its words."""

    kind: str
    block: int
    source: CodedText


OTHERWISE_ARRANGED = N_(
    "This is no minor edit: segments come, go or stand in another place. Send it as an ordinary revision."
)
_RULES: tuple[tuple[str, str, Callable[[SegmentText], Iterable[object]]], ...] = (
    (
        "figures_changed",
        N_("This is no minor edit: a number, date or hour changes in segment %(n)s. Send it as an ordinary revision."),
        lambda text: (fact.key for fact in facts_in(text) if fact.kind not in _NO_FIGURES),
    ),
    (
        "name_changed",
        N_("This is no minor edit: a name changes in segment %(n)s. Send it as an ordinary revision."),
        lambda text: _names(text),  # noqa: PLW0108 - it stands below
    ),
    (
        "negation_changed",
        N_("This is no minor edit: a denial changes in segment %(n)s. Send it as an ordinary revision."),
        lambda text: _denials(text),  # noqa: PLW0108 - it stands below
    ),
    (
        "codes_changed",
        N_("This is no minor edit: a link or the markup changes in segment %(n)s. Send it as an ordinary revision."),
        lambda text: (*(fact.key for fact in text.links), *_codes(text)),
    ),
)
_REWRITTEN = N_("This is no minor edit: segment %(n)s is worded otherwise. Send it as an ordinary revision.")


def why_not_minor(old: Sequence[Placed], new: Sequence[Placed], locale: str) -> NotMinor | None:
    """Return the first reason why the new segments are no minor edit of the old ones; None where they are."""
    if [(each.kind, each.block) for each in old] != [(each.kind, each.block) for each in new]:
        return NotMinor("otherwise_arranged", OTHERWISE_ARRANGED)
    for n, (before, after) in enumerate(zip(old, new, strict=True), start=1):
        if before.source == after.source:
            continue
        left, came = SegmentText(before.source, locale), SegmentText(after.source, locale)
        for code, template, told in _RULES:
            if Counter(told(left)) != Counter(told(came)):
                return NotMinor(code, template, n)
        if _rewritten(plain(before.source), plain(after.source)):
            return NotMinor("rewritten", _REWRITTEN, n)
    return None


def _names(text: SegmentText) -> Iterable[str]:
    """Yield every name, acronyms and single words among them, and every figure that is part of one."""
    yield from (fact.key for fact, _ in text.acronyms)
    yield from (name.key for name in names_of(text.blanked, text.locale))
    yield from (character for character in text.blanked if character.isdigit())


def _denials(text: SegmentText) -> Iterable[str]:
    """Yield every word that denies, or that may."""
    language = language_of(text.locale)
    for table in (DENIES, SOFT, HINTS):
        if language in table:
            yield from (found[0].casefold() for found in table[language].finditer(text.blanked))
    yield from (word for word in text.blanked.casefold().split() if word in _JOINED_DENIALS)


def _codes(text: SegmentText) -> Iterable[tuple[int, str, str]]:
    return ((code.id, code.kind.value, code.href or "") for code in codes_used(text.coded.text, text.coded.codes))


def _rewritten(old: str, new: str) -> bool:
    """Tell whether any words changed but by their spelling, or for a word that stood there twice."""
    before, after = _words(old), _words(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, came = before[i1:i2], after[j1:j2]
        if tag == "equal" or (left and not came and left == before[i2 : i2 + len(left)]):
            continue
        if left and not came and left == before[max(0, i1 - len(left)) : i1]:
            continue
        if not _are_alike("".join(left), "".join(came)):
            return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _are_alike(old: str, new: str) -> bool:
    if sorted(old) == sorted(new):
        return True  # two letters that changed places
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= LEAST_ALIKE
