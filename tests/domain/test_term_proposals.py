"""What follows from an edit: a table of edits after which one is asked about a term, and one of all the others."""

from __future__ import annotations

import pytest

from service.domain.term_base import TermBase
from service.domain.term_proposals import Edit, term_proposals
from service.domain.terms import SourceTerm
from service.domain.text import CodedText
from tests.domain.proposing import COUNCIL, DECIDES, KEPT, MORE, READING, Row, proposed, term

GOOD: tuple[tuple[str, tuple[Row, ...], tuple[SourceTerm, ...], str, list[tuple[str, str]]], ...] = (
    ("a word of a term", (DECIDES,), COUNCIL, "fr", [("gemeenteraad", "conseil communal")]),
    (
        "a whole term",
        (
            (
                "Dat zegt de schepen vandaag.",
                "C’est ce que dit l’échevin ce jour.",
                "C’est ce que dit le conseiller ce jour.",
            ),
        ),
        (term("schepen", "échevin"),),
        "fr",
        [("schepen", "conseiller")],
    ),
    (
        "a term with a capital at the beginning",
        (
            (
                "Gemeenteraad keurt het plan goed",
                "Conseil municipal: le plan adopté",
                "Commission communale: le plan adopté",
            ),
        ),
        COUNCIL,
        "fr",
        [("gemeenteraad", "commission communale")],
    ),
    (
        "a term of several words",
        (
            (
                "De lage-emissiezone komt er in mei.",
                "La zone de basses émissions arrivera en mai.",
                "La zone à faible pollution arrivera en mai.",
            ),
        ),
        (term("lage-emissiezone", "zone de basses émissions"),),
        "fr",
        [("lage-emissiezone", "zone à faible pollution")],
    ),
    (
        "a German term",
        (("De schepen opent de school.", "Der Schöffe eröffnet die Schule.", "Der Beigeordnete eröffnet die Schule."),),
        (term("schepen", "Schöffe"),),
        "de",
        [("schepen", "Beigeordnete")],
    ),
    (
        "an English term",
        (("De schepen opent de school.", "The alderman opens the school.", "The deputy mayor opens the school."),),
        (term("schepen", "alderman"),),
        "en",
        [("schepen", "deputy mayor")],
    ),
    (
        "a term inside markers",
        (
            (
                "De {1}gemeenteraad{/1} beslist over het park.",
                "Le {1}conseil municipal{/1} décide au sujet du parc.",
                "Le {1}conseil communal{/1} décide au sujet du parc.",
            ),
        ),
        COUNCIL,
        "fr",
        [("gemeenteraad", "conseil communal")],
    ),
    (
        "a term that is replaced twice alike",
        (
            (
                "De gemeenteraad vergadert als de gemeenteraad dat wil.",
                "Le conseil municipal se réunit si le conseil municipal le veut.",
                "Le conseil communal se réunit si le conseil communal le veut.",
            ),
        ),
        COUNCIL,
        "fr",
        [("gemeenteraad", "conseil communal")],
    ),
    (
        "a term beside another change",
        (
            (
                "Vandaag beslist de gemeenteraad over het park en de school.",
                "Le conseil municipal décide aujourd’hui du parc et de l’école.",
                "Le conseil communal décide aujourd’hui du parc et du lycée.",
            ),
        ),
        COUNCIL,
        "fr",
        [("gemeenteraad", "conseil communal")],
    ),
    (
        "a term that nobody confirmed elsewhere",
        (DECIDES, ("De gemeenteraad telt leden.", "Le conseil municipal compte des membres.", KEPT)),
        COUNCIL,
        "fr",
        [("gemeenteraad", "conseil communal")],
    ),
    ("a compound in two sentences", (READING, MORE), (), "fr", [("werkplekken", "bureaux partagés")]),
    (
        "a compound at the beginning of one sentence",
        (
            ("Werkplekken zijn er genoeg.", "Les espaces de bureau suffisent.", "Les bureaux partagés suffisent."),
            MORE,
        ),
        (),
        "fr",
        [("werkplekken", "bureaux partagés")],
    ),
    (
        "a name in two sentences",
        (
            (
                "Zij werkt nu voor de NAVO in Brussel.",
                "Elle travaille pour la NATO à Bruxelles.",
                "Elle travaille pour l’Alliance à Bruxelles.",
            ),
            (
                "Volgens de NAVO is dat te weinig.",
                "Selon la NATO, c’est trop peu.",
                "Selon l’Alliance, c’est trop peu.",
            ),
        ),
        (),
        "fr",
        [("NAVO", "Alliance")],
    ),
    (
        "a German compound in two sentences",
        (
            ("De leeszalen blijven open.", "Die Lesesäle bleiben offen.", "Die Studierzimmer bleiben offen."),
            ("Wij openen twee leeszalen.", "Wir öffnen zwei Lesesäle.", "Wir öffnen zwei Studierzimmer."),
        ),
        (),
        "de",
        [("leeszalen", "Studierzimmer")],
    ),
    (
        "a term without a translation yet, in two sentences",
        (
            ("De raad beslist vandaag.", "Le conseil décide ce jour.", "L’assemblée décide ce jour."),
            ("Volgens de raad kan dat.", "Selon le conseil, c’est possible.", "Selon l’assemblée, c’est possible."),
        ),
        (term("raad"),),
        "fr",
        [("raad", "assemblée")],
    ),
    (
        "of two compounds the one that stands only where it was replaced",
        (
            (
                "De werkplekken in de bibliotheek.",
                "Les espaces de bureau à la bibliothèque.",
                "Les bureaux partagés à la bibliothèque.",
            ),
            (
                "In de bibliotheek zijn werkplekken.",
                "La bibliothèque a des espaces de bureau.",
                "La bibliothèque a des bureaux partagés.",
            ),
            ("De bibliotheek sluit.", "La bibliothèque ferme.", KEPT),
        ),
        (),
        "fr",
        [("werkplekken", "bureaux partagés")],
    ),
)


@pytest.mark.parametrize("rows, terms, locale, expected", [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])
def test_what_is_certain_is_proposed(
    rows: tuple[Row, ...], terms: tuple[SourceTerm, ...], locale: str, expected: list[tuple[str, str]]
) -> None:
    assert expected == proposed(rows, terms, locale)


def test_a_proposal_says_what_stood_there_and_of_which_concept_it_is() -> None:
    base = TermBase(COUNCIL, "nl")
    source = CodedText(DECIDES[0])
    found = term_proposals([Edit(source, *DECIDES[1:], base.find(source), settled=True)], "nl-BE", "fr-BE")

    assert [("conseil municipal", "gemeenteraad")] == [(it.before, it.concept) for it in found[0]]


def test_each_unit_has_its_own_and_those_without_have_none() -> None:
    edits = [Edit(CodedText(source), draft, target, settled=True) for source, draft, target in (READING, MORE)]
    untouched = Edit(CodedText("Welkom."), "Bienvenue.", "Bienvenue.", settled=True)

    found = term_proposals([edits[0], untouched, edits[1]], "nl", "fr")

    assert [1, 0, 1] == [len(each) for each in found]
