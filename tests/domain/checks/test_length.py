from __future__ import annotations

import pytest

from service.domain.checks.base import Pair, Severity
from service.domain.checks.length import Length
from service.domain.text import CodedText

USUAL = {"fr": 1.00, "de": 1.01, "en": 0.85}


def findings(source: int, target: int, locale: str) -> list[str]:
    pair = Pair(CodedText("x" * source), "x" * target, "nl", locale)
    return [str(found) for found in Length().find(pair)]


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
@pytest.mark.parametrize("ratio", [0.55, 0.8, 1.0, 1.25, 1.85])
def test_usual_lengths_pass(locale: str, ratio: float) -> None:
    assert [] == findings(200, round(200 * USUAL[locale] * ratio), locale)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
@pytest.mark.parametrize("ratio, word", [(0.1, "shorter"), (0.5, "shorter"), (2.0, "longer"), (10, "longer")])
def test_unusual_lengths_are_told_with_both_counts(locale: str, ratio: float, word: str) -> None:
    target = round(200 * USUAL[locale] * ratio)

    (sentence,) = findings(200, target, locale)

    assert f"The translation is much {word} than the source: {target} characters for 200." == sentence


def test_a_short_segment_may_differ_more() -> None:
    assert [] == findings(10, 30, "fr")
    assert [] != findings(100, 300, "fr")


def test_a_short_segment_may_not_differ_without_bound() -> None:
    assert [] != findings(10, 300, "fr")


@pytest.mark.parametrize("source, target", [(0, 10), (10, 0)])
def test_an_empty_side_has_no_ratio(source: int, target: int) -> None:
    assert [] == findings(source, target, "fr")


def test_length_only_warns() -> None:
    (found,) = Length().find(Pair(CodedText("x" * 10), "x" * 900, "nl", "fr"))

    assert ("length", Severity.WARNING) == (found.code, found.severity)
