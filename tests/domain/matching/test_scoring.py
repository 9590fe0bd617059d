from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.matching.scoring import Band, band, most_alike, polarity_differs, score, scores
from service.domain.matching.tokens import Token, code_string, tokens_of
from service.domain.text import CodedText, CodeKind, InlineCode


def cut(text: str, *codes: InlineCode) -> tuple[Token, ...]:
    return tokens_of(CodedText(text, codes))


WORDS = ["de", "brug", "opent", "sluit", "12", "13", ".", ",", "Leie", "leie", "wandelaar", "wandelaars"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12)
SENTENCE = "De nieuwe brug over de Leie opent in mei voor wandelaars"


@pytest.mark.parametrize(
    "other, expected",
    [
        (SENTENCE, 99),  # equal words, but not the very same text
        (SENTENCE.replace("opent", "sluit"), 90),
        (SENTENCE.replace("De nieuwe", "de nieuwe"), 98),
        (SENTENCE + "!", 96),
        (SENTENCE.replace("wandelaars", "wandelaar"), 95),
        (SENTENCE.replace("De nieuwe brug", "De brug"), 90),
        (SENTENCE.replace("voor wandelaars", "voor alle vroege wandelaars"), 84),
        ("Vandaag kwam in Gent een heel andere zaak ter sprake", 0),
    ],
)
def test_a_score_is_the_share_of_the_work_that_is_done(other: str, expected: int) -> None:
    assert expected == score(cut(SENTENCE), cut(other))


def test_a_number_weighs_half_a_word_and_a_mark_hardly_anything() -> None:
    assert 90 == score(cut("De brug kost 25 euro"), cut("De brug kost 31 euro"))
    assert 96 == score(cut("De brug kost 25 euro."), cut("De brug kost 25 euro!"))


def test_a_code_for_another_weighs_a_quarter() -> None:
    bold, italic = InlineCode(1, CodeKind.BOLD), InlineCode(1, CodeKind.ITALIC)
    one, other = cut("De {1}brug{/1} is open", bold), cut("De {1}brug{/1} is open", italic)

    assert 90 == score(one, other)


def test_what_is_short_and_says_another_thing_is_not_alike() -> None:
    assert score(cut("Brug opent"), cut("Brug sluit")) < 70
    assert score(cut("De brug opent"), cut("De brug sluit")) < 70


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ("Werken gestart", "Werken gestopt", False),  # half alike by its letters
        ("Raad Milieu Energie", "Raad Milieu Energie Klimaat", False),
        ("“Werken” (gestart)…", "“Werken” (gedaan)…", False),
        ("Begroting 2024", "Begroting 2025", True),
        ("De raad beslist", "De Raad beslist!", True),
    ],
)
def test_headings_are_alike_only_where_all_their_words_are_the_same(one: str, other: str, *, alike: bool) -> None:
    assert alike is (score(cut(one), cut(other)) >= 70)


def test_the_word_for_a_code_is_not_the_code() -> None:
    link = InlineCode(1, CodeKind.LINK, "https://example.org")

    assert score(cut("Volg de link naar het plan"), cut("Volg de {1}{/1}naar het plan", link)) < 85


@given(TEXTS, TEXTS)
def test_a_score_is_the_same_both_ways(one: list[str], other: list[str]) -> None:
    left, right = cut(" ".join(one)), cut(" ".join(other))

    assert 0 <= score(left, right) == score(right, left) <= 99


@given(TEXTS, st.lists(TEXTS, max_size=6))
def test_many_score_together_what_each_scores(one: list[str], others: list[list[str]]) -> None:
    mine, theirs = cut(" ".join(one)), [cut(" ".join(other)) for other in others]

    assert [score(mine, each) for each in theirs] == scores(mine, theirs)


def test_candidates_come_in_the_order_of_their_likeness() -> None:
    wanted = cut(SENTENCE)
    texts = ["Iets heel anders over de markt", SENTENCE.replace("mei", "juni"), SENTENCE]

    assert [2, 1] == most_alike(wanted, [code_string(cut(text)) for text in texts])


@pytest.mark.parametrize(
    "locale, one, other, differs",
    [
        ("nl", "De brug opent niet", "De brug opent morgen", True),
        ("nl", "Er is geen plan", "Er is een plan", True),
        ("nl-BE", "Zonder plan", "Met plan", True),
        ("nl", "Dat is niet waar", "Dat is niet zo", False),
        ("fr", "Il ne vient pas", "Il ne vient que demain", True),
        ("de", "Das ist kein Plan", "Das ist ein Plan", True),
        ("en", "It does not open", "It does open", True),
        ("en", "It isn't open", "It is open", True),
        ("es", "No es", "Es", False),
    ],
)
def test_a_denial_on_one_side_is_seen(locale: str, one: str, other: str, *, differs: bool) -> None:
    assert differs is polarity_differs(cut(one), cut(other), locale)


@pytest.mark.parametrize(
    "reached, name",
    [
        (101, Band.CONTEXT),
        (100, Band.EXACT),
        (95, Band.ALMOST),
        (94, Band.HIGH),
        (85, Band.HIGH),
        (84, Band.MIDDLE),
        (75, Band.MIDDLE),
        (74, Band.LOW),
        (70, Band.LOW),
    ],
)
def test_each_score_has_its_band(reached: int, name: Band) -> None:
    assert name is band(reached)
