"""What two sources state, where they are alike."""

from __future__ import annotations

import pytest

from service.domain.matching.stating import state_the_same
from service.domain.text import CodedText, CodeKind, InlineCode

SAME = [
    ("Een oude brug van 5 meter.", "De nieuwe brug van 5 meter."),
    ("Op 1 mei 2026 opent een brug.", "Op 1 mei 2026 opent de brug."),
    ("Eerste Minister Claes spreekt.", "Minister Claes spreekt."),
    ("Een EU-lidstaat van de 27 stemt.", "Een lidstaat van de EU van de 27 stemt."),
    ("Zie www.belzele.example.", "Lees ook www.belzele.example!"),
]
OTHER = [
    ("Het werd -5 graden.", "Het werd 5 graden."),
    ("-5 graden was het.", "5 graden was het."),
    ("De brug kost 25 miljoen euro.", "De brug kost 25 miljard euro."),
    ("De brug kost 25 miljoen euro.", "De brug kost 25 miljoen dollar."),
    ("De belasting stijgt met 5 %.", "De belasting stijgt met 5 euro."),
    ("De twee steden bouwen twee bruggen.", "De twee steden bouwen drie bruggen."),
    ("Er zijn twintig duizend ambtenaren.", "Er zijn twintig miljoen ambtenaren."),
    ("Het aantal gaat van 25 naar 20.", "Het aantal gaat van 20 naar 25."),
    ("In het eerste kwartaal groeide de handel.", "In het tweede kwartaal groeide de handel."),
    ("Op maandag opent de brug.", "Op dinsdag opent de brug."),
    ("In januari opent de brug.", "In februari opent de brug."),
    ("Het begint om middernacht.", "Het begint."),
    ("Een tweejarig plan.", "Een driejarig plan."),
    ("De E40 is dicht.", "De E19 is dicht."),
    ("Een huis van 120 m².", "Een huis van 120 m³."),
    ("Zie www.belzele.example.", "Zie www.hamelen.example."),
    ("Schrijf naar pers@belzele.example.", "Schrijf naar pers@hamelen.example."),
]


@pytest.mark.parametrize("one, other", SAME)
def test_other_words_about_the_same_facts_state_the_same(one: str, other: str) -> None:
    assert state_the_same(CodedText(one), CodedText(other), "nl")


@pytest.mark.parametrize("one, other", OTHER)
def test_a_fact_that_differs_states_something_else(one: str, other: str) -> None:
    assert not state_the_same(CodedText(one), CodedText(other), "nl")
    assert not state_the_same(CodedText(other), CodedText(one), "nl")


def test_codes_are_no_part_of_what_is_stated() -> None:
    coded = CodedText("Het werd {1}-5{/1} graden.", (InlineCode(1, CodeKind.BOLD),))

    assert state_the_same(coded, CodedText("Het werd -5 graden."), "nl")
    assert not state_the_same(coded, CodedText("Het werd 5 graden."), "nl")


def test_a_language_that_the_desk_does_not_know_has_its_figures_compared() -> None:
    assert state_the_same(CodedText("Un puente de 5 m."), CodedText("El puente de 5 m."), "es")
    assert not state_the_same(CodedText("Un puente de 5 m."), CodedText("Un puente de 6 m."), "es")
