"""Cutting blocks where people want it, and what becomes of the targets then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.compose import compose
from service.domain.cuts import Group, begins_of, best_places, cut_at, groups, is_place, places, retarget, stretch
from service.domain.segmentation import block_hash, segment_document
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode, Segment

CODES = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BREAK))
CODED = CodedText("Een zin. {1}Nog twee zin{/1}nen, hier.{2/}Drie.", CODES)


def document(content: CodedText, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    return Document((Block(kind, content),))


def cut(content: CodedText, *begins: int, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[Segment, ...]:
    return segment_document(document(content, kind), "nl", cuts={block_hash(content): begins})


def said(segments: tuple[Segment, ...]) -> list[str]:
    return [segment.source.text for segment in segments]


def test_a_block_is_cut_where_people_want_it_and_nowhere_else() -> None:
    assert ["Een zin.", "{1}Nog twee zin{/1}nen, hier.{2/}Drie."] == said(cut(CODED, 9))
    assert ["Een zin. {1}Nog{/1}", "{1}twee zin{/1}nen, hier.", "Drie."] == said(cut(CODED, 13, 32))
    assert 1 == len(cut(CODED))


@pytest.mark.parametrize("begin", [0, 5, 8, 500, -3])
def test_a_cut_where_no_word_begins_is_passed_over(begin: int) -> None:
    assert 1 == len(cut(CODED, begin))


def test_a_title_stays_whole_and_another_text_is_cut_by_the_rules() -> None:
    other = CodedText("Een zin. Twee zinnen.")

    assert 1 == len(cut(CODED, 9, kind=BlockKind.TITLE))
    assert 2 == len(segment_document(document(other), "nl", cuts={block_hash(CODED): ()}))


def test_where_segments_begin_is_counted_in_the_plain_text() -> None:
    spaced = CodedText("  Een zin.  Twee zinnen.")

    assert (0, 9, 32) == begins_of(CODED, segment_document(document(CODED), "nl"))
    assert (2, 12) == begins_of(spaced, segment_document(document(spaced), "nl"))


def test_groups_are_the_smallest_stretches_that_begin_and_end_alike() -> None:
    assert (Group((0, 1), (0, 1)), Group((1, 3), (1, 2)), Group((3, 4), (2, 4))) == groups(
        (0, 5, 9, 12), (0, 5, 12, 15)
    )
    assert [True, False, False] == [each.same for each in groups((0, 5, 9, 12), (0, 5, 12, 15))]


def test_joined_targets_read_as_they_were_composed_with_their_break() -> None:
    old = segment_document(document(CODED), "nl")

    whole = stretch(CODED, old, (1, 3))

    assert "{1}Nog twee zin{/1}nen, hier.{2/}Drie." == whole.text
    assert ("Encore {1}deux{/1}.{2/}Trois.",) == retarget(
        whole, (old[1:], ["Encore {1}deux{/1}.", "Trois."]), cut(CODED, 9)[1:], "fr"
    )


def test_a_pair_that_was_cut_is_one_again() -> None:
    old = cut(CODED, 13, 32)

    joined = retarget(stretch(CODED, old, (0, 2)), (old[:2], ["Un {1}deux{/1}", "{1}trois{/1} ici."]), old[:1], "fr")

    assert ("Un {1}deux trois{/1} ici.",) == joined


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Une phrase courte. Et une autre, bien plus longue, qui suit.", "Une phrase courte."),
        ("D’abord une phrase, et puis une autre", "D’abord une phrase,"),
        ("un deux trois quatre", "un deux"),
        ("un", "un"),
        ("", ""),
    ],
)
def test_a_target_is_divided_at_a_sentence_before_a_clause_before_a_word(target: str, expected: str) -> None:
    new = Segment(0, CodedText("aaaa bbbb")), Segment(0, CodedText("cccc dddd"))
    old = (Segment(0, CodedText("aaaa bbbb cccc dddd")),)

    first, second = retarget(old[0].source, (old, [target]), new, "fr")

    assert (expected, target.removeprefix(expected).strip()) == (first, second)


def test_of_several_sentence_ends_the_one_that_goes_with_the_source_is_taken() -> None:
    text = CodedText("Un. Deux mots. Trois mots ici. Quatre mots encore ici.")

    assert (4,) == best_places(text, "fr", ["a", "b" * 12])
    assert (31,) == best_places(text, "fr", ["a" * 6, "b" * 6])
    assert (4, 15) == best_places(text, "fr", ["a", "b", "c" * 30])


def test_a_chosen_place_counts_and_white_space_there_goes() -> None:
    coded = CodedText("Un {1}deux  trois{/1}.", CODES)

    assert ("Un {1}deux{/1}", "{1}trois{/1}.") == cut_at(coded, [9])
    assert [(3, "Un"), (9, "Un deux")] == [(place.at, place.before) for place in places(coded)]
    assert [True, False, False] == [is_place(coded, at) for at in (9, 8, 0)]


WORDS = st.lists(st.sampled_from(["Een", "twee,", "drie.", "vijf?"]), min_size=2, max_size=12)


@given(WORDS, st.data())
def test_a_join_or_a_split_leaves_the_composed_text_as_it_was(words: list[str], data: st.DataObject) -> None:
    content = CodedText(" ".join([*words, "zes {1}of.{2/}Zeven{/1} acht."]), CODES)
    every = [place.at for place in places(content)]
    before = data.draw(st.sets(st.sampled_from(every)))
    old, new = cut(content, *before), cut(content, *(before ^ {data.draw(st.sampled_from(every))}))
    targets = [segment.source.text for segment in old]
    found: list[str] = []

    for group in groups(begins_of(content, old), begins_of(content, new)):
        part = slice(*group.old)
        whole = stretch(content, old, group.old)
        found += retarget(whole, (old[part], targets[part]), new[slice(*group.new)], "fr")

    assert len(old) != len(new)
    assert compose(document(content), old, targets) == compose(document(content), new, found)
