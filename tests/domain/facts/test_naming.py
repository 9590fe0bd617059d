from __future__ import annotations

from time import process_time

import pytest

from service.domain.facts.naming import NamesThere, names_of


@pytest.mark.parametrize(
    "text, names",
    [
        ("Minister Sanne Verbruggen opende het loket.", ["Minister Sanne Verbruggen"]),
        ("Volgens Nicole de Wilde komt dat.", ["Volgens Nicole de Wilde"]),
        ("De Vlaamse Havens en de EU-landen.", ["Vlaamse Havens", "EU"]),
        ("De Commissie besliste.", []),
        ("In Brussel en Gent.", []),
        ("AI in de 19e eeuw, deel XIV.", ["AI"]),
        ("ALLES IN HOOFDLETTERS", []),
        ("", []),
    ],
)
def test_names_are_runs_of_capitals_and_acronyms(text: str, names: list[str]) -> None:
    assert names == [name.text for name in names_of(text)]


@pytest.mark.parametrize(
    "source, target, language, found",
    [
        ("zegt Sanne Verbruggen", "dit Sanne Verbruggen", "fr", ("Sanne Verbruggen", True)),
        ("zegt Sanne Verbruggen", "dit Mme Verbruggen", "fr", ("Verbruggen", True)),
        ("zegt Zoë Müller", "says Zoe Muller", "en", ("Zoe Muller", True)),
        ("zegt Sanne Verbruggen", "dit Sanne Verbrugen", "fr", ("Verbrugen", False)),
        ("zegt Sanne Verbruggen", "dit Sanne Verburggen", "fr", ("Verburggen", False)),
        ("zegt Sanne Verbruggen", "dit la ministre", "fr", None),
        ("het Europees Parlement", "das Europäische Parlament", "de", None),
        ("de EU", "l’UE", "fr", ("UE", True)),
        ("de NAVO", "the NATO", "en", ("NATO", True)),
        ("de FOD Financiën", "der FÖD Finanzen", "de", ("FÖD", True)),
        ("het KNMI", "l’IKNM, le KMNI", "fr", ("KMNI", False)),
        ("het KNMI", "l’institut", "fr", None),
    ],
)
def test_a_name_is_found_again_with_its_spelling_judged(
    source: str, target: str, language: str, found: tuple[str, bool] | None
) -> None:
    name = names_of(source)[0]

    there = NamesThere(target, language).find(name, "nl")

    assert found == ((there.text, there.exact) if there else None)


@pytest.mark.parametrize("part", ["A ", "Aa ", "Aa de ", "AA ", "A-", "de "])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * (60_000 // len(part))
    began = process_time()

    names_of(text)

    assert process_time() - began < 5  # a square law would need minutes
