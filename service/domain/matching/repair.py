"""Mending a match that differs from a segment in facts alone: another number, date or name in place of the old one.

The old fact must stand in the target exactly once, as the target's language writes it. Whatever else differs between
the two sources, one word or one mark, leaves the match as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from service.domain.matching.facts import LANGUAGES, Fact, facts_of, language_of
from service.domain.matching.matches import Mending
from service.domain.matching.rewriting import Replacement, Said, rewritten, same
from service.domain.matching.tokens import Kind, Placed, as_compared, placed_tokens
from service.domain.term_pieces import without_markers
from service.domain.terms import TermHit
from service.domain.text import CodedText

MENDED_FACTS = 99
MENDED_NAMES = 97
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_VOWELS = tuple("aeiouyhàâäéèêëîïôöûüœæ")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A target that was mended, what was replaced in it, and the most that it may score."""

    target: str
    mendings: tuple[Mending, ...]
    score: int


def repair(
    wanted: CodedText, source: CodedText, target: str, *, pair: tuple[str, str], hits: Sequence[TermHit]
) -> Repaired | None:
    """Return the target of `source` mended for `wanted`, or None where that is unsure; `hits` are terms in `wanted`.

    The target has the codes of `wanted` already.
    """
    languages = language_of(pair[0]), language_of(pair[1])
    if not LANGUAGES.issuperset(languages):
        return None
    text, places = without_markers(CodedText(target, wanted.codes))
    sides = _Sides(wanted, source, hits, languages[0])
    if not sides.comparable or text != as_compared(text):
        return None
    found: list[Replacement] = []
    for old, new in sides.facts:
        one = _rewritten(
            Said(old, sides.before, languages[0]), Said(new, sides.after, languages[0]), text, languages[1]
        )
        if one is None:
            return None
        found.append(one)
    for old_name, new_name in sides.names:
        one = _renamed(old_name, new_name, text, languages[1])
        if one is None:
            return None
        found.append(one)
    return _applied(target, text, places, found, names=bool(sides.names))


class _Sides:
    """What differs between two sources, as far as it is facts and names."""

    def __init__(self, wanted: CodedText, source: CodedText, hits: Sequence[TermHit], language: str) -> None:
        self.after, self.before = (as_compared(without_markers(coded)[0]) for coded in (wanted, source))
        self._kept = {hit.text for hit in hits if hit.term.do_not_translate and not hit.compound}
        self._language = language
        self.facts: list[tuple[Fact, Fact]] = []
        self.names: list[tuple[str, str]] = []
        self.comparable = self._compare()

    def _compare(self) -> bool:
        """Collect the pairs; tell whether there is nothing else."""
        before, after = placed_tokens(self.before), placed_tokens(self.after)
        pairs = list(_replaced(before, after))
        if not pairs:
            return False
        return all(old is not None and new is not None and self._takes(old, new) for old, new in pairs)

    def _takes(self, old: Placed, new: Placed) -> bool:
        facts = _covering(self.before, old, self._language), _covering(self.after, new, self._language)
        if facts[0] is not None and facts[1] is not None:
            if facts[0].kind is not facts[1].kind:
                return False
            if (facts[0], facts[1]) not in self.facts:
                self.facts.append((facts[0], facts[1]))
            return True
        words = old.token.text, new.token.text
        if facts != (None, None) or not all(token.kind is Kind.WORD for token in (old.token, new.token)):
            return False
        if all(_ACRONYM.fullmatch(word) for word in words) or (words[1] in self._kept and words[0][:1].isupper()):
            self.names.append(words)
            return True
        return False


def _replaced(before: Sequence[Placed], after: Sequence[Placed]) -> Iterator[tuple[Placed | None, Placed | None]]:
    """Yield the tokens that stand in each other's place; one beside None where something was put in or left out."""
    texts = [placed.token.text for placed in before], [placed.token.text for placed in after]
    for move in Levenshtein.opcodes(*texts):
        if move.tag == "equal":
            continue
        if move.tag != "replace" or move.src_end - move.src_start != move.dest_end - move.dest_start:
            yield None, None
            return
        yield from zip(before[move.src_start : move.src_end], after[move.dest_start : move.dest_end], strict=True)


def _covering(text: str, placed: Placed, language: str) -> Fact | None:
    return next((fact for fact in facts_of(text, language) if fact.start <= placed.start < fact.end), None)


def _rewritten(old: Said, new: Said, text: str, language: str) -> Replacement | None:
    standing = [fact for fact in facts_of(text, language) if same(old.fact, fact)]
    if len(standing) != 1:
        return None
    return rewritten(Said(standing[0], text, language), old, new)


def _renamed(old: str, new: str, text: str, language: str) -> Replacement | None:
    found = list(re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", text))
    if len(found) != 1:
        return None
    if language == "fr" and _begins_with_vowel(old) != _begins_with_vowel(new):
        return None  # the article before it would be another
    return Replacement(found[0].start(), found[0].end(), new)


def _begins_with_vowel(word: str) -> bool:
    return word.lower().startswith(_VOWELS)


def _applied(
    target: str, text: str, places: Sequence[int], found: Sequence[Replacement], *, names: bool
) -> Repaired | None:
    """Put the replacements in, each where no marker stands inside it."""
    ordered = sorted(set(found), key=lambda one: one.start)
    if any(one.end > other.start for one, other in pairwise(ordered)):
        return None
    mended = target
    for one in reversed(ordered):
        start, end = places[one.start], places[one.end - 1] + 1
        if target[start:end] != text[one.start : one.end]:
            return None
        mended = mended[:start] + one.text + mended[end:]
    mendings = tuple(Mending(text[one.start : one.end], one.text) for one in ordered)
    return Repaired(mended, mendings, MENDED_NAMES if names else MENDED_FACTS)
