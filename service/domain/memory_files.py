"""What a file brings for the memory: sources with their targets, and what of it cannot be taken, each with its line.

`formats.tmx` reads and writes these; which of them the memory lacks is for `queries.memory_import`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, TypeVar

from service.domain.errors import DeskError, Reason
from service.domain.text import CodedText

LONGEST_TEXT = 20_000  # characters, as a person may type
LONGEST_COLLECTION = 200
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class FiledTarget:
    """A target in one of the office's locales, with the markers of its source's codes.

    `approved_at` is None where the file does not date it; `confirmed` is False for what a machine wrote; `context`
    stands for its neighbours, where one of our own files tells of them.
    """

    locale: str
    target: str
    approved_at: datetime | None = None
    confirmed: bool = True
    context: str = ""


@dataclass(frozen=True, slots=True)
class FiledUnit:
    """A source with at least one target; `line` is where its unit begins in the file."""

    line: int
    source: CodedText
    targets: tuple[FiledTarget, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not taken: the line that its unit begins on, why, and of which text where not of the whole."""

    line: int
    reason: Reason
    locale: str = ""


Filed: TypeAlias = FiledUnit | LeftOut


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a target of the memory came from, as a file may tell; None and "" where there is nothing to tell."""

    release_id: str | None = None
    revision: int | None = None
    collection: str = ""
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class KeptTarget:
    """A target that is written to a file, and where it came from."""

    target: FiledTarget
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A source of the memory with all its targets, in the order of their units."""

    source_locale: str
    source: CodedText
    targets: tuple[KeptTarget, ...]


def in_parts(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """Yield the values in lists of at most `size`; what was read before an error is yielded before it is raised."""
    part: list[Value] = []
    try:
        for value in values:
            part.append(value)
            if len(part) == size:
                yield part
                part = []
    except DeskError:
        if part:
            yield part
        raise
    if part:
        yield part


def nearest_locale(tag: str, locales: Sequence[str]) -> str | None:
    """Return the office's locale for a tag: the very same, or else the first of its language; None for neither."""
    if tag in locales:
        return tag
    language = tag.partition("-")[0]
    return next((locale for locale in locales if locale.partition("-")[0] == language), None)


def locales_in(units: Iterable[FiledUnit]) -> Collection[str]:
    """Return the locales that units have targets in."""
    return {target.locale for unit in units for target in unit.targets}
