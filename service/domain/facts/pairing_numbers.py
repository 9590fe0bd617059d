"""The numbers of a source held against those of its translation.

Each looks for its equal, with its sign, its unit and its power of ten before without them, and is paired at most once.
Two that agree only without them differ in just that. What a numeral can mean is told in `numerals`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.domain.facts.differences import Difference, Differs, Pairing
from service.domain.facts.signs import Sign
from service.domain.facts.statements import Kind, Statement
from service.domain.facts.units import PERCENTAGES
from service.domain.numerals import Reading, Weight

_LAST_OF_TARGET = 2  # only the source claims by its shortened readings
_KINDS = (Kind.TIME, Kind.PERCENTAGE, Kind.AMOUNT, Kind.NUMBER, Kind.PHONE)
_TOLD_BY = {Kind.TIME: Differs.TIMES, Kind.PERCENTAGE: Differs.PERCENTAGES, Kind.DATE: Differs.DATES}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that looks for its equal by its readings, the surest level first; the statement that it belongs to."""

    owner: Statement
    weight: Weight
    levels: Sequence[Sequence[Reading]]


def pair_numbers(source: Sequence[Entry], target: Sequence[Entry]) -> Pairing:
    """Pair the entries that share a reading; those with the fewest choose first, figures before words.

    A doubtful one takes what is left. Of what has no equal, figures are told even alone, words only beside another.
    """
    same: list[tuple[Statement, Statement]] = []
    differences: list[Difference] = []
    free = set(range(len(target)))
    left = sorted(range(len(source)), key=lambda at: _eagerness(source[at]))
    by_choice = sorted(free, key=lambda at: _eagerness(target[at]))
    for level in range(4):
        if not left or not free:
            break
        places = _places(target, (at for at in by_choice if at in free), min(level, _LAST_OF_TARGET))
        still_left = []
        for at in left:
            taken = _take(source[at].levels[level], places, free)
            if taken is None:
                still_left.append(at)
                continue
            free.remove(taken)
            one, other = source[at].owner, target[taken].owner
            differs = None if level == 0 else _differs(one, other, exact=level == 1)
            if differs is None:
                same.append((one, other))
            else:
                differences.append(Difference(differs, one, other))
        left = still_left
    wanted, present = [source[at] for at in sorted(left)], [target[at] for at in sorted(free)]
    wanted, present, told = _pair_off(wanted, present)
    for entry in wanted:
        if entry.weight is Weight.FIGURES:
            told.append(Difference(_TOLD_BY.get(entry.owner.kind, Differs.NUMBERS), source=entry.owner))
    for entry in present:
        if entry.weight is Weight.FIGURES:
            told.append(Difference(_TOLD_BY.get(entry.owner.kind, Differs.NUMBERS), target=entry.owner))
    silent = [entry.owner for entry in (*wanted, *present) if entry.weight is not Weight.FIGURES]
    said_apart = {reading for entry in (*wanted, *present) for reading in entry.levels[0]}
    certain = [one for one in (*differences, *told) if one.kind is not Differs.MAGNITUDE or not _apart(one, said_apart)]
    same += [(one.source, one.target) for one in differences if one not in certain and one.source and one.target]
    return Pairing(tuple(same), tuple(certain), tuple(silent))


def _apart(difference: Difference, left: set[Reading]) -> bool:
    """Tell whether the power that one of two numbers lacks is a word of its own: “six autres millions”."""
    powers = {one.power for one in (difference.source, difference.target) if one is not None}
    return None in powers and any(("n", Decimal(1).scaleb(power)) in left for power in powers if power)


def _eagerness(entry: Entry) -> tuple[Weight, int, int]:
    return entry.weight, len(entry.levels[_LAST_OF_TARGET]), len(entry.levels[0])


def _places(entries: Sequence[Entry], order: Iterable[int], level: int) -> dict[Reading, deque[int]]:
    """Return where each reading stands, in the order in which they are to be taken."""
    places: dict[Reading, deque[int]] = defaultdict(deque)
    for at in order:
        for reading in entries[at].levels[level]:
            places[reading].append(at)
    return places


def _take(readings: Sequence[Reading], places: dict[Reading, deque[int]], free: set[int]) -> int | None:
    """Return the first free place with one of the readings; places that are taken are forgotten on the way."""
    for reading in readings:
        waiting = places.get(reading)
        while waiting:
            at = waiting.popleft()
            if at in free:
                return at
    return None


def _differs(one: Statement, other: Statement, *, exact: bool) -> Differs | None:
    """Tell in what two differ that share a number: in its power of ten, in its sign, or in what it counts.

    `exact` tells that the powers have agreed. What a number only shares with the one behind it proves nothing, nor
    that a doubtful word has no power.
    """
    if one.lent or other.lent or Kind.DATE in {one.kind, other.kind}:
        return None
    doubtful = Weight.DOUBTFUL in {one.weight, other.weight}
    if not exact and one.power != other.power and not (one.unsure or other.unsure):
        return None if doubtful and None in {one.power, other.power} else Differs.MAGNITUDE
    if not doubtful and {one.sign, other.sign} == {Sign.NONE, Sign.MINUS}:
        return Differs.NUMBERS
    if doubtful or one.unit == other.unit:
        return None
    if one.unit in PERCENTAGES or other.unit in PERCENTAGES:
        return Differs.PERCENTAGES
    return Differs.NUMBERS if one.unit and other.unit else None


def _pair_off(wanted: list[Entry], present: list[Entry]) -> tuple[list[Entry], list[Entry], list[Difference]]:
    """Pair off what has no equal, like with like first, and return what is left of either side."""
    told: list[Difference] = []
    for fits in _LIKENESS:
        if not wanted or not present:
            break
        mine, theirs = [one for one in wanted if fits(one)], [one for one in present if fits(one)]
        count = min(len(mine), len(theirs))
        for one, other in zip(mine[:count], theirs[:count], strict=True):
            told.append(Difference(_told_by(one.owner, other.owner), one.owner, other.owner))
        gone = {id(entry) for entry in (*mine[:count], *theirs[:count])}
        wanted = [one for one in wanted if id(one) not in gone]
        present = [one for one in present if id(one) not in gone]
    return wanted, present, told


def _like(weight: Weight, kind: Kind | None) -> Callable[[Entry], bool]:
    return lambda one: one.weight is weight and kind in {None, one.owner.kind}


def _counts(entry: Entry) -> bool:
    return entry.weight in {Weight.FIGURES, Weight.WORD}


def _is_hour(entry: Entry) -> bool:
    return entry.owner.kind is Kind.TIME


# In what two without an equal may be alike, the closest first: figures of one kind, any figures, words, at last hours,
# which are told even where both are doubtful words (“noon”).
_LIKENESS: tuple[Callable[[Entry], bool], ...] = (
    *(_like(weight, kind) for weight in (Weight.FIGURES, Weight.WORD) for kind in (*_KINDS, None)),
    _counts,
    _is_hour,
)


def _told_by(one: Statement, other: Statement) -> Differs:
    if one.kind is other.kind:
        return _TOLD_BY.get(one.kind, Differs.NUMBERS)
    return Differs.DATES if Kind.DATE in {one.kind, other.kind} else Differs.NUMBERS
