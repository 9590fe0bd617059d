"""What a planted error is, and how a place for it is found that no marker and no address covers."""

# ruff: noqa: RUF001 - typographic marks are what is planted

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias, TypeVar

from benchmarks.checks.texts import Sample
from service.domain.text import CodedText

_T = TypeVar("_T")
_COVERED = re.compile(r"\{/?[0-9]+/?\}|(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+")
_ENDING = re.compile(r"[\s.!?…\"”“»’'\u00a0\u202f]*$")


@dataclass(frozen=True, slots=True)
class Plant:
    """A pair before and after the damage: `whole` is a good target for `source`, `damaged` the same with one error.

    `added` tells that the text had no place for the error and was given one.
    """

    source: CodedText
    whole: str
    damaged: str
    added: bool = False


Planter: TypeAlias = Callable[[Sample, Random], Plant | None]


def places(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the matches that no marker and no address covers."""
    covered = [found.span() for found in _COVERED.finditer(text)]
    return [
        found
        for found in pattern.finditer(text)
        if not any(start < found.end() and found.start() < end for start, end in covered)
    ]


def chosen(options: Sequence[_T], chance: Random) -> _T | None:
    """Return one of the options, or None where there is none."""
    return chance.choice(options) if options else None


def put(text: str, found: re.Match[str], new: str) -> str:
    """Return the text with something else in a match's place."""
    return text[: found.start()] + new + text[found.end() :]


def damage(sample: Sample, found: re.Match[str] | None, new: str) -> Plant | None:
    """Return the sample with something else in a match's place, or None where that changes nothing."""
    if found is None or found[0] == new:
        return None
    return Plant(sample.source, sample.target, put(sample.target, found, new))


def with_remark(text: str, remark: str) -> str:
    """Return the text with a remark in brackets behind its last word, before the end mark."""
    ending = _ENDING.search(text)
    at = ending.start() if ending else len(text)
    return f"{text[:at]} ({remark}){text[at:]}"


def remarked(sample: Sample, ours: str, theirs: str, damaged: str) -> Plant:
    """Return a plant whose error stands in a remark that both sides are given."""
    return Plant(
        CodedText(with_remark(sample.source.text, ours), sample.source.codes),
        with_remark(sample.target, theirs),
        with_remark(sample.target, damaged),
        added=True,
    )
