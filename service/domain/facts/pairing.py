"""The statements of a source held against those of its translation: what is the same, what differs.

Each difference is of one kind, so that one error is told once: dates go first, then weekdays and months that stand
alone, then every number that is left, the day of a date without an equal among them.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from service.domain.facts.calendar import Day
from service.domain.facts.differences import Difference, Differs, Pairing, falls_on
from service.domain.facts.pairing_numbers import Entry, pair_numbers
from service.domain.facts.statements import Kind, Statement
from service.domain.numerals import Weight

_ANY = -1  # in place of a year

Pairs = list[tuple[Statement, Statement]]


def pair(source: Sequence[Statement], target: Sequence[Statement]) -> Pairing:
    """Hold the statements of a source against those of its translation, in time linear in their number."""
    dates, wanted, present = _pair_dates(_of(Kind.DATE, source), _of(Kind.DATE, target))
    weekdays = _pair_names(Kind.WEEKDAY, source, target)
    months = _pair_names(Kind.MONTH, source, target)
    numbers = pair_numbers([*wanted, *_plain(source)], [*present, *_plain(target)])
    every = (dates, weekdays, months, numbers)
    return Pairing(
        tuple(pair for one in every for pair in one.same),
        tuple(sorted((told for one in every for told in one.differences), key=lambda told: told.place)),
        tuple(statement for one in every for statement in one.silent),
    )


def _of(kind: Kind, statements: Sequence[Statement]) -> list[Statement]:
    return [one for one in statements if one.kind is kind]


def _plain(statements: Sequence[Statement]) -> Iterator[Entry]:
    return (Entry(one, one.weight, one.levels) for one in statements if one.numeral is not None)


def _pair_dates(mine: list[Statement], theirs: list[Statement]) -> tuple[Pairing, list[Entry], list[Entry]]:
    """Pair the dates, each as often as it stands on either side, and return what the numbers may answer to.

    A weekday that fits the date is right, whatever the source says. Dates without an equal are told in pairs; the day
    of one that is left over may stand as a number on the other side.
    """
    pairs, left, extra = _agreeing(mine, theirs)
    differences: list[Difference] = []
    same: Pairs = []
    wanted: list[Entry] = []
    present: list[Entry] = []
    for one, other in pairs:
        if None not in {one.name, other.name} and other.name not in {one.name, falls_on(one, other)}:
            differences.append(Difference(Differs.DATES, one, other, weekday=True))
        else:
            same.append((one, other))
        wanted += _year_alone(one, other)
        present += _year_alone(other, one)
    told = min(len(left), len(extra))
    differences += [Difference(Differs.DATES, *both) for both in zip(left[:told], extra[:told], strict=True)]
    wanted += [entry for one in left[told:] for entry in _parts(one)]
    present += [entry for one in extra[told:] for entry in _parts(one)]
    return Pairing(tuple(same), tuple(differences)), wanted, present


def _agreeing(mine: list[Statement], theirs: list[Statement]) -> tuple[Pairs, list[Statement], list[Statement]]:
    """Return the pairs of dates that agree, and the dates of either side that no date of the other agrees with."""
    pairs: Pairs = []
    left, extra = [], []
    answered: set[int] = set()
    shelf, reverse = _Shelf(theirs), _Shelf(mine)
    for one in mine:
        other = shelf.take(one)
        if other is None:
            left.append(one)
        else:
            answered.add(other.start)
            pairs.append((one, other))
    for other in theirs:
        if other.start in answered:
            continue
        again = reverse.take(other)
        if again is None:
            extra.append(other)
        else:
            pairs.append((again, other))
    return pairs, left, extra


class _Shelf:
    """Dates to be taken by others that agree with them: a year that only one of the two has is no difference."""

    def __init__(self, dates: Sequence[Statement]) -> None:
        self._waiting: dict[tuple[int, int, int | None], deque[Statement]] = defaultdict(deque)
        self._taken: set[int] = set()
        for one in dates:
            for day in one.days:
                self._waiting[day.day, day.month, day.year].append(one)
                self._waiting[day.day, day.month, _ANY].append(one)

    def take(self, one: Statement) -> Statement | None:
        """Return a date that agrees, one that was not taken yet if there is one."""
        taken = None
        for key in _keys(one.days):
            waiting = self._waiting.get(key)
            while waiting:
                other = waiting[0]
                if other.start not in self._taken:
                    self._taken.add(other.start)
                    return other
                taken = taken or other
                if len(waiting) == 1:
                    break
                waiting.popleft()
        return taken


def _keys(days: Sequence[Day]) -> Iterator[tuple[int, int, int | None]]:
    for day in days:
        if day.year is None:
            yield day.day, day.month, _ANY
        else:
            yield day.day, day.month, day.year
            yield day.day, day.month, None


def _parts(date: Statement) -> Iterator[Entry]:
    """Yield what a date without an equal can be recognised by: its day, and in passing its year."""
    readings = tuple(("n", Decimal(day.day)) for day in date.days)
    yield Entry(date, Weight.FIGURES, (readings, readings, readings, ()))
    yield from _year(date)


def _year(date: Statement) -> Iterator[Entry]:
    year = date.days[0].year
    if year is not None:
        readings = (("n", Decimal(year)),)
        yield Entry(replace(date, weight=Weight.DOUBTFUL), Weight.DOUBTFUL, (readings, readings, readings, ()))


def _year_alone(date: Statement, other: Statement) -> Iterator[Entry]:
    """Yield the year of a date whose equal has none: it may stand elsewhere."""
    return iter(()) if other.days[0].year is not None else _year(date)


def _pair_names(kind: Kind, source: Sequence[Statement], target: Sequence[Statement]) -> Pairing:
    """Pair the weekdays, or the months, that stand alone; that the other side has one in a date is enough.

    One without an equal is told only where the other side has such a one too: “maandag” may well be “yesterday”.
    """
    mine, theirs = _of(kind, source), _of(kind, target)
    if not mine and not theirs:
        return Pairing((), ())
    here, there = _names(kind, source), _names(kind, target)
    by_name = {other.name: other for other in reversed(theirs)}
    same = [(one, by_name[one.name]) for one in mine if one.name in by_name]
    left = [one for one in mine if one.name not in there]
    extra = [other for other in theirs if other.name not in here]
    # Where a name is lost, the other side may have another one twice for it: “vrijdag … zaterdag”, “samedi … samedi”.
    wanted, present = [*left, *_repeated(mine, here, there)], [*extra, *_repeated(theirs, there, here)]
    told = min(len(wanted), len(present), max(len(left), len(extra)))
    differences = [
        Difference(Differs.DATES, one, other, weekday=kind is Kind.WEEKDAY)
        for one, other in zip(wanted[:told], present[:told], strict=True)
    ]
    differing = {id(one) for difference in differences for one in (difference.source, difference.target)}
    return Pairing(
        tuple(both for both in same if differing.isdisjoint(map(id, both))),
        tuple(differences),
        (*left[told:], *extra[told:]),
    )


def _repeated(these: Sequence[Statement], here: Counter[int | None], there: Counter[int | None]) -> Iterator[Statement]:
    """Yield the names that one side has oftener than the other, which has them too; the last of them first."""
    over = {name: here[name] - there[name] for name in here if there[name]}
    for one in reversed(these):
        if over.get(one.name, 0) > 0:
            over[one.name] -= 1
            yield one


def _names(kind: Kind, statements: Sequence[Statement]) -> Counter[int | None]:
    """Return how often a side names each weekday, or each month, in any way."""
    names = Counter(one.name for one in statements if one.kind is kind)
    if kind is Kind.WEEKDAY:
        return names + Counter(one.name for one in statements if one.kind is Kind.DATE and one.name is not None)
    return names + Counter(one.days[0].month for one in statements if one.days)
