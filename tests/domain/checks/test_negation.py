from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks import Severity
from service.domain.checks.negation import Negation
from tests.domain.checks.pairs import found
from tests.domain.checks.rows import in_each

SAME = [
    ("De weg is niet open.", "La route n’est pas ouverte.", "Die Straße ist nicht offen.", "The road is not open."),
    ("Er is geen geld.", "Il n’y a pas d’argent.", "Es gibt kein Geld.", "There is no money."),
    ("Dat gebeurt nooit.", "Cela n’arrive jamais.", "Das geschieht nie.", "That never happens."),
    ("Zonder vergunning.", "Sans permis.", "Ohne Genehmigung.", "Without a permit."),
    ("Niemand raakte gewond.", "Personne n’a été blessé.", "Niemand wurde verletzt.", "Nobody was injured."),
    ("Er gebeurde niets.", "Rien ne s’est passé.", "Es geschah nichts.", "Nothing happened."),
    ("Dat is nergens te koop.", "Ce n’est en vente nulle part.", "Das gibt es nirgends.", "It is sold nowhere."),
    ("Geen bussen, geen trams.", "Ni bus, ni tram n’y va.", "Weder Busse noch Bahnen.", "Neither buses nor trams."),
    ("Wij kunnen niet blijven.", "Nous ne pouvons rester.", "Wir können nicht bleiben.", "We can’t stay."),
    ("Niet alleen de stad.", "La ville et aussi le village.", "Stadt und auch Dorf.", "Town and village."),
    ("Hij is niet in staat te komen.", "Il est incapable.", "Er ist außerstande.", "He is unable to come."),
    ("Zij wil niet betalen.", "Elle refuse de payer.", "Sie weigert sich.", "She refuses to pay."),
    ("Het is niet duidelijk.", "C’est incertain.", "Das ist unklar.", "It is unclear."),
    ("Zij komen al dan niet.", "Ils viennent peut-être.", "Sie kommen vielleicht.", "They may come."),
    ("Zonder twijfel de beste.", "Certainement la meilleure.", "Sicher die beste.", "Surely the best."),
    ("Het is onmogelijk.", "Ce n’est pas possible.", "Das ist nicht möglich.", "It is not possible."),
    ("Hij weigert.", "Il ne veut pas.", "Er will nicht.", "He does not want to."),
    ("Slechts drie scholen bleven.", "Il n’est resté que trois écoles.", "Nur drei Schulen.", "No more than three."),
    ("De huizen zijn leeg.", "Les maisons sont vides.", "Die Häuser sind leer.", "The houses are empty."),
]  # fmt: skip
LOST = [
    ("De weg is niet open.", "La route est ouverte.", "Die Straße ist offen.", "The road is open."),
    ("Er is geen geld.", "Il y a de l’argent.", "Es gibt Geld.", "There is money."),
    ("Dat gebeurt nooit.", "Cela arrive.", "Das geschieht.", "That happens."),
    ("Zonder vergunning.", "Avec un permis.", "Mit Genehmigung.", "With a permit."),
    ("Niemand raakte gewond.", "Des gens ont été blessés.", "Jemand wurde verletzt.", "People were injured."),
    ("Er gebeurde niets.", "Cela s’est passé.", "Es geschah etwas.", "It happened."),
    ("Dat is nergens te koop.", "C’est en vente partout.", "Das gibt es überall.", "It is sold everywhere."),
    ("Wij kunnen niet blijven.", "Nous pouvons rester.", "Wir können bleiben.", "We can stay."),
    ("Wij eisen dit niet.", "Nous l’exigeons.", "Wir verlangen es.", "We demand it."),
    ("De belasting stijgt niet.", "L’impôt augmente.", "Die Steuer steigt.", "The tax is rising."),
    ("NIET roken in het gebouw.", "Fumer dans le bâtiment.", "Im Gebäude rauchen.", "Smoke in the building."),
    ("Het verbod geldt niet.", "L’interdiction s’applique.", "Das Verbot gilt.", "The ban applies."),
    ("De zitting gaat niet door.", "La vie privée compte un peu.", "Die Sitzung findet statt.", "A few met so far."),
    ("Het geldt niet.", "C’est exclusivement valable.", "Außerdem gilt es weiter.", "It is a little valid."),
]  # fmt: skip
FEWER = [
    (
        "Wie niet kan komen, hoeft geen geld te sturen.",
        "Qui ne peut pas venir doit envoyer de l’argent.",
        "Wer nicht kommen kann, muss Geld schicken.",
        "Those who cannot come should send money.",
    ),
    (
        "Zonder plan komt er geen brug.",
        "Sans plan, le pont viendra.",
        "Ohne Plan kommt die Brücke.",
        "Without a plan there will be a bridge.",
    ),
]
ADDED = [
    ("De weg is open.", "La route n’est pas ouverte.", "Die Straße ist nicht offen.", "The road is not open."),
    ("De belasting stijgt.", "L’impôt n’augmente pas.", "Die Steuer steigt nicht.", "The tax is not rising."),
    ("Er is geld.", "Il n’y a pas d’argent.", "Es gibt kein Geld.", "There isn’t money."),
]


@pytest.mark.parametrize("locale, source, target", in_each(SAME))
def test_what_is_denied_on_both_sides_passes(locale: str, source: str, target: str) -> None:
    assert [] == [str(finding) for finding in found(Negation(), source, target, locale)]


@pytest.mark.parametrize("locale, source, target", in_each(LOST))
def test_a_lost_denial_is_a_warning_at_the_word_of_the_source(locale: str, source: str, target: str) -> None:
    (finding,) = found(Negation(), source, target, locale)

    assert ("negation", Severity.WARNING, None) == (finding.code, finding.severity, finding.target_span)
    assert finding.source_span is not None
    word = source[slice(*finding.source_span)]
    assert word.lower() in {"niet", "geen", "nooit", "zonder", "niemand", "niets", "nergens"}
    assert f"The source says “{word}”, but the translation denies nothing." == str(finding)


@pytest.mark.parametrize(
    "target",
    [
        "C’est un grand pas en avant.",
        "Un pas de plus vers le sommet.",
        "Le premier pas est fait, les pas suivants aussi.",
        "À deux pas de la gare.",
        "Ses premiers pas, au pas, pas à pas, à pas de géant.",
        "Des pas importants, de petits pas, un tout petit pas.",
        "Un faux pas du Pas-de-Calais.",
    ],
)
def test_a_step_denies_nothing(target: str) -> None:
    assert [] == found(Negation(), "Dat is een grote stap vooruit.", target)
    (lost,) = found(Negation(), "Dat is niet gebeurd.", target)
    assert "The source says “niet”, but the translation denies nothing." == str(lost)


@pytest.mark.parametrize(
    "target",
    [
        "Ce n’est pas un grand pas.",
        "Il n’est de nouveau pas venu.",
        "L’un vient, l’autre pas.",
        "Pas un n’est venu.",
        "N’est-ce pas vrai ?",
        "Les grands ne viennent pas.",
    ],
)
def test_a_denial_beside_a_step_still_denies(target: str) -> None:
    assert [] == found(Negation(), "Dat is niet zo.", target)


@pytest.mark.parametrize("locale, source, target", in_each(FEWER))
def test_one_denial_of_two_is_missed_too(locale: str, source: str, target: str) -> None:
    (finding,) = found(Negation(), source, target, locale)

    assert "The source denies 2 times, the translation 1." == str(finding)
    assert finding.source_span is not None
    assert source[slice(*finding.source_span)].lower().split()[0] in {"niet", "zonder"}


@pytest.mark.parametrize("locale, source, target", in_each(ADDED))
def test_a_denial_that_was_added_is_told_at_its_word(locale: str, source: str, target: str) -> None:
    (finding,) = found(Negation(), source, target, locale)

    assert finding.target_span is not None
    assert Severity.INFO is finding.severity
    assert finding.source_span is None
    assert target[slice(*finding.target_span)] in {"pas", "nicht", "kein", "not", "isn’t"}
    assert "the source denies nothing" in str(finding)


def test_the_places_count_the_markers() -> None:
    (finding,) = found(Negation(), "{1}Dit{/1} is {1}niet{/1} waar.", "{1}C’est{/1} {1}vrai{/1}.", coded=True)

    assert finding.source_span is not None
    assert "niet" == "{1}Dit{/1} is {1}niet{/1} waar."[slice(*finding.source_span)]


def test_nothing_is_said_of_a_language_without_a_list() -> None:
    assert [] == found(Negation(), "Dat is niet waar.", "To prawda.", "pl")


@pytest.mark.parametrize("part", ["niet ", "on_", "un_los_", "a moins que ", "ne a que ", "n’", "not-", "onloos"])
def test_hostile_texts_take_time_in_proportion_to_their_length(part: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    for locale in ("fr", "de", "en"):
        found(Negation(), text + "niet", text, locale)
        found(Negation(), text, text + " pas nicht not", locale)

    assert process_time() - began < 3  # a square law would need minutes
