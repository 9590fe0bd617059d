from __future__ import annotations

import pytest

from service.domain.text import CodedText
from workers.drafting.batching import Ask, cut_lines, fits, join_lines, pack
from workers.drafting.masking import mask
from workers.engines.base import Batch, Capabilities


def asks(*texts: str) -> tuple[Ask, ...]:
    return tuple(Ask(mask(CodedText(text)), (str(number),)) for number, text in enumerate(texts))


def limits(batch: Batch, *, characters: int = 1_000, size: int = 3_000, items: int = 100) -> Capabilities:
    return Capabilities(
        "engine",
        runs_in_office=True,
        batch=batch,
        max_characters=characters,
        max_bytes=size,
        max_items=items,
    )


@pytest.mark.parametrize(
    "capabilities, texts, expected",
    [
        (limits(Batch.NONE), ("een", "twee"), [1, 1]),
        (limits(Batch.LIST), ("een", "twee", "drie"), [3]),
        (limits(Batch.LIST, items=2), ("een", "twee", "drie"), [2, 1]),
        (limits(Batch.LIST, characters=7), ("een", "twee", "drie"), [2, 1]),
        (limits(Batch.LIST, size=4), ("één", "twee"), [1, 1]),
        (limits(Batch.LINES), ("een", "twee", "drie"), [3]),
        (limits(Batch.LINES, characters=30), ("een", "twee", "drie"), [2, 1]),
        (limits(Batch.LINES, size=35), ("één", "twee", "drie"), [1, 1, 1]),
        (limits(Batch.LINES), ("een", "twee\nregels", "drie"), [1, 2]),
    ],
)
def test_packs_keep_to_every_limit(capabilities: Capabilities, texts: tuple[str, ...], expected: list[int]) -> None:
    packs = pack(asks(*texts), capabilities)

    assert expected == [len(each) for each in packs]


def test_four_hundred_segments_need_few_requests() -> None:
    texts = tuple(f"Dit is zin {n} van het lange bericht." for n in range(400))

    packs = pack(asks(*texts), limits(Batch.LINES, characters=4_900, size=12_000, items=120))

    assert 400 == sum(len(each) for each in packs)
    assert len(packs) <= 6


def test_a_text_beyond_the_limits_does_not_fit() -> None:
    small, large = asks("kort", "lang" * 300)

    assert (True, False) == (fits(small, limits(Batch.LINES)), fits(large, limits(Batch.LINES)))


def test_each_line_gets_its_own_answer() -> None:
    pair = asks("In 2026 groeit het.", "Het krimpt.")

    assert ["Croissance en 2026.", "Recul."] == cut_lines(pair, "[X1000X] Croissance en 2026.\n[X1001X] Recul.")


def test_a_line_with_foreign_digits_is_asked_again_alone() -> None:
    pair = asks("In 2026 groeit het.", "Het krimpt.")

    assert [None, "Recul."] == cut_lines(pair, "[X1000X] Croissance en 2025.\n[X1001X] Recul.")


@pytest.mark.parametrize(
    "answer",
    [
        "[X1001X] Recul.\n[X1000X] Croissance en 2026.",
        "[X1000X] Croissance en 2026. [X1001X] Recul.",
        "[X1000X] Croissance\nen 2026.\n[X1001X] Recul.",
        "[X1000X] Croissance en 2026.",
        "Croissance en 2026.\nRecul.",
        "[X1000X] Croissance en 2026. [X1001X]\nRecul.",
        "",
    ],
)
def test_lines_that_cannot_be_told_apart_are_worth_nothing(answer: str) -> None:
    pair = asks("In 2026 groeit het.", "Het krimpt.")

    assert cut_lines(pair, answer) is None


def test_a_pack_is_one_line_for_each_text() -> None:
    assert "[X1000X] Een.\n[X1001X] Twee." == join_lines(asks("Een.", "Twee."))
