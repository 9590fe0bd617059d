"""The facts of one text of a release, source or target, each with a key that is the same however it is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from service.domain.acronyms import Acronym, acronyms_of
from service.domain.addresses import Address, addresses_of
from service.domain.facts.statements import Kind, Statement, statements_of
from service.domain.facts.units import Unit
from service.domain.inline import TokenKind, parse_markers, plain
from service.domain.locales import language_of
from service.domain.names import Name, names_of
from service.domain.numerals import Weight
from service.domain.quotations import quotations_of
from service.domain.text import CodedText

_BLANK = "\ufffc"
_MINUTES = 60
_LONGEST_QUOTE_KEY = 80


class FactKind(StrEnum):
    """What a fact is."""

    NUMBER = "number"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DATE = "date"
    TIME = "time"
    NAME = "name"
    ACRONYM = "acronym"
    QUOTE = "quote"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a coded text as a reader sees it, without markers; offsets in characters, markers counted."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FactHere:
    """A fact in a segment; a `soft` one is a word that a translator may leave out.

    `key` is the same for every way to write it.
    """

    kind: FactKind
    key: str
    at: Stretch
    soft: bool = False


class SegmentText:
    """A source or a target with what is read from it once, however many it is held against."""

    def __init__(self, coded: CodedText, locale: str) -> None:
        """Take a text in a language."""
        self.coded, self.locale = coded, locale

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.blanked.strip(f" \u00a0\u202f\n\t{_BLANK}")

    @cached_property
    def blanked(self) -> str:
        """The text with its markers blanked, every other character at its own offset."""
        return "".join(_BLANK * len(token.text) if token.code else token.text for token in parse_markers(self.coded))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What it states."""
        return statements_of(self.blanked, self.locale)

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """The pages, mailboxes and telephones in it."""
        return addresses_of(self.blanked)

    @cached_property
    def links(self) -> tuple[FactHere, ...]:
        """Its addresses, and what its link codes lead to."""
        found = [_link(one.key, one.start, one.end, one.text) for one in self.addresses]
        at = 0
        for token in parse_markers(self.coded):
            end = at + len(token.text)
            if token.kind is TokenKind.OPEN and token.code is not None and token.code.href:
                found.append(_link(token.code.href, at, end, token.code.href))
            at = end
        return tuple(sorted(found, key=lambda fact: fact.at.start))

    @cached_property
    def quotes(self) -> tuple[FactHere, ...]:
        """The quotations that stand in no other."""
        found = []
        for one in quotations_of(self.blanked, self.addresses).pairs:
            if not one.depth:
                key = " ".join(self.blanked[one.opening + 1 : one.closing].replace(_BLANK, "").lower().split())
                stretch = self._stretch(one.opening, one.closing + 1)
                found.append(FactHere(FactKind.QUOTE, f"quote:{key[:_LONGEST_QUOTE_KEY]}", stretch))
        return tuple(found)

    @cached_property
    def names(self) -> tuple[tuple[FactHere, Name], ...]:
        """Its names of several words, but for those of institutions and those that a date or an address is made of."""
        found = (
            name
            for name in names_of(self.blanked, self.locale)
            if name.is_full and not name.is_translated(language_of(self.locale))
        )
        return tuple((self._named(FactKind.NAME, name), name) for name in found if not self._is_taken(name))

    @cached_property
    def acronyms(self) -> tuple[tuple[FactHere, Acronym], ...]:
        """Its acronyms, but for those that a date or an address is made of."""
        found = acronyms_of(self.blanked, self.locale)
        return tuple((self._named(FactKind.ACRONYM, one), one) for one in found if not self._is_taken(one))

    @cached_property
    def _taken(self) -> frozenset[int]:
        stretches = [(one.start, one.end) for one in self.statements] + [(one.start, one.end) for one in self.addresses]
        return frozenset(at for start, end in stretches for at in range(start, end))

    def _is_taken(self, one: Name | Acronym) -> bool:
        return one.start in self._taken or one.end - 1 in self._taken

    def _named(self, kind: FactKind, one: Name | Acronym) -> FactHere:
        return FactHere(kind, f"{kind}:{one.key}", self._stretch(one.start, one.end))

    def _stretch(self, start: int, end: int) -> Stretch:
        return Stretch(start, end, plain(CodedText(self.coded.text[start:end], self.coded.codes)))

    def fact(self, statement: Statement) -> FactHere:
        """Return a statement as a fact."""
        stretch = self._stretch(statement.start, statement.end)
        kind, key = _kind_and_key(statement, stretch.text)
        return FactHere(kind, key, stretch, soft=statement.weight is not Weight.FIGURES)


def facts_in(source: SegmentText) -> list[FactHere]:
    """Return the facts of a source in the order of the text."""
    stated = [source.fact(one) for one in source.statements if is_shown(one)]
    names = [fact for fact, _ in (*source.names, *source.acronyms)]
    return sorted([*stated, *names, *source.links, *source.quotes], key=lambda fact: fact.at.start)


def is_shown(statement: Statement) -> bool:
    """Tell whether a statement is a fact to be shown: not the “een” and “beide” that only answer to a figure."""
    return statement.weight is not Weight.DOUBTFUL or statement.kind is Kind.TIME or statement.power is not None


def _link(key: str, start: int, end: int, written: str) -> FactHere:
    return FactHere(FactKind.LINK, f"link:{key}", Stretch(start, end, written))


def _kind_and_key(statement: Statement, written: str) -> tuple[FactKind, str]:
    """Return what a statement is to a reader, and a key that is the same however it is written."""
    if statement.kind is Kind.TIME:
        hour, minute = divmod(statement.minutes or 0, _MINUTES)
        return FactKind.TIME, f"time:{hour:02d}:{minute:02d}"
    if statement.kind is Kind.DATE:
        day = statement.days[0]
        year = f"{day.year:04d}-" if day.year else ""
        return FactKind.DATE, f"date:{year}{day.month:02d}-{day.day:02d}"
    if statement.kind is Kind.WEEKDAY:
        return FactKind.DATE, f"weekday:{statement.name}"
    if statement.kind is Kind.MONTH:
        return FactKind.DATE, f"month:{statement.name}"
    value = _plainly(statement.amount) if statement.amount is not None else "".join(written.split())
    if statement.kind is Kind.PERCENTAGE:
        point = "-point" if statement.unit is Unit.PERCENTAGE_POINT else ""
        return FactKind.PERCENTAGE, f"percentage{point}:{value}"
    if statement.kind is Kind.AMOUNT:
        return FactKind.AMOUNT, f"amount:{value}:{statement.unit}"
    return FactKind.NUMBER, f"number:{value}"


def _plainly(value: Decimal) -> str:
    """Return a value without grouping, exponent or noughts behind."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
