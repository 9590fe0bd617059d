"""A fact of a target put as another, in its language and in the way in which it is written there.

What cannot be done with certainty is not done: where the number of things or an article would change with it, where
the target says the fact in a way that the other one cannot be said in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.domain.facts.calendar import WEEKDAYS, Day, month_names
from service.domain.facts.parts import Fact, FactKind
from service.domain.matching.number_words import in_words, is_ordinal
from service.domain.numeral_words import MONTHS
from service.domain.numerals import Numeral, Reading, Weight, write_number

_FIGURES = re.compile("[0-9]+")
_HALF_OF_DAY = re.compile(r"[\s\u00a0\u202f]?(?:[ap]\.?m(?![^\W_])|o['\u2019]clock\b)", re.IGNORECASE)
_HOURS = re.compile(r"[0-9][\s\u00a0\u202f-]?(?:heures?|Stunden?|hours?)(?!\w)", re.IGNORECASE)
_DAYTIMES = {
    "nl": r"['\u2019]s (?:morgens|ochtends|\w*middags|avonds|nachts)|in de (?:\w*middag|avond|nacht)",
    "fr": r"du matin|du soir|de la (?:matinée|soirée|nuit)|de l['\u2019](?:après|avant)-midi",
    "de": r"morgens|früh|(?:\w{3,4})?mittags|abends|nachts|(?:am|in der) (?:\w*mittag|Morgen|Abend|Nacht|Früh)",
    "en": r"(?:in the|at) (?:morning|afternoon|evening|night)|at (?:night|noon)",
}
_DAYTIME = {
    language: re.compile(
        rf"[\s\u00a0\u202f]?(?:(?:heures?|h|uur|u|Uhr|o['\u2019]clock)[\s\u00a0\u202f])?(?:{words})(?!\w)",
        re.IGNORECASE,
    )
    for language, words in _DAYTIMES.items()
}
_OF = re.compile(r"[\s\u00a0\u202f](?:d['\u2019]|de[\s\u00a0])")
_PERCENT = re.compile(r"[\s\u00a0\u202f]?(?:%|pour cent\b)")
_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])(?P<ending>st|nd|rd|th|ste|de|er)?")
_TWO_DIGITS = 10
_GROUPED_FROM = 1000
_MILLION = 1_000_000
_MANY_FROM = 2
_NOON = 12
_MIDNIGHT = 24
_MINUTES = 60
_TEENS = range(11, 14)
_DUTCH_TENS = 20
_ENGLISH_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Said:
    """A fact with the text that it stands in, and the text's language."""

    fact: Fact
    text: str
    language: str

    @property
    def behind(self) -> str:
        """The text behind it."""
        return self.text[self.fact.end :]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a stretch of a text becomes."""

    start: int
    end: int
    text: str


def same(old: Fact, there: Fact) -> bool:
    """Tell whether a target's fact may be one of the source's."""
    if old.kind is not there.kind:
        return False
    if old.day is not None and there.day is not None:
        years = {old.day.year, there.day.year} - {None}
        return (old.day.day, old.day.month) == (there.day.day, there.day.month) and len(years) <= 1
    if old.numeral is not None and there.numeral is not None:
        return not _all_readings(old.numeral).isdisjoint(_all_readings(there.numeral))
    return old.name == there.name


def rewritten(there: Said, old: Said, new: Said) -> Replacement | None:
    """Return what becomes of a target's fact where the source says `new` for `old`, or None if that is unsure."""
    fact = there.fact
    if fact.day is not None:
        return _date(there, old.fact, new.fact)
    if fact.numeral is not None:
        return _hour(there, old, new) or _number(there, old, new) or _as_written(fact, old.fact, new.fact)
    names = WEEKDAYS[there.language] if fact.kind is FactKind.WEEKDAY else ("", *month_names(there.language))
    return Replacement(fact.start, fact.end, _cased(names[new.fact.name], fact.text, there.language))


def _all_readings(numeral: Numeral) -> set[Reading]:
    return {*numeral.readings, *numeral.loose}


def _cased(name: str, like: str, language: str) -> str:
    """Return a name with the capitals of another."""
    if like.isupper():
        return name.upper()
    return name.capitalize() if language in {"de", "en"} or like[:1].isupper() else name


def _date(there: Said, old: Fact, new: Fact) -> Replacement | None:
    before, after, fact = old.day, new.day, there.fact
    if before is None or after is None or fact.day is None:
        return None
    if before.year != after.year and fact.day.year is None:
        return None
    if after.year is None and fact.day.year is not None:
        return None  # the year of the text that was translated, which need not be this one's
    figures = _FIGURES.findall(fact.text)
    name = next((word for word in re.findall(r"[^\W\d_]+", fact.text) if word.lower() in MONTHS[there.language]), None)
    if name is None:
        return Replacement(fact.start, fact.end, _date_in_figures(fact.text, after, new.text))
    written = fact.text
    if before.month != after.month:
        names = month_names(there.language)
        if name.lower() != names[before.month - 1]:
            return None  # a shortened name
        written = written.replace(name, _cased(names[after.month - 1], name, there.language))
    if fact.day.year is not None and after.year is not None:
        written = re.sub(rf"{figures[-1]}$", str(after.year), written)
    if before.day != after.day:
        written = _DAY.sub(lambda found: _day_as(after.day, there.language, found), written, count=1)
    return Replacement(fact.start, fact.end, written)


def _day_as(day: int, language: str, found: re.Match[str]) -> str:
    """Return a day with the ending that its language gives it where the other had one."""
    if language == "fr":
        return "1er" if day == 1 else str(day)
    if not found["ending"]:
        return str(day)
    if language == "en":
        return str(day) + ("th" if day in _TEENS else _ENGLISH_ENDINGS.get(day % 10, "th"))
    return str(day) + ("ste" if day in {1, 8} or day >= _DUTCH_TENS else "de")


def _date_in_figures(written: str, day: Day, source: str) -> str:
    """Return a date in figures, with a zero before small numbers as the text had it, or else as the source has it."""
    groups = _FIGURES.findall(written)
    small = [group for group in groups[:2] if int(group) < _TWO_DIGITS]
    padded = any(group.startswith("0") for group in small or _FIGURES.findall(source)[:2])
    parts = [f"{number:02d}" if padded else str(number) for number in (day.day, day.month)]
    return written[len(groups[0])].join((*parts, str(day.year or groups[2])))


def _hour(there: Said, old: Said, new: Said) -> Replacement | None:
    """Return another hour in place of one: the figures change, what stands between and behind them does not."""
    before, after = (_minutes(said.fact.numeral) for said in (old, new))
    if before is None or after is None or (_has_daytime(there) and not _has_daytime(new)):
        return None
    (hour, minute), (other_hour, other_minute) = divmod(before, _MINUTES), divmod(after, _MINUTES)
    counted = _HOURS.match(there.fact.text[-1:] + there.behind) or "heure" in there.fact.text.lower()
    if counted and _is_one(hour, there) != _is_one(other_hour, there):
        return None
    if _HALF_OF_DAY.match(there.behind):
        if (hour < _NOON) != (other_hour < _NOON) or _MIDNIGHT in {hour, other_hour}:
            return None
        hour, other_hour = ((each - 1) % _NOON + 1 for each in (hour, other_hour))
    figures = [int(group) for group in _FIGURES.findall(there.fact.text)]
    if figures == [hour, minute]:
        parts = [other_hour, other_minute]
    elif figures == [hour] and minute == other_minute == 0:
        parts = [other_hour]
    else:
        return None
    return Replacement(there.fact.start, there.fact.end, _with_figures(there.fact.text, parts))


def _has_daytime(said: Said) -> bool:
    """Tell whether the part of the day is told behind an hour, which another hour may not be in."""
    return bool(_DAYTIME[said.language].match(said.behind))


def _with_figures(written: str, parts: Sequence[int]) -> str:
    """Return an hour with other figures: a zero stands before the hour where one stood there, and before minutes."""
    left = iter(parts)
    padded = _FIGURES.sub(lambda found: f"{next(left):0{len(found[0]) if found[0][0] == '0' else 1}d}", written)
    return re.sub(r"(?<=[^0-9])[0-9]$", lambda found: f"0{found[0]}", padded) if len(parts) > 1 else padded


def _minutes(numeral: Numeral | None) -> int | None:
    """Return the minute of the day that a numeral says first of all, None where it is no hour."""
    if numeral is None or not numeral.readings or numeral.readings[0][0] != "t":
        return None
    return int(numeral.readings[0][1])


def _number(there: Said, old: Said, new: Said) -> Replacement | None:
    """Return another number in place of one: in words where the other was in words, and grouped as it was."""
    before, after, standing = (_value(said.fact.numeral) for said in (old, new, there))
    if before is None or after is None or before == after or standing != before or _powers(there) != _powers(old):
        return None
    if any(_is_one(before, said) != _is_one(after, said) for said in (there, old)):
        return None
    if is_ordinal(old.fact.text, old.language) != is_ordinal(new.fact.text, new.language):
        return None
    if there.language == "fr" and _OF.match(there.behind) and _is_millions(before) != _is_millions(after):
        return None
    fact = there.fact
    if fact.numeral is not None and fact.numeral.weight is Weight.WORD:
        word = in_words(int(after), fact.text, there.language) if after == int(after) else None
        return Replacement(fact.start, fact.end, word) if word else None
    in_figures = new.fact.text[0].isdigit() or after < _GROUPED_FROM
    if _is_code(fact.text) or _has_ordinal_ending(there) or not in_figures:
        return None
    grouped = _is_grouped(there)
    if before >= _GROUPED_FROM and after >= _GROUPED_FROM:
        if _is_grouped(old) != _is_grouped(new):
            return None
    elif after >= _GROUPED_FROM:
        grouped = _is_grouped(new)
    mark = next((sign for sign in fact.text if not sign.isdigit()), "") if _is_grouped(there) else ""
    return Replacement(fact.start, fact.end, _figures(after, there.language, mark, grouped=grouped))


def _as_written(there: Fact, old: Fact, new: Fact) -> Replacement | None:
    """Return the figures of a telephone, a section or a file, which every language writes alike."""
    if there.text != old.text or any(_value(fact.numeral) is not None for fact in (there, old, new)):
        return None
    if any(_minutes(fact.numeral) is not None for fact in (old, new)):
        return None
    return Replacement(there.start, there.end, new.text)


def _value(numeral: Numeral | None) -> Decimal | None:
    """Return what a numeral says as it stands, None for hours, codes, and words that may say something else."""
    if numeral is None:
        return None
    if numeral.weight is Weight.WORD:
        return next((value for _, value in numeral.readings if isinstance(value, Decimal)), None)
    return numeral.value if numeral.weight is Weight.FIGURES else None


def _powers(said: Said) -> set[Decimal | str]:
    """Return what else a number says by the word behind it: the 2000000 of “2 million”."""
    numeral = said.fact.numeral
    return {value for kind, value in numeral.readings if kind == "n"} if numeral else set()


def _is_one(value: Decimal | int, said: Said) -> bool:
    """Tell whether a number is followed by the singular."""
    if said.language == "fr" and not _PERCENT.match(said.behind):
        return value < _MANY_FROM
    return value == 1


def _is_millions(value: Decimal) -> bool:
    """Tell whether French has “de” between a number and what it counts."""
    return value >= _MILLION and value % _MILLION == 0


def _figures(value: Decimal, language: str, mark: str, *, grouped: bool) -> str:
    """Return a value in figures, its thousands apart by the mark (the language's own where there is none) or joined."""
    whole = Decimal(int(value))
    written = write_number(whole, language)
    rest = write_number(value, language)[len(written) :]
    if not grouped:
        return f"{whole}{rest}"
    own = next((sign for sign in written if not sign.isdigit()), "")
    return (written.replace(own, mark) if own and mark else written) + rest


def _is_grouped(said: Said) -> bool:
    """Tell whether a number stands there with marks or spaces between its thousands."""
    value = _value(said.fact.numeral)
    if value is None or value < _GROUPED_FROM:
        return False
    return not said.fact.text.startswith(str(int(value)))


def _is_code(written: str) -> bool:
    """Tell whether a zero stands before a number that needs none."""
    return len(written) > 1 and written[0] == "0" and written[1].isdigit()


def _has_ordinal_ending(there: Said) -> bool:
    """Tell whether letters are joined to a number that follow its last figure, as in “3rd” and “8ste”."""
    if there.language == "nl":
        return there.behind.startswith(("ste", "de"))
    return there.language == "en" and there.behind[:1].isalpha()
