from __future__ import annotations

from service.domain.errors import Reason
from service.domain.memory_choice import only_in
from service.domain.memory_files import Filed, FiledTarget, FiledUnit, LeftOut
from service.domain.text import CodedText

FRENCH, GERMAN = FiledTarget("fr", "Le pont."), FiledTarget("de", "Die Brücke.")
SOURCE = CodedText("De brug.")
EMPTY = LeftOut(7, Reason("empty", "It is empty."))


def told(filed: list[Filed], *locales: str) -> list[Filed | tuple[int, str, str]]:
    return [
        (one.line, one.locale, one.reason.code) if isinstance(one, LeftOut) and one is not EMPTY else one
        for one in only_in(filed, locales)
    ]


def test_texts_in_other_languages_are_left_out_and_told() -> None:
    filed: list[Filed] = [FiledUnit(3, SOURCE, (FRENCH, GERMAN)), FiledUnit(5, SOURCE, (GERMAN,)), EMPTY]

    assert [
        FiledUnit(3, SOURCE, (FRENCH,)),
        (3, "de", "not_your_language"),
        (5, "de", "not_your_language"),
        EMPTY,
    ] == told(filed, "fr")


def test_what_is_in_the_languages_stays_as_it_is() -> None:
    filed: list[Filed] = [FiledUnit(3, SOURCE, (FRENCH, GERMAN)), EMPTY]

    assert filed == told(filed, "fr", "de", "en")
