from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from service.domain.checks import Severity, Span
from service.domain.fact_matrix import Place, Row, Version, fact_matrix
from service.domain.facts.held import State
from service.domain.segmentation import segment_document
from service.domain.text import CodedText, CodeKind, InlineCode
from service.formats import read

NB = "\u00a0"
RELEASES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "releases"
MOST_SECONDS = 0.2  # for 31 segments in three languages; a quarter of it is usual

LINK = InlineCode(1, CodeKind.LINK, "https://havens.example.org/plan")
SOURCE = [
    CodedText("Op donderdag 6 maart 2025 om 14.30 uur opende minister Sanne Verbruggen het havenloket in Ostrava."),
    CodedText("De 27 lidstaten van de EU trekken daarvoor 2,5 miljard euro uit, een stijging van 4,8 procent."),
    CodedText("“Elke haven krijgt de steun die ze nodig heeft”, zei Verbruggen op 6 maart."),
    CodedText("Lees het {1}plan van twaalf bladzijden{/1} of mail naar loket@havens.example.org.", (LINK,)),
    CodedText("De 27 lidstaten komen op 24 en 25 april opnieuw bijeen."),
]
TARGETS = {
    "fr": [
        f"Le jeudi 6 mars 2025 à 14{NB}h{NB}30, la ministre Sanne Verbruggen a ouvert le guichet portuaire à Ostrava.",
        f"Les 27 États membres de l’UE y consacrent 2,5{NB}milliards d’euros, soit une hausse de 4,8{NB}%.",
        f"«{NB}Chaque port reçoit l’aide dont il a besoin{NB}», a déclaré Mme Verbruggen le 6 mars.",
        "Lisez le {1}plan de douze pages{/1} ou écrivez à loket@havens.example.org.",
        "Les 27 États membres se réuniront à nouveau les 24 et 25 avril.",
    ],
    "de": [
        "Am Donnerstag, dem 6. März 2025, um 14.30 Uhr eröffnete Ministerin Sanne Verbruggen den Schalter in Ostrava.",
        f"Die 27 Mitgliedstaaten der EU geben dafür 2,5 Milliarden Euro aus, ein Anstieg um 4,8{NB}%.",
        "„Jeder Hafen bekommt die Hilfe, die er braucht“, sagte Verbruggen am 6. März.",
        "Lesen Sie den {1}Plan auf zwölf Seiten{/1} oder schreiben Sie an loket@havens.example.org.",
        "Die siebenundzwanzig Mitgliedstaaten kommen am 24. und 25. April wieder zusammen.",
    ],
    "en": [
        "On Thursday 6 March 2025 at 2.30 pm, Minister Sanne Verbruggen opened the port desk in Ostrava.",
        "The 27 EU Member States are spending €2.5 billion on it, an increase of 4.8 per cent.",
        "“Every port gets the support it needs,” Verbruggen said on 6 March.",
        "Read the {1}plan of twelve pages{/1} or write to loket@havens.example.org.",
        "The 27 Member States will meet again on April 24 and 25.",
    ],
}


def matrix(**targets: list[str | None] | list[str]) -> tuple[Row, ...]:
    return fact_matrix(SOURCE, "nl", [Version(locale, texts) for locale, texts in (TARGETS | targets).items()])


def changed(locale: str, old: str, new: str) -> list[str]:
    """Return a translation with an error planted, in each of its segments that has the words."""
    texts = [text.replace(old, new) for text in TARGETS[locale]]
    assert texts != TARGETS[locale]
    return texts


def red(rows: tuple[Row, ...]) -> list[Row]:
    return [row for row in rows if not row.agrees]


def test_each_fact_of_a_release_has_one_row_in_the_order_of_the_text() -> None:
    rows = matrix()

    assert [
        ("date", "date:2025-03-06", "donderdag 6 maart 2025"),
        ("time", "time:14:30", "14.30 uur"),
        ("name", "name:sanne verbruggen", "Sanne Verbruggen"),
        ("number", "number:27", "27"),
        ("acronym", "acronym:eu", "EU"),
        ("amount", "amount:2500000000:EUR", "2,5 miljard euro"),
        ("percentage", "percentage:4.8", "4,8 procent"),
        ("quote", "quote:elke haven krijgt de steun die ze nodig heeft", SOURCE[2].text[:47]),
        ("link", "link:https://havens.example.org/plan", "https://havens.example.org/plan"),
        ("number", "number:12", "twaalf"),
        ("link", "link:loket@havens.example.org", "loket@havens.example.org"),
        ("date", "date:04-24", "24"),
        ("date", "date:04-25", "25 april"),
    ] == [(row.kind, row.key, row.spelling) for row in rows]


def test_a_good_translation_agrees_in_every_cell() -> None:
    rows = matrix()

    assert [] == red(rows)
    assert {State.SAME} == {cell.state for row in rows for cell in row.cells.values()}
    assert {"fr", "de", "en"} == set(rows[0].cells)


def test_a_fact_that_stands_twice_is_one_row_with_both_places() -> None:
    (row,) = [row for row in matrix() if row.key == "number:27"]

    assert (Place(1, Span(3, 5)), Place(4, Span(3, 5))) == row.places
    assert ("27", "siebenundzwanzig") == row.cells["de"].spellings
    assert (Place(1, Span(4, 6)), Place(4, Span(4, 20))) == row.cells["de"].places


def test_a_day_without_its_year_is_in_the_row_of_the_day_that_has_it() -> None:
    (row,) = [row for row in matrix() if row.key == "date:2025-03-06"]

    assert [0, 2] == [place.segment for place in row.places]
    assert ("Thursday 6 March 2025", "6 March") == row.cells["en"].spellings


def test_a_wrong_number_in_german_alone_is_one_red_row_that_shows_it() -> None:
    (row,) = red(matrix(de=changed("de", "Die 27 ", "Die 28 ")))

    assert ("number:27", Severity.ERROR) == (row.key, row.severity)
    assert (State.DIFFERENT, ("28", "siebenundzwanzig")) == (row.cells["de"].state, row.cells["de"].spellings)
    assert {State.SAME} == {row.cells[locale].state for locale in ("fr", "en")}


@pytest.mark.parametrize(
    "locale, old, new, key, spelling",
    [
        ("fr", "27 États membres de", "28 États membres de", "number:27", "28"),
        ("fr", "milliards", "millions", "amount:2500000000:EUR", f"2,5{NB}millions d’euros"),
        ("fr", "h\u00a030", "h\u00a015", "time:14:30", f"14{NB}h{NB}15"),
        ("fr", "4,8", "4,6", "percentage:4.8", f"4,6{NB}%"),
        ("fr", "25 avril", "26 avril", "date:04-25", "26 avril"),
        ("de", "6. März 2025", "6. Mai 2025", "date:2025-03-06", "Donnerstag, dem 6. Mai 2025"),
        ("de", "2,5 Milliarden", "2,6 Milliarden", "amount:2500000000:EUR", "2,6 Milliarden Euro"),
        ("de", "zwölf", "zehn", "number:12", "zehn"),
        ("de", "loket@", "loket2@", "link:loket@havens.example.org", "loket2@havens.example.org"),
        ("en", "Thursday", "Friday", "date:2025-03-06", "Friday 6 March 2025"),
        ("en", "2.30 pm", "3.30 pm", "time:14:30", "3.30 pm"),
        ("en", "billion", "million", "amount:2500000000:EUR", "€2.5 million"),
        ("en", "€2.5", "$2.5", "amount:2500000000:EUR", "$2.5 billion"),
    ],
)
def test_a_planted_error_is_one_row_that_blocks(locale: str, old: str, new: str, key: str, spelling: str) -> None:
    (row,) = red(matrix(**{locale: changed(locale, old, new)}))

    assert (key, Severity.ERROR, State.DIFFERENT) == (row.key, row.severity, row.cells[locale].state)
    assert spelling in row.cells[locale].spellings


def test_a_fact_that_is_lost_is_missing_in_its_row() -> None:
    (row,) = red(matrix(fr=changed("fr", f" à 14{NB}h{NB}30", "")))

    assert ("time:14:30", Severity.ERROR, State.MISSING) == (row.key, row.severity, row.cells["fr"].state)
    assert ((), ()) == (row.cells["fr"].spellings, row.cells["fr"].places)


def test_a_link_whose_marks_are_lost_is_missing() -> None:
    (row,) = red(matrix(en=changed("en", "{1}plan of twelve pages{/1}", "plan of twelve pages")))

    assert ("link:https://havens.example.org/plan", Severity.ERROR) == (row.key, row.severity)


def test_a_fact_that_only_a_translation_has_is_a_row_without_a_source() -> None:
    (row,) = red(matrix(de=changed("de", "wieder zusammen", "zum 14. Mal zusammen")))

    assert ("only:number:14", "", ()) == (row.key, row.spelling, row.places)
    assert (Severity.ERROR, State.DIFFERENT) == (row.severity, row.cells["de"].state)
    assert ("14",) == row.cells["de"].spellings


def test_two_translations_with_the_same_addition_share_a_row() -> None:
    french, german = changed("fr", "à nouveau", "pour la 14e fois"), changed("de", "wieder", "zum 14. Mal")

    (row,) = red(matrix(fr=french, de=german))

    assert ({"fr", "de"}, State.SAME) == (
        {locale for locale, cell in row.cells.items() if cell.state is State.DIFFERENT},
        row.cells["en"].state,
    )


@pytest.mark.parametrize("nothing", [None, "", f" {NB}"])
def test_what_is_not_translated_yet_disagrees_with_nothing(nothing: str | None) -> None:
    rows = matrix(fr=[nothing] * len(SOURCE))

    assert [] == red(rows)
    assert {State.AWAITED} == {row.cells["fr"].state for row in rows}


def test_a_fact_of_one_translated_and_one_untranslated_segment_agrees_as_far_as_it_goes() -> None:
    rows = matrix(de=[*TARGETS["de"][:4], None])

    (row,) = [row for row in rows if row.key == "number:27"]

    assert (State.SAME, ("27",)) == (row.cells["de"].state, row.cells["de"].spellings)


def test_a_word_that_is_left_out_asks_for_a_look() -> None:
    (row,) = red(matrix(fr=changed("fr", "plan de douze pages", "plan complet")))

    assert ("number:12", Severity.WARNING) == (row.key, row.severity)


@pytest.mark.parametrize(
    "locale, old, new, key, severity",
    [
        ("fr", "Sanne Verbruggen", "Sanne Verbrugen", "name:sanne verbruggen", Severity.WARNING),
        ("de", "Ministerin Sanne Verbruggen", "die Ministerin", "name:sanne verbruggen", Severity.INFO),
        ("fr", "l’UE", "l’Alliance", "acronym:eu", Severity.INFO),
        ("de", "„Jeder", "Jeder", "quote:elke haven krijgt de steun die ze nodig heeft", Severity.INFO),
    ],
)
def test_names_and_quotations_never_block(locale: str, old: str, new: str, key: str, severity: Severity) -> None:
    (row,) = red(matrix(**{locale: changed(locale, old, new)}))

    assert (key, severity) == (row.key, row.severity)


def test_a_weekday_that_the_translation_put_right_agrees() -> None:
    source = [CodedText("op maandag 25 januari 2024")]

    (right,) = fact_matrix(source, "nl", [Version("fr", ["le jeudi 25 janvier 2024"])])
    (wrong,) = fact_matrix(source, "nl", [Version("fr", ["le mardi 25 janvier 2024"])])

    assert (True, Severity.ERROR) == (right.agrees, wrong.severity)


def test_what_every_language_calls_by_words_of_its_own_is_no_name() -> None:
    source = [CodedText("de Informele Raad Justitie kwam samen met Jan Bos")]

    (row,) = fact_matrix(source, "nl", [Version("fr", ["le Conseil informel Justice a rencontré Jan Bos"])])

    assert ("name:jan bos", True) == (row.key, row.agrees)


def test_of_a_compound_that_ends_in_an_institution_only_the_place_is_a_name() -> None:
    source = [CodedText("Stadsbibliotheek van Zandbeke blijft open")]

    (row,) = fact_matrix(source, "nl", [Version("de", ["Stadtbibliothek von Zandbeke bleibt offen"])])

    assert (True, ("Zandbeke",)) == (row.agrees, row.cells["de"].spellings)


def test_a_key_is_the_same_however_the_source_writes_the_fact() -> None:
    keys = {
        row.key
        for written in ("2.500.000.000 euro", "2,5 miljard euro", "€ 2,50 miljard", "2500 miljoen euro")
        for row in fact_matrix([CodedText(written)], "nl", [])
    }

    assert {"amount:2500000000:EUR"} == keys


def test_a_version_has_a_target_for_each_segment() -> None:
    with pytest.raises(ValueError, match="shorter"):
        fact_matrix(SOURCE, "nl", [Version("fr", ["un"])])


def real_release() -> list[CodedText]:
    """Return the segments of a release that was really published."""
    files = sorted(RELEASES.glob("*/nl.txt"))
    if not files:
        pytest.skip("the real releases are not beside this checkout")
    document = read(files[0].read_text(encoding="utf-8"), "text")
    return [segment.source for segment in segment_document(document, "nl")]


def test_a_real_release_agrees_with_itself_and_tells_each_fact_once() -> None:
    source = real_release()

    rows = fact_matrix(source, "nl", [Version("nl", [coded.text for coded in source])])

    assert [] == red(rows)
    assert len(rows) == len({row.key for row in rows})
    assert {"date:01-24", "date:01-25", "number:27", "number:2024", "number:2025"} <= {row.key for row in rows}
    assert {State.SAME} == {cell.state for row in rows for cell in row.cells.values()}


def test_a_release_in_three_languages_takes_about_a_millisecond_a_segment() -> None:
    source = (SOURCE * 7)[:31]
    versions = [Version(locale, (texts * 7)[:31]) for locale, texts in TARGETS.items()]
    varied = [CodedText(f"{coded.text} {at}.", coded.codes) for at, coded in enumerate(source)]
    began = process_time()

    fact_matrix(varied, "nl", versions)

    assert process_time() - began < MOST_SECONDS


@pytest.mark.parametrize("part", ["1 ", "25 mei ", "A ", "De Bb ", "“", "”", "{1}", "www.", "EU ", "a@", "1 euro "])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    fact_matrix([CodedText(text, (LINK,))], "nl", [Version("fr", [text + "1"])])

    assert process_time() - began < 5  # a square law would need minutes


def test_a_fact_is_spelled_as_a_reader_sees_it() -> None:
    bold, line = InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BREAK)
    source = [CodedText("Zij zei: “Een {1}grote{/1} stap.” Het kost {1}3{/1} euro. An{2/}Peeters komt.", (bold, line))]

    rows = fact_matrix(source, "nl", [Version("fr", ["Elle dit «\u00a0Un {1}grand{/1} pas\u00a0»."])])

    (quote,) = (row for row in rows if row.kind == "quote")
    assert "“Een grote stap.”" == quote.spelling
    assert ("«\u00a0Un grand pas\u00a0»",) == quote.cells["fr"].spellings
    assert not any("{" in row.spelling for row in rows)
