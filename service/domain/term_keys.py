"""The keys of a word: two spellings are forms of one word where they share a key.

Dutch is undone by its spelling rules: endings, doubled consonants, open syllables, f and v, s and z, weak verbs. The
rules give every word that a form may belong to, most of which do not exist; that does no harm. Other languages of
the desk have their regular endings. A noun of theirs that is written with a capital has them as well, so that “États
membres” is found for “État membre”; in Dutch only names have capitals, and a name has few forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from service.domain.term_words import GE_NOUNS, PARTICLES, SHORT_WITH_S, UNLIKE_PLURALS

SOFT_HYPHEN = "\u00ad"
SHORTEST_STEM = 3
VERB = "+"  # before the keys of verbs: “markt” may be a form of the verb “marken”, but is none of the noun “mark”
CASED = "="  # before the keys of words whose capitals count

_VOWELS = "aeiouy"
_DIGRAPHS = frozenset({"aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ei", "au", "ou", "ai", "oi"})
_GROUP = re.compile("[aeiouy]+")
_DIAERESES = str.maketrans("äëïöü", "aeiou")
_ACCENTS = str.maketrans("äëïöüáéíóúàèìòùâêîôû", "aeiouaeiouaeiouaeiou")
_VOICELESS = {"v": "f", "z": "s"}
_VERB_ENDINGS = ("ten", "den", "te", "de", "t", "d")


def spelling(word: str) -> str:
    """Return a word as it is compared: composed letters, one kind of apostrophe, no soft hyphens."""
    return unicodedata.normalize("NFC", word).replace(SOFT_HYPHEN, "").replace("\u2019", "'")


@lru_cache(maxsize=50_000)
def word_keys(word: str, language: str) -> frozenset[str]:
    """Return the keys of a word, whatever its capitals; none of them is empty."""
    lower = spelling(word).lower()
    return frozenset(_forms(lower, language, name=False))


@lru_cache(maxsize=50_000)
def cased_keys(word: str, language: str) -> frozenset[str]:
    """Return the keys of a word whose capitals count: an acronym as it stands, a name in the forms that names have."""
    written = spelling(word)
    bare = written.removesuffix("'s")
    if is_acronym(bare):
        singular = bare.removesuffix("s") if bare[:-1].isupper() else bare
        return frozenset((CASED + written, CASED + bare, CASED + singular))
    lower = written.lower()
    if written == lower:
        return frozenset(CASED + key for key in _forms(lower, language, name=False))
    if written != lower[:1].upper() + lower[1:]:
        return frozenset((CASED + written,))
    return frozenset(CASED + key[:1].upper() + key[1:] for key in _forms(lower, language, name=True))


def is_acronym(word: str) -> bool:
    """Tell whether a word has two capitals or more, as JBZ, COVID and FODs have."""
    return sum(letter.isupper() for letter in word) > 1


def has_capital(word: str) -> bool:
    """Tell whether a word has a capital at all."""
    return any(letter.isupper() for letter in word)


def _forms(lower: str, language: str, *, name: bool) -> Iterator[str]:
    if not lower:  # nothing but soft hyphens
        return
    yield lower
    if language == "nl":
        yield from _dutch(lower, name=name)
        if not name:
            yield from (VERB + stem for stem in _dutch_verb(lower))
    elif language in _ENDINGS:
        yield from _regular(lower, language)


def _dutch(word: str, *, name: bool) -> Iterator[str]:
    """Yield the words that this may be the plural or the inflected adjective of."""
    for plural, singular in UNLIKE_PLURALS:
        if word.endswith(plural):
            yield word[: -len(plural)] + singular
    if word.endswith(("ieën", "eeën")):
        yield word[:-2]
    elif word.endswith("iën"):
        yield word[:-3] + "ie"
    elif word.endswith("'s"):
        if word != "'s":  # as in “'s avonds”
            yield word[:-2]
    elif word.endswith("en") and len(word) > SHORTEST_STEM + 1:
        yield word[:-1]
        yield from _closed(word[:-2])
    elif word.endswith("e") and len(word) > SHORTEST_STEM and word[-2] not in "ieë":
        yield from _closed(word[:-1])
    elif word.endswith("s") and not name and _may_have_s(word[:-1]):
        yield word[:-1]


def _may_have_s(stem: str) -> bool:
    """Tell whether a word has its plural in -s: most of two syllables and more, few of one."""
    if stem.endswith("s"):
        return False
    return stem in SHORT_WITH_S or len(_GROUP.findall(stem.translate(_ACCENTS))) > 1


def _closed(stem: str) -> Iterator[str]:
    """Yield a stem as it is spelled without the ending that opened its last syllable."""
    if stem.endswith("iël"):
        yield stem[:-2] + "eel"
        return
    stem = stem.translate(_DIAERESES)
    last, before = stem[-1], stem[-2:-1]
    if last in _VOWELS:
        yield stem
    elif last == before:
        yield stem[:-1]
    else:
        end = _VOICELESS.get(last, last)
        is_open = before in "aeou" and before != "" and stem[-3:-1] not in _DIGRAPHS
        if not is_open or _may_be_mute(stem, last, before):
            yield stem[:-1] + end
        if is_open:
            yield stem[:-1] + before + end


def _may_be_mute(stem: str, last: str, before: str) -> bool:
    """Tell whether the last vowel may be one that is never doubled: “ondertekenen”, “professoren”."""
    return len(_GROUP.findall(stem)) > 1 and (before == "e" or before + last == "or")


def _dutch_verb(word: str) -> Iterator[str]:
    """Yield the stems of the weak verbs that this may be a form of."""
    if word.endswith("en") and len(word) > SHORTEST_STEM:
        yield from _closed(word[:-2])
    for ending in _VERB_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            yield stem
            yield from _participle(stem, word)
    if word.endswith(("t", "d")):
        yield from _participle(word, word)  # “gestart”: the ending is the stem's own


def _participle(stem: str, word: str) -> Iterator[str]:
    if word not in GE_NOUNS and stem.startswith("ge") and len(stem) > SHORTEST_STEM + 1:
        yield stem[2:].translate(_DIAERESES)
    for particle in PARTICLES:
        if stem.startswith(particle + "ge") and len(stem) > len(particle) + SHORTEST_STEM + 1:
            yield particle + stem[len(particle) + 2 :].translate(_DIAERESES)


_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("'s", ""), ("ies", "y"), ("es", ""), ("s", "")),
    "fr": (
        *(("aux", "al"), ("aux", "ail"), ("eaux", "eau"), ("eux", "eu"), ("es", ""), ("s", ""), ("x", ""), ("e", "")),
        *(("trice", "teur"), ("trices", "teur"), ("ve", "f"), ("ves", "f"), ("se", "x"), ("ses", "x")),
        *(("ère", "er"), ("ères", "er"), ("nne", "n"), ("nnes", "n"), ("lle", "l"), ("lles", "l")),
    ),
    "de": (
        *(("es", ""), ("en", ""), ("er", ""), ("em", ""), ("ern", ""), ("e", ""), ("n", ""), ("s", "")),
        *(("innen", "in"), ("nisse", "nis"), ("nissen", "nis"), ("nisses", "nis"), ("ien", "ium")),
    ),
}
_UNLIKE: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("men", "man"), ("children", "child")),
    "fr": (("yeux", "œil"), ("cieux", "ciel")),
    "de": (("museen", "museum"), ("zentren", "zentrum"), ("themen", "thema"), ("firmen", "firma"), ("daten", "datum")),
}
_SHORTEST_REGULAR = 3
_UMLAUTS = str.maketrans("äöü", "aou")


def _regular(word: str, language: str) -> Iterator[str]:
    """Yield the word without each ending that its language's plurals, feminines, cases and adjectives have."""
    if language == "de" and "ß" in word:
        word = word.replace("ß", "ss")
        yield word
    yield from (word[: -len(plural)] + singular for plural, singular in _UNLIKE[language] if word.endswith(plural))
    for ending, instead in _ENDINGS[language]:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_REGULAR or (ending == "s" and stem.endswith("s")):
            continue
        yield stem + instead
        if language == "de":
            yield stem.translate(_UMLAUTS) + instead
