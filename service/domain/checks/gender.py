"""The check that a person's function has the person's gender, where the term base tells both.

A name is of a person whose gender the office tells; a function is another term of the office. Where they stand beside
each other in the source, the function beside that name in the translation must not be the other gender's. Where the
term base, the word or the article leaves a doubt, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.errors import N_
from service.domain.locales import language_of
from service.domain.term_targets import TargetHit
from service.domain.terms import SourceTerm, TargetTerm, TermHit

OTHER = {"feminine": "masculine", "masculine": "feminine"}
LONGEST_GAP = 80  # characters between a name and a function
MOST_HITS = 40  # names, and functions, that are looked at in one text

_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*")
# What may stand between a function and a name: what the function is about, which has capitals, and what joins it.
_JOINS = {
    "nl": frozenset(["van", "voor", "en", "der", "de", "het", "den"]),
    "fr": frozenset(["de", "du", "des", "la", "le", "les", "l", "d", "et", "à", "au", "aux", "en"]),
    "de": frozenset(["der", "des", "die", "das", "den", "dem", "für", "und", "von", "vom", "im", "in"]),
    "en": frozenset(["of", "for", "and", "the", "in"]),
}
_ARTICLES = {  # before a French word that both genders share
    "masculine": re.compile(r"(?<![\w'\u2019-])(?:le|un|du|au|ce)\s$", re.IGNORECASE),
    "feminine": re.compile(r"(?<![\w'\u2019-])(?:la|une|cette)\s$", re.IGNORECASE),
}
_LONGEST_ARTICLE = 10
_FRENCH_SHARED = frozenset(
    {"ministre", "secrétaire", "bourgmestre", "commissaire", "juge", "maire", "porte-parole", "responsable", "membre"}
)
# German nouns that are a man's, and a woman's with -in.
_GERMAN_MAN = re.compile(r"(?:er|or|ent|är|ant|eur|ar|ist)\Z")


@dataclass(frozen=True, slots=True)
class _Person:
    """A name in the source, its gender, and the function beside it."""

    name: TermHit
    function: TermHit

    @property
    def gender(self) -> str:
        return self.name.term.gender or ""


@dataclass(frozen=True, slots=True)
class Gender:
    """“De minister Annelies Verlinden” is “la ministre” and “die Ministerin”, never “le ministre” or “der Minister”."""

    code: str = "gender"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each function in the translation that has the wrong gender for its person."""
        tongue = language_of(pair.target_locale)
        if tongue not in {"fr", "de"} or not any(_is_person(hit.term) for hit in pair.term_hits):
            return
        told: set[TargetHit] = set()
        for person in _persons(pair):
            there = _function_there(pair, person, tongue)
            if there is None or there in told or not _is_wrong(pair, there, person.gender, tongue):
                continue
            told.add(there)
            yield self._finding(person, there)

    def _finding(self, person: _Person, there: TargetHit) -> Finding:
        facts = {"name": person.name.text, "term": there.text}
        right = _of_gender(there.term, person.gender)
        if right is not None and right.text.casefold() != there.text.casefold():
            facts["right"] = right.text
            template = (
                N_("%(name)s is a woman: not “%(term)s” but “%(right)s”.")
                if person.gender == "feminine"
                else N_("%(name)s is a man: not “%(term)s” but “%(right)s”.")
            )
        else:
            template = (
                N_("%(name)s is a woman, but “%(term)s” stands here as for a man.")
                if person.gender == "feminine"
                else N_("%(name)s is a man, but “%(term)s” stands here as for a woman.")
            )
        source = Span(person.function.start, person.function.end)
        return Finding(self.code, self.severity, template, facts, source, Span(there.start, there.end))


def _is_person(term: SourceTerm) -> bool:
    """Tell whether a term is the name of a person: it has a gender, capitals, and is the same in every language."""
    if term.gender not in OTHER or not _NAME.match(term.text):
        return False
    return term.do_not_translate or (bool(term.targets) and all(target.text == term.text for target in term.targets))


def _persons(pair: Pair) -> Iterator[_Person]:
    """Yield the persons of the source whose function stands beside their name."""
    hits = [hit for hit in pair.term_hits if not hit.compound]
    names = [hit for hit in hits if _is_person(hit.term)][:MOST_HITS]
    functions = [hit for hit in hits if not _is_person(hit.term) and not hit.term.do_not_translate][:MOST_HITS]
    text, tongue = pair.source_blanked, language_of(pair.source_locale)
    for name in names:
        beside = [one for one in functions if _is_beside(text, one, name, tongue)]
        if beside:
            yield _Person(name, min(beside, key=lambda one: _distance(one, name)))


def _function_there(pair: Pair, person: _Person, tongue: str) -> TargetHit | None:
    """Return the function that stands beside the person's name in the target."""
    names = pair.target_text.find((person.name.term,))[:MOST_HITS]
    functions = [hit for hit in pair.target_text.find((person.function.term,)) if not hit.compound][:MOST_HITS]
    near = [
        (_distance(function, name), function)
        for name in names
        for function in functions
        if _is_beside(pair.target_blanked, function, name, tongue)
    ]
    return min(near, key=lambda one: one[0])[1] if near else None


def _is_beside(text: str, function: TermHit | TargetHit, name: TermHit | TargetHit, tongue: str) -> bool:
    """Tell whether a function is this person's: the name follows what the function is about, or stands before it."""
    if _distance(function, name) > LONGEST_GAP:
        return False
    if function.end <= name.start:
        return _is_about(text[function.end : name.start], _JOINS.get(tongue, frozenset()))
    gap = text[name.end : function.start]
    words = [word.lower() for word in _WORD.findall(gap)]
    behind = text[function.end : function.end + LONGEST_GAP]
    return (
        gap.lstrip().startswith((",", "("))
        and set(words) <= _JOINS.get(tongue, frozenset())
        and not re.match(rf"\s{_NAME.pattern}", behind)
    )


def _is_about(gap: str, joins: frozenset[str]) -> bool:
    """Tell whether what stands between a function and a name is what the function is about, or nothing."""
    if not gap.strip(" \u00a0,\ufffc"):
        return True
    words = _WORD.findall(gap)
    if any(mark in gap for mark in ".;:!?()") or not words or words[0].lower() not in joins or words[-1].islower():
        return False
    return all(word[0].isupper() or word.lower() in joins for word in words)


def _distance(one: TermHit | TargetHit, other: TermHit | TargetHit) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _of_gender(term: SourceTerm, gender: str) -> TargetTerm | None:
    return next((target for target in term.targets if target.is_fit and target.gender == gender), None)


def _is_wrong(pair: Pair, there: TargetHit, gender: str, tongue: str) -> bool:
    """Tell whether a function is said of the other gender, by the word itself or by the French article before it."""
    written = there.text.casefold()
    alike = [target for target in there.term.targets if written in _spellings(target)]
    genders = {target.gender for target in alike}
    if gender in genders:
        return False
    if OTHER[gender] in genders and _tells(there, gender, tongue):
        return True
    head = _WORD.findall(written)[0] if tongue == "fr" else ""
    shared = written.split()[0] in _FRENCH_SHARED or head in _FRENCH_SHARED
    if tongue != "fr" or not (shared or genders == {"common"}):
        return False
    before = pair.target_blanked[max(0, there.start - _LONGEST_ARTICLE) : there.start]
    return _ARTICLES[OTHER[gender]].search(before) is not None


def _spellings(target: TargetTerm) -> Sequence[str]:
    return [text.casefold() for text in (target.text, *target.forms)]


def _tells(there: TargetHit, gender: str, tongue: str) -> bool:
    """Tell whether a word of the other gender has a counterpart that should have been taken."""
    if _of_gender(there.term, gender) is not None:
        return True
    head = there.text.split()[0].casefold()
    return tongue == "de" and (head.endswith("in") if gender == "masculine" else bool(_GERMAN_MAN.search(head)))
