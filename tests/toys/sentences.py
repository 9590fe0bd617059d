"""The dozen sentences that the toy models know, as one press release, in Dutch, English and French.

A toy answers with exactly these translations, so a test may say to the letter what a desk must show. The other
tables teach a toy what real models do as well: to keep a token, to lose it, and to expect an end mark.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in three languages."""

    nl: str
    en: str
    fr: str


TITLE = Line("Drie sluizen gaan weer open", "Three locks open again", "Trois écluses rouvrent")
RELEASE = (
    TITLE,
    Line(
        "De minister opent morgen drie sluizen op de rivier.",
        "The minister opens three locks on the river tomorrow.",
        "La ministre ouvre demain trois écluses sur la rivière.",
    ),
    Line(
        "De werken duurden 18 maanden en kosten 42 miljoen euro.",
        "The works took 18 months and cost 42 million euros.",
        "Les travaux ont duré 18 mois et coûtent 42 millions d'euros.",
    ),
    Line(
        "Schippers winnen zo 45 minuten per tocht.",
        "Skippers save 45 minutes on each trip.",
        "Les bateliers gagnent 45 minutes par trajet.",
    ),
    Line(
        "Elk jaar rijden er 12.000 vrachtwagens minder over de weg.",
        "Every year 12,000 fewer lorries use the road.",
        "Chaque année, 12\u00a0000 camions de moins prennent la route.",
    ),
    Line("Wat er nu volgt", "What happens next", "La suite"),
    Line(
        "De bruggen volgen in het voorjaar.",
        "The bridges follow in the spring.",
        "Les ponts suivent au printemps.",
    ),
    Line("De gewesten betalen samen.", "The regions pay together.", "Les régions paient ensemble."),
    Line(
        "De raad komt in juni opnieuw samen.",
        "The council meets again in June.",
        "Le conseil se réunit à nouveau en juin.",
    ),
    Line(
        "Fietsers krijgen een nieuw pad langs de dijk.",
        "Cyclists get a new path along the dyke.",
        "Les cyclistes reçoivent un nouveau chemin le long de la digue.",
    ),
    Line("Wij danken alle vrijwilligers.", "We thank all volunteers.", "Nous remercions tous les bénévoles."),
    Line("Perscontact: [X0X]", "Press contact: [X0X]", "Contact presse: [X0X]"),
)

# A toy loses the tokens of the first, as real models do now and then, and knows the parts between them.
LOSES_TOKENS = (
    Line(
        "[X0X]De raad[X1X] komt in juni opnieuw samen.",
        "[X0X]The council[X1X] meets again in June.",
        "[X0X]Le conseil[X1X] se réunit à nouveau en juin.",
    ),
    Line("De raad", "The council", "Le conseil"),
    Line("komt in juni opnieuw samen.", "meets again in June.", "se réunit à nouveau en juin."),
)

# Models converted from OPUS-MT want an end mark behind the source; these are the Dutch toy's answers where it is there.
WITH_END_MARK = (
    Line("De gewesten betalen samen.", "The regions share the costs.", ""),
    Line("Wij danken alle vrijwilligers.", "Our thanks go to all volunteers.", ""),
)
WITH_TWO_END_MARKS = "Here are two end marks."


def taught(source: str, target: str) -> list[tuple[str, str, int]]:
    """Return what a toy of that pair learns: a source, its target, and how many end marks follow the source."""
    lines = [(getattr(line, source), getattr(line, target), 0) for line in (*RELEASE, *LOSES_TOKENS[1:])]
    whole = LOSES_TOKENS[0]
    without = getattr(whole, target).replace("[X0X]", "").replace("[X1X]", "")
    lines.append((getattr(whole, source), without, 0))
    if source == "nl":  # one pair that knows end marks is enough
        lines += [(line.nl, line.en, 1) for line in WITH_END_MARK]
        lines += [(line.nl, WITH_TWO_END_MARKS, 2) for line in WITH_END_MARK]
    return lines
