"""What stands around a number and belongs to it: a percentage, a currency, and the words that make two numbers a range.

A range shares what stands behind its last number: both of “2 tot 3 miljard euro” are thousands of millions of euros.
"""

from __future__ import annotations

import re
from enum import StrEnum

_SPACE = "[ \u00a0\u202f\u2009]"
_POUND = {"nl": "pond sterling", "fr": "livres? sterling", "de": "Pfund Sterling", "en": "pounds? sterling|sterling"}


class Unit(StrEnum):
    """What a number counts, as far as it matters: its own name is its sign."""

    PERCENT = "%"
    PERCENTAGE_POINT = "%-point"
    EURO = "EUR"
    DOLLAR = "USD"
    POUND = "GBP"
    FRANC = "CHF"
    YEN = "JPY"


PERCENTAGES = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINT})
_SIGNS = {
    Unit.EURO: "€|EUR",
    Unit.DOLLAR: r"\$|USD",
    Unit.POUND: "£|GBP",
    Unit.FRANC: "CHF",
    Unit.YEN: "¥|JPY",
}
_WORDS = {
    Unit.PERCENTAGE_POINT: (
        r"(?:procent|percent|%-)punt(?:en)?|points?\ de\ (?:pourcentage|pour\ cent|%)|(?:Prozent|%-)punkte?n?"
        r"|per\ ?cent(?:age)?(?:\ |-)points?"
    ),
    Unit.PERCENT: r"%(?:ige?[mnrs]?)?|procent|percent|pour\ ?cent|Prozent|per\ cent",
    Unit.EURO: "€|EUR|euros?",
    Unit.DOLLAR: r"(?:US-?)?\$|USD|(?:US-)?dollars?",
    Unit.POUND: "£|GBP|" + "|".join(_POUND.values()).replace(" ", r"\ "),
    Unit.FRANC: r"CHF|Zwitserse\ frank|francs\ suisses|Schweizer\ Franken|Swiss\ francs",
    Unit.YEN: "¥|JPY|yens?",
}
_BEFORE = re.compile(
    rf"(?<!\w)(?:US)?(?:{'|'.join(f'(?P<{unit.name}>{signs})' for unit, signs in _SIGNS.items())}){_SPACE}?\Z"
)
_BEHIND = re.compile(
    rf"(?:{_SPACE}|-)?(?:d['\u2019]|(?:de|of|Amerikaanse|amerikanische){_SPACE})?"
    rf"(?:{'|'.join(f'(?P<{unit.name}>{words})' for unit, words in _WORDS.items())})(?!\w)".replace(r"\ ", _SPACE),
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?:{_SPACE}?[-\u2013/]{_SPACE}?"
    rf"|,?{_SPACE}(?:tot|en|of|naar|tegen|tot{_SPACE}en{_SPACE}met|t/m|à|a|et|ou|au|contre|bis|und|oder|auf|zu"
    rf"|to|and|or|until){_SPACE}"
    rf"|,{_SPACE})(?:[€$£]{_SPACE}?)?",
    re.IGNORECASE,
)
_HOUR_BEHIND = re.compile(
    rf"{_SPACE}?(?:uur|u|heures?|h|Uhr|[ap]\.?m|o['\u2019]clock)(?![^\W\d_])(?:\.(?=m))?", re.IGNORECASE
)
_LONGEST_SIGN = 6
_LONGEST_BETWEEN = 18


def unit_before(text: str, start: int) -> tuple[Unit, int] | None:
    """Return the currency whose sign stands before a number, and where the sign begins."""
    low = max(0, start - _LONGEST_SIGN)
    match = _BEFORE.search(text[low:start])
    return (Unit[match.lastgroup], low + match.start()) if match and match.lastgroup else None


def unit_behind(text: str, end: int) -> tuple[Unit, int] | None:
    """Return the percentage or the currency behind a number, and where it ends."""
    match = _BEHIND.match(text, end)
    return (Unit[match.lastgroup], match.end()) if match and match.lastgroup else None


def are_a_range(text: str, end: int, start: int) -> bool:
    """Tell whether the words between two numbers make what stands behind the second one count for both."""
    return 0 < start - end <= _LONGEST_BETWEEN and bool(_BETWEEN.fullmatch(text, end, start))


def end_of_hour(text: str, end: int) -> int:
    """Return where an hour ends whose figures end here: behind “uur”, “Uhr” or “p.m” if one of them follows."""
    match = _HOUR_BEHIND.match(text, end)
    return match.end() if match else end
