"""What a check is, what it looks at and what it reports.

Each check stands in a module of its own; which of them run, and in what order, is told in the package. Whether a
finding blocks an approval is for the gates, and how its sentence is translated for the entrances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from service.domain.addresses import Address, addresses_of
from service.domain.facts.differences import Pairing
from service.domain.facts.pairing import pair as hold_against
from service.domain.facts.statements import statements_of
from service.domain.inline import parse_markers, plain
from service.domain.term_base import TermBase
from service.domain.term_targets import TargetText
from service.domain.terms import TermHit
from service.domain.text import CodedText

# A character that is neither a letter, a digit nor a space: a blanked marker parts no word and joins no number.
BLANK = "\ufffc"


class Severity(StrEnum):
    """How much a finding weighs: an error blocks approval, a warning asks for a look, the rest is information."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(NamedTuple):
    """A stretch of a coded text: offsets in characters, markers counted, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports about one pair of source and target.

    `template` is an English sentence with places for `facts`. `fix`, where one is certain, is the text that belongs
    in place of `target_span`.
    """

    code: str
    severity: Severity
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    source_span: Span | None = None
    target_span: Span | None = None
    fix: str | None = None

    def __str__(self) -> str:
        """Return the English sentence with its facts filled in."""
        return self.template % self.facts if self.facts else self.template


class FrenchSpacing(StrEnum):
    """The space that an office's French has before ; ! ?: U+00A0, or U+202F, which is narrow."""

    NO_BREAK = "no-break"
    NARROW = "narrow"


@dataclass(frozen=True)
class Rules:
    """What an office adds to the rules: its terms for the pair of locales, its French, its own severities.

    `severities` names by a check's code what its findings weigh in this office; None silences the check.
    """

    terms: TermBase | None = None
    french_spacing: FrenchSpacing = FrenchSpacing.NO_BREAK
    severities: Mapping[str, Severity | None] = field(default_factory=dict)


NO_RULES = Rules()


@dataclass(frozen=True)
class Pair:
    """A segment's source and target with their locales, and what several checks need to know about them."""

    source: CodedText
    target: str
    source_locale: str
    target_locale: str
    rules: Rules = NO_RULES

    @cached_property
    def source_plain(self) -> str:
        """The source without markers."""
        return plain(self.source)

    @cached_property
    def target_plain(self) -> str:
        """The target without markers."""
        return plain(CodedText(self.target, self.source.codes))

    @cached_property
    def source_blanked(self) -> str:
        """The source with its markers blanked, every other character at its own offset."""
        return _blanked(self.source)

    @cached_property
    def target_blanked(self) -> str:
        """The target with its markers blanked, every other character at its own offset."""
        return _blanked(CodedText(self.target, self.source.codes))

    @cached_property
    def facts(self) -> Pairing:
        """What the two sides state, held against each other."""
        source = statements_of(self.source_blanked, self.source_locale)
        return hold_against(source, statements_of(self.target_blanked, self.target_locale))

    @cached_property
    def source_addresses(self) -> tuple[Address, ...]:
        """The pages, mailboxes and telephones in the source."""
        return addresses_of(self.source_blanked)

    @cached_property
    def target_addresses(self) -> tuple[Address, ...]:
        """The pages, mailboxes and telephones in the target."""
        return addresses_of(self.target_blanked)

    @cached_property
    def term_hits(self) -> tuple[TermHit, ...]:
        """The terms in the source; none where the office has no term base for the pair of locales."""
        return self.rules.terms.find(self.source) if self.rules.terms else ()

    @cached_property
    def target_text(self) -> TargetText:
        """The target, to look for terms in."""
        return TargetText(CodedText(self.target, self.source.codes), self.target_locale)


class Check(Protocol):
    """One rule. `code` is stable and unique; every finding of the check bears it."""

    @property
    def code(self) -> str:
        """The name for programs, such as `numbers`."""

    @property
    def severity(self) -> Severity:
        """What the check's findings weigh."""

    def find(self, pair: Pair) -> Iterable[Finding]:
        """Yield what is wrong, in the order of the text."""


class DocumentCheck(Protocol):
    """A rule about a whole version, which no segment can be held to alone."""

    @property
    def code(self) -> str:
        """The name for programs, such as `inconsistent`."""

    @property
    def severity(self) -> Severity:
        """What the check's findings weigh."""

    def find(self, pairs: Sequence[Pair]) -> Iterable[tuple[int, Finding]]:
        """Yield what is wrong, each with the place of its pair; `pairs` are the segments in the order of the text."""


def _blanked(coded: CodedText) -> str:
    return "".join(BLANK * len(token.text) if token.code else token.text for token in parse_markers(coded))
