from __future__ import annotations

import pytest

from service.domain.matching.repair import repair
from service.domain.terms import SourceTerm, TermHit
from service.domain.text import CodedText, CodeKind, InlineCode

BOLD = (InlineCode(1, CodeKind.BOLD),)

# What stood in the memory, what is wanted now, and for each language the target as it was and as it becomes.
GOOD = [
    (
        "De brug kostte 25 miljoen euro.",
        "De brug kostte 31 miljoen euro.",
        ("Le pont a coûté 25 millions d’euros.", "Le pont a coûté 31 millions d’euros."),
        ("Die Brücke kostete 25 Millionen Euro.", "Die Brücke kostete 31 Millionen Euro."),
        ("The bridge cost 25 million euros.", "The bridge cost 31 million euros."),
    ),
    (
        "De 27 lidstaten keurden het plan goed.",
        "De 28 lidstaten keurden het plan goed.",
        ("Les 27 États membres ont approuvé le plan.", "Les 28 États membres ont approuvé le plan."),
        ("Die 27 Mitgliedstaaten billigten den Plan.", "Die 28 Mitgliedstaaten billigten den Plan."),
        ("The 27 member states approved the plan.", "The 28 member states approved the plan."),
    ),
    (
        "De raad vergadert op 12 maart 2026.",
        "De raad vergadert op 14 april 2026.",
        ("Le conseil se réunit le 12 mars 2026.", "Le conseil se réunit le 14 avril 2026."),
        ("Der Rat tagt am 12. März 2026.", "Der Rat tagt am 14. April 2026."),
        ("The council meets on 12 March 2026.", "The council meets on 14 April 2026."),
    ),
    (
        "De raad vergadert op 12 maart.",
        "De raad vergadert op 1 maart.",
        ("Le conseil se réunit le 12 mars.", "Le conseil se réunit le 1er mars."),
        ("Der Rat tagt am 12. März.", "Der Rat tagt am 1. März."),
        ("The council meets on 12 March.", "The council meets on 1 March."),
    ),
    (
        "De opening is op donderdag 25 januari 2024.",
        "De opening is op vrijdag 26 januari 2024.",
        ("L’ouverture a lieu le jeudi 25 janvier 2024.", "L’ouverture a lieu le vendredi 26 janvier 2024."),
        ("Die Eröffnung ist am Donnerstag, 25. Januar 2024.", "Die Eröffnung ist am Freitag, 26. Januar 2024."),
        ("The opening is on Thursday 25 January 2024.", "The opening is on Friday 26 January 2024."),
    ),
    (
        "De begroting telt 1.250 regels.",
        "De begroting telt 3.480 regels.",
        ("Le budget compte 1\u00a0250 lignes.", "Le budget compte 3\u00a0480 lignes."),
        ("Der Haushalt umfasst 1.250 Zeilen.", "Der Haushalt umfasst 3.480 Zeilen."),
        ("The budget has 1,250 lines.", "The budget has 3,480 lines."),
    ),
    (
        "De groei bedroeg 2,5 procent.",
        "De groei bedroeg 3,1 procent.",
        ("La croissance était de 2,5 %.", "La croissance était de 3,1 %."),
        ("Das Wachstum betrug 2,5 Prozent.", "Das Wachstum betrug 3,1 Prozent."),
        ("Growth was 2.5 per cent.", "Growth was 3.1 per cent."),
    ),
    (
        "De wet dateert van 2019.",
        "De wet dateert van 2021.",
        ("La loi date de 2019.", "La loi date de 2021."),
        ("Das Gesetz stammt aus dem Jahr 2019.", "Das Gesetz stammt aus dem Jahr 2021."),
        ("The law dates from 2019.", "The law dates from 2021."),
    ),
    (
        "Van 12 naar 15 projecten.",
        "Van 14 naar 18 projecten.",
        ("De 12 à 15 projets.", "De 14 à 18 projets."),
        ("Von 12 auf 15 Projekte.", "Von 14 auf 18 Projekte."),
        ("From 12 to 15 projects.", "From 14 to 18 projects."),
    ),
    (
        "De trein vertrekt om 14.30 uur.",
        "De trein vertrekt om 16.45 uur.",
        ("Le train part à 14 h 30.", "Le train part à 16 h 45."),
        ("Der Zug fährt um 14.30 Uhr ab.", "Der Zug fährt um 16.45 Uhr ab."),
        ("The train leaves at 2.30 pm.", "The train leaves at 4.45 pm."),
    ),
    (
        "De zitting begint om 9 uur.",
        "De zitting begint om 10 uur.",
        ("La séance commence à 9 h.", "La séance commence à 10 h."),
        ("Die Sitzung beginnt um 9 Uhr.", "Die Sitzung beginnt um 10 Uhr."),
        ("The session starts at 9 am.", "The session starts at 10 am."),
    ),
    (
        "Het budget stijgt met 150 euro.",
        "Het budget stijgt met 1.500 euro.",
        ("Le budget augmente de 150 euros.", "Le budget augmente de 1\u00a0500 euros."),
        ("Das Budget steigt um 150 Euro.", "Das Budget steigt um 1\u00a0500 Euro."),
        ("The budget rises by 150 euros.", "The budget rises by 1,500 euros."),
    ),
    (
        "De zaak ligt bij het OLAF.",
        "De zaak ligt bij het EPPO.",
        ("L’affaire est chez OLAF.", "L’affaire est chez EPPO."),
        ("Die Sache liegt bei OLAF.", "Die Sache liegt bei EPPO."),
        ("The case is with OLAF.", "The case is with EPPO."),
    ),
    (
        "Op 3/4/2026 om 10 uur.",
        "Op 5/4/2026 om 10 uur.",
        ("Le 3/4/2026 à 10 h.", "Le 5/4/2026 à 10 h."),
        ("Am 3.4.2026 um 10 Uhr.", "Am 5.4.2026 um 10 Uhr."),
        ("On 3 April 2026 at 10 am.", "On 5 April 2026 at 10 am."),
    ),
    (
        "Artikel 12 en artikel 15 vervallen.",
        "Artikel 12 en artikel 16 vervallen.",
        ("Les articles 12 et 15 sont abrogés.", "Les articles 12 et 16 sont abrogés."),
        ("Artikel 12 und Artikel 15 entfallen.", "Artikel 12 und Artikel 16 entfallen."),
        ("Articles 12 and 15 are repealed.", "Articles 12 and 16 are repealed."),
    ),
]
LOCALES = ("fr", "de", "en")


@pytest.mark.parametrize("place", range(3), ids=LOCALES)
@pytest.mark.parametrize("source, wanted, french, german, english", GOOD, ids=[row[1] for row in GOOD])
def test_a_fact_that_differs_is_put_in_place_of_the_old_one(
    source: str, wanted: str, french: tuple[str, str], german: tuple[str, str], english: tuple[str, str], place: int
) -> None:
    before, after = (french, german, english)[place]

    mended = repair(CodedText(wanted), CodedText(source), before, pair=("nl", LOCALES[place]), hits=())

    assert mended is not None
    assert after == mended.target
    assert 97 <= mended.score <= 99
    assert all(one.before in before and one.after in after for one in mended.mendings)
    assert mended.mendings


REFUSED = [
    ("another word", "De brug opent in mei.", "De brug sluit in mei.", "Le pont ouvre en mai."),
    ("a word more", "De brug kostte 25 euro.", "De nieuwe brug kostte 26 euro.", "Le pont a coûté 25 euros."),
    ("a mark more", "De brug kostte 25 euro.", "De brug kostte 26 euro!", "Le pont a coûté 25 euros."),
    ("nothing", "De brug kostte 25 euro.", "De brug kostte 25 euro.", "Le pont a coûté 25 euros."),
    ("many become one", "De 2 lidstaten stemmen.", "De 1 lidstaten stemmen.", "Les 2 États membres votent."),
    ("one becomes many", "Er is 1 lidstaat.", "Er is 3 lidstaat.", "Il y a 1 État membre."),
    ("not there", "De 27 lidstaten.", "De 28 lidstaten.", "Tous les États membres."),
    ("there twice", "De 27 lidstaten.", "De 28 lidstaten.", "Les 27 pays, tous les 27."),
    ("in words there", "De 27 lidstaten.", "De 28 lidstaten.", "Les vingt-sept États membres."),
    ("in words here", "De twintig lidstaten.", "De dertig lidstaten.", "Les vingt États membres."),
    ("another amount there", "Het kost 25 euro.", "Het kost 26 euro.", "Cela coûte 24 euros."),
    ("a number for a date", "Op 12 maart.", "Op 12 euro.", "Le 12 mars."),
    ("the magnitude", "Het kost 2 miljoen euro.", "Het kost 2 miljard euro.", "Cela coûte 2 millions d’euros."),
    ("a lost denial", "Dat kost geen 25 euro.", "Dat kost dan 26 euro.", "Cela ne coûte pas 25 euros."),
    ("capitals", "De 27 lidstaten.", "de 28 lidstaten.", "Les 27 États membres."),
    ("a name that is none", "Peeters spreekt 3 talen.", "Janssens spreekt 3 talen.", "Peeters parle 3 langues."),
    ("an article before a name", "Bij ONU.", "Bij NASA.", "À l’ONU."),
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("why, source, wanted, target", REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_not_certain_is_left_as_it_is(why: str, source: str, wanted: str, target: str, locale: str) -> None:
    if why == "an article before a name":
        locale = "fr"  # the others join nothing to a name
    assert repair(CodedText(wanted), CodedText(source), target, pair=("nl", locale), hits=()) is None


def test_a_name_that_is_not_translated_is_replaced_and_scores_less() -> None:
    hit = TermHit(0, 6, "Fedict", SourceTerm("c1", "Fedict", do_not_translate=True))

    mended = repair(
        CodedText("Fedict verstuurt 12 brieven."),
        CodedText("Fedasil verstuurt 14 brieven."),
        "Fedasil envoie 14 lettres.",
        pair=("nl", "fr"),
        hits=(hit,),
    )

    assert mended is not None
    assert ("Fedict envoie 12 lettres.", 97) == (mended.target, mended.score)
    assert [("Fedasil", "Fedict"), ("14", "12")] == [(one.before, one.after) for one in mended.mendings]


def test_markers_stay_where_they_are() -> None:
    mended = repair(
        CodedText("De {1}28{/1} lidstaten.", BOLD),
        CodedText("De {1}27{/1} lidstaten.", BOLD),
        "Les {1}27{/1} États membres.",
        pair=("nl", "fr"),
        hits=(),
    )

    assert mended is not None
    assert "Les {1}28{/1} États membres." == mended.target


def test_a_fact_with_a_marker_inside_is_left_as_it_is() -> None:
    assert (
        repair(
            CodedText("Op {1}14{/1} maart.", BOLD),
            CodedText("Op {1}12{/1} maart.", BOLD),
            "Le {1}12{/1} mars.",
            pair=("nl", "fr"),
            hits=(),
        )
        is None
    )


def test_a_language_that_nobody_wrote_rules_for_is_left_alone() -> None:
    assert repair(CodedText("De 28."), CodedText("De 27."), "Los 27.", pair=("nl", "es"), hits=()) is None
