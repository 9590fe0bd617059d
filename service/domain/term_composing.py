"""A draft without an engine: the target of a segment that terms, numbers and dates alone make up.

It is given only where it is certain. A term in another form, two terms with nothing between them, a mark that stands
otherwise in the other language: any of these leaves the segment to somebody who can translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from service.domain.locales import language_of
from service.domain.numeral_words import MONTHS
from service.domain.numerals import NO_BREAK_SPACE, Weight, find_numerals, write_number
from service.domain.term_pieces import without_markers
from service.domain.terms import TermHit
from service.domain.text import CodedText

_WEEKDAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_DAYS = {"nl": r"[0-9]{1,2}", "fr": r"1er|[0-9]{1,2}", "de": r"[0-9]{1,2}\.", "en": r"[0-9]{1,2}"}
_WRITTEN = {"nl": "{}", "fr": "{}", "de": "{}.", "en": "{}"}
_SPACE = r"[ \u00a0\u202f]"
_PERCENT = re.compile(rf"{_SPACE}?%")
_NUMERIC = re.compile(r"(?P<day>[0-9]{1,2})(?P<mark>[./-])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})(?![0-9])")
_LEAP_YEAR = 2024

_FREE_MARKS = frozenset(".,()•·*…")
_SPACED_MARKS = frozenset("-\u2013\u2014/|")
_MARKS_BUT_IN_FRENCH = frozenset(":;!?")
# What may stand side by side without a mark, and the order in which it may.
_NEIGHBOURS = frozenset({("term", "number"), ("term", "date"), ("date", "term")})


def _months(language: str) -> list[str]:
    """Return the full names of the months, which stand first among those that can be read."""
    names: dict[int, str] = {}
    for name, number in MONTHS[language].items():
        names.setdefault(number, name.capitalize() if language in {"de", "en"} else name)
    return [names[number] for number in sorted(names)]


_MONTH_NAMES = {language: _months(language) for language in MONTHS}
_DATES = {
    language: re.compile(
        rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS[language])}),?{_SPACE})?(?P<day>{_DAYS[language]}){_SPACE}"
        rf"(?P<month>{'|'.join(_MONTH_NAMES[language])})(?:{_SPACE}(?P<year>[0-9]{{4}}))?(?!\w)",
        re.IGNORECASE,
    )
    for language in MONTHS
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the text without markers, what it is, and what is written for it."""

    start: int
    end: int
    kind: str
    target: str


def compose_from_terms(coded: CodedText, hits: Sequence[TermHit], source_locale: str, target_locale: str) -> str:
    """Return the target, or the empty string where it is not certain; `hits` are the terms found in the text.

    Markers keep their places, around the whole or around its parts.
    """
    source, target = (language_of(locale) for locale in (source_locale, target_locale))
    if source not in MONTHS or target not in MONTHS:
        return ""
    text, places = without_markers(coded)
    parts = _parts(text, places, hits, source, target)
    if not parts:
        return ""
    written: list[str] = []
    done = 0
    for part in parts:
        start, end = places[part.start], places[part.end - 1] + 1
        if end - start != part.end - part.start:
            return ""  # a marker stands inside it
        written += [coded.text[done:start], part.target]
        done = end
    return "".join([*written, coded.text[done:]])


def _parts(text: str, places: Sequence[int], hits: Sequence[TermHit], source: str, target: str) -> list[_Part]:
    """Return the parts in order; none at all where anything else stands in the text."""
    terms = _terms(hits, {place: at for at, place in enumerate(places)})
    numbers = {part.start: part for part in _numbers(text, source, target)}
    parts: list[_Part] = []
    at = 0
    while at < len(text):
        part = _date(text, at, source, target) or terms.get(at) or numbers.get(at)
        if part is not None:
            parts.append(part)
            at = part.end
        elif text[at].isspace() or _is_certain_mark(text, at, {source, target}):
            at += 1
        else:
            return []
    return parts if all(_may_follow(text, left, right) for left, right in pairwise(parts)) else []


def _may_follow(text: str, left: _Part, right: _Part) -> bool:
    """Tell whether two parts stand side by side in the other language as they do in this one."""
    between = text[left.end : right.start]
    if not between or not between.isspace() or "\n" in between:
        return between != ""
    return (left.kind, right.kind) in _NEIGHBOURS


def _terms(hits: Sequence[TermHit], at_place: dict[int, int]) -> dict[int, _Part]:
    """Return the terms that have one target and stand as they are listed, by their places."""
    targets: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        span = at_place[hit.start], at_place[hit.end - 1] + 1
        targets.setdefault(span, set()).add(_written(hit))
    return {
        start: _Part(start, end, "term", min(written))
        for (start, end), written in targets.items()
        if len(written) == 1 and "" not in written
    }


def _written(hit: TermHit) -> str:
    """Return the preferred term with the capitals of the text where those are not the term's own."""
    if not hit.exact or hit.compound:
        return ""
    term, target = hit.term, hit.term.preferred
    if term.do_not_translate or not target:
        return hit.text if term.do_not_translate else ""
    if hit.text.isupper() and len(hit.text) > 1 and not term.text.isupper():
        return target.upper()
    if hit.text[:1].isupper() and not term.text[:1].isupper():
        return target[:1].upper() + target[1:]
    return target


def _date(text: str, at: int, source: str, target: str) -> _Part | None:
    """Return the date that begins here."""
    if at and (text[at - 1].isalnum() or text[at - 1] in "./-,"):
        return None
    found = _DATES[source].match(text, at)
    if found:
        day = int(re.sub(r"\D", "", found["day"]))
        month = [name.lower() for name in _MONTH_NAMES[source]].index(found["month"].lower()) + 1
        if not _exists(day, month, int(found["year"] or _LEAP_YEAR)):
            return None
        number = "1er" if target == "fr" and day == 1 else _WRITTEN[target].format(day)
        words = [number, _MONTH_NAMES[target][month - 1], *([found["year"]] if found["year"] else [])]
        return _Part(at, found.end(), "date", _weekday(found["weekday"], source, target) + " ".join(words))
    numeric = _NUMERIC.match(text, at)
    if numeric is None or source == "en" or not _exists(*(int(numeric[name]) for name in ("day", "month", "year"))):
        return None
    mark = "." if target == "de" else "/"
    return _Part(at, numeric.end(), "date", mark.join((numeric["day"], numeric["month"], numeric["year"])))


def _weekday(written: str | None, source: str, target: str) -> str:
    if not written:
        return ""
    name = _WEEKDAYS[target][[one.lower() for one in _WEEKDAYS[source]].index(written.lower())]
    capital = written[0].isupper() and source in {"nl", "fr"}
    return (name.capitalize() if capital else name) + (", " if target == "de" else " ")


def _exists(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _numbers(text: str, source: str, target: str) -> Iterator[_Part]:
    """Yield the numbers in figures whose value is certain, each with its sign of percent."""
    for numeral in find_numerals(text, source):
        if numeral.weight is not Weight.FIGURES or numeral.value is None:
            continue
        figures = text[numeral.start : numeral.end]
        # A year or the number of a law is not grouped, so no number is that is not so in the source.
        written = figures if figures.isdigit() else write_number(numeral.value, target)
        end = numeral.end
        if percent := _PERCENT.match(text, end):
            end = percent.end()
            written += f"{NO_BREAK_SPACE}%" if target in {"fr", "de"} else "%"
        yield _Part(numeral.start, end, "number", written)


def _is_certain_mark(text: str, at: int, languages: set[str]) -> bool:
    """Tell whether a mark stands alike in both languages."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _SPACED_MARKS:
        return (not before or before.isspace()) and (not after or after.isspace())
    if mark in _MARKS_BUT_IN_FRENCH:
        return "fr" not in languages and not after.isalnum()
    return mark in _FREE_MARKS and not (mark in ".," and after.isalnum())
