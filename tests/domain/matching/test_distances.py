from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.matching.distances import WORD, distance, distances, weight
from service.domain.matching.tokens import Token, tokens_of
from service.domain.text import CodedText, CodeKind, InlineCode

PIECES = ["de", "De", "brug", "bruggen", "brugge", "wandelaar", "wandelaars", "12", "13,5", "www.brug.be", "{1}x{/1}"]
MARKS = [".", "!", "'", "\u2019", "\u2026", "..."]
TEXTS = st.lists(st.sampled_from(PIECES + MARKS), max_size=10)


def cut(pieces: Sequence[str]) -> tuple[Token, ...]:
    text = " ".join(pieces)
    while text.count("{1}") > 1:
        text = text.replace("{1}x{/1}", "x", 1)
    codes = (InlineCode(1, CodeKind.BOLD),) if "{1}" in text else ()
    return tokens_of(CodedText(text, codes))


def all_ways(one: Sequence[Token], other: Sequence[Token]) -> int:
    """Return the cost of the cheapest of all ways, as the definition says it."""

    @cache
    def cost(mine: int, theirs: int) -> int:
        if mine == len(one) or theirs == len(other):
            return weight(one[mine:]) + weight(other[theirs:])
        left, right = one[mine], other[theirs]
        change = distance([left], [right])
        return min(
            change + cost(mine + 1, theirs + 1),
            weight([left]) + cost(mine + 1, theirs),
            weight([right]) + cost(mine, theirs + 1),
        )

    return cost(0, 0)


@given(TEXTS, TEXTS)
def test_a_distance_is_the_cheapest_of_all_ways(one: list[str], other: list[str]) -> None:
    left, right = cut(one), cut(other)

    assert all_ways(left, right) == distance(left, right) == distance(right, left)


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=5).filter(any))
def test_distances_of_many_are_those_of_each(one: list[str], others: list[list[str]]) -> None:
    mine, theirs = cut(one), [cut(other) for other in others]

    assert [distance(mine, each) for each in theirs] == distances(mine, theirs)


@given(TEXTS, TEXTS)
def test_of_long_segments_a_way_is_taken_that_may_cost_more(one: list[str], other: list[str]) -> None:
    left, right = cut(one), cut(other)
    cheapest, all_of_both = distance(left, right), weight(left) + weight(right)
    long = pytest.MonkeyPatch()
    with long.context() as patch:
        patch.setattr("service.domain.matching.distances.LONGEST", 0)
        found = distance(left, right)
        assert [found] == (distances(left, [right]) if right else [found])

    assert cheapest <= found <= all_of_both
    assert (found == 0) is (cheapest == 0)


def test_a_segment_as_long_as_can_be_takes_no_memory_to_speak_of() -> None:
    one = cut([f"woord{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" if n % 9 else "," for n in range(4_000)])
    others = [one[n:] + one[:n] for n in range(12)]
    tracemalloc.start()
    try:
        found = distances(one, others)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert ([0], True) == (found[:1], max(found) < weight(one) // 10)
    assert most < 100e6


def test_what_a_change_costs() -> None:
    changes = {
        ("brug", "brug"): 0,
        ("de", "De"): 3,
        ("wandelaar", "wandelaars"): 10,
        ("brug", "dijk"): WORD,
        ("12", "13,5"): 10,
        (".", "!"): 4,
        ("12", "brug"): WORD,
    }
    for (one, other), cost in changes.items():
        assert cost == distance(cut([one]), cut([other])), (one, other)
        assert [cost] == distances(cut([one]), [cut([other])]), (one, other)
