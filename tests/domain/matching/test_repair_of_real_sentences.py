"""Real sentences in four languages: with another number in the source, what is mended says it, or nothing is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain.checks.base import Pair
from service.domain.facts.parts import Fact, facts_of
from service.domain.matching.repair import repair
from service.domain.text import CodedText

SENTENCES = Path(__file__).resolve().parents[4] / "shared" / "data" / "ntrex"
LOOKED_AT = 250
LEAST_MENDED = 0.25
pytestmark = pytest.mark.skipif(not SENTENCES.is_dir(), reason="the aligned news sentences are not on this machine")


def other(fact: Fact) -> str:
    """Return another number, with other figures in the same places."""
    return re.sub("[0-9]", lambda found: str(int(found[0]) % 9 + 1), fact.text)


def varied(locale: str) -> Iterator[tuple[str, str, str]]:
    """Yield a sentence, the same with one other number, and its translation."""
    columns = ((SENTENCES / f"{name}.txt").read_text().splitlines()[:LOOKED_AT] for name in ("nl", locale))
    for source, target in zip(*columns, strict=True):
        for fact in facts_of(source, "nl"):
            if fact.numeral is not None and fact.text[0].isdigit():
                yield source, source[: fact.start] + other(fact) + source[fact.end :], target


def findings(source: str, target: str, locale: str) -> int:
    return len(Pair(CodedText(source), target, "nl", locale).facts.differences)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_what_is_mended_has_no_more_to_find_than_before(locale: str) -> None:
    asked = list(varied(locale))
    mended = 0
    for source, wanted, target in asked:
        found = repair(CodedText(wanted), CodedText(source), target, pair=("nl", locale), find_terms=lambda _coded: ())
        if found is not None:
            mended += 1
            assert findings(wanted, found.target, locale) <= findings(source, target, locale), (wanted, found.target)

    assert mended > LEAST_MENDED * len(asked)
