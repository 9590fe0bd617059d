"""One pass over a text that reads its numbers, as one language writes them.

What the passages are that may hold numbers, `numeral_patterns` tells; which words are numbers, `numeral_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from service.domain.numeral_patterns import (
    BARE_TIME,
    DECADES,
    FOLLOWING_WORD,
    SCANNERS,
    SPACES,
    SPAN_OF_YEARS,
    WORD,
)
from service.domain.numeral_values import Numeral, Reading, Weight
from service.domain.numeral_words import CLOCK_WORDS, DOUBTFUL, MAGNITUDES, MONTHS, joined_words, words

LONGEST_DIGITS = 24  # more digits than these are a code, not a value
HOURS = 24
LONGEST_WORD = 40
LONGEST_SIGN = 2  # of a power of ten, as in “5m” and “2bn”, which counts nothing alone

_NUMBER_OR_WORD = re.compile(r"[^\W_]")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_BEFORE = 12  # characters that are looked at before a number

_DOUBTFUL_WORDS: dict[str, dict[str, list[Reading]]] = {}
for _language, _listed in DOUBTFUL.items():
    for _number, _names in _listed.items():
        for _name in _names:
            _DOUBTFUL_WORDS.setdefault(_language, {}).setdefault(_name, []).append(("n", Decimal(_number)))

_NOON: tuple[Reading, ...] = (("t", Decimal(720)), ("n", Decimal(12)))
_MIDNIGHT: tuple[Reading, ...] = (("t", Decimal(0)), ("t", Decimal(1440)), ("n", Decimal(0)), ("n", Decimal(24)))
for _language, _hours in CLOCK_WORDS.items():
    for _name, _hour in _hours.items():
        _DOUBTFUL_WORDS[_language][_name] = [*(_NOON if _hour else _MIDNIGHT)]

# The words that a number can begin with: most words of a text are none, and need no further question.
_BEGINNINGS: dict[str, frozenset[str]] = {
    language: frozenset(
        {
            *MONTHS[language],
            *MAGNITUDES[language],
            *_DOUBTFUL_WORDS[language],
            *joined_words(language),
            *(re.split("[ -]", phrase, maxsplit=1)[0] for phrase in words(language)),
        }
    )
    for language in SCANNERS
}


class Reader:
    """One pass over one text."""

    def __init__(self, text: str, language: str, *, words_too: bool) -> None:
        self._text = text
        self._language = language
        self._words_too = words_too

    def read(self) -> Iterator[Numeral]:
        """Yield the numerals in order."""
        if not _NUMBER_OR_WORD.search(self._text):
            return
        done = 0
        for match in SCANNERS[self._language].finditer(self._text):
            if match.start() < done or (match.lastgroup == "word" and not self._may_begin_one(match[0])):
                continue
            for numeral in self._read_one(match):
                done = max(done, numeral.end)
                yield numeral

    def _may_begin_one(self, word: str) -> bool:
        if not self._words_too:
            return False
        return word.lower() in _BEGINNINGS[self._language] or (self._language == "fr" and word[0] in _ROMAN_VALUES)

    def _read_one(self, match: re.Match[str]) -> Iterator[Numeral]:
        if match["word"]:
            yield from self._word(match)
        elif match["address"]:
            return
        elif match["iso"] or match["date"]:
            yield from self._date(match)
        elif match["phone"]:
            digits = re.sub(r"[^0-9+]", "", match[0].replace("(0)", ""))
            folded = re.sub(r"^(?:\+32|0032)0?", "0", digits)
            yield Numeral(match.start(), match.end(), Weight.FIGURES, (("phone", folded),), digits=_digits(match[0]))
        elif match["hour"] and int(match["hour"]) <= HOURS:
            yield self._time(match)
        elif match["hour"]:
            at = match.start("hour")
            yield self._figures(at, match.end("hour"), Decimal(match["hour"]))
            minute = match["minute"] or match["clock"] or match["spelled"]
            if minute:
                name = next(name for name in ("minute", "clock", "spelled") if match[name])
                yield self._figures(match.start(name), match.end(name), Decimal(minute))
        else:
            yield self._number(match)

    def _date(self, match: re.Match[str]) -> Iterator[Numeral]:
        for part in re.finditer(r"[0-9]+", match[0]):
            start = match.start() + part.start()
            value = Decimal(part[0])
            century = (("n", 2000 + value), ("n", 1900 + value)) if part.end() == len(match[0]) else ()
            loose = century if len(part[0]) == 2 else ()  # noqa: PLR2004 - a year of two figures
            yield Numeral(start, start + len(part[0]), Weight.FIGURES, (("n", value),), loose, value, part[0])

    def _time(self, match: re.Match[str]) -> Numeral:
        hour = int(match["hour"])
        minute = match["minute"] or match["clock"] or match["spelled"]
        suffix = (match["half"] or match["only"] or "").lower()
        shifted = hour % 12 + 12 if suffix.startswith("p") else hour % 12 if suffix.startswith("a") else hour
        minutes = shifted * 60 + int(minute or 0)
        readings: list[Reading] = [("t", Decimal(minutes))]
        if match["only"] or int(minute) == 0:
            readings.append(("n", Decimal(hour)))
        loose: tuple[Reading, ...] = (("t", Decimal((minutes + 720) % 1440)),)
        if hour == HOURS:
            loose = (*loose, ("t", Decimal(0)))
        end = match.start("half") if match["half"] else match.start("only") if match["only"] else match.end()
        stretch = self._text[match.start() : end].rstrip()
        return Numeral(
            match.start(), match.start() + len(stretch), Weight.FIGURES, tuple(readings), loose, digits=_digits(stretch)
        )

    def _number(self, match: re.Match[str]) -> Numeral:
        if match["grouped"]:
            figures = match["grouped"].replace(match["group"], "")
            return self._figures(match.start(), match.end(), _decimal(figures))
        if match["plain"]:
            return self._figures(match.start(), match.end(), _decimal(match["plain"]))
        readings: list[Reading] = [("as written", match[0])]
        loose: list[Reading] = []
        if clock := _clock(match[0]):
            readings.append(clock)
        if match[0].count(".") == 1 and "," not in match[0]:
            loose.append(("n", _decimal(match[0]) or Decimal(0)))
        return Numeral(
            match.start(), match.end(), Weight.FIGURES, tuple(readings), tuple(loose), digits=_digits(match[0])
        )

    def _figures(self, start: int, end: int, value: Decimal | None) -> Numeral:
        """Return a numeral with what its surroundings add to its value."""
        written = self._text[start:end]
        digits = _digits(written)
        if value is None:
            return Numeral(start, end, Weight.FIGURES, (("code", digits),), digits=digits)
        readings: list[Reading] = [("n", value)]
        if clock := _clock(written):
            readings += [clock, ("as written", written)]
        if power := self._power(end):
            readings.append(("n", value.scaleb(power)))
        loose = tuple(self._shortened(start, end, value))
        return Numeral(start, end, Weight.FIGURES, tuple(readings), loose, value, digits)

    def _power(self, end: int) -> int | None:
        behind = power_behind(self._text, end, self._language)
        return behind[0] if behind else None

    def _shortened(self, start: int, end: int, value: Decimal) -> Iterator[Reading]:
        """Yield the other length of a decade, and of the second year of a span."""
        before = self._text[max(0, start - _BEFORE) : start]
        left, right = DECADES[self._language]
        century = Decimal(100)
        if (left and left.search(before)) or (right and right.match(self._text, end)):
            yield ("n", value % century) if value >= century else ("n", 1900 + value)
        if SPAN_OF_YEARS.search(before):
            yield ("n", value % century) if value >= century else ("n", Decimal(before[-5:-3]) * century + value)

    def _word(self, match: re.Match[str]) -> Iterator[Numeral]:
        word = match[0].lower()
        if self._language == "fr" and (numeral := self._century(match)):
            yield numeral
        elif (month := MONTHS[self._language].get(word)) and self._beside_a_day(match):
            yield Numeral(match.start(), match.end(), Weight.MONTH, (("n", Decimal(month)),))
        elif phrase := self._phrase(match.start()):
            yield phrase
        elif readings := _DOUBTFUL_WORDS[self._language].get(word):
            yield Numeral(match.start(), match.end(), Weight.DOUBTFUL, tuple(readings))
        elif value := joined_words(self._language).get(word):
            yield Numeral(match.start(), match.end(), Weight.DOUBTFUL, (("n", Decimal(value)),))
        elif (
            len(word) > LONGEST_SIGN
            and (power := MAGNITUDES[self._language].get(word))
            and not self._follows_figures(match.start())
        ):
            one: tuple[Reading, ...] = (("n", Decimal(1)), ("n", Decimal(1).scaleb(power)))
            yield Numeral(match.start(), match.end(), Weight.DOUBTFUL, one)

    def _phrase(self, start: int) -> Numeral | None:
        """Return the longest phrase of up to four words that begins here and is a number."""
        known = words(self._language)
        for parts in (4, 3, 2, 1):
            end = self._end_of(start, parts)
            if end is None:
                continue
            phrase = " ".join(self._text[start:end].lower().split())
            if phrase in known:
                number, _ = known[phrase]
                return self._counted(start, end, Decimal(number))
        return None

    def _counted(self, start: int, end: int, value: Decimal) -> Numeral:
        before = self._text[max(0, start - _BEFORE) : start].lower()
        if self._language in {"nl", "de"} and re.search(r"\bhal[fb]\s$", before) and 1 <= value <= 12:  # noqa: PLR2004
            minutes = value * 60 - 30
            hours: tuple[Reading, ...] = (("t", minutes), ("t", minutes + 720), ("n", value))
            return Numeral(start, end, Weight.DOUBTFUL, hours)
        readings: list[Reading] = [("n", value)]
        if power := self._power(end):
            readings.append(("n", value.scaleb(power)))
        loose: tuple[Reading, ...] = (("n", 1900 + value),) if value % 10 == 0 and 10 < value < 100 else ()  # noqa: PLR2004
        return Numeral(start, end, Weight.WORD, tuple(readings), loose)

    def _end_of(self, start: int, parts: int) -> int | None:
        """Return where the so many-th word from here ends, if single spaces or hyphens are between them."""
        at = start
        for part in range(parts):
            if part:
                if at >= len(self._text) or self._text[at] not in f" -{SPACES}":
                    return None
                at += 1
            match = WORD.match(self._text, at)
            if not match or match.end() - match.start() > LONGEST_WORD:
                return None
            at = match.end()
        return at

    def _century(self, match: re.Match[str]) -> Numeral | None:
        """Return a Roman ordinal such as “XIXe”; it is as certain as figures where it counts a century."""
        found = re.fullmatch(r"([IVX]{1,7})(?:e|ème|er|ère)", match[0])
        if not found:
            return None
        values = [_ROMAN_VALUES[letter] for letter in found[1]]
        following = [*values[1:], 0]
        value = sum(-one if one < other else one for one, other in zip(values, following, strict=True))
        counts = "siècle" in self._text[match.end() : match.end() + 25]
        weight = Weight.FIGURES if counts else Weight.DOUBTFUL
        return Numeral(match.start(), match.end(), weight, (("n", Decimal(value)),))

    def _follows_figures(self, at: int) -> bool:
        """Tell whether a word belongs to the figures before it, which have told its power already."""
        return bool(re.search(r"[0-9][\s-]?$", self._text[max(0, at - 2) : at]))

    def _beside_a_day(self, match: re.Match[str]) -> bool:
        """Tell whether a month's name stands in a date: after a day, or before a day or a year."""
        before = self._text[max(0, match.start() - 8) : match.start()]
        after = self._text[match.end() : match.end() + 8]
        day_first = re.search(r"[0-9](?:er|e|de|ste|st|nd|rd|th)?\.?(?: of)?[\s-]?$", before)
        return bool(day_first or re.match(r"\.?[\s-][0-9]", after))


def power_behind(text: str, end: int, language: str) -> tuple[int, int] | None:
    """Return the power of ten that the word behind a number says, and where that word ends."""
    follower = FOLLOWING_WORD.match(text, end)
    power = MAGNITUDES.get(language, {}).get(follower[1].lower()) if follower else None
    return (power, follower.end()) if follower and power else None


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _decimal(figures: str) -> Decimal | None:
    """Return the value of figures without groups; None for more of them than a value has."""
    return Decimal(figures.replace(",", ".")) if len(figures) <= LONGEST_DIGITS else None


def _clock(written: str) -> Reading | None:
    """Return the hour that figures such as 14.30 can be."""
    found = BARE_TIME.fullmatch(written)
    if not found or int(found[1]) > HOURS:
        return None
    return ("t", Decimal(int(found[1]) * 60 + int(found[2])))
