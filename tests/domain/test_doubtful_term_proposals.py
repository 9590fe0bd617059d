from __future__ import annotations

import pytest

from service.domain.terms import SourceTerm, TargetTerm
from tests.domain.proposing import COUNCIL, DECIDES, MORE, OPEN, READING, Row, proposed, term


def _council(text: str) -> tuple[Row, ...]:
    return ((*DECIDES[:2], text),)


BAD: tuple[tuple[str, tuple[Row, ...], tuple[SourceTerm, ...]], ...] = (
    ("nothing changed", _council(DECIDES[1]), COUNCIL),
    ("nobody confirmed it", _council(OPEN + DECIDES[2]), COUNCIL),
    ("an admitted term", _council("Le conseil de la commune décide aujourd’hui du parc."), COUNCIL),
    ("a forbidden term", _council("La mairie décide aujourd’hui du parc."), COUNCIL),
    ("a pronoun", _council("Celui-ci décide aujourd’hui du parc."), COUNCIL),
    ("another form of the word", _council("Les conseils municipaux décide aujourd’hui du parc."), COUNCIL),
    ("a letter that was mended", _council("Le conseil municipel décide aujourd’hui du parc."), COUNCIL),
    ("a part that was left out", _council("Le conseil décide aujourd’hui du parc."), COUNCIL),
    ("a word that was added", _council("Le conseil municipal élargi décide aujourd’hui du parc."), COUNCIL),
    ("another sentence", _council("Aujourd’hui, la ville veut se prononcer sur le futur parc."), COUNCIL),
    (
        "the old term elsewhere in the text",
        _council("Le conseil communal décide aujourd’hui du conseil municipal."),
        COUNCIL,
    ),
    ("other words than the term", _council("Le conseil municipal tranche aujourd’hui du parc."), COUNCIL),
    ("a term and its neighbour", _council("Le conseil communal tranche aujourd’hui du parc."), COUNCIL),
    ("more than the term", _council("Une commission spéciale statue aujourd’hui du parc."), COUNCIL),
    (
        "a number",
        (("De schepen heeft 3 kinderen.", "L’échevin a 3 enfants ici.", "L’échevin a 25 élèves ici."),),
        (term("kinderen", "3 enfants"),),
    ),
    (
        "a term that is not translated",
        (("De Leie stroomt hier.", "La Leie coule ici même.", "La rivière coule ici même."),),
        (term("Leie", do_not_translate=True),),
    ),
    (
        "another form of the source’s term",
        (("De schepenen beslissen over alles.", "L’échevin décide de tout ceci.", "Le collège décide de tout ceci."),),
        (term("schepen", "échevin"),),
    ),
    (
        "a part of a compound",
        (
            (
                "De gemeenteraadsverkiezing komt nader.",
                "L’échevin décide de tout ceci.",
                "Le collège décide de tout ceci.",
            ),
        ),
        (term("verkiezing", "échevin"), term("gemeenteraad")),
    ),
    (
        "a word of two concepts",
        (DECIDES,),
        (*COUNCIL, SourceTerm("other", "gemeenteraad", (TargetTerm("conseil municipal"),))),
    ),
    (
        "the old term, confirmed elsewhere",
        (
            DECIDES,
            (
                "De gemeenteraad telt leden.",
                "Le conseil municipal est vaste.",
                "Le conseil municipal compte des membres.",
            ),
        ),
        COUNCIL,
    ),
    (
        "a term that became two",
        (
            (
                "De schepen wil wat de schepen zegt.",
                "L’échevin veut ce que dit l’échevin ici.",
                "Le conseiller veut ce que dit le bourgmestre ici.",
            ),
        ),
        (term("schepen", "échevin"),),
    ),
    (
        "a row of words",
        (
            (
                "Dat zegt de schepen vandaag.",
                "C’est ce que dit l’échevin ce jour.",
                "C’est ce que dit le maire, conseiller ce jour.",
            ),
        ),
        (term("schepen", "échevin"),),
    ),
    (
        "too many words",
        (
            (
                "Dat zegt de schepen vandaag hier.",
                "C’est ce que dit l’échevin ce jour ici même.",
                "C’est ce que dit un vieux membre élu très connu ce jour ici même.",
            ),
        ),
        (term("schepen", "échevin"),),
    ),
    (
        "a word of few letters",
        (("Dat zegt de schepen vandaag.", "C’est ce que dit l’échevin ce jour.", "C’est ce que dit le roi ce jour."),),
        (term("schepen", "échevin"),),
    ),
    ("a whole heading", (("Gemeenteraad", "Conseil municipal", "Commission communale"),), COUNCIL),
    ("a heading of one word", (("NAVO", "NATO", "Alliance"), ("NAVO: waar?", "NATO: où?", "Alliance: où?")), ()),
    (
        "the same short sentence twice",
        (("Gratis: de werkplekken.", "Gratuit: les espaces de bureau.", "Gratuit: les bureaux partagés."),) * 2,
        (),
    ),
    (
        "a part of a name",
        (
            ("Het Park Zuid is open.", "Le jardin Sud est ouvert.", "Le square Sud est ouvert."),
            ("Wij sluiten het Park Zuid.", "Nous fermons le jardin Sud.", "Nous fermons le square Sud."),
        ),
        (),
    ),
    ("a compound in one sentence alone", (READING,), ()),
    ("a compound in the same sentence twice", (READING, READING), ()),
    ("a compound whose second edit nobody confirmed", (READING, (MORE[0], MORE[1], OPEN + MORE[2])), ()),
    (
        "two compounds that can both be meant",
        (
            ("De werkplekken in de bibliotheek.", "Les espaces de bureau y sont.", "Les bureaux partagés y sont."),
            ("In de bibliotheek zijn werkplekken.", "Voici des espaces de bureau.", "Voici des bureaux partagés."),
        ),
        (),
    ),
    (
        "no name that both sources have",
        (READING, ("Er is plaats genoeg.", "Il y a des espaces de bureau.", "Il y a des bureaux partagés.")),
        (),
    ),
    (
        "a part of a longer name",
        (
            ("De stadsarchieven zijn open.", "Le dépôt municipal est ouvert.", "Le dépôt communal est ouvert."),
            ("Wij sluiten de stadsarchieven.", "Nous fermons le dépôt municipal.", "Nous fermons le dépôt communal."),
        ),
        (),
    ),
    (
        "a verb",
        (
            ("De minister ondertekent het akkoord.", "Le ministre approuve l’accord.", "Le ministre paraphe l’accord."),
            ("Zij ondertekent de brief.", "Elle approuve la lettre.", "Elle paraphe la lettre."),
        ),
        (),
    ),
    (
        "words that became others elsewhere",
        (
            READING,
            MORE,
            ("Wij huren werkplekken.", "Nous louons des espaces de bureau.", "Nous louons des coins calmes."),
        ),
        (),
    ),
    (
        "a compound that was confirmed under its old name",
        (
            READING,
            MORE,
            ("Wij huren werkplekken.", "Nous louons espaces de bureau.", "Nous louons des espaces de bureau."),
        ),
        (),
    ),
    (
        "a name that stands in the text as it is",
        (
            (
                "Het park van Zandbeke is open.",
                "Le jardin de Zandbeke est ouvert.",
                "Le square de Zandbeke est ouvert.",
            ),
            ("In Zandbeke sluit het park.", "Le jardin ferme à Zandbeke.", "Le square ferme à Zandbeke."),
        ),
        (),
    ),
)


@pytest.mark.parametrize("rows, terms", [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_doubtful_is_not(rows: tuple[Row, ...], terms: tuple[SourceTerm, ...]) -> None:
    assert [] == proposed(rows, terms)
