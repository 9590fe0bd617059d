"""The table of a release's facts: a row for each number, date, name and link, a column for each language.

A fact that stands in several segments is one row. What the facts of a segment are, and what became of each in its
translation, is told in the package `facts`; here they are put together over the whole release.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from service.domain.checks.base import Severity, Span
from service.domain.facts.held import Outcome, State, outcomes
from service.domain.facts.segment_text import FactHere, FactKind, SegmentText, Stretch, facts_in
from service.domain.inline import codes_used
from service.domain.text import CodedText

# Keys of rows that only translations have: such a row is not the row of the same fact in the source.
ONLY_IN_TRANSLATION = "only:"
_WORST_FIRST = (State.DIFFERENT, State.MISSING, State.SAME)
_BLOCKING = frozenset(
    {FactKind.NUMBER, FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DATE, FactKind.TIME, FactKind.LINK}
)


@dataclass(frozen=True, slots=True)
class Version:
    """A translation: its locale, and the target of each segment of the source, None or empty where there is none."""

    locale: str
    targets: Sequence[str | None]


class Place(NamedTuple):
    """A stretch of a segment: the segment's index in the release, and where in its coded text."""

    segment: int
    span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A fact in one language: how it is written there, each way once, and every place where it stands."""

    state: State
    spellings: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing is wrong: what is not translated yet says nothing wrong."""
        return self.state in {State.SAME, State.AWAITED}


@dataclass(frozen=True, slots=True)
class Row:
    """A fact of the release in every language.

    `key` is the same in every run and whatever the spelling; `spelling` and `places` are the source's, empty where only
    a translation has the fact. `severity` is what it weighs that some cell does not agree, None where all do.
    """

    kind: FactKind
    key: str
    spelling: str
    places: tuple[Place, ...]
    cells: Mapping[str, Cell]
    severity: Severity | None = None

    @property
    def agrees(self) -> bool:
        """Whether every language says the same."""
        return self.severity is None


@dataclass(slots=True)
class _Gathered:
    """What is known of a row while the segments are gone through."""

    kind: FactKind
    spelling: str = ""
    places: list[Place] = field(default_factory=list)
    outcomes: dict[str, list[tuple[int, Outcome]]] = field(default_factory=lambda: defaultdict(list))


def fact_matrix(source: Sequence[CodedText], source_locale: str, versions: Sequence[Version]) -> tuple[Row, ...]:
    """Return the rows: those of the source in the order of the text, then those that only translations have.

    The targets of each version stand in the order of the source's segments.
    """
    texts = [SegmentText(coded, source_locale) for coded in source]
    found = [facts_in(text) for text in texts]
    whole = _whole_dates(fact for facts in found for fact in facts)
    rows: dict[str, _Gathered] = {}
    for segment, facts in enumerate(found):
        for fact in facts:
            row = rows.setdefault(whole.get(fact.key, fact.key), _Gathered(fact.kind, fact.at.text))
            row.places.append(_place(segment, fact.at))
    for version in versions:
        for segment, (text, target) in enumerate(zip(texts, version.targets, strict=True)):
            for outcome in _outcomes(text, target, version.locale):
                row = rows.setdefault(*_row_of(outcome, whole))
                row.outcomes[version.locale].append((segment, outcome))
    locales = [version.locale for version in versions]
    return tuple(_row(key, row, locales) for key, row in rows.items())


def _outcomes(source: SegmentText, target: str | None, locale: str) -> list[Outcome]:
    there = SegmentText(CodedText(target or "", codes_used(target or "", source.coded.codes)), locale)
    return [] if there.is_empty else list(outcomes(source, there))


def _row_of(outcome: Outcome, whole: Mapping[str, str]) -> tuple[str, _Gathered]:
    """Return the key of the row that an outcome belongs to, and that row as it is before it has anything."""
    if outcome.fact is not None:
        key = whole.get(outcome.fact.key, outcome.fact.key)
        return key, _Gathered(outcome.fact.kind, outcome.fact.at.text)
    if outcome.there is None:
        message = "an outcome belongs to a fact of one side at least"
        raise ValueError(message)
    return ONLY_IN_TRANSLATION + outcome.there.key, _Gathered(outcome.there.kind)


def _whole_dates(facts: Iterable[FactHere]) -> dict[str, str]:
    """Return for each date without a year the key of the same day with its year, where the release has only one."""
    dates = {fact.key for fact in facts if fact.key.startswith("date:")}
    by_day: dict[str, list[str]] = defaultdict(list)
    for key in dates:
        by_day["date:" + key[-len("00-00") :]].append(key)
    return {
        day: full[0]
        for day, keys in by_day.items()
        if day in dates and len(full := [key for key in keys if key != day]) == 1
    }


def _row(key: str, row: _Gathered, locales: Sequence[str]) -> Row:
    cells = {locale: _cell(row, locale) for locale in locales}
    return Row(row.kind, key, row.spelling, tuple(row.places), cells, _severity(row))


def _cell(row: _Gathered, locale: str) -> Cell:
    held = row.outcomes.get(locale, [])
    if not held:
        return Cell(State.AWAITED if row.places else State.SAME)
    states = {outcome.state for _, outcome in held}
    there = [(segment, outcome.there) for segment, outcome in held if outcome.there is not None]
    return Cell(
        next(state for state in _WORST_FIRST if state in states),
        tuple(dict.fromkeys(fact.at.text for _, fact in there)),
        tuple(dict.fromkeys(_place(segment, fact.at) for segment, fact in there)),
    )


def _severity(row: _Gathered) -> Severity | None:
    """Return what it weighs that a language does not agree; a word that is left out asks for a look, no more."""
    wrong = [outcome for held in row.outcomes.values() for _, outcome in held if outcome.state is not State.SAME]
    if not wrong:
        return None
    if row.kind in _BLOCKING:
        lost_words = all(one.state is State.MISSING and one.fact is not None and one.fact.soft for one in wrong)
        return Severity.WARNING if lost_words else Severity.ERROR
    if row.kind is FactKind.QUOTE or all(one.state is State.MISSING for one in wrong):
        return Severity.INFO
    return Severity.WARNING


def _place(segment: int, at: Stretch) -> Place:
    return Place(segment, Span(at.start, at.end))
