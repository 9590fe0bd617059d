"""A made-up translation: word by word, never the same as the source, and as regular as a test needs.

Numbers, tokens, marks, white space and capitals stay; common Dutch words come from a little dictionary, all others
get an ending, so that the text is as long as a translation and reads as none.
"""

from __future__ import annotations

import re

_DICTIONARY: dict[str, tuple[str, str, str]] = {
    # in the order French, German, English
    "de": ("le", "der", "the"),
    "het": ("le", "das", "the"),
    "een": ("un", "ein", "a"),
    "en": ("et", "und", "and"),
    "van": ("de", "von", "of"),
    "in": ("dans", "im", "within"),
    "op": ("sur", "auf", "on"),
    "voor": ("pour", "für", "for"),
    "met": ("avec", "mit", "with"),
    "bij": ("chez", "bei", "at"),
    "door": ("par", "durch", "by"),
    "te": ("à", "zu", "to"),
    "om": ("afin", "um", "so"),
    "aan": ("à", "an", "to"),
    "is": ("est", "ist", "is"),
    "zijn": ("sont", "sind", "are"),
    "wordt": ("devient", "wird", "becomes"),
    "worden": ("deviennent", "werden", "become"),
    "heeft": ("a", "hat", "has"),
    "hebben": ("ont", "haben", "have"),
    "niet": ("pas", "nicht", "not"),
    "ook": ("aussi", "auch", "also"),
    "meer": ("plus", "mehr", "more"),
    "dat": ("que", "dass", "that"),
    "die": ("qui", "die", "who"),
    "deze": ("cette", "diese", "this"),
    "minister": ("ministre", "Minister", "minister"),
    "regering": ("gouvernement", "Regierung", "government"),
    "persbericht": ("communiqué", "Pressemitteilung", "press release"),
    "nieuwsbericht": ("actualité", "Nachricht", "news item"),
    "vandaag": ("aujourd’hui", "heute", "today"),
    "uur": ("heures", "Uhr", "o’clock"),
    "euro": ("euros", "Euro", "euros"),
    "procent": ("pour cent", "Prozent", "percent"),
    "miljoen": ("millions", "Millionen", "million"),
    "miljard": ("milliards", "Milliarden", "billion"),
    "maandag": ("lundi", "Montag", "Monday"),
    "dinsdag": ("mardi", "Dienstag", "Tuesday"),
    "woensdag": ("mercredi", "Mittwoch", "Wednesday"),
    "donderdag": ("jeudi", "Donnerstag", "Thursday"),
    "vrijdag": ("vendredi", "Freitag", "Friday"),
    "zaterdag": ("samedi", "Samstag", "Saturday"),
    "zondag": ("dimanche", "Sonntag", "Sunday"),
    "januari": ("janvier", "Januar", "January"),
    "februari": ("février", "Februar", "February"),
    "maart": ("mars", "März", "March"),
    "april": ("avril", "April", "April"),
    "mei": ("mai", "Mai", "May"),
    "juni": ("juin", "Juni", "June"),
    "juli": ("juillet", "Juli", "July"),
    "augustus": ("août", "August", "August"),
    "september": ("septembre", "September", "September"),
    "oktober": ("octobre", "Oktober", "October"),
    "november": ("novembre", "November", "November"),
    "december": ("décembre", "Dezember", "December"),
    "twee": ("deux", "zwei", "two"),
    "drie": ("trois", "drei", "three"),
    "vier": ("quatre", "vier", "four"),
    "vijf": ("cinq", "fünf", "five"),
    "zes": ("six", "sechs", "six"),
    "zeven": ("sept", "sieben", "seven"),
    "acht": ("huit", "acht", "eight"),
    "negen": ("neuf", "neun", "nine"),
    "tien": ("dix", "zehn", "ten"),
    "elf": ("onze", "elf", "eleven"),
    "twaalf": ("douze", "zwölf", "twelve"),
}
_COLUMNS = {"fr": 0, "de": 1, "en": 2}
_ENDINGS = {"fr": "é", "de": "ung", "en": "ly", "nl": "heid"}

# Tokens first, then numbers with marks between their digits, then words; all else stays as it is.
_PIECE = re.compile(
    r"(?P<token>\[X\d+X\])"
    r"|(?P<grouped>\b\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.,]*\d))"
    r"|(?P<decimal>\b\d+,\d+(?![\d.,]*\d))"
    r"|(?P<word>[^\W\d_]+)"
)
_NO_BREAK_SPACE = "\u00a0"


def plausible(text: str, source: str, target: str) -> str:
    """Return what could pass for a translation of `text`; the same text gives the same answer, always."""
    return _PIECE.sub(lambda found: _piece(found, source.partition("-")[0], target.partition("-")[0]), text)


def _piece(found: re.Match[str], source: str, target: str) -> str:
    if found["word"]:
        return _word(found["word"], source, target)
    if source != "nl" or found["token"]:
        return found[0]
    if target == "en":
        return found[0].translate(str.maketrans(".,", ",."))
    return found[0].replace(".", _NO_BREAK_SPACE)


def _word(word: str, source: str, target: str) -> str:
    if word.isupper() and len(word) > 1:
        return word  # an acronym
    known = _DICTIONARY.get(word.lower()) if source == "nl" else None
    if known is None or target not in _COLUMNS:
        return word + _ENDINGS.get(target, "o")
    translated = known[_COLUMNS[target]]
    return translated[0].upper() + translated[1:] if word[0].isupper() else translated
