"""What a source is filed by, and what a file's unit is called: worked out without a database, in any process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from service.domain.matching.identities import imported_identity
from service.domain.matching.postings import Ranking, posting_keys
from service.domain.matching.tokens import code_string, tokens_of
from service.domain.memory_files import FiledUnit
from service.domain.segmentation import source_hash
from service.domain.text import CodedText, InlineCode

Plain: TypeAlias = tuple[str, tuple[InlineCode, ...], tuple[tuple[str, str, str], ...]]


class Filing(NamedTuple):
    """What a source is filed by: its code string, and its keys by one version of its locale's ranking."""

    tokens: str
    keys: Sequence[int]
    version: int


class Called(NamedTuple):
    """What a unit is called: the hash of its source, and the identities of its targets in their order."""

    source_hash: str
    identities: tuple[str, ...]
    filing: Filing | None = None


def filing_of(source: CodedText, source_locale: str, ranking: Ranking) -> Filing:
    """Return what a source is filed by."""
    tokens = tokens_of(source)
    return Filing(code_string(tokens), posting_keys(tokens, source_locale, ranking), ranking.version)


def called(unit: FiledUnit, source_locale: str) -> Called:
    """Return what a unit of a file is called."""
    return _called(unit.source, [(each.locale, each.target, each.context) for each in unit.targets], source_locale)


def as_plain(unit: FiledUnit) -> Plain:
    """Return a unit as plain values, which go to another process five times as fast as the objects made of them."""
    targets = tuple((each.locale, each.target, each.context) for each in unit.targets)
    return unit.source.text, unit.source.codes, targets


def work_out(units: Sequence[Plain], source_locale: str, ranking: Ranking) -> list[Called]:
    """Return what units are called, with what their sources are filed by."""
    found: list[Called] = []
    for text, codes, targets in units:
        source = CodedText(text, codes)
        filing = filing_of(source, source_locale, ranking)
        found.append(_called(source, targets, source_locale)._replace(filing=filing))
    return found


def _called(source: CodedText, targets: Sequence[tuple[str, str, str]], source_locale: str) -> Called:
    filed_as = source_hash(source)
    identities = (
        imported_identity((source_locale, locale), filed_as, context, target) for locale, target, context in targets
    )
    return Called(filed_as, tuple(identities))
