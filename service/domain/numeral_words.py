"""The words that stand for numbers in Dutch, French, German and English, as tables by language.

How a text is searched for them is told in `numerals`. The tables hold cardinals and ordinals below one hundred,
hundreds and thousands where they are written in one word, the powers of ten that follow a number, and the months.
"""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

_UNITS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingts nonante",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_IRREGULAR_ORDINALS = {
    "nl": {1: "eerste", 3: "derde", 8: "achtste"},
    "de": {1: "erste", 3: "dritte", 7: "siebte", 8: "achte"},
    "fr": {1: "premier", 5: "cinquième", 9: "neuvième"},
    "en": {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"},
}
# Words that tell a number among other things: they may answer a number, and are never missed.
_HINTS = {
    "nl": {
        "0": "geen middernacht",
        "0.5": "half halve helft",
        "1": "een één eén ene enige eerste eerst eenmaal",
        "1.5": "anderhalf anderhalve",
        "2": "beide beiden tweede dubbel dubbele paar stel tweemaal tweeling verdubbeld verdubbelde",
        "3": "driemaal drievoudig",
        "4": "kwartaal kwart",
        "10": "tiental decennium decennia tientallen",
        "12": "dozijn middag twaalftal",
        "20": "twintigtal",
        "100": "honderd honderdtal honderden eeuw",
        "1000": "duizend duizenden duizendtal",
    },
    "de": {
        "0": "kein keine keinen mitternacht",
        "0.5": "halb halbe halben halber halbes hälfte",
        "1": "ein eine einen einem einer eines eins erste ersten erster erstes erstem zuerst einmal einzige einzigen",
        "1.5": "anderthalb eineinhalb",
        "2": "beide beiden beider beides zweite zweiten zweiter zweites doppelt doppelte "
        "doppelten paar zweimal zwilling",
        "3": "dreimal",
        "4": "quartal viertel",
        "10": "jahrzehnt jahrzehnte jahrzehnten",
        "12": "dutzend mittag mittags",
        "100": "hundert hunderte hunderten",
        "1000": "tausend tausende tausenden",
    },
    "fr": {
        "0": "aucun aucune minuit",
        "0.5": "demi demie moitié mi-temps",
        "1": "un une unique premier première premiers premières",
        "2": "second seconde deuxième deuxièmes double paire couple doublé",
        "3": "triple tiers",
        "4": "trimestre quart",
        "8": "huitaine",
        "10": "dizaine dizaines décennie décennies",
        "12": "douzaine midi",
        "15": "quinzaine",
        "20": "vingtaine",
        "30": "trentaine",
        "40": "quarantaine",
        "50": "cinquantaine",
        "60": "soixantaine",
        "100": "cent cents centaine centaines",
        "1000": "mille millier milliers",
    },
    "en": {
        "0": "no none nil midnight",
        "0.5": "half",
        "1": "a an one once first single",
        "2": "both second seconds twice double doubled pair couple twin",
        "3": "thrice triple",
        "4": "quarter",
        "10": "decade decades",
        "12": "dozen dozens noon midday",
        "15": "fortnight",
        "100": "hundred hundreds century",
        "1000": "thousand thousands",
    },
}
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "january february march april may june july august september october november december",
}
_MONTHS_SHORT = {
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "de": "jan feb mrz apr mai jun jul aug sept okt nov dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "en": "jan feb mar apr may jun jul aug sept oct nov dec",
}
_SCALES = {
    "nl": {3: "duizend", 6: "miljoen miljoenen mln", 9: "miljard miljarden mld", 12: "biljoen biljoenen"},
    "de": {
        3: "tausend",
        6: "million millionen mio",
        9: "milliarde milliarden mrd",
        12: "billion billionen",
    },
    "fr": {3: "mille", 6: "million millions mio", 9: "milliard milliards mrd", 12: "billion billions"},
    "en": {
        3: "thousand",
        6: "million millions mln m",
        9: "billion billions bn",
        12: "trillion trillions tn",
    },
}


def _unit_words(locale: str) -> dict[str, int]:
    return {word: value for value, word in enumerate(_UNITS[locale].split())}


def _below_hundred(locale: str) -> dict[str, int]:
    units = _unit_words(locale)
    below_ten = {word: value for word, value in units.items() if 0 < value < 10}  # noqa: PLR2004 - the base
    words = dict(units)
    for place, tens in enumerate(_TENS[locale].split(), start=2):
        words[tens] = place * 10
        for unit, value in below_ten.items():
            match locale:
                case "nl":
                    joined = f"{unit}{'ën' if unit.endswith('e') else 'en'}{tens}"
                case "de":
                    joined = f"{unit}und{tens}"
                case "fr":
                    joined = f"{tens.removesuffix('s')}-{'et-' if value == 1 and place < 8 else ''}{unit}"  # noqa: PLR2004 - quatre-vingt-un
                case _:
                    joined = f"{tens}-{unit}"
            words[joined] = place * 10 + value
    if locale == "fr":
        words |= {f"soixante-{word}": 60 + value for word, value in units.items() if value > 9}  # noqa: PLR2004
        words |= {f"quatre-vingt-{word}": 80 + value for word, value in units.items() if value > 9}  # noqa: PLR2004
        words |= {"soixante-et-onze": 71, "quatre-vingt": 80}
    return words


def _hundreds(locale: str, words: dict[str, int]) -> dict[str, int]:
    hundred, thousand = {"nl": ("honderd", "duizend"), "de": ("hundert", "tausend")}.get(locale, ("", ""))
    if not hundred:
        return {}
    small = [(word, value) for word, value in words.items() if 1 < value < 100]  # noqa: PLR2004 - below the word
    return {f"{word}{hundred}": value * 100 for word, value in small if value < 20} | {  # noqa: PLR2004
        f"{word}{thousand}": value * 1000 for word, value in small
    }


def _ordinals(locale: str, words: dict[str, int]) -> dict[str, int]:
    irregular = _IRREGULAR_ORDINALS[locale]
    ordinals = {word: value for value, word in irregular.items()}
    for word, value in words.items():
        if not value or value in irregular:
            continue
        match locale:
            case "nl":
                last = min(20, value % 100)
                ending = "ste" if last in {1, 8} or last >= 20 or value >= 100 else "de"  # noqa: PLR2004
                ordinals[word + ending] = value
            case "de":
                stem = word + ("st" if value >= 20 else "t")  # noqa: PLR2004 - zwanzigste, but zwölfte
                ordinals |= {stem + ending: value for ending in ("e", "en", "er", "em", "es")}
            case "fr":
                stem = word.removesuffix("s") if word.endswith("vingts") else word.removesuffix("e")
                stem = {"cinq": "cinqu", "neuf": "neuv"}.get(stem, stem)
                ordinals |= {f"{stem}ième": value, f"{stem}ièmes": value}
            case _:
                ordinals |= _english_ordinals(word, value)
    if locale == "de":
        ordinals |= {irregular[3] + ending: 3 for ending in "nrms"}
        ordinals |= {irregular[7] + ending: 7 for ending in "nrms"}
        ordinals |= {irregular[8] + ending: 8 for ending in "nrms"}
    return ordinals


def _english_ordinals(word: str, value: int) -> dict[str, int]:
    tens, _, unit = word.partition("-")
    irregular = _IRREGULAR_ORDINALS["en"]
    if unit:
        last = irregular.get(value % 10, f"{unit}th")
        return {f"{tens}-{last}": value}
    return {f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th": value}


def _inflected(locale: str, words: dict[str, int]) -> dict[str, int]:
    """Return the forms that compounds and cases take: driejarig, dreijährige, zweier, three-year-old."""
    small = [(word, value) for word, value in words.items() if 1 < value <= 100]  # noqa: PLR2004 - as told
    if locale == "nl":
        tails = (
            "jarig jarige daags daagse koppig koppige maal voudig voudige ling lingen en tal duizendste hoek "
            "weeks wekelijks maandelijks urig urige delig delige persoons baans voud"
        )
        return {word + tail: value for word, value in small for tail in tails.split()}
    if locale == "de":
        tails = (
            "mal fach fache fachen jährig tägig köpfig stündig wöchig monatig stellig teilig jährlich seitig er en e"
        )
        forms = {word + tail: value for word, value in small for tail in tails.split()}
        cases = ("e", "en", "er", "em", "es")
        inflected = [tail for tail in tails.split() if tail.endswith("ig")]
        return forms | {word + tail + case: value for word, value in small for tail in inflected for case in cases}
    return {}


def _hints(locale: str) -> dict[str, Decimal]:
    return {word: Decimal(value) for value, words in _HINTS[locale].items() for word in words.split()}


def _cardinals(locale: str) -> dict[str, int]:
    words = _below_hundred(locale)
    words |= _hundreds(locale, words)
    return words | _ordinals(locale, words) | _inflected(locale, words)


def _months(locale: str) -> dict[str, int]:
    return {
        name: number for names in (_MONTHS_SHORT, _MONTHS) for number, name in enumerate(names[locale].split(), start=1)
    }


LANGUAGES = ("nl", "fr", "de", "en")

HINTS = MappingProxyType({locale: _hints(locale) for locale in LANGUAGES})
WORDS = MappingProxyType({locale: _cardinals(locale) for locale in LANGUAGES})
MONTHS = MappingProxyType({locale: _months(locale) for locale in LANGUAGES})
SCALES = MappingProxyType(
    {
        locale: {word: power for power, words in scales.items() for word in words.split()}
        for locale, scales in _SCALES.items()
    }
)
