from __future__ import annotations

from service.domain.outline import LONG_SENTENCE, MOST_TOLD, remarks_on
from service.domain.segmentation import segment_document
from service.formats import read

SENTENCE = "De nieuwe brug over de rivier gaat in mei open voor fietsers."


def codes(text: str) -> list[tuple[str, int]]:
    document = read(text, "markdown")
    return [(each.code, each.n) for each in remarks_on(document, segment_document(document, "nl"))]


def test_of_a_text_in_good_shape_nothing_is_said() -> None:
    assert [] == codes(f"# Titel\n\n{SENTENCE}\n\n## Kop\n\nNog iets.\n")


def test_a_heading_with_nothing_under_it_is_told_and_one_above_a_deeper_one_is_not() -> None:
    text = f"# Titel\n\n{SENTENCE}\n\n## Leeg\n\n## Vol\n\n### Dieper\n\nTekst.\n\n## Einde\n"

    assert [("bare_heading", 3), ("bare_heading", 7)] == codes(text)


def test_what_was_pasted_twice_is_told_with_where_it_stood_first() -> None:
    document = read(f"# Titel\n\n{SENTENCE}\n\nTussenin.\n\n{SENTENCE}\n\nKort.\n\nKort.\n", "markdown")

    (told,) = remarks_on(document, segment_document(document, "nl"))

    assert ("twice", 4, {"n": 2}) == (told.code, told.n, told.facts)


def test_long_sentences_and_titles_are_told_but_not_all_of_very_many() -> None:
    long = " ".join(["woord"] * LONG_SENTENCE)

    assert [("long_sentence", 2)] == codes(f"# Titel\n\n{long} te veel.\n\n{long}.\n")
    assert [("long_title", 1)] == codes(f"# {'titel ' * 30}\n\nTekst.\n")
    assert MOST_TOLD == len(codes("# Titel\n\n" + "".join(f"{long} te {n}.\n\n" for n in range(9))))
