"""The numbers in a text, in figures and in words, read as its language writes them.

A number comes out with every value that it may stand for: `'90` is 90 or 1990, `8 pm` is 8 or 20. What two texts
have to agree on is for the checks. The words for numbers are in `numeral_words`, the marks within figures in `figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from service.domain.figures import MARKS, MOST_DIGITS, SPACES, read_number
from service.domain.numeral_words import HINTS, MONTHS, SCALES, WORDS

Reading = Decimal | str


class Weight(IntEnum):
    """How surely a numeral is a number that the other language must tell too."""

    FIGURES = 0
    MONTH = 1
    WORD = 2
    HINT = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number where it stands in a text.

    `readings` are the values it may have, the likeliest first; a string for one that its language cannot read.
    `loose` are further values, for the source alone: an author may write `1.5` in Dutch, a translator may not.
    `value` is its one certain value, `digits` its figures without marks, `power` the power of ten behind it.
    """

    start: int
    end: int
    weight: Weight
    readings: tuple[Reading, ...]
    loose: tuple[Reading, ...] = ()
    value: Decimal | None = None
    digits: str = ""
    power: int = 0


_APOSTROPHES = "'\u2018\u2019"
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

_SKIPPED = re.compile(r"\b(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}")
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00)[1-9][0-9 ()./\u00a0\u202f-]{6,24}[0-9](?![0-9])")
_DATE = re.compile(
    r"(?<![0-9.,/-])(?:(?P<day>[0-3]?[0-9])(?P<mark>[-/.])(?P<month>[01]?[0-9])(?P=mark)(?P<year>[12][0-9]{3}|[0-9]{2})"
    r"|(?P<iso_year>[12][0-9]{3})-(?P<iso_month>[01][0-9])-(?P<iso_day>[0-3][0-9]))(?![0-9]|[-/.,][0-9])"
)
_HOUR = r"(?<![0-9.,:])(?P<hour>[01]?[0-9]|2[0-4])"
_TIME = {
    "nl": rf"{_HOUR}(?:[.:](?P<minute>[0-5][0-9])\s?(?:u\b\.?|uur\b)|\s?(?:u\b\.?|uur)\s?(?P<later>[0-5][0-9])\b)",
    "de": rf"{_HOUR}(?:[.:](?P<minute>[0-5][0-9])\s?(?:Uhr|h)\b|\s?(?:Uhr)\s(?P<later>[0-5][0-9])\b)",
    "fr": rf"{_HOUR}(?:[.:](?P<minute>[0-5][0-9])\s?(?:h|heures?)\b|\s?(?:h|heures?)\s?(?P<later>[0-5][0-9])\b)",
    "en": rf"{_HOUR}(?:[.:](?P<minute>[0-5][0-9]))?(?P<later>)\s?(?P<noon>[ap])\.?m\b",
}
_CLOCK = rf"{_HOUR}:(?P<minute>[0-5][0-9])(?P<later>)(?![0-9])"
_TIMES = {locale: (re.compile(pattern, re.IGNORECASE), re.compile(_CLOCK)) for locale, pattern in _TIME.items()}
_HALF_DAY = {
    "nl": re.compile(r"\s?(?:uur |u |u\. )?'?.?s (?:middags|avonds|namiddags)"),
    "de": re.compile(r"\s?(?:Uhr )?(?:nachmittags|abends|mittags|am Nachmittag|am Abend)"),
    "fr": re.compile(r"\s?(?:h |heures? )?(?:du soir|de l.après-midi)"),
    "en": re.compile(r"\s?(?:o.clock )?in the (?:afternoon|evening)"),
}
_ROMAN = re.compile(r"\b(?P<roman>[IVXLC]{1,8}(?=\b)|[IVX]{1,8}(?P<ordinal>er|re|e|ème|ième)\b)")
_ROMAN_FORM = re.compile(r"(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_FIGURES = re.compile(
    rf"(?<![0-9])(?:[0-9]{{1,3}}(?:[ {SPACES}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?"
    rf"|[0-9]+(?:[.,\u2019'][0-9]+)*)[½¼¾]?|[½¼¾]"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AFTER = re.compile(rf"[ {SPACES}-]?(?P<word>[^\W\d_]{{1,12}})\b")
_DECADE_BEFORE = {
    "nl": re.compile(r"\b(?:jaren|jaar)\s['\u2018\u2019]?$"),
    "fr": re.compile(r"\bannées\s$"),
    "de": re.compile(r"(?!)"),
    "en": re.compile(r"(?!)"),
}
_DECADE_AFTER = re.compile(r"['\u2019]?(?:s|er|ern|ers)\b")
_YEAR_BEFORE = re.compile(r"(?<![0-9])(?P<century>1[0-9]|20)[0-9]{2}[-/\u2013]$")
_DECADES = {20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties", 70: "seventies",
            80: "eighties", 90: "nineties"}  # fmt: skip
_DECADE_WORDS = {word: Decimal(value) for value, word in _DECADES.items()}


def find_numerals(text: str, locale: str) -> tuple[Numeral, ...]:
    """Return the numbers in `text`, in figures and in words, in the order of the text.

    Addresses of pages and of mail are passed over. A language without tables is read as English without words.
    Linear in the length of the text.
    """
    tongue = locale.partition("-")[0].lower()
    marks = tongue if tongue in MARKS else "en"
    if not any(sign.isalnum() for sign in text):
        return ()
    rest = _SKIPPED.sub(_blank, text)
    found: list[Numeral] = []
    if any("0" <= sign <= "9" for sign in rest):
        for search in (_phones, _dates, _times):
            numerals = list(search(rest, marks))
            rest = _without(rest, numerals)
            found += numerals
    figures = list(_figures(rest, marks)) if any(sign.isnumeric() for sign in rest) else []
    rest = _without(rest, figures)
    found += figures
    if tongue in WORDS:
        found += _roman(rest, tongue)
        found += _words(rest, tongue)
        found += _months(rest, tongue, figures)
    return tuple(sorted(found, key=lambda numeral: numeral.start))


def _phones(text: str, _tongue: str) -> Iterator[Numeral]:
    for found in _PHONE.finditer(text):
        digits = "".join(sign for sign in found[0].replace("(0)", "") if sign.isdigit()).removeprefix("00")
        yield Numeral(found.start(), found.end(), Weight.FIGURES, (f"+{digits}",), digits=digits)


def _dates(text: str, _tongue: str) -> Iterator[Numeral]:
    for found in _DATE.finditer(text):
        for names, weight in (("day iso_day", Weight.FIGURES), ("month iso_month", Weight.MONTH),
                              ("year iso_year", Weight.FIGURES)):  # fmt: skip
            name = next(name for name in names.split() if found[name] is not None)
            number = Decimal(found[name])
            short = (number, number + 1900, number + 2000) if "year" in name and number < 100 else (number,)  # noqa: PLR2004
            readings: tuple[Reading, ...] = short
            if weight is Weight.MONTH:
                readings = (_month(int(number)),)
            yield Numeral(found.start(name), found.end(name), weight, readings, digits=found[name])


def _times(text: str, tongue: str) -> Iterator[Numeral]:
    taken: set[int] = set()
    for pattern in _TIMES[tongue]:
        for found in pattern.finditer(text):
            if found.start() in taken:
                continue
            taken.add(found.start())
            minutes = found["minute"] or found["later"] or "0"
            hour = int(found["hour"])
            noon = found.groupdict().get("noon")
            hours = [hour]
            if noon or _HALF_DAY[tongue].match(text, found.end()):
                hours.append((hour + 12) % 24)
            readings = tuple(_clock(each, int(minutes)) for each in hours)
            digits = found["hour"] + (minutes if minutes != "0" else "")
            yield Numeral(found.start(), found.end(), Weight.FIGURES, readings, digits=digits)


def _figures(text: str, tongue: str) -> Iterator[Numeral]:
    for found in _FIGURES.finditer(text):
        figures = found[0].rstrip("½¼¾")
        half = _HALVES.get(found[0][-1], Decimal(0))
        value = read_number(figures, tongue) if figures else Decimal(0)
        digits = "".join(sign for sign in figures if sign.isdigit())
        if value is None:
            yield Numeral(found.start(), found.end(), Weight.FIGURES, (figures,), _guessed(figures), digits=digits)
            continue
        value += half
        end, power = found.end(), 0
        readings: list[Reading] = [value]
        after = _AFTER.match(text, found.end())
        if after and (power := SCALES.get(tongue, {}).get(after["word"].lower(), 0)):
            readings.append(value.scaleb(power))
        readings += _other_years(text, found.start(), found.end(), value, tongue)
        if value < 13 and _HALF_DAY[tongue].match(text, found.end()):  # noqa: PLR2004
            readings.append(value + 12)
        yield Numeral(found.start(), end, Weight.FIGURES, tuple(readings), value=value, digits=digits, power=power)


def _other_years(text: str, start: int, end: int, value: Decimal, tongue: str) -> Iterator[Reading]:
    """Yield the years that two figures stand for: '98, les années 30, die 90er, 2018/19."""
    if value >= 100 or end - start != 2:  # noqa: PLR2004 - two figures
        return
    before = text[max(0, start - 8) : start]
    if before.endswith(tuple(_APOSTROPHES)) or _DECADE_BEFORE[tongue].search(before) or _DECADE_AFTER.match(text, end):
        yield from (value + 1900, value + 2000)
    elif span := _YEAR_BEFORE.search(before):
        yield Decimal(span["century"]) * 100 + value


def _roman(text: str, tongue: str) -> Iterator[Numeral]:
    """Yield Roman numerals: with a French ordinal ending a number to be told, else a hint."""
    for found in _ROMAN.finditer(text):
        ordinal = found["ordinal"] or ""
        roman = found["roman"].removesuffix(ordinal)
        if not _ROMAN_FORM.fullmatch(roman) or (len(roman) == 1 and not ordinal):
            continue
        values = [_ROMAN_VALUES[sign] for sign in roman]
        value = sum(
            -here if here < following else here for here, following in zip(values, [*values[1:], 0], strict=True)
        )
        weight = Weight.FIGURES if ordinal and tongue == "fr" else Weight.HINT
        yield Numeral(found.start(), found.end(), weight, (Decimal(value),))


def _words(text: str, tongue: str) -> Iterator[Numeral]:
    numbers, hints, scales = WORDS[tongue], HINTS[tongue], SCALES[tongue]
    for found in _WORD.finditer(text):
        start = found.start()
        word = found[0].lower()
        parts = [word] if word in numbers or word in hints else word.split("-")
        for part in parts:
            end = start + len(part)
            readings: list[Reading] = []
            weight = Weight.HINT
            value = Decimal(numbers[part]) if part in numbers else None
            if part in hints:
                readings.append(hints[part])
            elif value is not None and part not in hints:
                readings.append(value)
                weight = Weight.WORD
            elif tongue == "en" and part in _DECADE_WORDS:
                readings += [_DECADE_WORDS[part], _DECADE_WORDS[part] + 1900]
            after = _AFTER.match(text, end) if readings else None
            power = scales.get(after["word"].lower(), 0) if after else 0
            if power and isinstance(readings[0], Decimal):
                readings.append(readings[0].scaleb(power))
            if readings:
                yield Numeral(start, end, weight, tuple(readings), power=power)
            start = end + 1


def _months(text: str, tongue: str, figures: list[Numeral]) -> Iterator[Numeral]:
    """Yield the names of months that stand beside figures, for "may" and "mars" are words as well."""
    ends = {numeral.end for numeral in figures}
    starts = {numeral.start for numeral in figures}
    for found in _WORD.finditer(text):
        month = MONTHS[tongue].get(found[0].lower())
        near_before = any(found.start() - gap in ends for gap in (1, 2, 3, 4))
        near_after = any(found.end() + gap in starts for gap in (1, 2))
        if month and (near_before or near_after):
            yield Numeral(found.start(), found.end(), Weight.MONTH, (_month(month),))


def _guessed(figures: str) -> tuple[Reading, ...]:
    """Return what an author may have meant by figures that the language does not write so."""
    whole, _, fraction = figures.replace(",", ".").partition(".")
    if whole.isdigit() and fraction.isdigit() and len(figures) <= MOST_DIGITS:
        return (Decimal(f"{whole}.{fraction}"),)
    return ()


def _month(number: int) -> str:
    return f"month {number}"


def _clock(hour: int, minute: int) -> Decimal:
    """Return a time as a number, so that 14.00 equals 14."""
    return Decimal(hour) + Decimal(minute) / 100


def _without(text: str, numerals: list[Numeral]) -> str:
    """Blank what was read, so that it is not read twice."""
    if not numerals:
        return text
    pieces = []
    done = 0
    for numeral in sorted(numerals, key=lambda numeral: numeral.start):
        pieces += [text[done : numeral.start], "\ufffc" * (numeral.end - numeral.start)]
        done = numeral.end
    return "".join([*pieces, text[done:]])


def _blank(found: re.Match[str]) -> str:
    return "\ufffc" * len(found[0])
