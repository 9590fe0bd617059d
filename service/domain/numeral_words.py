"""The words for numbers in Dutch, French, German and English, made from short lists.

`numerals` looks a phrase up here; how it stands in a text, and what figures say, is told there. A *certain* word
counts something wherever it stands; a *doubtful* one has other meanings too (“one”, “second”, “neuf”), or says a
number in passing (“half”, “twice”, “dozen”), so it can answer a figure but proves nothing alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

_UP_TO_NINETEEN = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_HUNDRED = {"nl": "honderd", "de": "hundert", "en": "hundred"}
_THOUSAND = {"nl": "duizend", "de": "tausend", "en": "thousand"}
_FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 70: "septante", 90: "nonante"}

_ORDINALS = {
    "nl": {"derde": 3, "achtste": 8},
    "fr": {},
    "de": {"dritte": 3, "siebte": 7, "siebente": 7, "achte": 8},
    "en": {"third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12},
}

DOUBTFUL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "nl": {
        "1": ("een", "één", "ene", "eerste", "eenmaal", "eens", "enkel", "enige"),
        "2": ("beide", "beiden", "allebei", "tweemaal", "dubbel", "dubbele", "tweede", "paar", "duo", "tweetal"),
        "3": ("driemaal", "drietal", "trio", "drievoudig"),
        "4": ("kwart", "kwartier", "kwartaal", "viertal"),
        "10": ("tiental",),
        "12": ("dozijn",),
        "15": ("kwartier",),
        "0.5": ("half", "halve", "helft"),
        "1.5": ("anderhalf", "anderhalve"),
        "2.5": ("tweeënhalf", "tweeënhalve"),
        "3.5": ("drieënhalf", "drieënhalve"),
        "4.5": ("vierenhalf", "vierenhalve"),
        "50": ("helft",),
    },
    "fr": {
        "1": ("un", "une", "premier", "première", "premiers", "premières", "unique", "seul", "seule", "1er"),
        "2": ("second", "seconde", "double", "doubles", "doublé", "paire", "duo", "deuxième"),
        "3": ("tiers", "triple", "trio", "trimestre"),
        "4": ("quart", "quarts"),
        "5": ("quinquennal", "quinquennat"),
        "8": ("huitaine",),
        "9": ("neuf",),
        "10": ("dizaine",),
        "12": ("douzaine",),
        "14": ("quinzaine",),
        "15": ("quinzaine",),
        "20": ("vingtaine",),
        "30": ("trentaine",),
        "40": ("quarantaine",),
        "50": ("cinquantaine", "moitié"),
        "60": ("soixantaine",),
        "100": ("centaine",),
        "1000": ("millier",),
        "0.5": ("demi", "demie", "moitié"),
    },
    "de": {
        "1": (
            *("ein", "eine", "einen", "einem", "einer", "eines", "eins", "einmal", "einzige", "einzigen", "einziger"),
            *("erste", "ersten", "erster", "erstes", "erstem", "erstmals"),
        ),
        "2": (
            *("beide", "beiden", "beider", "zweimal", "doppelt", "doppelte", "doppelten", "paar", "duo", "zweit"),
            *("zweite", "zweiten", "zweiter", "zweites", "zweitem"),
        ),
        "3": ("drittel", "dreimal", "trio", "dreifach", "dreifache", "dritt"),
        "4": ("viertel", "quartal"),
        "12": ("dutzend",),
        "15": ("viertelstunde",),
        "1.5": ("anderthalb", "eineinhalb"),
        "2.5": ("zweieinhalb",),
        "3.5": ("dreieinhalb",),
        "4.5": ("viereinhalb",),
        "0.5": ("halb", "halbe", "halben", "halber", "halbes", "hälfte"),
        "50": ("hälfte",),
    },
    "en": {
        "1": ("one", "first", "once", "single", "sole"),
        "2": ("both", "second", "seconds", "twice", "double", "doubles", "doubled", "couple", "pair", "twin", "duo"),
        "3": ("thirds", "triple", "trio", "thrice"),
        "4": ("quarter", "quarters", "fourths"),
        "12": ("dozen",),
        "14": ("fortnight",),
        "20": ("score",),
        "0.5": ("half", "halves"),
        "50": ("half",),
    },
}

# Hours that have a name of their own.
CLOCK_WORDS: Mapping[str, Mapping[str, int]] = {
    "nl": {"middernacht": 0, "middaguur": 12},
    "fr": {"minuit": 0, "midi": 12},
    "de": {"mitternacht": 0, "mittag": 12},
    "en": {"midnight": 0, "noon": 12, "midday": 12},
}


def _powers(listed: str) -> Mapping[str, int]:
    return {word: int(power) for word, power in (entry.split("=") for entry in listed.split())}


# Powers of ten by the words that follow a number; the same stem names another power in English than elsewhere.
MAGNITUDES: Mapping[str, Mapping[str, int]] = {
    "nl": _powers("duizend=3 miljoen=6 mln=6 miljard=9 mld=9 biljoen=12"),
    "fr": _powers(
        "mille=3 millier=3 milliers=3 million=6 millions=6 mio=6 milliard=9 milliards=9 mrd=9 billion=12 billions=12"
    ),
    "de": _powers("tausend=3 million=6 millionen=6 mio=6 milliarde=9 milliarden=9 mrd=9 billion=12 billionen=12"),
    "en": _powers("thousand=3 million=6 m=6 mn=6 billion=9 bn=9 trillion=12 tn=12"),
}

MONTHS: Mapping[str, Mapping[str, int]] = {
    language: {name: number for number, written in enumerate(names.split(), 1) for name in written.split("/")}
    for language, names in {
        "nl": "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep/sept "
        "oktober/okt november/nov december/dec",
        "fr": "janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre/sept octobre/oct "
        "novembre/nov décembre/déc",
        "de": "januar/jänner/jan februar/feber/feb märz/mrz april/apr mai juni/jun juli/jul august/aug "
        "september/sep/sept oktober/okt november/nov dezember/dez",
        "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept "
        "october/oct november/nov december/dec",
    }.items()
}

# What a number word is joined to in one word, in the languages that do so: “vijfjarig”, “dreitägig”.
_JOINED = {
    "nl": "jarig jarige jarigen daags daagse weeks weekse maands maandse voudig voudige maal tal persoons koppig "
    "koppige delig delige zijdig zijdige puntig uurs urige ën weg kamp sterren",
    "de": "jährig jährige jährigen jähriger jähriges jährigem tägig tägige tägigen tägiger tägiges wöchige "
    "wöchigen wöchiger monatige monatigen monatiger stündig stündige stündigen stündiger minütige minütigen "
    "fach fache fachen mal malige maligen maliger köpfig köpfige köpfigen köpfiger teilig teilige teiligen",
}


def words(language: str) -> Mapping[str, tuple[int, bool]]:
    """Return every certain word or phrase of a language in lower case, with its value.

    The second part tells whether it is an ordinal. A language that the desk does not know has none.
    """
    return _WORDS.get(language, MappingProxyType({}))


def joined_words(language: str) -> Mapping[str, int]:
    """Return the words that have a number for their first part, such as “vijfjarig”."""
    return _JOINED_WORDS.get(language, MappingProxyType({}))


def _cardinals(language: str) -> Iterator[tuple[str, int]]:
    if language == "fr":
        yield from _french()
        return
    small, tens = _UP_TO_NINETEEN[language].split(), _TENS[language].split()
    hundred, thousand = _HUNDRED[language], _THOUSAND[language]
    between = " " if language == "en" else ""
    yield from ((word, value) for value, word in enumerate(small))
    for ten, word in enumerate(tens, 2):
        yield word, ten * 10
        for unit in range(1, 10):
            yield _with_unit(language, small[unit], word), ten * 10 + unit
    yield from ((hundred, 100), (thousand, 1000))
    yield from ((f"{small[value]}{between}{hundred}", value * 100) for value in range(1, 20))
    yield from ((f"{small[value]}{between}{thousand}", value * 1000) for value in range(1, 20))
    yield from ((f"{word}{between}{thousand}", ten * 10_000) for ten, word in enumerate(tens, 2))
    yield f"{hundred}{between}{thousand}" if language != "en" else "one hundred thousand", 100_000


def _with_unit(language: str, unit: str, ten: str) -> str:
    """Return the word for a ten and a unit: “vijfentwintig”, “fünfundzwanzig”, “twenty-five”."""
    if language == "en":
        return f"{ten}-{unit}"
    if language == "de":
        return f"{unit}und{ten}"
    return f"{unit}{'ën' if unit.endswith('e') else 'en'}{ten}"


def _french() -> Iterator[tuple[str, int]]:
    small = _UP_TO_NINETEEN["fr"].split()
    yield from ((word, value) for value, word in enumerate(small))
    for ten, word in _FR_TENS.items():
        yield word, ten
        yield from ((f"{word} et un", ten + 1), (f"{word}-et-un", ten + 1), (f"{word} et une", ten + 1))
        yield from ((f"{word}-{small[unit]}", ten + unit) for unit in range(2, 10))
    yield from ((f"soixante-{small[unit]}", 60 + unit) for unit in range(10, 20))
    yield from (("soixante et onze", 71), ("soixante-et-onze", 71), ("quatre-vingts", 80))
    yield from ((f"quatre-vingt-{small[unit]}", 80 + unit) for unit in range(1, 20))
    yield from (("quatre-vingt", 80), ("cent", 100), ("mille", 1000))
    for unit in range(2, 20):
        yield from ((f"{small[unit]} {hundred}", unit * 100) for hundred in ("cent", "cents"))
        yield f"{small[unit]} mille", unit * 1000
    yield from ((f"{word} mille", ten * 1000) for ten, word in _FR_TENS.items())
    yield "cent mille", 100_000


def _ordinals(language: str, word: str, value: int) -> Iterator[str]:
    """Yield the regular forms of the ordinal to a cardinal; the irregular ones are listed."""
    if language == "nl":
        yield word + ("de" if value % 100 in range(2, 20) and value % 100 != 8 else "ste")  # noqa: PLR2004 - achtste
    elif language == "fr":
        stem = word.removesuffix("s") if word.endswith("vingts") else word.removesuffix("e")
        stem = f"{stem}u" if stem.endswith("q") else stem.removesuffix("f") + "v" if stem.endswith("neuf") else stem
        yield from (f"{stem}ième", f"{stem}ièmes")
    elif language == "de":
        stem = word + ("t" if value % 100 in range(2, 20) else "st")
        yield from (stem + ending for ending in ("e", "en", "er", "es", "em"))
    elif word.endswith("y"):
        yield word.removesuffix("y") + "ieth"
    else:
        head, mark, last = word.rpartition("-")
        irregular = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
        irregular |= {"nine": "ninth", "twelve": "twelfth"}
        yield head + mark + irregular.get(last, last + "th")


def _all_words(language: str) -> Mapping[str, tuple[int, bool]]:
    doubtful = {word for listed in DOUBTFUL[language].values() for word in listed}
    found: dict[str, tuple[int, bool]] = {}
    for word, value in _cardinals(language):
        found.setdefault(word, (value, False))
        if value > 1:
            for ordinal in _ordinals(language, word, value):
                found.setdefault(ordinal, (value, True))
    for word, value in _ORDINALS[language].items():
        found[word] = (value, True)
        if language == "de":
            found |= {word + ending: (value, True) for ending in "nrsm"}
    return MappingProxyType({word: said for word, said in found.items() if word not in doubtful})


def _joins(language: str) -> Mapping[str, int]:
    endings = _JOINED[language].split()
    numbers = [(word, value) for word, value in _cardinals(language) if value <= 100]  # noqa: PLR2004 - “honderdjarig”
    return MappingProxyType({word + ending: value for word, value in numbers for ending in endings})


_WORDS = {language: _all_words(language) for language in ("nl", "fr", "de", "en")}
_JOINED_WORDS = {language: _joins(language) for language in _JOINED}
