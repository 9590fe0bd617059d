"""Terms as values: what a concept is called in a pair of languages, and where one of its terms stands in a text.

Which words are forms of which is told in `term_keys`, how a text is searched in `term_base`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TermStatus(StrEnum):
    """What the office says of a term: to be used, fit as well, out of use, never to be used."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class TargetTerm:
    """What a concept is called in the target language; `forms` are spellings of it that no rule finds.

    `gender` is the word's own, one of `concepts.GENDERS`, where the office tells it.
    """

    text: str
    status: TermStatus = TermStatus.PREFERRED
    forms: tuple[str, ...] = ()
    case_sensitive: bool = False
    gender: str | None = None

    @property
    def is_fit(self) -> bool:
        """Tell whether it may be used."""
        return self.status in (TermStatus.PREFERRED, TermStatus.ADMITTED)


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A term of the source language, with what its concept is called in the target language.

    `forms` are spellings that no rule finds; a term that is not translated stays as it is written. `status` is what
    the office says of the source's own word, which authors may write all the same; `gender` is the word's or, for the
    name of a person, the person's.
    """

    concept: str
    text: str
    targets: tuple[TargetTerm, ...] = ()
    forms: tuple[str, ...] = ()
    case_sensitive: bool = False
    do_not_translate: bool = False
    status: TermStatus = TermStatus.PREFERRED
    gender: str | None = None

    @property
    def preferred(self) -> str:
        """The one to use, or the empty string where there is none."""
        if self.do_not_translate:
            return self.text
        return next((target.text for target in self.targets if target.status is TermStatus.PREFERRED), "")

    @property
    def admitted(self) -> tuple[str, ...]:
        """The others that are fit."""
        return tuple(target.text for target in self.targets if target.status is TermStatus.ADMITTED)


@dataclass(frozen=True, slots=True)
class TermHit:
    """Where a term stands: from `start` to `end` in the coded text, which is `text` without markers.

    `exact` tells that it is spelled as in the term base, but for capitals. A hit in a compound is a hint: only the
    end of the word is the term.
    """

    start: int
    end: int
    text: str
    term: SourceTerm
    exact: bool = True
    compound: bool = False
