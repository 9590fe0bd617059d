"""What a number found in a text is: its place, its weight and every value that it can stand for.

How it is found and written is told in `numerals`, how a text is read in `numeral_reader`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

Reading = tuple[str, Decimal | str]


class Weight(IntEnum):
    """How much a numeral proves: figures always count, doubtful words only answer to somebody else."""

    FIGURES = 0
    MONTH = 1
    WORD = 2
    DOUBTFUL = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: where it stands and what it can mean.

    Two numerals are equal when they share one of their `readings`; `loose` are readings that only a source may claim
    from its translation (the 30 of “1930s”). `digits` are its figures alone; `value` is what it says as it stands, None
    where its own language cannot read it.
    """

    start: int
    end: int
    weight: Weight
    readings: tuple[Reading, ...]
    loose: tuple[Reading, ...] = ()
    value: Decimal | None = None
    digits: str = ""
