"""How each language writes a number in figures: the marks between thousands and before decimals.

Dutch and German group with points (German with spaces too), French with no-break spaces, English with commas.
Where numbers stand in a text is for `numerals`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

NO_BREAK = "\u00a0"
SPACES = "\u00a0\u202f\u2009"
MOST_DIGITS = 40  # longer runs of digits are no number that anybody reads


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters that may stand between groups of three figures, and the one before decimals."""

    group: str
    decimal: str


MARKS = {
    "nl": Marks("." + SPACES, ","),
    "de": Marks("." + SPACES, ","),
    "fr": Marks(SPACES, ","),
    "en": Marks("," + SPACES, "."),
}
_WRITTEN_GROUP = {"nl": ".", "de": NO_BREAK, "fr": NO_BREAK, "en": ","}
_LEAST_GROUPED = 1000


def write_number(value: Decimal, locale: str) -> str:
    """Return the number as the language writes it: 1234.5 is `1.234,5`, `1 234,5` (no-break) or `1,234.5`."""
    tongue = locale.partition("-")[0].lower()
    tongue = tongue if tongue in MARKS else "en"
    whole, _, fraction = f"{abs(value):f}".partition(".")
    if int(whole) >= _LEAST_GROUPED:
        whole = f"{int(whole):,}".replace(",", _WRITTEN_GROUP[tongue])
    sign = "-" if value < 0 else ""
    return sign + whole + (MARKS[tongue].decimal + fraction if fraction else "")


def read_number(figures: str, locale: str) -> Decimal | None:
    """Return the value of figures with marks, or None where the language does not write numbers so."""
    tongue = locale.partition("-")[0].lower()
    marks = MARKS.get(tongue, MARKS["en"])
    if sum(sign.isdigit() for sign in figures) > MOST_DIGITS:
        return None
    whole, mark, fraction = figures.partition(marks.decimal)
    if mark and not (fraction.isascii() and fraction.isdigit()):
        return None
    used = {sign for sign in whole if not sign.isdigit()}
    if used:
        if len(used) > 1 or not used <= set(marks.group + " "):
            return None
        first, *groups = whole.split(used.pop())
        if not 1 <= len(first) <= 3 or first == "0" or any(len(group) != 3 for group in groups):  # noqa: PLR2004
            return None
        whole = first + "".join(groups)
    if not (whole.isascii() and whole.isdigit()):
        return None
    return Decimal(f"{whole}.{fraction}" if mark else whole)
