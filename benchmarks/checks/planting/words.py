"""Errors in words: a lost "not", names and acronyms, sentences that nobody translated, words said twice, terms."""

# ruff: noqa: RUF001 - typographic marks are what is planted

from __future__ import annotations

import re
from random import Random

from benchmarks.checks.planting.base import Plant, chosen, damage, places, remarked
from benchmarks.checks.texts import Sample
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm, TermStatus

_DUTCH_NEGATION = re.compile(
    r"\b(?:niet(?! (?:alleen|enkel|slechts))|geen|nooit|zonder|noch|niemand|niets|nergens)\b", re.IGNORECASE
)

# What is found and what stands there instead: the sentence still reads well, or nearly so.
_NO_DENIAL = r"(?!(?:pas|plus|jamais)\b)[\w’'-]+"
_VERB = rf"(?P<rest>(?:{_NO_DENIAL} ){{0,2}}?{_NO_DENIAL})"
_ALONE = r"(?! (?:jamais|aucune?|rien|que|ni|personne)\b)"  # else there is a denial left, or there was none
_NEGATIONS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "fr": (
        (re.compile(rf"\b(?P<c>[CcJj])e n[’'](?P<v>[aeêé][\w’-]*) (?:pas|jamais|plus)\b{_ALONE}"), r"\g<c>’\g<v>"),
        (
            re.compile(rf"(?<!\b[CcJj]e )(?<!\bni )\b(?P<n>[Nn])(?:e |[’']){_VERB} (?:pas|jamais|plus)\b{_ALONE}"),
            r"\g<rest>",
        ),
        (re.compile(rf"\b(?P<c>[Jj]e) ne {_VERB} (?:pas|jamais|plus)\b{_ALONE}"), r"\g<c> \g<rest>"),
        (re.compile(r"(?<!\bni )\b(?P<n>[Nn])e (?:pas|jamais|plus) (?P<rest>[\w’'-]+)\b"), r"\g<rest>"),
        (
            re.compile(rf"(?<!\b[CcJj]e )(?<!\bni )\b(?P<n>[Nn])(?:e |[’']){_VERB} aucun(?P<e>e?)\b"),
            r"\g<rest> un\g<e>",
        ),
        (re.compile(r"\bsans(?= )(?! (?:doute|cesse|précédent)\b)"), "avec"),
    ),
    "de": (
        (re.compile(r" nicht\b(?! (?:nur|allein))"), ""),
        (re.compile(r"\b(?P<k>k)ein(?P<e>e[nmrs]?)?\b"), r"ein\g<e>"),
        (re.compile(r"\bKein(?P<e>e[nmrs]?)?\b"), r"Ein\g<e>"),
        (re.compile(r" (?:nie|niemals)\b"), ""),
        (re.compile(r"\bohne(?= )"), "mit"),
    ),
    "en": (
        (re.compile(r"\b(?P<c>[Cc]a)n(?:not|[’']t)\b"), r"\g<c>n"),
        (re.compile(r"\b(?P<w>[Ww])on[’']t\b"), r"\g<w>ill"),
        (re.compile(r"(?<![Cc]a)(?<![Ww]o)(?<=[a-z])n[’']t\b"), ""),
        (re.compile(r" not\b(?! only)"), ""),
        (re.compile(r" never\b"), ""),
        (re.compile(r" no(?= [a-z])(?! (?:longer|matter|doubt|one)\b)"), ""),
        (re.compile(r"\bwithout(?= )"), "with"),
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![\w’'-])[A-Z][a-zà-öø-ÿ]{4,}(?![\w-])")
_ENDS_A_SENTENCE = ".!?:…«»„“”\"'‚‘’(–-"
_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])")
_ROMAN = re.compile(r"[IVXLCDM]+")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvwz"
_REPEATED_WELL = {
    "fr": {"nous", "vous"},
    "de": {"die", "der", "das", "sie", "dass", "den", "dem"},
    "en": {"had", "that", "her", "very", "so", "is"},
}
_LOWER = re.compile(r"(?<![\w’'-])[a-zà-öø-ÿß]{2,}(?![\w’'-])")
_LEAST_WORDS = 3

TERMS = (
    ("burgemeester", "zegt de {}", {
        "fr": ("dit le {}", "bourgmestre", "maire"),
        "de": ("sagt der {}", "Bürgermeister", "Stadtvorsteher"),
        "en": ("says the {}", "mayor", "burgomaster"),
    }),
    ("schepen", "zegt de {}", {
        "fr": ("dit l’{}", "échevin", "adjoint"),
        "de": ("sagt der {}", "Schöffe", "Beigeordnete"),
        "en": ("says the {}", "alderman", "councillor"),
    }),
    ("gemeente", "zegt de {}", {
        "fr": ("dit la {}", "commune", "municipalité"),
        "de": ("sagt die {}", "Gemeinde", "Kommune"),
        "en": ("says the {}", "municipality", "township"),
    }),
)  # fmt: skip
KEPT = ("Be-Alert", "MyGov", "Vlaanderen Vakantieland")


def term_bases() -> dict[str, TermBase]:
    """Return an office's terms by target locale: the three concepts above, and names that stay as they are."""
    return {
        locale: TermBase(
            [
                SourceTerm(
                    text,
                    text,
                    (TargetTerm(targets[locale][1]), TargetTerm(targets[locale][2], status=TermStatus.FORBIDDEN)),
                )
                for text, _, targets in TERMS
            ]
            + [SourceTerm(name, name, do_not_translate=True) for name in KEPT],
            "nl",
        )
        for locale in ("fr", "de", "en")
    }


def lost_negation(sample: Sample, chance: Random) -> Plant | None:
    """Take the word away that denies, where the source denies too."""
    if not _DUTCH_NEGATION.search(sample.source.text):
        return None
    spots = [
        (found, instead) for pattern, instead in _NEGATIONS[sample.locale] for found in places(pattern, sample.target)
    ]
    spot = chosen(spots, chance)
    if spot is None:
        return None
    found, instead = spot
    new = found.expand(instead)
    return damage(sample, found, new[:1].upper() + new[1:] if found[0][0] == "N" else new)


def wrong_name(sample: Sample, chance: Random) -> Plant | None:
    """Misspell a name that the source has too, by one letter or two: one changed, lost or doubled, or two swapped."""
    ours = set(_WORD.findall(sample.source.text))
    spots = [
        found
        for found in places(_NAME, sample.target)
        if found[0] in ours and sample.target[: found.start()].rstrip("\u00a0 ")[-1:] not in ("", *_ENDS_A_SENTENCE)
    ]
    found = chosen(spots, chance)
    if found is None:
        return None
    new = misspelt(found[0], chance)
    return damage(sample, found, new) if new not in ours and new not in sample.target else None


def misspelt(name: str, chance: Random) -> str:
    """Return a name with one or two of its letters wrong, never the first."""
    at = chance.randrange(1, len(name) - 1)
    letter = name[at]
    match chance.choice(("change", "change", "lose", "double", "swap", "two")):
        case "change":
            return name[:at] + _other_letter(letter, chance) + name[at + 1 :]
        case "lose":
            return name[:at] + name[at + 1 :]
        case "double":
            return name[:at] + letter + name[at:]
        case "swap" if letter != name[at + 1]:
            return name[:at] + name[at + 1] + letter + name[at + 2 :]
        case _:
            return name[:at] + _other_letter(letter, chance) + _other_letter(name[at + 1], chance) + name[at + 2 :]


def _other_letter(letter: str, chance: Random) -> str:
    alike = _VOWELS if letter in _VOWELS else _CONSONANTS
    return chance.choice([other for other in alike if other != letter])


def wrong_acronym(sample: Sample, chance: Random) -> Plant | None:
    """Put another letter into an acronym that the source has too, or let two change places."""
    ours = set(_ACRONYM.findall(sample.source.text))
    if sample.target.isupper() or sample.source.text.isupper():
        return None
    spots = [found for found in places(_ACRONYM, sample.target) if found[0] in ours and not _ROMAN.fullmatch(found[0])]
    found = chosen(spots, chance)
    if found is None:
        return None
    letters = found[0]
    at = chance.randrange(len(letters) - 1)
    if letters[at] != letters[at + 1] and chance.random() < 0.5:  # noqa: PLR2004 - half of them
        return damage(sample, found, letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :])
    return damage(sample, found, letters[:at] + _other_letter(letters[at].lower(), chance).upper() + letters[at + 1 :])


def untranslated(sample: Sample, _chance: Random) -> Plant | None:
    """Let the source stand where its translation should, if it has three words in small letters."""
    small = [word for word in _WORD.findall(sample.source.text) if word.islower()]
    if len(small) < _LEAST_WORDS or sample.source.text == sample.target:
        return None
    return Plant(sample.source, sample.target, sample.source.text)


def half_translated(sample: Sample, _chance: Random) -> Plant | None:
    """Let the second half of the source stand behind the first half of the translation."""
    ours, theirs = sample.source.text.split(), sample.target.split()
    if len(ours) < 4 * _LEAST_WORDS:
        return None
    damaged = " ".join(theirs[: len(theirs) // 2] + ours[len(ours) // 2 :])
    return Plant(sample.source, sample.target, damaged)


def wrong_language(sample: Sample, chance: Random) -> Plant | None:
    """Let the translation into another language stand there, if it has three words in small letters."""
    other = chosen(sample.others, chance)
    if other is None or sum(word.islower() for word in _WORD.findall(other)) < _LEAST_WORDS:
        return None
    return Plant(sample.source, sample.target, other)


def double_word(sample: Sample, chance: Random) -> Plant | None:
    """Write a word twice, unless the language has reasons to."""
    spots = [found for found in places(_LOWER, sample.target) if found[0] not in _REPEATED_WELL[sample.locale]]
    found = chosen(spots, chance)
    return damage(sample, found, f"{found[0]} {found[0]}") if found else None


def forbidden_term(sample: Sample, chance: Random) -> Plant:
    """Give both sides a term of the office, and say the forbidden word in the target."""
    text, ours, targets = chance.choice(TERMS)
    theirs, preferred, forbidden = targets[sample.locale]
    return remarked(sample, ours.format(text), theirs.format(preferred), theirs.format(forbidden))


def translated_name(sample: Sample, chance: Random) -> Plant:
    """Give both sides a name that is not translated, and write something else in the target."""
    name = chance.choice(KEPT)
    before = {"fr": "via", "de": "über", "en": "through"}[sample.locale]
    other = {"fr": "le service public", "de": "den Dienst", "en": "the service"}[sample.locale]
    return remarked(sample, f"via {name}", f"{before} {name}", f"{before} {other}")
