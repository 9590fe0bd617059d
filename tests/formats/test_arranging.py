from __future__ import annotations

import pytest

from service.domain.text import Block, BlockKind, CodedText
from service.formats.arranging import arrange, could_be_kicker, is_kicker, numbers


def item(level: int, *, ordered: bool = False, group: int = 1) -> Block:
    return Block(BlockKind.LIST_ITEM, CodedText("punt"), level, ordered=ordered, group=group)


@pytest.mark.parametrize(
    "line",
    [
        "Nieuwsbericht",
        "PERSBERICHT:",
        "Persbericht – 3 mei 2024",
        "Persbericht | Brussel, 3 mei 2024",
        "Persbericht - 03/05/2024",
        "Persbericht nr. 12/2024",
        "PERSBERICHT – ONDER EMBARGO TOT 10 UUR",
        "Communiqué de presse – 3 mai 2024",
        "Pressemitteilung – 3. Mai 2024",
    ],
)
def test_a_kicker_is_known_by_its_word_and_may_bear_its_date(line: str) -> None:
    assert is_kicker(line)


@pytest.mark.parametrize(
    "line",
    [
        "Nieuws – 3 doden bij een ongeval",
        "Nieuws – begroting 2025 goedgekeurd",
        "Verklaring van de minister",
        "Persbericht over de begroting van 2025",
        "De raad keurt de begroting goed",
        "",
    ],
)
def test_a_title_is_no_kicker_because_it_begins_with_the_word_of_one(line: str) -> None:
    assert not is_kicker(line)


@pytest.mark.parametrize("line", ["Mobiliteit", "Brussel, 3 mei 2024", "3 mei 2024", "Namur, 03/05/2024"])
def test_a_word_or_a_date_above_a_title_is_its_kicker(line: str) -> None:
    assert could_be_kicker(line, "Nieuw station voor de hoofdstad geopend")


def test_a_short_line_above_a_sentence_is_no_kicker_but_the_title() -> None:
    assert not could_be_kicker("Nieuw station geopend", "Het station opent morgen de deuren.")


def test_list_levels_deepen_by_one_at_a_time() -> None:
    blocks = arrange([item(2), item(4), item(1), item(3)], title="Titel")

    assert [1, 2, 1, 2] == [block.level for block in blocks[1:]]


def test_a_list_that_changes_its_marks_at_the_first_level_is_another_list() -> None:
    blocks = arrange([item(1), item(1, ordered=True), item(2), item(1, ordered=True)], title="Titel")

    assert [1, 2, 2, 2] == [block.group for block in blocks[1:]]


def test_neighbouring_groups_are_numbered_in_order_whatever_numbers_they_came_with() -> None:
    quote = Block(BlockKind.QUOTE, CodedText("citaat"), group=7)

    blocks = arrange([quote, item(1, group=9), quote, quote], title="Titel")

    assert [1, 2, 3, 3] == [block.group for block in blocks[1:]]


def test_items_are_counted_on_their_own_level() -> None:
    items = [item(1), item(2), item(2), item(1), item(2), item(3), item(1)]

    assert [1, 1, 2, 2, 1, 1, 3] == numbers(items)


def test_a_heading_of_the_first_level_below_a_given_title_becomes_one_of_the_second() -> None:
    blocks = arrange([Block(BlockKind.TITLE, CodedText("Andere titel"), 1)], title="Titel")

    assert [(BlockKind.TITLE, "Titel"), (BlockKind.HEADING, "Andere titel")] == [
        (block.kind, block.content.text) for block in blocks
    ]


def test_a_marked_lead_stays_the_only_one() -> None:
    lead = Block(BlockKind.LEAD, CodedText("Lead."))
    text = Block(BlockKind.PARAGRAPH, CodedText("Tekst."))

    blocks = arrange([text, lead, text], title="Titel")

    assert [BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.PARAGRAPH] == [block.kind for block in blocks[1:]]
