"""What a text states: each number, amount, percentage, date, hour, with all that belongs to it.

A statement bears what it can be recognised by in another language, from the most to the least certain; whether two
texts state the same is told in `pairing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from service.domain.addresses import addresses_of
from service.domain.facts.calendar import LANGUAGES, Day, find_names
from service.domain.facts.dates import Dated, find_dates
from service.domain.facts.signs import Sign, says_less, sign_before
from service.domain.facts.units import PERCENTAGES, Unit, are_a_range, end_of_hour, unit_before, unit_behind
from service.domain.locales import language_of
from service.domain.numeral_reader import power_behind
from service.domain.numerals import Numeral, Reading, Weight, find_numerals

# Figures joined to letters are part of a name, which a translator may leave out or replace: “COVID-19”, “G20”.
_PART_OF_NAME = re.compile(r"(?<!EUR)(?<!USD)(?<!GBP)(?<!CHF)(?<=[^\W\d_])-?\Z")
_LOOKED_BACK = 5
_HALF_BEHIND = {
    "fr": re.compile(r"(?:[ \u00a0\u202f][^\W\d_]{1,12})?[ \u00a0\u202f]et[ \u00a0]demie?(?!\w)"),
    "en": re.compile(r"[ \u00a0]and[ \u00a0]a[ \u00a0]half(?!\w)"),
}
_HALF, _HALF_AN_HOUR = Decimal("0.5"), Decimal(30)
_LARGEST_HOUR = 24
_HALF_A_DAY = 720
_DAY = 1440


class Kind(StrEnum):
    """What a statement is; a weekday or a month is one of its own where it belongs to no date."""

    NUMBER = "number"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    WEEKDAY = "weekday"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as a reader sees it, from `start` to `end`.

    `name` is the number of a weekday, from 0, or of a month, from 1; a date has its weekday, if one stands with it, and
    the `days` that it can be. A number has the `power` of ten and the `unit` that stand with it; `lent` tells that it
    shares them with the number behind it, and `unsure` that the power may be something else (the m of “2 m”).
    """

    kind: Kind
    start: int
    end: int
    weight: Weight = Weight.FIGURES
    days: tuple[Day, ...] = ()
    name: int | None = None
    name_span: tuple[int, int] | None = None
    numeral: Numeral | None = None
    power: int | None = None
    unit: Unit | None = None
    lent: bool = False
    unsure: bool = False
    sign: Sign = Sign.NONE

    @property
    def value(self) -> Decimal | None:
        """The number without its sign and its power: of a word what it says first; None for hours and codes."""
        if self.numeral is None or self.kind in {Kind.TIME, Kind.PHONE}:
            return None
        if self.numeral.value is not None:
            return self.numeral.value
        return next((said for kind, said in self.numeral.readings if kind == "n" and isinstance(said, Decimal)), None)

    @property
    def amount(self) -> Decimal | None:
        """The number with its power, without its sign."""
        value = self.value
        return value.scaleb(self.power) if value is not None and self.power else value

    @property
    def minutes(self) -> int | None:
        """The minute of the day that an hour says first of all."""
        if self.kind is not Kind.TIME or self.numeral is None:
            return None
        return next((int(said) for kind, said in self.numeral.readings if kind == "t"), None)

    @property
    def levels(self) -> tuple[tuple[Reading, ...], ...]:
        """What it can be recognised by: with its unit and sign, with its power, as any number, as one shortened."""
        if self.numeral is None:
            return ()
        said, value = self.numeral.readings, self.value
        hours = tuple(reading for reading in said if reading[0] == "t") if self.kind is Kind.TIME else ()
        if value is None:
            return hours or said, hours or said, said, self.numeral.loose
        amount = value.scaleb(self.power) if self.power else value
        doubtful = self.lent or self.unsure
        plain: tuple[Reading, ...] = (("n", amount), ("n", value)) if doubtful else (("n", amount),)
        counted: tuple[Reading, ...] = plain
        if self.unit is not None:
            counted = tuple((self.unit.value, one) for _, one in plain)
        if self.sign is not Sign.NONE:
            below = tuple((f"-{kind}", one) for kind, one in counted)
            counted = below if self.sign is Sign.MINUS else counted + below
        return counted, plain, tuple(dict.fromkeys((*plain, *said))), self.numeral.loose


@lru_cache(maxsize=1024)
def statements_of(text: str, locale: str) -> tuple[Statement, ...]:
    """Return the statements of a text in its order, none inside another.

    Figures in addresses and telephones are left out. A language that the desk does not know has its figures read as
    English ones.
    """
    language = language_of(locale)
    dated = find_dates(text, language) if language in LANGUAGES else []
    found = [_date(one) for one in dated]
    taken = _Taken([*_spans(dated), *((one.start, one.end) for one in addresses_of(text))])
    if language in LANGUAGES:
        for name in find_names(text, language):
            if taken.leaves(name.start, name.end):
                kind = Kind.MONTH if name.is_month else Kind.WEEKDAY
                found.append(Statement(kind, name.start, name.end, Weight.WORD, name=name.number))
    numerals = [
        one
        for one in find_numerals(text, locale)
        if one.weight is not Weight.MONTH and taken.leaves(one.start, one.end)
    ]
    found += _ranges(text, list(_numbers(numerals, text, language)))
    return tuple(sorted(found, key=_place))


def _spans(dated: Sequence[Dated]) -> Iterator[tuple[int, int]]:
    for one in dated:
        if one.weekday_span is not None:
            yield one.weekday_span
        yield one.start, one.end


class _Taken:
    """The stretches that dates and addresses have; asked for in the order of the text each time it is gone through."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._at, self._asked = 0, 0

    def leaves(self, start: int, end: int) -> bool:
        """Tell whether nothing of a stretch is taken."""
        if start < self._asked:
            self._at = 0
        self._asked = start
        while self._at < len(self._spans) and self._spans[self._at][1] <= start:
            self._at += 1
        return self._at == len(self._spans) or end <= self._spans[self._at][0]


def _place(statement: Statement) -> int:
    return statement.start


def _date(one: Dated) -> Statement:
    start = one.weekday_span[0] if one.weekday_span else one.start
    return Statement(Kind.DATE, start, one.end, days=one.days, name=one.weekday, name_span=one.weekday_span)


def _numbers(numerals: Sequence[Numeral], text: str, language: str) -> Iterator[Statement]:
    """Yield a statement for each numeral; “een miljoen” is one, though it is made of two."""
    done = 0
    for one, following in zip_longest(numerals, numerals[1:]):
        if one.start < done:
            continue
        statement = _named_hour(one, following) or _number(_with_half(one, text, language), text, language)
        done = statement.end
        yield statement


def _named_hour(one: Numeral, following: Numeral | None) -> Statement | None:
    """Return the hour that is said twice, as in “12 noon”."""
    if following is None or following.start - one.end != 1 or following.readings[0][0] != "t":
        return None
    if following.weight is not Weight.DOUBTFUL or not set(one.readings) & set(following.readings):
        return None
    hours = replace(following, start=one.start, weight=Weight.FIGURES)
    return Statement(Kind.TIME, one.start, following.end, one.weight, numeral=hours)


def _with_half(numeral: Numeral, text: str, language: str) -> Numeral:
    """Return a number with the half that is said behind it: “deux ans et demi”, “two and a half”."""
    behind = _HALF_BEHIND.get(language)
    if behind is None or not behind.match(text, numeral.end):
        return numeral
    halves = tuple(
        (kind, said + (_HALF_AN_HOUR if kind == "t" else _HALF))
        for kind, said in numeral.readings
        if not isinstance(said, str)
    )
    return replace(numeral, readings=halves, loose=(), value=None)


def _number(numeral: Numeral, text: str, language: str) -> Statement:
    start, end, weight = numeral.start, numeral.end, numeral.weight
    if weight is Weight.FIGURES and _PART_OF_NAME.search(text[max(0, start - _LOOKED_BACK) : start]):
        weight = Weight.WORD
    first = numeral.readings[0][0]
    if first == "phone":
        return Statement(Kind.PHONE, start, end, weight, numeral=numeral)
    if first == "t":
        return Statement(Kind.TIME, start, end_of_hour(text, end), weight, numeral=numeral)
    before = unit_before(text, start)
    own = power_behind(text, start, language) if weight is Weight.DOUBTFUL else None
    behind = own if own and own[1] == end else power_behind(text, end, language)
    unsure = behind is not None and not before and 0 < behind[1] - end <= len(" m")
    power, figures_end = behind or (None, end)
    shortened = behind is not None and text.startswith(".", figures_end)  # “Mrd.”
    unit, stop = unit_behind(text, figures_end + shortened) or (None, figures_end)
    unsure = unsure and unit is None
    if before and unit is None:
        (unit, start), stop = before, figures_end
    kind = Kind.PERCENTAGE if unit in PERCENTAGES else Kind.AMOUNT if unit else Kind.NUMBER
    sign, start = sign_before(text, start) if weight is Weight.FIGURES else (Sign.NONE, start)
    if sign is Sign.NONE and says_less(text, language):
        sign = Sign.EITHER
    return Statement(kind, start, stop, weight, numeral=numeral, power=power, unit=unit, unsure=unsure, sign=sign)


def _ranges(text: str, found: list[Statement]) -> list[Statement]:
    """Give each number what the number behind it has, where the two are a range."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        figures = one.numeral is not None and one.weight in {Weight.FIGURES, Weight.WORD}
        if not figures or one.kind is not Kind.NUMBER or not are_a_range(text, one.end, other.start):
            continue
        if other.kind is Kind.TIME:
            found[at] = _as_hour(one, other)
        elif other.kind in {Kind.NUMBER, Kind.AMOUNT, Kind.PERCENTAGE} and (other.power or other.unit):
            power = one.power or other.power
            found[at] = replace(one, kind=other.kind, power=power, unit=other.unit, lent=True)
    return found


def _as_hour(one: Statement, other: Statement) -> Statement:
    """Return a number as the hour that it is before another one; “2 to 4 pm” may be 2 or 14 o'clock."""
    numeral = one.numeral
    if numeral is None or numeral.value is None:
        return one
    clock = [reading for reading in numeral.readings if reading[0] == "t"]
    if not clock and numeral.value == int(numeral.value) and numeral.value <= _LARGEST_HOUR:
        clock = [("t", numeral.value * 60)]
    if not clock:
        return one
    afternoon = other.minutes is not None and other.minutes >= _HALF_A_DAY
    minutes = Decimal(str(clock[0][1]))
    later = ("t", (minutes + _HALF_A_DAY) % _DAY)
    readings = (*clock, later) if afternoon and minutes < _HALF_A_DAY else tuple(clock)
    hours = replace(numeral, readings=tuple(dict.fromkeys((*readings, *numeral.readings))))
    return replace(one, kind=Kind.TIME, numeral=hours, lent=True)
