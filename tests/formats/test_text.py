from __future__ import annotations

import pytest

from service.domain.inline import plain
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode
from service.formats.text import read_text, write_text

FRONT = "De raad keurt het plan goed\n\nDe lead vertelt het kort.\n\n"


def outline(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, plain(block.content)) for block in document.blocks]


def below(body: str) -> list[tuple[str, str]]:
    """Read a body below a title and a lead, and leave those out."""
    return outline(read_text(FRONT + body))[2:]


def test_a_text_has_a_title_a_lead_and_paragraphs() -> None:
    document = read_text(f"{FRONT}De eerste alinea.\n\nDe tweede alinea.")

    assert [
        ("title", "De raad keurt het plan goed"),
        ("lead", "De lead vertelt het kort."),
        ("paragraph", "De eerste alinea."),
        ("paragraph", "De tweede alinea."),
    ] == outline(document)


def test_a_single_paragraph_is_no_lead() -> None:
    assert [("title", "De titel"), ("paragraph", "De tekst.")] == outline(read_text("De titel\n\nDe tekst."))


@pytest.mark.parametrize(
    "line, kicker",
    [
        ("Nieuwsbericht", "Nieuwsbericht"),
        ("PERSBERICHT", "PERSBERICHT"),
        ("Persbericht:", "Persbericht"),
        ("Persmededeling", "Persmededeling"),
        ("Communiqué de presse", "Communiqué de presse"),
        ("Speech", "Speech"),
        ("Brussel", "Brussel"),
        ("Mobiliteit en wegen", "Mobiliteit en wegen"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n\r\n", "\n\u00a0\n"])
def test_a_short_line_above_the_title_is_the_kicker(line: str, kicker: str, between: str) -> None:
    document = read_text(f"{line}{between}De raad keurt het grote plan goed\n\nDe lead.\n\nDe rest.")

    assert [("title", "De raad keurt het grote plan goed"), ("kicker", kicker)] == outline(document)[:2]


@pytest.mark.parametrize("line", ["Wat nu?", "Het is klaar.", "Vier woorden zijn veel"])
def test_any_other_line_at_the_top_is_the_title(line: str) -> None:
    document = read_text(f"{line}\n\nDe lead vertelt het kort.\n\nDe rest.")

    assert [("title", line), ("lead", "De lead vertelt het kort.")] == outline(document)[:2]


@pytest.mark.parametrize(
    "blank", ["\n\n", "\r\n\r\n", "\r\r", "\n\u00a0\n", "\n \u202f\u00a0\n", "\n\u200b\n", "\n\ufeff\n\n", "\n\t\n \n"]
)
def test_a_line_of_white_space_of_any_kind_parts_two_blocks(blank: str) -> None:
    assert [("paragraph", "Een alinea."), ("paragraph", "Nog een.")] == below(f"Een alinea.{blank}Nog een.")


@pytest.mark.parametrize(
    "written, read",
    [
        pytest.param("De\u200b raad\ufeff stemt.", "De raad stemt.", id="zero-width characters"),
        pytest.param("De gemeente\u00adraad stemt.", "De gemeenteraad stemt.", id="soft hyphens"),
        pytest.param("De \u202eraad\u202c \u2066stemt\u2069.", "De raad stemt.", id="marks of direction"),
        pytest.param("De\x00 raad\x07 stemt.", "De raad stemt.", id="control characters"),
        pytest.param("Cafe\u0301 open.", "Caf\u00e9 open.", id="not NFC"),
        pytest.param(
            "Het kost 5\u00a0euro of 6\u202f%.", "Het kost 5\u00a0euro of 6\u202f%.", id="no-break spaces stay"
        ),
        pytest.param("De   raad\tstemt.", "De raad stemt.", id="runs of spaces"),
        pytest.param("Half \ud83d teken.", "Half \ufffd teken.", id="half a surrogate pair"),
    ],
)
def test_characters_that_no_reader_sees_are_gone(written: str, read: str) -> None:
    assert [("paragraph", read)] == below(written)


def test_lines_that_an_editor_broke_are_joined() -> None:
    body = (
        "Dit is een alinea die door een programma is afgebroken op zeventig\n"
        "tekens, zodat haar zinnen over meer regels lopen dan voor wie ze\n"
        "leest nodig is."
    )

    assert [("paragraph", body.replace("\n", " "))] == below(body)


def test_an_item_that_an_editor_broke_is_joined() -> None:
    body = (
        "- Dit is een punt dat door een programma is afgebroken op zeventig\n"
        "tekens, zodat het over meer regels loopt dan voor wie het leest nodig\n"
        "is, en waar de regels niet inspringen."
    )

    assert [("list_item", body.removeprefix("- ").replace("\n", " "))] == below(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "Verantwoordelijke voor de pers op het kabinet van de schepen\nels.maes@kabinet.voorbeeld.be",
            id="an address below a long line",
        ),
        pytest.param(
            "Woordvoerster van de schepen van de stad voor Jeugd en Cultuur\nEls Maes, 0470 00 00 00\nels@voorbeeld.be",
            id="a name and an address",
        ),
        pytest.param(
            "Verantwoordelijke voor de pers op het kabinet van de schepen\nTel.: 02 555 00 00", id="a telephone"
        ),
        pytest.param("Verantwoordelijke voor de pers op het kabinet van de schepen\n02 555 00 00", id="a number alone"),
        pytest.param(
            "Het programma:\n"
            "9.30 uur: onthaal met koffie en een broodje in de hal van het museum\n"
            "10 uur - rondleiding door de conservator langs de nieuwe vleugel\n"
            "11u00 – 12u00: vragen van journalisten aan de schepen en de architect.",
            id="a programme with times",
        ),
        pytest.param(
            "Onthaal met koffie en een broodje in de hal van het museum\n"
            "Rondleiding door de conservator langs de nieuwe vleugel\n"
            "Vragen van journalisten aan de schepen en de architect",
            id="a programme without times",
        ),
        pytest.param(
            "Deze regel is met opzet hier geëindigd door wie hem schreef.\n"
            "En dan begint een nieuwe, die langer is dan die erboven staat, dus.",
            id="room for the next word",
        ),
    ],
)
def test_lines_that_are_things_of_their_own_stay_apart(body: str) -> None:
    assert [("paragraph", body)] == below(body)


@pytest.mark.parametrize("word", ["10.30 uur", "www.voorbeeld.be", "Brussel", "2026"])
def test_a_line_that_an_editor_broke_before_a_time_a_place_or_an_address_is_joined(word: str) -> None:
    body = f"De plechtigheid begint op de eerste vrijdag van de maand en dan\n{word} is wat de mensen moeten onthouden."

    assert [("paragraph", body.replace("\n", " "))] == below(body)


def test_lines_that_their_author_broke_stay_broken() -> None:
    document = read_text(f"{FRONT}Persdienst\nWetstraat 16\n1000 Brussel.")

    content = document.blocks[-1].content
    assert "Persdienst{1/}Wetstraat 16{2/}1000 Brussel." == content.text
    assert [CodeKind.BREAK, CodeKind.BREAK] == [code.kind for code in content.codes]


def test_breaks_are_numbered_above_the_braces_of_the_author() -> None:
    document = read_text(f"{FRONT}Vul {{1}} in.\nVul {{3/}} in.")

    assert "Vul {1} in.{4/}Vul {3/} in." == document.blocks[-1].content.text


@pytest.mark.parametrize(
    "line",
    ["Wat verandert er voor u", "Strijd tegen drugs", "“Geen dag te vroeg”, zegt de minister, en wacht"],
)
def test_a_short_block_without_an_end_mark_is_a_heading(line: str) -> None:
    assert [("heading", line), ("paragraph", "De alinea eronder.")] == below(f"{line}\n\nDe alinea eronder.")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Dit is een zin.", id="an end mark"),
        pytest.param("Komt er een akkoord?", id="a question"),
        pytest.param("De punten zijn de volgende:", id="a colon"),
        pytest.param("Woord " * 21 + "einde", id="too long"),
        pytest.param("pers@voorbeeld.be", id="an address"),
        pytest.param("Tel 02 5551234", id="a telephone number"),
    ],
)
def test_another_block_is_no_heading(line: str) -> None:
    assert ("paragraph", line) == below(f"{line}\n\nDe alinea eronder.")[0]


def test_a_short_block_at_the_end_is_no_heading() -> None:
    assert [("paragraph", "Einde van het bericht")] == below("Einde van het bericht")


@pytest.mark.parametrize("mark", ["- ", "• ", "* ", "– ", "1. ", "1) ", "a) "])
def test_lines_with_a_mark_are_list_items(mark: str) -> None:
    document = read_text(f"{FRONT}{mark}een punt\n{mark}nog een punt")

    assert [("list_item", "een punt"), ("list_item", "nog een punt")] == outline(document)[2:]
    assert [mark[0].isalnum()] * 2 == [block.ordered for block in document.blocks[2:]]


def test_deeper_items_have_a_deeper_level_in_one_group() -> None:
    document = read_text(f"{FRONT}- een\n  - dieper\n    - diepst\n- twee\n\n- drie\n\nSlot van het bericht.")

    items = document.blocks[2:-1]
    assert [1, 2, 3, 1, 1] == [item.level for item in items]
    assert {1} == {item.group for item in items}


def test_a_numbered_list_after_a_bulleted_one_is_another_list() -> None:
    document = read_text(f"{FRONT}- een\n- twee\n\n1. eerst\n2. dan")

    assert [1, 1, 2, 2] == [item.group for item in document.blocks[2:]]


@pytest.mark.parametrize(
    "body, text",
    [
        ("“Wij zijn tevreden.”", "“Wij zijn tevreden.”"),
        ('"Wij zijn tevreden."', '"Wij zijn tevreden."'),
        ("«\u00a0Nous sommes contents.\u00a0»", "«\u00a0Nous sommes contents.\u00a0»"),
        ("> Wij zijn tevreden.", "Wij zijn tevreden."),
    ],
)
def test_a_paragraph_in_quotation_marks_is_a_quote(body: str, text: str) -> None:
    assert [("quote", text)] == below(body)


@pytest.mark.parametrize("body", ["“Ja”, zegt hij, “en nee.”", "“Ja”, zegt hij."])
def test_a_paragraph_with_a_quotation_in_it_is_none(body: str) -> None:
    assert [("paragraph", body)] == below(body)


def test_the_kicker_is_written_above_the_title() -> None:
    blocks = read_text("Persbericht\n\nDe raad stemt in met alles\n\nDe lead.\n\nDe rest.").blocks

    assert "Persbericht\n\nDe raad stemt in met alles\n\nDe lead.\n\nDe rest.\n" == write_text(blocks, "nl")


def test_a_link_keeps_its_address_in_brackets() -> None:
    link = InlineCode(1, CodeKind.LINK, "https://voorbeeld.be/")
    mail = InlineCode(2, CodeKind.LINK, "mailto:pers@voorbeeld.be")
    blocks = [
        Block(BlockKind.PARAGRAPH, CodedText("Lees {1}meer{/1} of schrijf {2}pers@voorbeeld.be{/2}.", (link, mail)))
    ]

    assert "Lees meer (https://voorbeeld.be/) of schrijf pers@voorbeeld.be.\n" == write_text(blocks, "nl")


def test_lists_are_written_with_marks_numbers_and_indents() -> None:
    blocks = read_text(f"{FRONT}1. een\n   - dieper\n2. twee").blocks[2:]

    assert "1. een\n   - dieper\n2. twee\n" == write_text(blocks, "nl")


def test_no_blocks_are_an_empty_text() -> None:
    assert "" == write_text((), "nl")


def test_a_list_that_paragraphs_part_counts_on() -> None:
    document = read_text(f"{FRONT}1. Wat?\n\nDit is de uitleg.\n\n2. Wanneer?\n\nMorgen.")

    assert [0, 2] == [block.start for block in document.blocks if block.ordered]
    assert write_text(document.blocks, "nl").endswith("1. Wat?\n\nDit is de uitleg.\n\n2. Wanneer?\n\nMorgen.\n")


@pytest.mark.parametrize(
    "body, numbered",
    [
        pytest.param("3. drie\n4. vier", [3, 0], id="a list that opens with another number"),
        pytest.param("c) drie\n\nUitleg.\n\nd) vier", [3, 4], id="letters"),
        pytest.param("1. een\n4. vier", [0, 4], id="a number that is left out"),
        pytest.param("1. een\n1. een\n2. twee", [0, 0, 0], id="a list that starts again"),
    ],
)
def test_items_keep_their_numbers(body: str, numbered: list[int]) -> None:
    items = read_text(FRONT + body).blocks[2:]

    assert numbered == [item.start for item in items if item.kind is BlockKind.LIST_ITEM]


@pytest.mark.parametrize("line", ["5. mei is een feestdag.", "12. zo luidt het huisnummer.", "0. is geen nummer."])
@pytest.mark.parametrize("above", ["", "1. een\n2. twee\n\n"])
def test_a_number_that_no_list_counts_to_begins_a_paragraph(line: str, above: str) -> None:
    assert ("paragraph", line) == below(f"{above}{line}")[-1]
