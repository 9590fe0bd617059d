"""Press releases of an invented town, in all four languages, for the office that the browser tests look at.

Each is a list of paragraphs, each paragraph a list of sentences; the first paragraph is the title.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a release, and what a good translator makes of it."""

    nl: str
    fr: str
    de: str
    en: str


LIBRARY = (
    (
        Sentence(
            "Stadsbibliotheek van Zandbeke blijft vanaf september open tot 22 uur",
            "La bibliothèque municipale de Zandbeke restera ouverte jusqu’à 22 heures dès septembre",
            "Stadtbibliothek Zandbeke ab September bis 22 Uhr geöffnet",
            "Zandbeke city library to stay open until 10 p.m. from September",
        ),
    ),
    (
        Sentence(
            "Vanaf 1 september 2026 is de stadsbibliotheek van Zandbeke op weekdagen open tot 22 uur.",
            "À partir du 1er septembre 2026, la bibliothèque municipale de Zandbeke sera ouverte jusqu’à 22 heures "
            "en semaine.",
            "Ab dem 1. September 2026 ist die Stadtbibliothek Zandbeke an Wochentagen bis 22 Uhr geöffnet.",
            "From 1 September 2026, Zandbeke city library will be open until 10 p.m. on weekdays.",
        ),
        Sentence(
            "De leeszaal krijgt 60 extra werkplekken.",
            "La salle de lecture comptera 60 places de travail supplémentaires.",
            "Der Lesesaal erhält 60 zusätzliche Arbeitsplätze.",
            "The reading room will gain 60 extra desks.",
        ),
    ),
    (
        Sentence(
            "De stad trekt er jaarlijks 240.000 euro voor uit.",
            "La ville y consacrera 240 000 euros par an.",
            "Die Stadt stellt dafür jährlich 240.000 Euro bereit.",
            "The city is setting aside 240,000 euros a year for this.",
        ),
        Sentence(
            "“Studenten vroegen al jaren om een rustige plek in de avond”, zegt schepen Noor Verhaeghe.",
            "« Cela fait des années que les étudiants réclament un endroit calme en soirée », explique l’échevine "
            "Noor Verhaeghe.",
            "„Studierende wünschen sich seit Jahren einen ruhigen Ort am Abend“, sagt Schöffin Noor Verhaeghe.",
            "“Students have been asking for a quiet place in the evening for years,” says alderwoman Noor Verhaeghe.",
        ),
    ),
    (
        Sentence(
            "Inschrijven is **gratis** en kan aan de balie of op zandbeke.example.",
            "L’inscription est **gratuite** et se fait au guichet ou sur zandbeke.example.",
            "Die Anmeldung ist **kostenlos** und am Schalter oder auf zandbeke.example möglich.",
            "Registration is **free**, at the desk or on zandbeke.example.",
        ),
    ),
)

MARKET = (
    (
        Sentence(
            "Zondagmarkt verhuist tijdelijk naar het Stationsplein",
            "Le marché dominical déménage temporairement place de la Gare",
            "Sonntagsmarkt zieht vorübergehend auf den Bahnhofsplatz",
            "Sunday market moves temporarily to Station Square",
        ),
    ),
    (
        Sentence(
            "Tijdens de heraanleg van de Grote Markt staat de zondagmarkt op het Stationsplein.",
            "Pendant le réaménagement de la Grand-Place, le marché dominical se tiendra place de la Gare.",
            "Während der Neugestaltung des Großen Marktes findet der Sonntagsmarkt auf dem Bahnhofsplatz statt.",
            "While the Market Square is being rebuilt, the Sunday market will be held on Station Square.",
        ),
        Sentence(
            "De werken duren van 9 maart tot 26 juni 2026.",
            "Les travaux dureront du 9 mars au 26 juin 2026.",
            "Die Arbeiten dauern vom 9. März bis zum 26. Juni 2026.",
            "The works will last from 9 March to 26 June 2026.",
        ),
    ),
    (
        Sentence(
            "Alle 48 marktkramers krijgen een even grote standplaats.",
            "Les 48 marchands recevront tous un emplacement de même taille.",
            "Alle 48 Händler erhalten einen gleich großen Standplatz.",
            "All 48 stallholders will get a pitch of the same size.",
        ),
    ),
)

TREES = (
    (
        Sentence(
            "Zandbeke plant dit voorjaar 1.200 bomen",
            "Zandbeke plantera 1 200 arbres ce printemps",
            "Zandbeke pflanzt in diesem Frühjahr 1.200 Bäume",
            "Zandbeke to plant 1,200 trees this spring",
        ),
    ),
    (
        Sentence(
            "De stad plant 1.200 bomen langs 17 schoolroutes.",
            "La ville plantera 1 200 arbres le long de 17 itinéraires scolaires.",
            "Die Stadt pflanzt 1.200 Bäume entlang von 17 Schulwegen.",
            "The city will plant 1,200 trees along 17 routes to school.",
        ),
        Sentence(
            "Buurtbewoners kunnen een boom adopteren.",
            "Les riverains pourront adopter un arbre.",
            "Anwohner können einen Baum adoptieren.",
            "Residents can adopt a tree.",
        ),
    ),
)

BUDGET = (
    (
        Sentence(
            "Gemeenteraad keurt begroting voor 2027 goed",
            "Le conseil communal approuve le budget 2027",
            "Gemeinderat billigt den Haushalt für 2027",
            "City council approves the budget for 2027",
        ),
    ),
    (
        Sentence(
            "De raad keurde de begroting goed met 23 stemmen tegen 8.",
            "Le conseil a approuvé le budget par 23 voix contre 8.",
            "Der Rat billigte den Haushalt mit 23 zu 8 Stimmen.",
            "The council approved the budget by 23 votes to 8.",
        ),
        Sentence(
            "De belastingen blijven gelijk.",
            "Les impôts restent inchangés.",
            "Die Steuern bleiben gleich.",
            "Taxes remain unchanged.",
        ),
    ),
)

POOL = (
    (
        Sentence(
            "Zwembad De Meeuw sluit twee weken voor onderhoud",
            "La piscine De Meeuw ferme deux semaines pour entretien",
            "Schwimmbad De Meeuw wegen Wartung zwei Wochen geschlossen",
            "De Meeuw swimming pool closes for two weeks of maintenance",
        ),
    ),
    (
        Sentence(
            "Het zwembad is gesloten van 6 tot en met 19 april 2026.",
            "La piscine sera fermée du 6 au 19 avril 2026 inclus.",
            "Das Schwimmbad ist vom 6. bis einschließlich 19. April 2026 geschlossen.",
            "The pool will be closed from 6 to 19 April 2026.",
        ),
    ),
)

PLAYGROUND = (
    (
        Sentence(
            "Speelplein Het Eiland wordt vernieuwd",
            "La plaine de jeux Het Eiland fait peau neuve",
            "Spielplatz Het Eiland wird erneuert",
            "Het Eiland playground to be renewed",
        ),
    ),
    (
        Sentence(
            "De stad vernieuwt het speelplein tegen 1 juli 2026.",
            "La ville rénovera la plaine de jeux pour le 1er juillet 2026.",
            "Die Stadt erneuert den Spielplatz bis zum 1. Juli 2026.",
            "The city will renew the playground by 1 July 2026.",
        ),
        Sentence(
            "Kinderen van drie scholen tekenden meee aan het ontwerp.",
            "Des enfants de trois écoles ont participé au dessin du projet.",
            "Kinder aus drei Schulen haben den Entwurf mitgezeichnet.",
            "Children from three schools helped to draw the design.",
        ),
    ),
    (
        Sentence(
            "De werken kosten 85.000 euro.",
            "Les travaux coûtent 85 000 euros.",
            "Die Arbeiten kosten 85.000 Euro.",
            "The works cost 85,000 euros.",
        ),
        Sentence(
            "Het voetbalveld blijft al die tijd open.",
            "Le terrain de football reste ouvert pendant tout ce temps.",
            "Der Fußballplatz bleibt die ganze Zeit über geöffnet.",
            "The football pitch will stay open all the while.",
        ),
    ),
)

# The same release as its author revised it: other costs and one sentence more, then the same without its typing error.
DEARER = Sentence(
    "De werken kosten 92.000 euro.",
    "Les travaux coûtent 92 000 euros.",
    "Die Arbeiten kosten 92.000 Euro.",
    "The works cost 92,000 euros.",
)
FEAST = Sentence(
    "Op 4 juli is er een openingsfeest.",
    "Une fête d’ouverture aura lieu le 4 juillet.",
    "Am 4. Juli gibt es ein Eröffnungsfest.",
    "There will be an opening party on 4 July.",
)
PLAYGROUND_REVISED = (*PLAYGROUND[:2], (DEARER, PLAYGROUND[2][1], FEAST))
_DRAWN = PLAYGROUND[1][1]
PLAYGROUND_MENDED = (
    PLAYGROUND[0],
    (PLAYGROUND[1][0], Sentence(_DRAWN.nl.replace("meee", "mee"), _DRAWN.fr, _DRAWN.de, _DRAWN.en)),
    PLAYGROUND_REVISED[2],
)

SAMPLES = (LIBRARY, MARKET, TREES, BUDGET, POOL, PLAYGROUND, PLAYGROUND_MENDED)
TARGETS: dict[str, Sentence] = {
    sentence.nl.replace("**", ""): sentence for sample in SAMPLES for paragraph in sample for sentence in paragraph
}


def written(sample: tuple[tuple[Sentence, ...], ...]) -> str:
    """Return the Dutch release as its author hands it in, in Markdown."""
    title, *rest = [" ".join(sentence.nl for sentence in paragraph) for paragraph in sample]
    return "\n\n".join([f"# {title}", *rest]) + "\n"


def target_of(source: str, locale: str) -> str:
    """Return the translation of a segment, whose codes stand as `{1}…{/1}` where there are any."""
    plain = source.replace("{1}", "").replace("{/1}", "")
    text: str = getattr(TARGETS[plain], locale)
    return text.replace("**", "{1}", 1).replace("**", "{/1}", 1)
