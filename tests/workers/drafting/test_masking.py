from __future__ import annotations

import time

import pytest

from service.domain.text import CodedText, CodeKind, InlineCode
from workers.drafting.masking import TokenFault, mask, restore

BOLD = InlineCode(1, CodeKind.BOLD)
BREAK = InlineCode(2, CodeKind.BREAK)


@pytest.mark.parametrize(
    "text, codes, expected",
    [
        ("Gewone tekst", (), "Gewone tekst"),
        ("Lees {1}alles{/1} hier", (BOLD,), "Lees [X0X]alles[X1X] hier"),
        ("Een{2/}twee", (BREAK,), "Een[X0X]twee"),
        ("Zie https://pers.example/a?b=1.", (), "Zie [X0X]."),
        ("Mail pers@desk.example, graag", (), "Mail [X0X], graag"),
        ("Dag %(naam)s en {naam} en {{ naam }}", (), "Dag [X0X] en [X1X] en [X2X]"),
        ("Al getypt: [X3X]", (), "Al getypt: [X0X]"),
        ("Accolades {7} zonder code", (BOLD,), "Accolades [X0X] zonder code"),
    ],
)
def test_what_must_not_change_travels_as_tokens(text: str, codes: tuple[InlineCode, ...], expected: str) -> None:
    masked = mask(CodedText(text, codes))

    assert expected == masked.text
    assert text == restore(masked, masked.text)


@pytest.mark.parametrize(
    "text, expected",
    [("1.234,5 %", False), ("", False), ("https://pers.example", False), ("{1}12{/1}", False), ("12 juli", True)],
)
def test_only_a_text_with_letters_of_its_own_is_to_be_translated(text: str, *, expected: bool) -> None:
    masked = mask(CodedText(text, (BOLD,)))

    assert expected is masked.has_letters


@pytest.mark.parametrize(
    "answer, expected",
    [
        ("Lisez [X0X]tout[X1X] ici", "Lisez {1}tout{/1} ici"),
        ("Lisez [ x0x ] tout [X 1 X] ici", "Lisez {1}tout{/1} ici"),
        ("Lisez［Х0Х］tout【X1X】ici", "Lisez {1}tout{/1} ici"),
        ("Lisez [X0X] tout[X1X], ici", "Lisez {1}tout{/1}, ici"),
    ],
)
def test_tokens_come_back_as_what_they_were_however_they_are_spaced(answer: str, expected: str) -> None:
    masked = mask(CodedText("Lees {1}alles{/1} hier", (BOLD,)))

    assert expected == restore(masked, answer)


@pytest.mark.parametrize(
    "answer, expected",
    [
        ("Lisez [X0X]tout ici", "lost_token"),
        ("Lisez [X0X]tout[X1X] [X1X]ici", "doubled_token"),
        ("Lisez [X0X]tout[X1X] ici [X2X]", "invented_token"),
        ("Lisez [X1X]tout[X0X] ici", "misplaced_token"),
        ("Lisez [X0X]tout[X1X] {1}ici{/1}", "invented_token"),
    ],
)
def test_tokens_that_are_not_whole_are_told(answer: str, expected: str) -> None:
    masked = mask(CodedText("Lees {1}alles{/1} hier", (BOLD,)))

    with pytest.raises(TokenFault) as fault:
        restore(masked, answer)

    assert expected == fault.value.reason


def test_white_space_around_a_text_is_kept_though_engines_strip_it() -> None:
    masked = mask(CodedText("\u00a0 Een tekst  "))

    assert "Een tekst" == masked.text
    assert "\u00a0 Un texte  " == restore(masked, "Un texte")


@pytest.mark.parametrize("text", ["a" * 300_000, "a." * 150_000, "a@" * 150_000, "www." * 75_000, "[X1X]" * 60_000])
def test_a_hostile_text_is_masked_in_time(text: str) -> None:
    began = time.monotonic()
    mask(CodedText(text))
    seconds = time.monotonic() - began

    assert seconds < 20  # what backtracks takes minutes; a busy machine takes seconds
