"""Dates in a text: in words and in figures, alone or several that share a month, with the weekday before them.

Each date stands on its own: “25 en 26 januari 2024” is two, the first of which has its month and year from the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.domain.facts.calendar import CAPITALISED, LANGUAGES, WEEKDAY, Day, weekday_numbers
from service.domain.numeral_words import MONTHS

_SPACE = "[ \u00a0\u202f]"
_ENDINGS = {"nl": "(?:ste|de|e)?", "fr": "(?:er)?", "de": r"\.?", "en": "(?:st|nd|rd|th)?"}
_AND = {
    "nl": "en|of|tot|tot en met|t/m",
    "fr": "et|ou|au|à",
    "de": "und|oder|bis|bis zum",
    "en": "and|or|to|until|through",
}
_ARTICLE = {"nl": "de", "fr": "le", "de": "de[nmr]", "en": "the"}
_LAST_MONTH = 12
_LAST_DAY = 31
_SHORT_YEAR = 100
_LOOKED_BACK = 48  # characters before a date: room for “donderdag 25 januari tot en met zaterdag ”
_MOST_DAYS = 6  # that share one month
_FIGURE = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text, its weekday not counted in `start` and `end`.

    `days` are the days that it can be: two where figures may have the month first. `whole` tells that its month, and
    its year if it has one, stand there with it, the year in full.
    """

    start: int
    end: int
    days: tuple[Day, ...]
    whole: bool = True
    weekday: int | None = None
    weekday_span: tuple[int, int] | None = None


def find_dates(text: str, language: str) -> list[Dated]:
    """Return the dates of a text in its order, none inside another; in a language of the desk."""
    found: list[Dated] = []
    if not _FIGURE.search(text):
        return found
    for match in _DATES[language].finditer(text):
        worded = match["month"] or match["first_month"]
        here = list(_in_words(match, text, language) if worded else _in_figures(match, language))
        if match["month"] and here:
            here = [*_days_before(here[0], text, language, since=found[-1].end if found else 0), *here]
        found += [_with_weekday(one, text, language) for one in here]
    return found


def _in_words(match: re.Match[str], text: str, language: str) -> Iterator[Dated]:
    """Yield a date with its month in words, or several; also one that no calendar has, such as 30 February."""
    name = match["month"] or match["first_month"]
    if language in CAPITALISED and name == name.lower():
        return
    month = MONTHS[language][name.lower()]
    if match["month"]:
        day = Day(int(match["day"]), month, int(match["year"] or 0) or None)
        if 1 <= day.day <= _LAST_DAY:
            yield Dated(match.start(), match.end(), (day,))
        return
    start, end = match.start(), match.end()
    spans = [(start, end, int(match["second_day"]))]
    while len(spans) < _MOST_DAYS and (more := _NEXT_DAY.match(text, end)):
        end = more.end()
        spans.append((more.start("day"), end, int(more["day"])))
    year_behind = _YEAR_BEHIND.match(text, end)
    year = int(year_behind["year"]) if year_behind else None
    for start, end, number in spans:
        day, last = Day(number, month, year), (start, end) == spans[-1][:2]
        if 1 <= day.day <= _LAST_DAY:
            stop = year_behind.end() if year_behind and last else end
            yield Dated(start, stop, (day,), whole=len(spans) == 1)


def _in_figures(match: re.Match[str], language: str) -> Iterator[Dated]:
    """Yield a date in figures: the day first, but for years that stand first, and English that may have the month."""
    if match["iso_year"]:
        days = [Day(int(match["iso_day"]), int(match["iso_month"]), int(match["iso_year"]))]
    elif match["short_day"]:
        days = [Day(int(match["short_day"]), int(match["short_month"]))]
    else:
        first, second, last = int(match["first"]), int(match["number"]), int(match["last"])
        year = last if last >= _SHORT_YEAR else 2000 + last
        days = [Day(first, second, year)]
        if language == "en" and first != second:
            days.append(Day(second, first, year))
    existing = tuple(day for day in days if day.exists)
    if existing:
        in_full = bool(match["last"]) and len(match["last"]) > 2 and len(existing) == 1 and existing[0] is days[0]  # noqa: PLR2004
        yield Dated(match.start(), match.end(), existing, whole=in_full)


def _days_before(last: Dated, text: str, language: str, *, since: int) -> list[Dated]:
    """Return the dates that have their month from this one: the 25 of “25 en 26 januari”."""
    found: list[Dated] = []
    at, (day,) = last.start, last.days
    while len(found) < _MOST_DAYS:
        low = max(since, at - _LOOKED_BACK)
        match = _DAY_BEFORE[language].search(text[low:at])
        other = replace(day, day=int(match["day"])) if match else None
        if match is None or other is None or not other.exists:
            break
        start = low + match.start("day")
        found.insert(0, Dated(start, low + match.end("written"), (other,), whole=False))
        at = start
    return found


def _with_weekday(one: Dated, text: str, language: str) -> Dated:
    low = max(0, one.start - _LOOKED_BACK)
    match = _WEEKDAY_BEFORE[language].search(text[low : one.start])
    if match is None or (language in CAPITALISED and match["weekday"][0].islower()):
        return one
    number = weekday_numbers(language)[match["weekday"].lower()]
    return replace(one, weekday=number, weekday_span=(low + match.start("weekday"), low + match.end("weekday")))


def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a day with its month, in words or in figures."""
    names, ending = "|".join(sorted(MONTHS[language], key=len, reverse=True)), _ENDINGS[language]
    of, comma, month_first = (f"(?:of{_SPACE})?", ",?", "") if language == "en" else ("", "", "(?!)")
    short = "" if language == "de" else "(?!)"
    return re.compile(
        rf"""
        (?<![\w.,]) (?P<day>[0-9]{{1,2}}){ending}{_SPACE}{of} (?P<month>{names})(?!\w)
            (?:\.?{comma}{_SPACE}(?P<year>[0-9]{{4}})(?!\w))?
        | {month_first} (?<!\w) (?P<first_month>{names})\.?{_SPACE} (?P<second_day>[0-9]{{1,2}}){ending}(?!\w)
        | (?<![\w.,/-]) (?P<iso_year>[0-9]{{4}})-(?P<iso_month>[0-9]{{1,2}})-(?P<iso_day>[0-9]{{1,2}})(?![\w/-])
        | (?<![\w.,/-]) (?P<first>[0-9]{{1,2}})(?P<mark>[./-])(?P<number>[0-9]{{1,2}})(?P=mark)
            (?P<last>[0-9]{{4}}|[0-9]{{2}})(?![\w/-])(?![.,][0-9])
        | {short} (?<=[abdmnrsu][ \u00a0]) (?P<short_day>[0-9]{{1,2}})\.(?P<short_month>[0-9]{{1,2}})\.(?!\w)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_DATES = {language: _pattern(language) for language in sorted(LANGUAGES)}
_YEAR_BEHIND = re.compile(rf",?{_SPACE}(?P<year>[0-9]{{4}})(?!\w)")
_NEXT_DAY = re.compile(
    rf"(?:{_SPACE}?[-\u2013/]{_SPACE}?|,?{_SPACE}(?:{_AND['en']}){_SPACE}|,{_SPACE})"
    rf"(?P<day>[0-9]{{1,2}}){_ENDINGS['en']}(?!\w|[.,:][0-9])"
)
_WEEKDAY_BEFORE = {
    language: re.compile(
        rf"(?<![\w-]){WEEKDAY[language]},?(?:{_SPACE}(?:soir|matin|après-midi|morning|afternoon|evening|night))?"
        rf"(?:{_SPACE}{_ARTICLE[language]})?{_SPACE}\Z",
        re.IGNORECASE,
    )
    for language in sorted(LANGUAGES)
}
_DAY_BEFORE = {
    language: re.compile(
        rf"(?<![\w.,:/-])(?P<written>(?P<day>[0-9]{{1,2}}){_ENDINGS[language]})"
        rf"(?:{_SPACE}?[-\u2013/]{_SPACE}?|,?{_SPACE}(?:{_AND[language]}){_SPACE}|,{_SPACE})"
        rf"(?:(?:{'|'.join(weekday_numbers(language))}),?{_SPACE})?(?:{_ARTICLE[language]}{_SPACE})?\Z",
        re.IGNORECASE,
    )
    for language in sorted(LANGUAGES)
}
