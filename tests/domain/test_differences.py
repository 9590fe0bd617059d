from __future__ import annotations

import pytest

from service.domain.differences import Move, differences

CASES = (
    ("", "", []),
    ("Un pont", "Un pont", [("same", "Un pont")]),
    ("Un pont", "Un autre pont", [("same", "Un "), ("added", "autre "), ("same", "pont")]),
    (
        "Un pont ouvre.",
        "Un tunnel ouvre.",
        [("same", "Un "), ("removed", "pont"), ("added", "tunnel"), ("same", " ouvre.")],
    ),
    ("Un pont", "", [("removed", "Un pont")]),
    ("", "Un pont", [("added", "Un pont")]),
    (
        "L’eau va au port",
        "L’air va à la mer",
        [("removed", "L’eau"), ("added", "L’air"), ("same", " va "), ("removed", "au port"), ("added", "à la mer")],
    ),
    ("un deux", "un  deux", [("same", "un"), ("removed", " "), ("added", "  "), ("same", "deux")]),
)


@pytest.mark.parametrize("old, new, expected", CASES)
def test_what_left_and_what_came_is_told_word_by_word(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert expected == [(piece.move.value, piece.text) for piece in differences(old, new)]


@pytest.mark.parametrize("old, new, _", CASES)
def test_both_texts_are_in_the_pieces_whole(old: str, new: str, _: object) -> None:
    pieces = list(differences(old, new))

    assert old == "".join(piece.text for piece in pieces if piece.move is not Move.ADDED)
    assert new == "".join(piece.text for piece in pieces if piece.move is not Move.REMOVED)
