"""Sentences as a press office might write them, made of a few hundred words, and edits that people make to them.

The same number always gives the same sentence. Many of them are alike, as in releases.
"""

from __future__ import annotations

import random
import re


def _listed(words: str) -> list[str]:
    return words.split("|")


WHO = _listed(
    "De gemeente|Het stadsbestuur|De provincieraad|De havendienst|Het ziekenhuis|De brandweer|De schepen van onderwijs"
    "|De burgemeester|Het waterbedrijf|De vervoersdienst|De bibliotheek|Het sportcentrum|De minister van landbouw"
    "|De dienst groen|Het woningfonds|De politiezone|Het museum|De milieuraad|De jeugdraad|Het havenbedrijf"
)
DOES = _listed(
    "opent|sluit|vernieuwt|bouwt|steunt|onderzoekt|verhuist|plant|keurt goed|stelt voor|verlengt|herstelt|koopt"
    "|beschermt|verbiedt|verwelkomt|betaalt|ontvangt|kondigt aan|verdedigt"
)
WHAT = _listed(
    "brug|fietspad|speelplein|bibliotheek|zwembad|school|tramlijn|parking|buurthuis|bos|windmolen|laboratorium|markthal"
    "|begraafplaats|jachthaven|sporthal|woonwijk|waterzuivering|leeszaal|kinderopvang|wachtzaal|veerdienst|moestuin|sluis"
)
WHICH = _listed("nieuwe|oude|tijdelijke|overdekte|veilige|groene|drukke|rustige|dure|grotere|lichte|gedeelde")
WHERE = _listed(
    "langs de rivier|achter het station|in de binnenstad|aan de oostelijke ring|bij het marktplein|tegenover de kerk"
    "|op het oude fabrieksterrein|naast de vijver|buiten de dorpskern|onder de spoorweg|voorbij de molen|rond de haven"
)
WHY = _listed(
    "zodat kinderen veilig naar school kunnen|omdat de bewoners daar om vroegen|en vraagt iedereen om geduld"
    "|terwijl het verkeer een omweg volgt|waarna de buurt mee mag beslissen|zonder dat de belasting stijgt"
    "|om het water langer vast te houden|maar houdt de toegang voor voetgangers vrij"
    "|met geld van de provincie en van twee fondsen|dat zegt de schepen in een korte mededeling"
)
MONTHS = _listed("januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december")
_PARTS = _listed(
    "bel|dor|gras|hem|kal|lin|mor|nes|pol|rui|sten|tol|vel|wes|zan|brecht|donk|gem|hout|kerke|lo|rode|zele"
)
FAMILY = 4
_NUMBER = re.compile(r"\d+")


def place_name(chance: random.Random) -> str:
    """Return the name of a village that might be."""
    return "".join(chance.choices(_PARTS, k=chance.choice((2, 2, 3)))).capitalize()


def sentence(number: int) -> str:
    """Return the sentence of this number; each but the first of four is an edit of that one."""
    first, edit = number - number % FAMILY, number % FAMILY
    return edited(_made(first), edit) if edit else _made(first)


def _made(number: int) -> str:
    chance = random.Random(number)
    pieces = [chance.choice(WHO), "van", place_name(chance), chance.choice(DOES)]
    if chance.random() < 0.7:
        pieces += ["op", str(chance.randrange(1, 29)), chance.choice(MONTHS), str(chance.randrange(2019, 2031))]
    pieces += ["een", chance.choice(WHICH), chance.choice(WHAT), *chance.sample(WHERE, chance.choice((1, 1, 2)))]
    if chance.random() < 0.5:
        pieces += ["voor", str(chance.randrange(2, 900)), chance.choice(("gezinnen", "leerlingen", "euro per jaar"))]
    return " ".join(pieces) + (f", {chance.choice(WHY)}." if chance.random() < 0.6 else ".")


def edited(text: str, number: int) -> str:
    """Return a sentence with one to three edits: words replaced, put in, left out or swapped, numbers changed."""
    chance = random.Random(f"{text} {number}")
    words = text.split()
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(1, len(words))
        match chance.choice(("replace", "insert", "leave out", "swap", "number")):
            case "replace":
                words[place] = other_word(chance)
            case "insert":
                words.insert(place, other_word(chance))
            case "leave out":
                del words[place]
            case "swap":
                words[place - 1], words[place] = words[place], words[place - 1]
            case _:
                words = _NUMBER.sub(lambda _: str(chance.randrange(2, 99)), " ".join(words), count=1).split()
    return " ".join(words)


def other_word(chance: random.Random) -> str:
    """Return a word of the office, or one that nobody used before."""
    if chance.random() < 0.5:
        return chance.choice((*WHICH, *WHAT, *MONTHS))
    return place_name(chance).lower()


def unknown(number: int) -> str:
    """Return a sentence of the office's words in no order: it descends from nothing."""
    chance = random.Random(-1 - number)
    words = " ".join((*WHO, *DOES, *WHAT, *WHICH, *WHERE, *WHY, *MONTHS)).split()
    return " ".join(chance.choices(words, k=chance.randrange(8, 26))).capitalize() + "."
