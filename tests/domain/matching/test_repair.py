from __future__ import annotations

import pytest

from service.domain.checks.base import Pair
from service.domain.matching.repair import repair
from service.domain.text import CodedText, CodeKind, InlineCode
from tests.domain.matching.repairing import LOCALES, mended

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
GOOD += [
    (
        "De twaalf scholen zijn dicht.",
        "De veertien scholen zijn dicht.",
        ("Les douze écoles sont fermées.", "Les quatorze écoles sont fermées."),
        ("Die zwölf Schulen sind zu.", "Die vierzehn Schulen sind zu."),
        ("The twelve schools are closed.", "The fourteen schools are closed."),
    ),
    (
        "Er komen 12 treinen bij.",
        "Er komen 25 treinen bij.",
        ("Douze trains s’ajoutent.", "Vingt-cinq trains s’ajoutent."),
        ("Zwölf Züge kommen hinzu.", "Fünfundzwanzig Züge kommen hinzu."),
        ("Twelve trains are added.", "Twenty-five trains are added."),
    ),
    (
        "Dit is de twaalfde vergadering.",
        "Dit is de veertiende vergadering.",
        ("C’est la douzième réunion.", "C’est la quatorzième réunion."),
        ("Das ist die zwölfte Sitzung.", "Das ist die vierzehnte Sitzung."),
        ("This is the twelfth meeting.", "This is the fourteenth meeting."),
    ),
    (
        "De werken beginnen in mei.",
        "De werken beginnen in juni.",
        ("Les travaux commencent en mai.", "Les travaux commencent en juin."),
        ("Die Arbeiten beginnen im Mai.", "Die Arbeiten beginnen im Juni."),
        ("Work starts in May.", "Work starts in June."),
    ),
    (
        "Bel 02 123 45 67 voor vragen.",
        "Bel 02 123 89 67 voor vragen.",
        ("Appelez le 02 123 45 67 pour toute question.", "Appelez le 02 123 89 67 pour toute question."),
        ("Fragen unter 02 123 45 67.", "Fragen unter 02 123 89 67."),
        ("Call 02 123 45 67 with questions.", "Call 02 123 89 67 with questions."),
    ),
    (
        "De A12 is open.",
        "De A14 is open.",
        ("L’A12 est ouverte.", "L’A14 est ouverte."),
        ("Die A12 ist offen.", "Die A14 ist offen."),
        ("The A12 is open.", "The A14 is open."),
    ),
    (
        "Open Lucht krijgt 1,5 miljoen euro.",
        "Groot Plein krijgt 1,8 miljoen euro.",
        ("Open Lucht reçoit 1,5 million d’euros.", "Groot Plein reçoit 1,8 million d’euros."),
        ("Open Lucht erhält 1,5 Millionen Euro.", "Groot Plein erhält 1,8 Millionen Euro."),
        ("Open Lucht receives 1.5 million euros.", "Groot Plein receives 1.8 million euros."),
    ),
    (
        "Op 3 maart om 9.30 uur.",
        "Op 2 maart om 14.05 uur.",
        ("Le 3 mars à 9 h 30.", "Le 2 mars à 14 h 05."),
        ("Am 3. März um 9.30 Uhr.", "Am 2. März um 14.05 Uhr."),
        ("On March 3rd at 9:30.", "On March 2nd at 14:05."),
    ),
]
GOOD += [
    (
        "Om 8 uur ’s avonds.",
        "Om 10 uur ’s avonds.",
        ("À 8 heures du soir.", "À 10 heures du soir."),
        ("Um 8 Uhr abends.", "Um 10 Uhr abends."),
        ("At 8 in the evening.", "At 10 in the evening."),
    ),
    (
        "Het kost 2.000.000 euro.",
        "Het kost 3.000.000 euro.",
        ("Cela coûte 2\u00a0000\u00a0000 d’euros.", "Cela coûte 3\u00a0000\u00a0000 d’euros."),
        ("Es kostet 2.000.000 Euro.", "Es kostet 3.000.000 Euro."),
        ("It costs 2,000,000 euros.", "It costs 3,000,000 euros."),
    ),
]


@pytest.mark.parametrize("place", range(3), ids=LOCALES)
@pytest.mark.parametrize("source, wanted, french, german, english", GOOD, ids=[row[1] for row in GOOD])
def test_a_fact_that_differs_is_put_in_place_of_the_old_one(
    source: str, wanted: str, french: tuple[str, str], german: tuple[str, str], english: tuple[str, str], place: int
) -> None:
    before, after = (french, german, english)[place]

    found = mended(source, wanted, before, LOCALES[place])

    assert found is not None
    assert after == found.target
    assert 97 <= found.score <= 99
    assert found.mendings
    assert all(one.before in before and one.after in after and one.before != one.after for one in found.mendings)


@pytest.mark.parametrize("place", range(3), ids=LOCALES)
@pytest.mark.parametrize("source, wanted, french, german, english", GOOD, ids=[row[1] for row in GOOD])
def test_what_was_mended_passes_the_checks_of_facts(
    source: str, wanted: str, french: tuple[str, str], german: tuple[str, str], english: tuple[str, str], place: int
) -> None:
    found = mended(source, wanted, (french, german, english)[place][0], LOCALES[place])

    assert found is not None
    assert () == Pair(CodedText(wanted), found.target, "nl", LOCALES[place]).facts.differences


def test_a_name_that_is_not_translated_is_replaced_and_scores_less() -> None:
    found = mended("Fedasil verstuurt 14 brieven.", "Fedict verstuurt 12 brieven.", "Fedasil envoie 14 lettres.", "fr")

    assert found is not None
    assert ("Fedict envoie 12 lettres.", 97) == (found.target, found.score)
    assert [("Fedasil", "Fedict"), ("14", "12")] == [(one.before, one.after) for one in found.mendings]


def test_terms_are_looked_for_only_where_a_name_differs() -> None:
    def nowhere(coded: CodedText) -> tuple[()]:
        raise AssertionError(coded)

    source, wanted = CodedText("De 27 leden."), CodedText("De 28 leden.")

    assert repair(wanted, source, "Les 27 membres.", pair=("nl", "fr"), find_terms=nowhere) is not None


def test_two_facts_may_change_places() -> None:
    found = mended("Van 12 naar 15 zalen.", "Van 15 naar 12 zalen.", "De 12 à 15 salles.", "fr")

    assert found is not None
    assert "De 15 à 12 salles." == found.target


def test_markers_stay_where_they_are() -> None:
    source, wanted = (CodedText(f"De {{1}}{number}{{/1}} lidstaten.", BOLD) for number in (27, 28))

    found = mended(source, wanted, "Les {1}27{/1} États membres.", "fr")

    assert found is not None
    assert ("Les {1}28{/1} États membres.", 99) == (found.target, found.score)


def test_a_mark_that_the_match_lacks_still_counts() -> None:
    found = mended("De 27 lidstaten.", CodedText("De {1}28{/1} lidstaten.", BOLD), "Les 27 États membres.", "fr")

    assert found is not None
    assert ("Les 28 États membres.", 77) == (found.target, found.score)


def test_a_fact_with_a_marker_inside_is_left_as_it_is() -> None:
    source, wanted = (CodedText(f"Op {{1}}{day}{{/1}} maart.", BOLD) for day in (12, 14))

    assert mended(source, wanted, "Le {1}12{/1} mars.", "fr") is None


def test_a_language_that_nobody_wrote_rules_for_is_left_alone() -> None:
    assert mended("De 27.", "De 28.", "Los 27.", "es") is None
