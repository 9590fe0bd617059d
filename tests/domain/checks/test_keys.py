from __future__ import annotations

import pytest

from service.domain.checks import Finding, Severity, Span
from service.domain.checks.keys import KEY_CHARACTERS, finding_keys, pair_digest

SPACE = Finding("spaces", Severity.WARNING, "Two spaces.", {"n": 2}, target_span=Span(3, 5))


@pytest.mark.parametrize(
    "other, same",
    [
        (Finding("spaces", Severity.ERROR, "Two spaces.", {"n": 2}, target_span=Span(8, 10), fix=" "), True),
        (Finding("spaces", Severity.WARNING, "Two spaces.", {"n": 3}), False),
        (Finding("spaces", Severity.WARNING, "Three spaces.", {"n": 2}), False),
        (Finding("edges", Severity.WARNING, "Two spaces.", {"n": 2}), False),
    ],
)
def test_a_finding_is_known_by_what_it_says(other: Finding, *, same: bool) -> None:
    assert same == (finding_keys([SPACE]) == finding_keys([other]))


def test_the_order_of_facts_says_nothing() -> None:
    one, other = ({"a": 1, "b": 2}, {"b": 2, "a": 1})

    assert finding_keys([Finding("c", Severity.INFO, "t", one)]) == finding_keys(
        [Finding("c", Severity.INFO, "t", other)]
    )


def test_two_of_the_same_are_two() -> None:
    keys = finding_keys([SPACE, SPACE])

    assert 2 == len(set(keys))
    assert keys[:1] == finding_keys([SPACE])
    assert {KEY_CHARACTERS} == {len(key) for key in keys}


def test_a_digest_is_of_both_texts() -> None:
    assert pair_digest("ab", "c") != pair_digest("a", "bc")
    assert pair_digest("a", "b") == pair_digest("a", "b")
