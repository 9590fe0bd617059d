"""Acronyms in a text, and what became of each in a translation: the same, the language's own, said in full, or another.

Which acronyms languages have of their own is told in `acronym_forms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from service.domain.acronym_forms import SMALL, AcronymForms, acronyms_called, is_known
from service.domain.locales import language_of
from service.domain.name_spellings import edits_between
from service.domain.name_words import NEVER_NAMES, PARTICLES
from service.domain.unaccented import unaccented

_WORDS = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ]{2,8}(?=s?(?![^\W_]))")
_SMALL_WORD = re.compile(r"(?<![^\W_])[a-z]{2,4}(?![^\W_])(?!\.\w)")
_ROMAN = re.compile(r"[IVXL]+|M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SHORTEST_ROMAN = 4  # letters of those with C, D or M: CD and DC are none
_SHORTEST_IN_SMALL = 4  # letters from which an acronym may be written as a name: Unesco, Covid
_SHORT = 3  # letters up to which an acronym that is like another may well be another
_SHORTEST_SPELLED = 3
_SHORTEST_ENDING = 7  # letters of what a German compound may end in
_SHOUTED = 3  # words in capitals side by side are no acronyms but shouted
_MOST_WORDS = 400  # in capitals; a text with more is no sentence


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym in a text."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The acronym without capitals and accents."""
        return unaccented(self.text)


def acronyms_of(text: str, locale: str) -> tuple[Acronym, ...]:
    """Return the acronyms of a text in its order; none of a text that is all capitals.

    Roman numerals are none, nor are words that are shouted; those that a language writes in small letters are.
    """
    if text == text.upper():
        return ()
    language = language_of(locale)
    found = [
        Acronym(match.start(), match.end(), match[0]) for match in _ACRONYM.finditer(text) if not _is_roman(match[0])
    ]
    never = NEVER_NAMES.get(language, frozenset())
    found = [acronym for acronym in _unshouted(text, found) if acronym.key not in never]
    if small := SMALL.get(language):
        found += [Acronym(*match.span(), match[0]) for match in _SMALL_WORD.finditer(text) if match[0] in small]
    return tuple(sorted(found, key=lambda acronym: acronym.start))


def _is_roman(word: str) -> bool:
    return _ROMAN.fullmatch(word) is not None and (len(word) >= _SHORTEST_ROMAN or set(word) <= set("IVXL"))


def _unshouted(text: str, found: Sequence[Acronym]) -> list[Acronym]:
    """Return the acronyms without those of three or more that only spaces part."""
    kept: list[Acronym] = []
    group: list[Acronym] = []
    for one in found:
        if group and text[group[-1].end : one.start].strip(" \u00a0"):
            kept += group if len(group) < _SHOUTED else []
            group = []
        group.append(one)
    return kept + (group if len(group) < _SHOUTED else [])


@dataclass(frozen=True, slots=True)
class AcronymFound:
    """Where a translation has an acronym or what stands for it; `right` is what it should be there."""

    start: int
    end: int
    text: str
    right: str
    exact: bool


class AcronymsThere:
    """A translation, to look for the acronyms of its source in."""

    def __init__(self, text: str, locale: str, source: str, source_locale: str) -> None:
        """Cut both texts into words."""
        self._text, self._language, self._from = text, language_of(locale), language_of(source_locale)
        self._words = [(match.start(), match.end(), match[0]) for match in _WORDS.finditer(text)]
        self._places: dict[str, int] = {}
        for at, (_, _, word) in enumerate(self._words):
            self._places.setdefault(word, at)
            if word[:-1].isupper() and word.endswith("s"):
                self._places.setdefault(word[:-1], at)
            elif len(word) >= _SHORTEST_IN_SMALL:
                self._places.setdefault(word.upper(), at)
        ours = set(_WORDS.findall(source))
        shouted = [(at, word) for at, (_, _, word) in enumerate(self._words) if len(word) > 1 and word.isupper()]
        self._unexplained = [(at, word) for at, word in shouted if word not in ours and not _is_roman(word)][
            :_MOST_WORDS
        ]

    @property
    def has_others(self) -> bool:
        """Whether there are acronyms that nothing in the source explains."""
        return bool(self._unexplained)

    def find(self, acronym: Acronym) -> AcronymFound | None:
        """Return where an acronym stands, in a right form or a wrong one; None where it does not.

        What is said in full stands where its first word is.
        """
        called = acronyms_called(acronym.text, self._from, self._language)
        for short in dict.fromkeys(short for forms in called for short in forms.short):
            if (place := self._short(short)) is not None:
                return self._found(*place, short, exact=True)
        if said := self._said(phrase for forms in called for phrase in forms.long):
            return said
        same = self._short(acronym.text) or self._short(acronym.text.upper())
        if same is not None:
            wrong = next((forms for forms in called if forms.strict), None)
            return self._found(*same, wrong.short[0] if wrong else acronym.text, exact=wrong is None)
        return self._near(acronym, called) or self._spelled(acronym)

    def _short(self, short: str) -> tuple[int, int] | None:
        """Return where a short form stands, as a word or, with marks in it, as it is written."""
        if short in self._places:
            start, end, _ = self._words[self._places[short]]
            return start, end
        if short.isalpha():
            return None
        start = self._text.find(short)
        return None if start < 0 else (start, start + len(short))

    @cached_property
    def _joined(self) -> str:
        return " " + " ".join(unaccented(word) for _, _, word in self._words)

    def _said(self, phrases: Iterable[str]) -> AcronymFound | None:
        """Return where one of some phrases begins; German may have it at the end of a compound."""
        for phrase in phrases:
            inside = self._language == "de" and len(phrase) >= _SHORTEST_ENDING
            at = self._joined.find(phrase if inside else f" {phrase}")
            if at >= 0:
                start, end, word = self._words[self._joined.count(" ", 0, at + 1) - 1]
                return AcronymFound(start, end, word, word, exact=True)
        return None

    def _near(self, acronym: Acronym, called: Sequence[AcronymForms]) -> AcronymFound | None:
        """Return an acronym that nothing explains and that is like the one looked for, or one of its forms."""
        rights = [short for forms in called for short in forms.short[:1]] or [acronym.text]
        for right in dict.fromkeys((*rights, acronym.text)):
            for at, word in self._unexplained:
                if edits_between(right.upper(), word, 1) == 1 and not self._is_another(word):
                    return self._found(*self._words[at][:2], rights[0], exact=False)
        return None

    def _is_another(self, word: str) -> bool:
        return len(word) <= _SHORT and is_known(word, self._language)

    def _spelled(self, acronym: Acronym) -> AcronymFound | None:
        """Return where words stand whose first letters are the acronym, in its order or, as in French, turned round."""
        letters = unaccented(acronym.text)
        if len(letters) < _SHORTEST_SPELLED:
            return None
        words = [place for place in self._words if place[2].lower() not in PARTICLES]
        initials = "".join(unaccented(word)[:1] or "-" for _, _, word in words)
        for order in (letters, letters[::-1]):
            if (at := initials.find(order)) >= 0:
                return self._found(words[at][0], words[at + len(letters) - 1][1], acronym.text, exact=True)
        return None

    def _found(self, start: int, end: int, right: str, *, exact: bool) -> AcronymFound:
        return AcronymFound(start, end, self._text[start:end], right, exact)
