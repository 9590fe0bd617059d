from __future__ import annotations

import pytest

from service.domain.checks import FrenchSpacing, Pair, Rules, Severity
from service.domain.checks.french_spacing import FrenchSpacingCheck
from service.domain.fixes import apply_fix
from service.domain.text import CodedText
from tests.domain.checks.pairs import CODES, found

NB, NN = "\u00a0", "\u202f"

GOOD = [
    f"Voici{NB}: oui{NB}; non{NB}! vrai{NB}?",
    f"Voici{NB}: oui{NN}; non{NN}! vrai{NN}?",
    f"Voici{NN}: «{NN}oui{NN}»",
    f"Il dit «{NB}oui{NB}».",
    f"25{NB}% de 12{NN}€",
    "À 14:30 et 14:30:15, au score de 2:1",
    "Voir https://example.be/?a=1;b=2 et http://example.be:8080/x",
    f"Vraiment{NB}?! Non{NB}!!! Quoi{NB}???",
    "Un doute (?) et une surprise (!)",
    "du texte &nbsp; et &#160; dedans",
    "un smiley :-) et un autre ;-)",
    "urn:isbn:12 et C:\\dossier",
    "Yahoo!Japan, a?b",
    "? Oui",
    "100%bio et 5€uro",
    "€ 25 et un % seul",
    "Bonjour.",
]
BAD = [
    ("Voici : oui", f"Voici{NB}: oui", Severity.INFO),
    ("Voici: oui", f"Voici{NB}: oui", Severity.WARNING),
    ("oui ; non", f"oui{NB}; non", Severity.INFO),
    ("oui; non", f"oui{NB}; non", Severity.WARNING),
    ("Vrai ?", f"Vrai{NB}?", Severity.INFO),
    ("Vrai?", f"Vrai{NB}?", Severity.WARNING),
    ("Non !!!", f"Non{NB}!!!", Severity.INFO),
    ("Non?!", f"Non{NB}?!", Severity.WARNING),
    ("« oui »", f"«{NB}oui{NB}»", Severity.INFO),
    ("«oui»", f"«{NB}oui{NB}»", Severity.WARNING),
    (f"«{NB}oui »", f"«{NB}oui{NB}»", Severity.INFO),
    ("25 % et 30%", f"25{NB}% et 30{NB}%", Severity.WARNING),
    ("25 € ou 30 €.", f"25{NB}€ ou 30{NB}€.", Severity.INFO),
    ("Voir https://example.be ; oui", f"Voir https://example.be{NB}; oui", Severity.INFO),
    ("Il dit : « oui »", f"Il dit{NB}: «{NB}oui{NB}»", Severity.INFO),
    ("Vrai\u2009?", f"Vrai{NB}?", Severity.INFO),
]


@pytest.mark.parametrize("target", GOOD)
def test_french_spaces_pass_in_either_width(target: str) -> None:
    assert [] == [str(finding) for finding in found(FrenchSpacingCheck(), "x", target)]


@pytest.mark.parametrize("target, right, severity", BAD)
def test_a_space_that_breaks_is_information_and_a_missing_one_a_warning(
    target: str, right: str, severity: Severity
) -> None:
    (finding,) = found(FrenchSpacingCheck(), "x", target)

    assert ("french_spacing", severity) == (finding.code, finding.severity)
    assert right == apply_fix(target, finding)


@pytest.mark.parametrize("locale", ["de", "en", "nl-BE"])
@pytest.mark.parametrize("target", [target for target, _, _ in BAD[:10]])
def test_other_languages_are_not_asked(locale: str, target: str) -> None:
    assert [] == found(FrenchSpacingCheck(), "x", target, locale)


@pytest.mark.parametrize("locale", ["fr", "fr-BE"])
@pytest.mark.parametrize(
    "target, right",
    [
        ("oui ; non!", f"oui{NN}; non{NN}!"),
        ("vrai ?", f"vrai{NN}?"),
        ("dit : « oui » à 25 %", f"dit{NB}: «{NB}oui{NB}» à 25{NB}%"),
    ],
)
def test_an_office_may_have_narrow_spaces_before_three_marks(locale: str, target: str, right: str) -> None:
    pair = Pair(CodedText("x"), target, "nl", locale, Rules(french_spacing=FrenchSpacing.NARROW))

    (finding,) = FrenchSpacingCheck().find(pair)

    assert right == apply_fix(target, finding)


@pytest.mark.parametrize(
    "target, right",
    [
        ("{1}Objet{/1} : oui", f"{{1}}Objet{{/1}}{NB}: oui"),
        ("{1}Objet {/1}: oui", f"{{1}}Objet{NB}{{/1}}: oui"),
        ("«{1} oui{/1} »", f"«{{1}}{NB}oui{{/1}}{NB}»"),
        ("«{1}oui{/1}»", f"«{NB}{{1}}oui{{/1}}{NB}»"),
    ],
)
def test_markers_between_a_mark_and_its_space_stay(target: str, right: str) -> None:
    (finding,) = FrenchSpacingCheck().find(Pair(CodedText("x", CODES), target, "nl", "fr"))

    assert right == apply_fix(target, finding)


def test_all_places_of_a_segment_are_one_finding_that_names_the_marks() -> None:
    target = "Il dit : « oui ! »"

    (finding,) = found(FrenchSpacingCheck(), "x", target)

    assert finding.target_span
    assert " : « oui ! " == target[slice(*finding.target_span)]
    assert "French has a no-break space beside : « ! »; here a line may break." == str(finding)
