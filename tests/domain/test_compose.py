from __future__ import annotations

import pytest

from service.domain.compose import compose
from service.domain.segmentation import segment_document
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode

BOLD = InlineCode(1, CodeKind.BOLD)
LINK = InlineCode(2, CodeKind.LINK, "https://voorbeeld.be/")
BREAK = InlineCode(3, CodeKind.BREAK)
SECOND_BREAK = InlineCode(4, CodeKind.BREAK)


def composed(content: CodedText, *targets: str) -> CodedText | None:
    document = Document((Block(BlockKind.PARAGRAPH, content),))
    segments = segment_document(document, "nl")

    blocks = compose(document, segments, targets)

    return blocks[0].content if blocks else None


def test_targets_stand_where_their_segments_stood() -> None:
    document = Document(
        (
            Block(BlockKind.TITLE, CodedText("Titel")),
            Block(BlockKind.HEADING, CodedText("Kop"), 3),
            Block(BlockKind.LIST_ITEM, CodedText("Punt. Komma."), 2, ordered=True, group=4),
        )
    )

    blocks = compose(document, segment_document(document, "nl"), ["Titre", "Tête", "Point.", "Virgule."])

    assert (
        Block(BlockKind.TITLE, CodedText("Titre")),
        Block(BlockKind.HEADING, CodedText("Tête"), 3),
        Block(BlockKind.LIST_ITEM, CodedText("Point. Virgule."), 2, ordered=True, group=4),
    ) == blocks


def test_the_gap_between_two_sentences_is_kept() -> None:
    assert CodedText("Un.\u00a0Deux.") == composed(CodedText("Een.\u00a0Twee."), "Un.", "Deux.")


@pytest.mark.parametrize(
    "targets, expected",
    [
        pytest.param(["Un.", "", "Trois."], "Un. Trois.", id="in the middle"),
        pytest.param(["", "Deux.", "Trois."], "Deux. Trois.", id="first"),
        pytest.param(["Un.", "Deux.", " \u00a0"], "Un. Deux.", id="last"),
    ],
)
def test_an_empty_target_leaves_out_its_sentence(targets: list[str], expected: str) -> None:
    assert CodedText(expected) == composed(CodedText("Een. Twee. Drie."), *targets)


def test_a_block_of_which_nothing_is_left_is_left_out() -> None:
    assert composed(CodedText("Een. Twee."), "", "") is None


def test_white_space_around_a_target_does_not_double_the_gap() -> None:
    assert CodedText("Un. Deux.") == composed(CodedText("Een. Twee."), " Un. ", "Deux.\n")


def test_a_pair_over_two_sentences_is_one_again() -> None:
    source = CodedText("{1}Een. Twee.{/1}", (BOLD,))

    target = composed(source, "{1}Un.{/1}", "{1}Deux.{/1}")

    assert CodedText("{1}Un. Deux.{/1}", (BOLD,)) == target


def test_codes_may_move_within_their_sentence() -> None:
    source = CodedText("De {1}raad{/1} {2}stemt{/2}.", (BOLD, LINK))

    target = composed(source, "{2}Vote{/2} du {1}conseil{/1}.")

    assert CodedText("{2}Vote{/2} du {1}conseil{/1}.", (BOLD, LINK)) == target


def test_a_code_that_a_target_lost_leaves_the_table() -> None:
    assert CodedText("Le conseil.") == composed(CodedText("De {1}raad{/1}.", (BOLD,)), "Le conseil.")


def test_a_line_break_between_two_sentences_is_a_break_again() -> None:
    source = CodedText("Persdienst{3/}Wetstraat 16{4/}Brussel", (BREAK, SECOND_BREAK))

    target = composed(source, "Service de presse", "Rue de la Loi 16", "Bruxelles")

    assert CodedText("Service de presse{3/}Rue de la Loi 16{4/}Bruxelles", (BREAK, SECOND_BREAK)) == target


def test_a_line_that_is_left_out_leaves_one_break_behind() -> None:
    source = CodedText("Persdienst{3/}Wetstraat 16{4/}Brussel", (BREAK, SECOND_BREAK))

    target = composed(source, "Service de presse", "", "Bruxelles")

    assert target is not None
    assert CodedText("Service de presse{4/}Bruxelles", (SECOND_BREAK,)) == target


def test_there_is_one_target_for_every_segment() -> None:
    with pytest.raises(ValueError, match="argument"):
        composed(CodedText("Een. Twee."), "Un.")
