from __future__ import annotations

from service.domain.checks import Severity
from service.domain.fact_matrix import Version
from service.domain.fact_table import FactRow, blocking_cells, fact_table
from service.domain.facts.held import State
from service.domain.text import CodedText

SOURCE = ("Een nieuwe brug", "De brug kostte 27 miljoen euro.", "Zij opent op 14 mei 2026.")
FRENCH = ("Un nouveau pont", "Le pont a coûté 27 millions d’euros.", "Il ouvre le 14 mai 2026.")
GERMAN = ("Eine neue Brücke", "Die Brücke kostete 27 Millionen Euro.", "Sie öffnet am 14. Mai 2026.")


def table(**targets: tuple[str | None, ...]) -> tuple[FactRow, ...]:
    versions = [Version(locale, texts) for locale, texts in targets.items()]
    return fact_table([CodedText(text) for text in SOURCE], "nl", versions)


def changed(texts: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(text.replace(old, new) for text in texts)


def test_a_fact_stands_once_with_a_cell_for_each_language() -> None:
    rows = table(fr=FRENCH, de=GERMAN)

    assert ["27 miljoen euro", "14 mei 2026"] == [row.spelling for row in rows]
    assert [{"fr": ("27 millions d’euros",), "de": ("27 Millionen Euro",)}] == [
        {locale: cell.spellings for locale, cell in row.cells.items()} for row in rows[:1]
    ]
    assert [{}, {}] == [row.differing for row in rows]


def test_what_is_wrong_in_one_language_weighs_nothing_in_another() -> None:
    rows = table(fr=FRENCH, de=changed(GERMAN, "27", "28"))

    assert [["de"], []] == [list(row.differing) for row in rows]
    assert (1, 0) == (len(blocking_cells(rows, "de")), len(blocking_cells(rows, "fr")))
    assert Severity.ERROR is rows[0].cells["de"].severity


def test_what_only_a_translation_has_comes_last_and_the_others_have_nothing_of_it() -> None:
    rows = table(fr=(*FRENCH[:2], "Il ouvre le 14 mai 2026 à 15 h 30."), de=GERMAN)

    last = rows[-1]
    assert ("", (), ["fr"]) == (last.spelling, last.places, list(last.differing))
    assert (State.SAME, (), None) == (
        last.cells["de"].state,
        last.cells["de"].spellings,
        last.cells["de"].severity,
    )


def test_what_is_not_translated_yet_is_awaited() -> None:
    rows = table(fr=(None, None, None))

    assert {State.AWAITED} == {row.cells["fr"].state for row in rows}
    assert [] == blocking_cells(rows, "fr")


def test_a_token_is_of_one_pair_of_spellings() -> None:
    def token(*targets: str) -> str:
        return table(fr=targets)[0].cells["fr"].token

    wrong = token(*changed(FRENCH, "27", "28"))

    assert wrong == token(*changed(changed(FRENCH, "27", "28"), "Un nouveau", "Le nouveau"))
    assert wrong != token(*changed(FRENCH, "27", "29"))
    assert wrong != token(*FRENCH)
    assert wrong != token(*changed(FRENCH, "27 millions", "28 milliards"))
