"""The kinds of error that are planted, which checks are to see each, and how many of a hundred they must."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.checks.planting import figures, marks, words
from benchmarks.checks.planting.base import Planter


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error. `codes` are the checks that rightly speak of it, `recall` the least share that they must find.

    `most` bounds how many are planted in a language: errors in remarks that are added are all alike. Only errors and
    warnings count as found, but where `told` is set mere information does too.
    """

    name: str
    planter: Planter
    codes: frozenset[str]
    recall: float | None = None
    most: int = 400
    told: bool = False


def _kind(
    name: str, planter: Planter, codes: str, recall: float | None = None, most: int = 400, *, told: bool = False
) -> Kind:
    return Kind(name, planter, frozenset(codes.split()), recall, most, told)


MUST, SHOULD = 0.95, 0.85

# A figure of a date, a time, an amount or a telephone number belongs to whichever check reads it.
_FIGURES = "numbers dates times magnitude percentages addresses"

KINDS = (
    _kind("number: a figure changed", figures.wrong_number, _FIGURES, MUST),
    _kind("number: figures swapped", figures.swapped_figures, _FIGURES, MUST),
    _kind("number in words", figures.wrong_word, "numbers dates times magnitude percentages"),
    _kind("percent sign lost", figures.lost_percent, "numbers percentages", MUST, 150),
    _kind("magnitude", figures.wrong_magnitude, "numbers magnitude", MUST, 150),
    _kind("month", figures.wrong_month, "dates numbers", MUST),
    _kind("month of a full date", figures.wrong_date, "dates numbers", MUST, 150),
    _kind("weekday", figures.wrong_weekday, "dates", MUST),
    _kind("time", figures.wrong_time, "times numbers", MUST, 150),
    _kind("telephone", figures.wrong_telephone, "addresses numbers", MUST, 150),
    _kind("address", figures.wrong_address, "numbers", MUST, 150),
    _kind("link lost", marks.lost_link, "addresses", MUST, 150),
    _kind("link altered", marks.wrong_link, "addresses", MUST, 150),
    _kind("mail address", marks.wrong_mail, "addresses", MUST, 150),
    _kind("code lost", marks.lost_code, "inline_codes", MUST, 150),
    _kind("codes swapped", marks.swapped_codes, "inline_codes", MUST, 150),
    _kind("untranslated", words.untranslated, "untranslated", MUST),
    _kind("half untranslated", words.half_translated, "untranslated"),
    _kind("another language", words.wrong_language, "untranslated"),
    _kind("negation lost", words.lost_negation, "negation", SHOULD),
    _kind("name misspelt", words.wrong_name, "names", SHOULD),
    _kind("acronym", words.wrong_acronym, "acronyms names", SHOULD),
    _kind("forbidden term", words.forbidden_term, "terms_forbidden", MUST, 150),
    _kind("name translated", words.translated_name, "terms_do_not_translate", MUST, 150),
    _kind("word twice", words.double_word, "repeated"),
    _kind("quotes of another language", marks.wrong_quotes, "quotes_style"),
    _kind("quotes of a typewriter", marks.straight_quotes, "quotes_style", told=True),
    _kind("bracket lost", marks.lost_bracket, "brackets", None, 150),
    _kind("space twice", marks.double_space, "spaces"),
    _kind("French space lost", marks.missing_space, "french_spacing"),
    _kind("French space that breaks", marks.breaking_space, "french_spacing", told=True),
)
