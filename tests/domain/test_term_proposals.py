"""What follows from an edit: a table of edits after which one is asked about a term, and one of all the others."""

from __future__ import annotations

import pytest

from service.domain.term_base import TermBase
from service.domain.term_proposals import Edit, term_proposals
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

CODES = (InlineCode(1, CodeKind.BOLD),)
Row = tuple[str, str, str]  # source, draft, text
KEPT = ""  # in place of a text: nobody changed the draft, nobody confirmed it
OPEN = "~"  # before a text: nobody confirmed it


def term(text: str, *targets: str, **more: bool) -> SourceTerm:
    """Return a term of which the first target is preferred; a mark before another says how that stands."""
    marks = {"+": TermStatus.ADMITTED, "-": TermStatus.FORBIDDEN}
    listed = tuple(TargetTerm(target.lstrip("+-"), marks.get(target[0], TermStatus.PREFERRED)) for target in targets)
    return SourceTerm(text, text, listed, **more)


def proposed(rows: tuple[Row, ...], terms: tuple[SourceTerm, ...] = (), locale: str = "fr") -> list[tuple[str, str]]:
    """Return what is proposed after the first row's edit, as (source, term)."""
    base = TermBase(terms, "nl")
    edits = []
    for text, draft, target in rows:
        source = CodedText(text, CODES)
        settled = target != KEPT and not target.startswith(OPEN)
        edits.append(Edit(source, draft, target.removeprefix(OPEN) or draft, base.find(source), settled=settled))
    return [(it.source, it.after) for it in term_proposals(edits, "nl", locale)[0]]


COUNCIL = (term("gemeenteraad", "conseil municipal", "+conseil de la commune", "-mairie"),)
DECIDES: Row = (
    "Vandaag beslist de gemeenteraad over het park.",
    "Le conseil municipal décide aujourd’hui du parc.",
    "Le conseil communal décide aujourd’hui du parc.",
)
READING: Row = (
    "De werkplekken zijn gratis.",
    "Les espaces de bureau sont gratuits.",
    "Les bureaux partagés sont gratuits.",
)
MORE: Row = (
    "Er komen zestig werkplekken bij.",
    "Il y aura soixante espaces de bureau.",
    "Il y aura soixante bureaux partagés.",
)

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
