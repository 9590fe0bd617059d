"""What strikes the eye in a source before it is translated: advice to its author, in the order of the text.

A mistake of the source would be made again in every language, or be mended in one and not in the next. Nothing here
blocks anything, and nothing is mended: the words are the author's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from service.domain.addresses import addresses_of
from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.brackets import lone_brackets
from service.domain.checks.edits import MOST_PLACES, Edit
from service.domain.checks.spaces import comma_edits, double_edits, stray_edits
from service.domain.errors import N_
from service.domain.facts.calendar import LANGUAGES, weekday_name
from service.domain.facts.dates import find_dates
from service.domain.locales import language_of
from service.domain.name_spellings import two_spellings
from service.domain.quotations import DOUBLE_MARKS, MOST_MARKS, quotations_of
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TermHit, TermStatus
from service.domain.text import CodedText

# Words that may well stand twice: “dat dat zo is”, “zijn zijn ouders”, “ja ja”.
_MAY_REPEAT = {
    "nl": frozenset(
        {"die", "dat", "had", "zijn", "was", "er", "ze", "zij", "we", "je", "wat", "haar", "in", "het"}
        | {"ja", "nee", "heel", "zo", "zeer"}
    ),
    "fr": frozenset({"nous", "vous"}),
    "de": frozenset({"die", "der", "das", "sie", "dass"}),
    "en": frozenset({"had", "that"}),
}
_TWICE = re.compile(
    r"(?<![\w'\u2019-])(?P<word>[^\W\d_]{2,30})[ \t\u00a0]{1,3}(?P<again>(?i:(?P=word)))(?![\w'\u2019-])"
)


def lint_source(
    segments: Sequence[CodedText], locale: str, terms: TermBase | None = None
) -> tuple[tuple[int, Finding], ...]:
    """Return what an author may want to mend, each with the place of its segment; `source_span` tells where in it.

    `segments` are the source's, in the order of the text; `terms` the term base from this language into any other.
    """
    texts = [Pair(segment, "", locale, locale).source_blanked for segment in segments]
    found = [
        *((place, finding) for place, text in enumerate(texts) for finding in _in_one(text, locale)),
        *_marks_left_open(texts),
        *_names(texts, locale),
    ]
    if terms is not None:
        preferred = _preferred(terms)
        found += [
            (place, finding) for place, one in enumerate(segments) for finding in _terms(terms.find(one), preferred)
        ]
    return tuple(sorted(found, key=_place))


def _place(told: tuple[int, Finding]) -> tuple[int, Span]:
    place, finding = told
    return place, finding.source_span or Span(0, 0)


def _in_one(text: str, locale: str) -> Iterator[Finding]:
    """Yield what a segment shows by itself."""
    yield from _weekdays(text, language_of(locale))
    yield from _repeated(text, language_of(locale))
    addresses = addresses_of(text)
    yield from _spaces(double_edits(text), N_("There are two spaces where one belongs."))
    yield from _spaces(stray_edits(text, locale), N_("There is a space where none belongs."))
    yield from _spaces(comma_edits(text, addresses), N_("A space is missing behind a comma."))


def _weekdays(text: str, tongue: str) -> Iterator[Finding]:
    for one in find_dates(text, tongue) if tongue in LANGUAGES else ():
        right = one.days[0].weekday if len(one.days) == 1 else None
        if right is None or one.weekday is None or one.weekday_span is None or one.weekday == right:
            continue
        start, end = one.weekday_span
        template = N_("“%(date)s” is not a %(written)s but a %(weekday)s.")
        facts = {
            "date": text[one.start : one.end],
            "written": text[start:end],
            "weekday": weekday_name(right, tongue, text[start:end]),
        }
        yield Finding("weekday", Severity.WARNING, template, facts, source_span=Span(start, one.end))


def _repeated(text: str, tongue: str) -> Iterator[Finding]:
    allowed = _MAY_REPEAT.get(tongue, frozenset())
    twice = (
        found
        for found in _TWICE.finditer(text)
        if found["word"].lower() not in allowed and not found["again"][0].isupper()
    )
    for found in islice(twice, MOST_PLACES):
        template = N_("“%(word)s” stands here twice.")
        yield Finding("repeated", Severity.INFO, template, {"word": found["again"]}, source_span=Span(*found.span()))


def _spaces(edits: Iterable[Edit], template: str) -> Iterator[Finding]:
    for edit in islice(edits, MOST_PLACES):
        yield Finding("spaces", Severity.INFO, template, source_span=Span(edit.start, edit.end))


def _marks_left_open(texts: Sequence[str]) -> Iterator[tuple[int, Finding]]:
    """Yield the brackets and quotation marks without a counterpart in the whole text, for they may span segments."""
    whole = "\n".join(texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    templates = {
        "brackets": N_("The bracket “%(mark)s” has no counterpart."),
        "quotes": N_("The quotation mark %(mark)s has no counterpart."),
    }
    for code, alone in (("brackets", lone_brackets(whole)), ("quotes", _lone_quotes(whole, set(starts)))):
        for at in alone[:MOST_PLACES]:
            number = bisect_right(starts, at) - 1
            span = Span(at - starts[number], at - starts[number] + 1)
            yield number, Finding(code, Severity.INFO, templates[code], {"mark": whole[at]}, source_span=span)


def _lone_quotes(whole: str, starts: set[int]) -> list[int]:
    """Return the quotation marks without their other.

    A quotation of several paragraphs may open anew with each and close once: those that open before are no mistake.
    """
    if sum(whole.count(mark) for mark in DOUBLE_MARKS) > MOST_MARKS:
        return []  # not all of them would be read
    found = quotations_of(whole, addresses_of(whole))
    reopened = [one.opening for one in found.pairs if one.depth and one.opening in starts]
    last = max(reopened, default=-1)
    inches = (at for at in found.alone if whole[at] == '"' and whole[at - 1 : at].isdigit())
    return sorted({at for at in found.alone if not (at in starts and at < last)} - set(inches))


def _names(texts: Sequence[str], locale: str) -> Iterator[tuple[int, Finding]]:
    for one in two_spellings(texts, language_of(locale)):
        template = N_("“%(name)s” is spelled “%(other)s” elsewhere in the text.")
        facts = {"name": one.written, "other": one.other}
        span = Span(one.place.start, one.place.end)
        yield one.place.text, Finding("name_spelling", Severity.INFO, template, facts, source_span=span)


def _preferred(terms: TermBase) -> dict[str, str]:
    """Return for each concept the term of the source language that the office prefers."""
    preferred: dict[str, str] = {}
    for term in terms.terms:
        if term.status is TermStatus.PREFERRED:
            preferred.setdefault(term.concept, term.text)
    return preferred


def _terms(hits: Sequence[TermHit], preferred: dict[str, str]) -> Iterator[Finding]:
    """Yield the terms that the office does not want; one that is fit for another concept is left alone."""
    fit = {(hit.start, hit.end) for hit in hits if _is_fit(hit.term)}
    told: set[tuple[int, int]] = set()
    for hit in hits:
        place = hit.start, hit.end
        if hit.compound or place in fit or place in told:
            continue
        told.add(place)
        facts = {"term": hit.text}
        severity = Severity.WARNING if hit.term.status is TermStatus.FORBIDDEN else Severity.INFO
        if better := preferred.get(hit.term.concept):
            template = N_("The office no longer says “%(term)s” but “%(better)s”.")
            facts["better"] = better
        else:
            template = N_("The office does not use the term “%(term)s”.")
        yield Finding("source_term", severity, template, facts, source_span=Span(*place))


def _is_fit(term: SourceTerm) -> bool:
    return term.status in {TermStatus.PREFERRED, TermStatus.ADMITTED}
