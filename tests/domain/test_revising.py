from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from service.domain.revising import Fate, SegmentText, segment_changes


def texts(*lines: str) -> list[SegmentText]:
    return [SegmentText(line, line) for line in lines]


def told(old: list[SegmentText], new: list[SegmentText]) -> list[tuple[str, int | None, int | None]]:
    return [(each.fate.value, each.old, each.new) for each in segment_changes(old, new)]


def test_a_segment_is_kept_changed_added_or_removed() -> None:
    old = texts("De brug kost 25 miljoen.", "Dit gaat weg.", "De burgemeester knipt het lint door.")
    new = texts("De brug kost 26 miljoen.", "De burgemeester knipt het lint door.", "Iedereen welkom op zondag")

    assert [("changed", 0, 0), ("removed", 1, None), ("kept", 2, 1), ("added", None, 2)] == told(old, new)


def test_what_only_moved_is_kept_and_what_stood_before_all_else_goes_first() -> None:
    assert [("removed", 0, None), ("kept", 2, 0), ("kept", 1, 1)] == told(texts("weg", "b", "a"), texts("a", "b"))


def test_of_equal_segments_as_many_are_kept_as_there_were() -> None:
    assert Counter(kept=2, added=1) == Counter(fate for fate, _, _ in told(texts("x", "x"), texts("x", "x", "x")))


LINES = st.lists(st.sampled_from(["a b c d", "a b c e", "f g", "f h", "a", "x y z", ""]), max_size=9)


@given(LINES, LINES)
def test_every_segment_has_one_fate_and_the_new_text_keeps_its_order(one: list[str], other: list[str]) -> None:
    changes = segment_changes(texts(*one), texts(*other))

    assert list(range(len(other))) == [each.new for each in changes if each.new is not None]
    assert list(range(len(one))) == sorted(each.old for each in changes if each.old is not None)
    kept = [each for each in changes if each.fate is Fate.KEPT]
    assert (Counter(one) & Counter(other)).total() == len(kept)
    assert all(one[each.old or 0] == other[each.new or 0] for each in kept)
