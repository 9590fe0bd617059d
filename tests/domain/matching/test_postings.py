from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.domain.matching.postings import (
    ALIKE,
    Ranking,
    asked_ranges,
    filed_words,
    most_frequent,
    posting_keys,
    same_stems,
    shared_words,
)
from service.domain.matching.tokens import Kind, Token, tokens_of
from service.domain.text import CodedText

WORDS = [f"woord{letter}" for letter in "abcdefghijklmnopqrst"]
RANKINGS = st.permutations(WORDS).map(lambda words: Ranking.of(1, words[:12]))


def tokens(*words: str) -> tuple[Token, ...]:
    return tuple(Token.of(Kind.WORD, word, word) for word in words)


def cut(text: str) -> tuple[Token, ...]:
    return tokens_of(CodedText(text))


def shared(one: tuple[Token, ...], other: tuple[Token, ...], filed: Ranking, asked: list[Ranking]) -> int:
    """Return how many of the ranges asked for one segment hold the other."""
    keys = posting_keys(other, "nl", filed)
    return sum(any(first <= key <= last for key in keys) for first, last in asked_ranges(one, "nl", asked))


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(WORDS)), max_size=9),
    RANKINGS,
    RANKINGS,
)
def test_whatever_shares_seven_of_ten_words_is_in_enough_ranges(
    words: list[str], edits: list[tuple[int, str]], ranking: Ranking, newer: Ranking
) -> None:
    edited = list(words)
    for place, word in edits:
        edited[place % len(edited)] = word
    one, other = tokens(*words), tokens(*edited)
    common = len(set(filed_words(one)) & set(filed_words(other)))
    if common < ALIKE * max(len(one), len(other)):
        return

    assert shared(one, other, ranking, [ranking]) >= shared_words(one)
    assert shared(one, other, ranking, [ranking, newer]) >= shared_words(one)
    assert shared(one, other, newer, [ranking, newer]) >= shared_words(one)


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=30),
    st.integers(0, 30),
    st.lists(st.sampled_from(["erbij", "ook", *WORDS]), max_size=12),
    RANKINGS,
    RANKINGS,
)
def test_so_is_what_is_shorter_or_longer(
    words: list[str], kept: int, more: list[str], ranking: Ranking, newer: Ranking
) -> None:
    one, other = tokens(*words), tokens(*more, *words[:kept])
    common = len(set(filed_words(one)) & set(filed_words(other)))
    if not common or common < ALIKE * max(len(one), len(other)):
        return

    for mine, theirs in ((one, other), (other, one)):
        assert shared(mine, theirs, ranking, [ranking]) >= min(common, shared_words(mine))
        assert shared(mine, theirs, newer, [ranking, newer]) >= min(common, shared_words(mine))


def test_later_words_are_asked_only_up_to_the_length_at_which_they_matter() -> None:
    ranges = asked_ranges(tokens(*WORDS), "nl", [Ranking()])

    lengths = [(each.first & 0xFF, each.last & 0xFF) for each in ranges]
    assert [(14, longest) for longest in (28, 28, 27, 25, 24, 22, 21, 20)] == lengths


def test_a_word_that_comes_again_is_another_one() -> None:
    assert ["de", "raad", "de\ufffc1", "de\ufffc2"] == filed_words(tokens("de", "raad", "de", "de"))


def test_numbers_and_addresses_are_filed_by_their_kind_and_marks_not_at_all() -> None:
    one = filed_words(cut("Op 12 maart (zie www.example.org), kostte het 3,5 euro."))

    assert one == filed_words(cut("Op 7 maart: zie https://example.com/x kostte het 1.200 euro!"))
    assert 9 == len(one)


def test_a_key_tells_the_length_and_the_locale() -> None:
    text = cut("De regering keurde vandaag de begroting van volgend jaar goed")
    dutch, french = (posting_keys(text, locale, Ranking()) for locale in ("nl", "fr"))

    assert {10} == {key & 0xFF for key in dutch}
    assert set(dutch).isdisjoint(french)
    assert dutch == sorted(set(dutch))


def test_what_is_much_longer_or_shorter_is_not_asked_for() -> None:
    short, long = tokens(*WORDS[:7]), tokens(*WORDS)

    assert 0 == shared(short, long, Ranking(), [Ranking()])
    assert 0 == shared(long, short, Ranking(), [Ranking()])


def test_the_most_frequent_words_are_not_filed() -> None:
    ranking = Ranking.of(1, ["de", "van"])
    text = tokens("de", "van", "regering", "begroting", "akkoord")

    filed = set(posting_keys(text, "nl", ranking))

    rare = set(posting_keys(tokens("x1", "x2", "regering", "begroting", "akkoord"), "nl", Ranking.of(1, ["x1", "x2"])))
    assert filed == rare


def test_a_list_leaves_out_what_comes_once_and_is_the_same_every_time() -> None:
    from collections import Counter  # noqa: PLC0415 - for this one test

    assert ["de", "aan", "van"] == most_frequent(Counter({"van": 2, "aan": 2, "de": 3, "zelden": 1}))


def test_headings_of_few_words_are_alike_by_their_stems_alone() -> None:
    assert same_stems(cut("Nieuwe maatregelen"), cut("Nieuwe maatregel"), "nl")
    assert not same_stems(cut("Nieuwe maatregelen"), cut("Oude maatregelen"), "nl")
    assert not same_stems(cut("Nieuwe maatregelen"), cut("Nieuwe maatregelen nu"), "nl")
    one, other = cut("Nieuwe maatregelen"), cut("Nieuwe maatregel")
    assert shared(one, other, Ranking(), [Ranking()]) >= 1


def test_marks_and_codes_make_no_heading_longer() -> None:
    assert shared_words(cut("Nieuwe maatregelen nu: (!)")) == 1
    assert shared_words(cut("Nieuwe maatregelen vanaf 2027.")) > 1


def test_a_text_without_words_is_filed_nowhere() -> None:
    assert ([], []) == (posting_keys(cut("— !"), "nl", Ranking()), asked_ranges(cut("— !"), "nl", [Ranking()]))
