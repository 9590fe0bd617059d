from __future__ import annotations

import pytest

from service.domain.acronyms import AcronymsThere, acronyms_of


@pytest.mark.parametrize(
    "text, acronyms",
    [
        ("De EU-landen en de FOD's.", ["EU", "FOD"]),
        ("AI in de 19e eeuw, deel XIV.", ["AI"]),
        ("De btw voor kmo’s, bv. 6 %.", ["btw", "kmo"]),
        ("Daar staat GEEN WOORD VAN waar.", []),
        ("Dit is NIET waar.", []),
        ("ALLES IN HOOFDLETTERS", []),
        ("CO2 en een iPad", []),
        ("", []),
    ],
)
def test_acronyms_are_words_in_capitals_and_those_a_language_writes_small(text: str, acronyms: list[str]) -> None:
    assert acronyms == [acronym.text for acronym in acronyms_of(text, "nl-BE")]


@pytest.mark.parametrize(
    "source, target, language, found",
    [
        ("de EU", "l’UE", "fr", ("UE", True)),
        ("de EU", "l’Union européenne", "fr", ("Union", True)),
        ("de EU", "l’EU", "fr", ("EU", False)),
        ("de NAVO", "the NATO", "en", ("NATO", True)),
        ("de FOD Financiën", "der FÖD Finanzen", "de", ("FÖD", True)),
        ("de DNA-databank", "la banque d’ADN", "fr", ("ADN", True)),
        ("de AVG", "die Datenschutz-Grundverordnung", "de", ("Datenschutz", True)),
        ("de AVG", "die Bundesdatenschutzregeln", "de", ("Bundesdatenschutzregeln", True)),
        ("onderzoek, R&D", "la R&D", "fr", None),
        ("het KNMI", "l’IKNM, le KMNI", "fr", ("KMNI", False)),
        ("het KNMI", "l’institut", "fr", None),
        ("het IRM", "Institut Royal Météo", "fr", ("Institut Royal Météo", True)),
        ("de VS", "U.S. officials", "en", ("U.S", True)),
    ],
)
def test_an_acronym_is_found_again_as_the_language_has_it(
    source: str, target: str, language: str, found: tuple[str, bool] | None
) -> None:
    acronyms = acronyms_of(source, "nl")

    there = AcronymsThere(target, language, source, "nl").find(acronyms[0]) if acronyms else None

    assert found == ((there.text, there.exact) if there else None)
