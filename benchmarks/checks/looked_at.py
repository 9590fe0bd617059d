"""What a person made of the alarms in the untouched texts, one by one.

`looked_at.tsv` holds a verdict for each alarm, under a digest of the check and both texts: of the texts themselves
nothing is kept. An alarm that is not in it has not been looked at since the rules, or the texts, changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from benchmarks.checks.texts import Sample

FILE = Path(__file__).with_name("looked_at.tsv")
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """What an alarm turned out to be; `is_right` where the texts do say different things."""

    about: str
    is_right: bool


def _right(about: str) -> Seen:
    return Seen(about, is_right=True)


def _false(about: str) -> Seen:
    return Seen(about, is_right=False)


class Verdict(Enum):
    """The kinds of alarm that are left, and why."""

    LEFT_OUT = _right("The translation leaves out what the source says: a date, a number, a half sentence.")
    ADDED = _right("The translation tells more than the source: a number, a second unit in brackets.")
    OTHER = _right("The translation says something else: another number, unit, day, name or sense.")
    WRONG = _right("The translation has a fault: a typing error, a mark, a space, a sentence in a third language.")
    SOURCE = _right("The source has a fault that the translation does not repeat.")
    REPHRASED = _false("Both say the same, in words that no rule compares: “double-digit” for “10 per cent”.")
    NAME = _false("A name, a title or an abbreviation has a form of its own in the language, and no list has it.")
    QUOTED = _false("What is quoted stays in its own language, as it should.")
    STYLE = _false("The mark, the space or the quotation marks are another style, not a fault.")
    READING = _false("The check reads it wrongly: a word that means something else here.")


def digest(sample: Sample, code: str) -> str:
    """Return the name of an alarm: of a check about a pair."""
    whole = f"{code}\0{sample.locale}\0{sample.source.text}\0{sample.target}"
    return hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS]


def verdict(sample: Sample, code: str) -> Verdict | None:
    """Return what the alarm was found to be, or None where nobody has looked at it."""
    return _verdicts().get(digest(sample, code))


@cache
def _verdicts() -> dict[str, Verdict]:
    lines = FILE.read_text("utf-8").splitlines() if FILE.exists() else []
    return {name: Verdict[which] for name, which in (line.split("\t") for line in lines)}
