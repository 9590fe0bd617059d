from __future__ import annotations

from time import process_time

import pytest

from service.domain.names import names_of
from service.domain.names_there import NamesThere


@pytest.mark.parametrize(
    "text, names",
    [
        ("Minister Sanne Verbruggen opende het loket.", ["Sanne Verbruggen"]),
        ("Volgens Nicole de Wilde komt dat.", ["Nicole de Wilde"]),
        ("De Vlaamse Havens en de EU-landen.", ["Vlaamse Havens"]),
        ("Eerste Minister J. P. Van den Broeck sprak.", ["J. P. Van den Broeck"]),
        ("Jean-Marie komt, Sofie niet.", ["Jean-Marie", "Sofie"]),
        ("In Brussel en Gent.", ["Brussel", "Gent"]),
        ("Op Maandag komt niemand.", []),
        ("De Federale Overheidsdienst Binnenlandse Zaken.", []),
        ("ALLES IN HOOFDLETTERS", []),
        ("AB " + "Een Twee " * 40, []),
        ("", []),
    ],
)
def test_names_are_runs_of_capitals_without_titles_and_days(text: str, names: list[str]) -> None:
    assert names == [name.text for name in names_of(text, "nl-BE")]


def test_of_german_only_names_of_several_words_are_found() -> None:
    assert ["Sanne Verbruggen"] == [name.text for name in names_of("Sanne Verbruggen sah das Haus.", "de")]


def test_a_name_has_the_same_key_however_it_is_accented() -> None:
    assert names_of("zegt Zoë Müller", "nl")[0].key == names_of("dit Zoe Muller", "fr")[0].key


@pytest.mark.parametrize(
    "source, target, language, found",
    [
        ("zegt Sanne Verbruggen", "dit Sanne Verbruggen", "fr", ("Sanne Verbruggen", True)),
        ("zegt Sanne Verbruggen", "dit Mme Verbruggen", "fr", ("Verbruggen", True)),
        ("zegt Zoë Müller", "says Zoe Muller", "en", ("Zoe Muller", True)),
        ("zegt Sanne Verbruggen", "dit Sanne Verbrugen", "fr", ("Verbrugen", False)),
        ("zegt Sanne Verbruggen", "dit Sanne Verburggen", "fr", ("Verburggen", False)),
        ("zegt Sanne Verbruggen", "dit la ministre", "fr", None),
        ("het Europees Parlement", "das Europäische Parlament", "de", ("Europäische", True)),
        ("zegt Vladimir Poetin", "sagt Wladimir Putin", "de", ("Putin", True)),
    ],
)
def test_a_name_is_found_again_with_its_spelling_judged(
    source: str, target: str, language: str, found: tuple[str, bool] | None
) -> None:
    name = names_of(source, "nl")[0]

    there = NamesThere(target, language, source, "nl").find(name)

    assert found == ((there.text, there.exact) if there else None)


def test_very_many_names_are_not_all_compared() -> None:
    letters = "abcdefghijklmnopqrst"
    source = ", ".join(f"x K{a}{b}{c}mnop" for a in letters for b in letters for c in letters[:5])
    began = process_time()

    there = NamesThere(source.replace("mnop", "mnpq"), "fr", source, "nl")
    for name in names_of(source, "nl"):
        there.find(name)

    assert process_time() - began < 5  # all with all would need minutes


@pytest.mark.parametrize("part", ["A ", "Aa ", "Aa de ", "AA ", "A-", "de "])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    text = part * (60_000 // len(part))
    began = process_time()

    names_of(text, "nl")

    assert process_time() - began < 5  # a square law would need minutes
