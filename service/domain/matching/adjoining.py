"""What stands before a stretch of a text, and whether it can stay when the stretch becomes another.

French leaves a vowel out before another one, English has “a” and “an”, and an article tells the gender of a name, which
nobody has told us.
"""

from __future__ import annotations

import re

_ELIDED = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019]$", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?<!\w)(?:au|ce|de|du|je|la|le|ma|me|ne|sa|se|ta|te|que|jusque|lorsque|puisque)[\s\u00a0]$", re.IGNORECASE
)
_VOWELS = frozenset("aeiouàâäéèêëîïôöûüœæ")
_UNSURE = frozenset("hy")  # l'heure, le huit; l'Yser, le Yémen
_ENGLISH = re.compile(r"(?<!\w)an?[\s\u00a0]$", re.IGNORECASE)
_AFTER_AN = re.compile(r"8|1[18](?![0-9])|[aeiou](?!ne\b)", re.IGNORECASE)
_GENDER = {
    "fr": r"au|ce|cet|cette|du|la|le|un|une",
    "de": r"am|ans|beim|das|dem|den|der|des|die|eine?|eine[mnrs]|im|ins|vom|zum|zur",
    "nl": r"de|dit|deze|dat|die|het",
    "en": r"an?",
}
_GENDERED = {
    language: re.compile(rf"(?<!\w)(?:{words})[\s\u00a0]$", re.IGNORECASE) for language, words in _GENDER.items()
}
_DIGITS = re.compile("[0-9]+")


def fact_fits(before: str, old: str, new: str, language: str) -> bool:
    """Tell whether what stands `before` a number, a date or the name of a month can stay when `old` becomes `new`."""
    if language == "en" and _ENGLISH.search(before):
        return bool(_AFTER_AN.match(old)) == bool(_AFTER_AN.match(new))
    if language == "fr" and _ELIDED.search(before):
        return _elides(old) and _elides(new)
    return not (language == "fr" and _WHOLE.search(before) and _elides(new))


def name_fits(before: str, old: str, new: str, language: str) -> bool:
    """Tell whether what stands `before` a name can stay when it becomes another; roads and the like have one gender."""
    if _DIGITS.sub("", old) == _DIGITS.sub("", new):
        return True
    if _GENDERED[language].search(before):
        return False
    if language == "fr" and _ELIDED.search(before):
        return new[0].lower() in _VOWELS
    return not (language == "fr" and _WHOLE.search(before) and new[0].lower() in _VOWELS | _UNSURE)


def _elides(word: str) -> bool:
    """Tell whether French leaves a vowel out before a word; before numbers it does not, but for “un”."""
    return word[0].lower() in _VOWELS and not word.lower().startswith("onze")
