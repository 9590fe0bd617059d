"""Sentences to plant errors in, and what was planted."""

from __future__ import annotations

from random import Random

from benchmarks.checks.planting.base import Plant, Planter
from benchmarks.checks.texts import NEWS, Sample
from service.domain.text import CodedText

NB = "\u00a0"
SEEDS = range(60)
LOCALES = ("fr", "de", "en")
SOURCE = "De raad kwam niet samen op dinsdag 14 mei 2026."
TARGETS = {
    "fr": f"Le conseil ne s’est pas réuni le mardi 14{NB}mai 2026.",
    "de": "Der Rat kam am Dienstag, dem 14. Mai 2026, nicht zusammen.",
    "en": "The council did not meet on Tuesday 14 May 2026.",
}


def sample(source: str, target: str, locale: str, others: tuple[str, ...] = ()) -> Sample:
    return Sample(NEWS, "a release", 0, CodedText(source), target, locale, others)


def plants(planter: Planter, source: str, target: str, locale: str, *, others: tuple[str, ...] = ()) -> list[Plant]:
    """Return what the planter makes of a pair, over many seeds."""
    made = (planter(sample(source, target, locale, others), Random(seed)) for seed in SEEDS)
    return [plant for plant in made if plant]


def damaged(planter: Planter, source: str, target: str, locale: str, **rest: tuple[str, ...]) -> set[str]:
    return {plant.damaged for plant in plants(planter, source, target, locale, **rest)}


def changed(plant: Plant) -> tuple[str, str]:
    """Return what differs between the whole and the damaged target, without what they begin and end with alike."""
    one, other = plant.whole, plant.damaged
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


def distance(one: str, other: str) -> int:
    """Return how many letters are put in, left out or replaced."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row[0] = row[0], at
        for beside, its in enumerate(other, 1):
            last, row[beside] = row[beside], min(row[beside] + 1, row[beside - 1] + 1, last + (letter != its))
    return row[-1]
