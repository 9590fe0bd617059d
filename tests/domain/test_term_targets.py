"""Terms in translations, as tables: a term and a text that has it, in whatever form, or that only looks as if."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from service.domain.term_targets import TargetHit, TargetText, variants
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

CODES = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BREAK))
STARTER_LIST = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "terms-presidency.csv"

GOOD = {
    "fr": """
        État membre | Les États membres ont voté.
        conseil communal | Deux conseils communaux se réunissent.
        Conseil de l'Union européenne | au sein du Conseil de l’Union européenne
        loi | Les lois entrent en vigueur.
        directeur | La directrice a signé.
        national | des mesures nationales
        journal | Les journaux en parlent.
        conseiller | une conseillère d'État
        européen | l'Agence européenne
        accord | Accord trouvé à Liège
        heureux | une issue heureuse
        actif | une part active
        UE | dans toute l'UE
        réseau | des réseaux d'eau
        travail | les travaux ont repris
        basse émission | une zone de basses émissions
    """,
    "de": """
        Mitgliedstaat | Die Mitgliedstaaten haben zugestimmt.
        Mitgliedstaat | im Namen des Mitgliedstaates
        Mitgliedstaat | ein EU-Mitgliedstaat
        Rat | Die Räte tagen heute.
        Europäischer Rat | Die Tagung des Europäischen Rates
        Land | in allen Ländern
        Behörde | Die Behörden prüfen das.
        Beschluss | die Beschlüsse vom Montag
        Bürgermeisterin | Zwei Bürgermeisterinnen kamen.
        Ministerium | Die Ministerien antworten.
        Zeugnis | Alle Zeugnisse liegen vor.
        Museum | Die Museen öffnen früher.
        Maßnahme | eine Massnahme der Regierung
        belgischer Vorsitz | während des belgischen Vorsitzes
        EU | Die EU handelt.
        Vertrag | Verträge mit Dritten
    """,
    "en": """
        Member State | All Member States agreed.
        country | in both countries
        council | The Council's decision
        law | New laws apply.
        municipal council | the municipal councils of Ghent
        process | long processes
        authority | The authorities said so.
        NGO | Several NGOs took part.
        EU | across the EU
        chairwoman | two chairwomen spoke
        Council of the European Union | at the Council of the European Union
        low emission zone | in low emission zones
        child | for young children
        tax | higher taxes
        budget | The budget’s size
    """,
}
BAD = {
    "fr": """
        État membre | l'état membre du club
        conseil communal | le conseil de la commune
        loi | c'est loin d'ici
        UE | elle eue par ue
        Conseil de l'Union européenne | le Conseil de l'Europe
        accord | il faut s'accorder
        mission | une émission de radio
        ministre | le ministère
        vote | votez avant midi
        Communauté flamande | la communauté flamande
        pacte | un impact réel
        ville | le village voisin
    """,
    "de": """
        Mitgliedstaat | die Mitgliedschaft im Staat
        Rat | Er rät davon ab.
        Europäischer Rat | der Europäische Rechnungshof und der Rat
        EU | Die Reue kam spät.
        Land | Es liegt in Irland.
        Gesetz | Er ist gesetzt.
        Steuer | am Steuerrad vorbei gesteuerte
        Stadt | Er findet statt.
        Wahl | Die Wahrheit siegt.
        Ausschuss | Der Schuss ging los.
        Kammer | Er kam mehr als spät.
        Bund | eine bunte Mischung
    """,
    "en": """
        Member State | the member state of a club
        country | the county seat
        council | the counsel spoke
        law | The lawn is green.
        EU | the Eurozone
        act | an actor left
        authority | the author left
        NGO | ngo and Ngo
        port | a sport event
        tax | by taxi
        low emission zone | low emission in the zone
        minister | the ministry
    """,
}


def pairs(tables: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return language, term and text of each line."""
    lines = [(language, line.split(" | ")) for language, table in tables.items() for line in table.strip().split("\n")]
    return [(language, term.strip(), text) for language, (term, text) in lines]


def term(*targets: TargetTerm, text: str = "x", **more: Any) -> SourceTerm:
    return SourceTerm("c", text, targets, **more)


def find(language: str, text: str, *terms: SourceTerm) -> list[tuple[str, str]]:
    """Return what stands at each hit, and the term that it is."""
    return [(text[hit.start : hit.end], hit.target.text) for hit in hits(language, text, *terms)]


def hits(language: str, text: str, *terms: SourceTerm) -> tuple[TargetHit, ...]:
    return TargetText(CodedText(text, CODES), language).find(terms)


@pytest.mark.parametrize("language, name, text", pairs(GOOD))
def test_a_term_is_found_in_its_forms(language: str, name: str, text: str) -> None:
    (hit,) = hits(language, text, term(TargetTerm(name)))

    assert not hit.compound
    assert TargetText(CodedText(text), language).has_fit(term(TargetTerm(name)))


@pytest.mark.parametrize("language, name, text", pairs(BAD))
def test_what_only_looks_like_a_term_is_none(language: str, name: str, text: str) -> None:
    assert [] == [hit for hit in hits(language, text, term(TargetTerm(name))) if not hit.compound]


def test_there_are_ten_good_and_ten_bad_pairs_for_each_language() -> None:
    counts = [sum(1 for one in pairs(table) if one[0] == language) for table in (GOOD, BAD) for language in table]

    assert min(counts) >= 10


@pytest.mark.parametrize(
    "name, text, found",
    [
        ("Gesetz", "ein Klimagesetz", "Klimagesetz"),
        ("Gesetz", "zwei Klimagesetze", "Klimagesetze"),
        ("Gesetz", "der Gesetzentwurf", "Gesetzentwurf"),
        ("Gesetz", "im Bundesgesetzblatt", "Bundesgesetzblatt"),
        ("Vertrag", "die Staatsverträge", "Staatsverträge"),
        ("Kammer", "die Abgeordnetenkammer", "Abgeordnetenkammer"),
        ("Gesetz", "des Gesetzes", None),
        ("Rat", "der Verrat", None),
        ("Union", "die Reunion", None),
        ("NATOEU", "die NATOEUMITTE", None),
    ],
)
def test_german_is_found_inside_a_compound_and_told_as_such(name: str, text: str, found: str | None) -> None:
    in_compounds = [hit.text for hit in hits("de", text, term(TargetTerm(name))) if hit.compound]

    assert [found] * (found is not None) == in_compounds


def test_other_languages_have_no_compounds() -> None:
    assert [] == find("en", "a lawmaking process", term(TargetTerm("making")))
    assert [] == find("fr", "un antigouvernement", term(TargetTerm("gouvernement")))


def test_a_compound_counts_only_where_the_term_stands_nowhere_else() -> None:
    assert [("Gesetz", "Gesetz")] == find("de", "Das Gesetz ist ein Klimagesetz.", term(TargetTerm("Gesetz")))


def test_terms_of_every_status_are_told_apart() -> None:
    state = term(
        TargetTerm("État membre"),
        TargetTerm("pays membre", TermStatus.ADMITTED),
        TargetTerm("pays associé", TermStatus.DEPRECATED),
        TargetTerm("état", TermStatus.FORBIDDEN),
    )
    text = "Un pays membre, un pays associé, deux états et des États membres."

    found = [(hit.text, hit.target.status, hit.target.is_fit) for hit in hits("fr", text, state)]

    assert [
        ("pays membre", "admitted", True),
        ("pays associé", "deprecated", False),
        ("états", "forbidden", False),
        ("États membres", "preferred", True),
    ] == found


def test_what_is_not_fit_does_not_count_inside_a_longer_term_that_is() -> None:
    area = term(TargetTerm("pays membre de la zone euro"))
    land = term(TargetTerm("pays membre", TermStatus.FORBIDDEN))

    assert [("pays membre de la zone euro", area.targets[0].text)] == find(
        "fr", "un pays membre de la zone euro", area, land
    )
    assert [("pays membre", "pays membre")] == find("fr", "un pays membre", area, land)


def test_what_is_fit_counts_inside_a_longer_term_too() -> None:
    both = term(TargetTerm("Conseil européen")), term(TargetTerm("Conseil"))

    assert [("Conseil européen", "Conseil européen"), ("Conseil", "Conseil")] == find(
        "fr", "le Conseil européen", *both
    )


def test_a_fit_term_is_missed_only_where_there_is_one() -> None:
    text = TargetText(CodedText("Les maires votent."), "fr")

    assert [False, True, True] == [
        text.has_fit(term(TargetTerm("bourgmestre"))),
        text.has_fit(term(TargetTerm("échevin"), TargetTerm("maire", TermStatus.ADMITTED))),
        text.has_fit(term(TargetTerm("maire", TermStatus.FORBIDDEN))),
    ]


def test_what_is_not_translated_stands_as_it_is_written_whatever_its_terms() -> None:
    name = term(TargetTerm("BE-Alerte"), text="Be-Alert", do_not_translate=True)

    assert ("Be-Alert",) == tuple(target.text for target in variants(name))
    assert [[("Be-Alert", "Be-Alert")], [], []] == [
        find("fr", text, name) for text in ("via Be-Alert", "via BE-Alerte", "via be-alert")
    ]


def test_forms_of_a_target_and_capitals_that_count_are_heeded() -> None:
    mayor = term(TargetTerm("maire", forms=("premier citoyen",)))
    river = term(TargetTerm("lys", case_sensitive=True))

    assert [("premiers citoyens", "maire")] == find("fr", "les premiers citoyens", mayor)
    assert [[("lys", "lys")], []] == [find("fr", text, river) for text in ("la lys", "la Lys")]


def test_places_are_those_of_the_coded_text() -> None:
    text = "Les {1}États{/1}{2/}membres"

    (hit,) = hits("fr", "Les {1}États{/1} membres", term(TargetTerm("État membre")))

    assert ("États{/1} membres", "États membres") == ("Les {1}États{/1} membres"[hit.start : hit.end], hit.text)
    assert ("États{/1}{2/}membres", "État membre") == find("fr", text, term(TargetTerm("État membre")))[0]


def test_every_term_of_the_starter_list_is_found_as_it_is_listed() -> None:
    if not STARTER_LIST.exists():
        pytest.skip("the shared starter list is not on this machine")
    with STARTER_LIST.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    missed = [
        row[language]
        for row in rows
        for language in ("fr", "de", "en")
        if not find(language, f"« {row[language]} »", term(TargetTerm(row[language])))
    ]

    assert ([], 45) == (missed, len(rows))
