"""Errors in what can be counted: numbers, dates, times, amounts, percentages, telephone numbers, addresses."""

# ruff: noqa: RUF001 - typographic marks are what is planted

from __future__ import annotations

import re
from random import Random

from benchmarks.checks.planting.base import Plant, chosen, damage, places, remarked
from benchmarks.checks.texts import Sample

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
WEEKDAYS = {
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
# Only what is never anything else: "mai" ends no other French word, but "May" and "March" begin English sentences.
_DATED = {
    "fr": r"(?<![\w-])(?:{names})(?![\w-])",
    "de": r"(?<![\w-])(?:{names})(?![\w-])",
    "en": r"(?<=\d )(?:{names})\b|\b(?:{names})(?= \d)|\b(?:in|since|until|of|from|last|next) (?:{names})\b",
}
WORDS = {
    "fr": "deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente quarante cinquante",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn zwölf fünfzehn zwanzig dreißig vierzig fünfzig",
    "en": "two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty",
}
_DIGITS = re.compile(r"\d+")
_PERCENT = {
    "fr": re.compile(r"(?<=\d)[\u00a0\u202f ]?(?:%|pour cent\b)"),
    "de": re.compile(r"(?<=\d)[\u00a0\u202f ]?(?:%|Prozent\b)"),
    "en": re.compile(r"(?<=\d)[\u00a0\u202f ]?(?:%|per ?cent\b)"),
}
# One, and more than one.
_GREAT = {
    "fr": (("million", "millions"), ("milliard", "milliards")),
    "de": (("Million", "Millionen"), ("Milliarde", "Milliarden")),
    "en": (("million", "millions"), ("billion", "billions")),
}
_DUTCH_GREAT = re.compile(r"mil(?:joen|jard)|\b(?:mln|mld)\b")


def wrong_number(sample: Sample, chance: Random) -> Plant | None:
    """Change one figure of a number; no nought comes to stand in front of others."""
    found = chosen(places(_DIGITS, sample.target), chance)
    return damage(sample, found, other_figure(found[0], chance)) if found else None


def swapped_figures(sample: Sample, chance: Random) -> Plant | None:
    """Let two neighbouring figures of a number change places."""
    spots = [
        (found, at)
        for found in places(_DIGITS, sample.target)
        for at in range(len(found[0]) - 1)
        if found[0][at] != found[0][at + 1] and (at or found[0][1] != "0")
    ]
    spot = chosen(spots, chance)
    if spot is None:
        return None
    found, at = spot
    figures = found[0]
    return damage(sample, found, figures[:at] + figures[at + 1] + figures[at] + figures[at + 2 :])


def wrong_word(sample: Sample, chance: Random) -> Plant | None:
    """Put another number in words in the place of one, where the source has numbers in words too."""
    words = WORDS[sample.locale].split()
    found = chosen(places(re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])"), sample.target), chance)
    if found is None or not _DUTCH_WORDS.search(sample.source.text):
        return None
    return damage(sample, found, chance.choice([word for word in words if word != found[0]]))


_DUTCH_WORDS = re.compile(
    r"\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|vijftien|twintig|dertig|veertig|vijftig)\b"
)


def wrong_month(sample: Sample, chance: Random) -> Plant | None:
    """Put another month in the place of one that the source names too."""
    names, ours = MONTHS[sample.locale].split(), MONTHS["nl"].split()
    pattern = re.compile(_DATED[sample.locale].format(names="|".join(names)))
    spots = []
    for found in places(pattern, sample.target):
        month = next(name for name in names if name in found[0])
        if re.search(rf"\b{ours[names.index(month)]}\b", sample.source.text):
            spots.append((found, month))
    spot = chosen(spots, chance)
    if spot is None:
        return None
    found, month = spot
    return damage(sample, found, found[0].replace(month, chance.choice([name for name in names if name != month])))


def wrong_date(sample: Sample, chance: Random) -> Plant | None:
    """Give both sides a date, one of its languages' ways to write it, and put another month in the target."""
    day, month, year = chance.randrange(1, 29), chance.randrange(12), chance.randrange(2015, 2031)
    other = chance.choice([number for number in range(12) if number != month])
    ours = f"sinds {day} {MONTHS['nl'].split()[month]} {year}"
    style = chance.randrange(3)
    theirs, damaged = (_date(sample.locale, day, number, year, style) for number in (month, other))
    return remarked(sample, ours, theirs, damaged)


def _date(locale: str, day: int, month: int, year: int, style: int) -> str:
    name = MONTHS[locale].split()[month]
    if locale == "fr":
        return f"depuis le {'1er' if day == 1 else day} {name} {year}"
    if locale == "de":
        return (
            f"seit dem {day}. {name} {year}",
            f"seit dem {day:02}.{month + 1:02}.{year}",
            f"seit dem {day}.\u00a0{name} {year}",
        )[style]
    return (f"since {day} {name} {year}", f"since {name} {day}, {year}", f"since {_ordinal(day)} {name} {year}")[style]


def _ordinal(day: int) -> str:
    ending = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def wrong_weekday(sample: Sample, chance: Random) -> Plant | None:
    """Put another day in the place of one that the source names too."""
    names, ours = WEEKDAYS[sample.locale].split(), WEEKDAYS["nl"].split()
    spots = [
        found
        for found in places(re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])"), sample.target)
        if re.search(rf"\b{ours[names.index(found[0])]}\b", sample.source.text)
    ]
    found = chosen(spots, chance)
    return damage(sample, found, chance.choice([name for name in names if name != found[0]])) if found else None


def wrong_time(sample: Sample, chance: Random) -> Plant:
    """Give both sides a time of the day, and put another hour or other minutes in the target."""
    hour, minute = chance.randrange(8, 23), chance.choice((0, 5, 10, 15, 20, 30, 40, 45, 50))
    other = chance.choice(
        [
            (hour + 1, minute),
            (hour - 1, minute),
            (hour, (minute + 5) % 60),
            (hour, (minute + 30) % 60),
            (hour - 4, minute),
        ]
    )
    style = chance.randrange(3)
    ours = f"om {hour}.{minute:02} uur"
    return remarked(sample, ours, _time(sample.locale, hour, minute, style), _time(sample.locale, *other, style))


def _time(locale: str, hour: int, minute: int, style: int) -> str:
    if locale == "fr":
        minutes = f"{minute:02}" if minute else ""
        return (f"à {hour}\u00a0h\u00a0{minutes}".rstrip("\u00a0"), f"à {hour}h{minutes}", f"à {hour}:{minute:02}")[
            style
        ]
    if locale == "de":
        return (f"um {hour}.{minute:02} Uhr", f"um {hour}:{minute:02} Uhr", f"um {hour}.{minute:02}\u00a0Uhr")[style]
    half, of_twelve = ("am", "pm")[hour >= 12], (hour - 1) % 12 + 1  # noqa: PLR2004 - noon
    return (
        f"at {of_twelve}.{minute:02} {half}",
        f"at {of_twelve}:{minute:02} {half[0]}.m.",
        f"at {hour:02}:{minute:02}",
    )[style]


def wrong_magnitude(sample: Sample, chance: Random) -> Plant | None:
    """Make a thousand times more or less of an amount; where there is none, both sides are given one."""
    locale = sample.locale
    words = {one: other for pair in (_GREAT[locale], _GREAT[locale][::-1]) for one, other in zip(*pair, strict=True)}
    spots = places(re.compile(rf"\b(?:{'|'.join(words)})\b"), sample.target)
    found = chosen(spots, chance) if _DUTCH_GREAT.search(sample.source.text) else None
    if found:
        return damage(sample, found, words[found[0]])
    whole, part, great = chance.randrange(2, 99), chance.randrange(1, 10), chance.randrange(2)
    ours = f"samen {whole},{part} {('miljoen', 'miljard')[great]} euro"
    theirs, damaged = (_amount(locale, whole, part, which) for which in (great, 1 - great))
    return remarked(sample, ours, theirs, damaged)


def _amount(locale: str, whole: int, part: int, great: int) -> str:
    one, more = _GREAT[locale][great]
    if locale == "fr":
        return f"au total {whole},{part} {more} d’euros"
    if locale == "de":
        return f"zusammen {whole},{part} {more} Euro"
    return f"{whole}.{part} {one} euros in total"


def lost_percent(sample: Sample, chance: Random) -> Plant | None:
    """Leave out the sign or word for a hundredth part; where there is none, both sides are given one."""
    locale = sample.locale
    has_any = "%" in sample.source.text or "procent" in sample.source.text
    found = chosen(places(_PERCENT[locale], sample.target), chance) if has_any else None
    if found:
        return damage(sample, found, "")
    whole, part = chance.randrange(2, 99), chance.randrange(1, 10)
    mark = "." if locale == "en" else ","
    number = f"{whole}{mark}{part}"
    before = {"fr": "soit", "de": "das sind", "en": "that is"}[locale]
    sign = {"fr": "\u00a0%", "de": " Prozent", "en": "%"}[locale]
    return remarked(sample, f"dat is {whole},{part} procent", f"{before} {number}{sign}", f"{before} {number}")


def wrong_telephone(sample: Sample, chance: Random) -> Plant:
    """Give both sides a telephone number, as each may write it, and change a figure of it in the target."""
    numbers = [chance.randrange(10, 100) for _ in range(3)]
    tail = f"{chance.randrange(100, 1000)} {numbers[0]} {numbers[1]}"
    other = _with_other_figure(tail, chance)
    ours = f"tel. 02 {tail}"
    theirs, damaged = (
        {
            "fr": (f"tél. +32 2 {each}", f"tél. 02 {each}"),
            "de": (f"Tel. +32 2 {each}", f"Tel. 0032 2 {each}"),
            "en": (f"tel. +32 2 {each}", f"tel. +32 (0)2 {each}"),
        }[sample.locale]
        for each in (tail, other)
    )
    style = chance.randrange(2)
    return remarked(sample, ours, theirs[style], damaged[style])


def wrong_address(sample: Sample, chance: Random) -> Plant:
    """Give both sides a street and a town, and change a figure of the number or of the town's code in the target."""
    house, code = str(chance.randrange(2, 200)), str(chance.randrange(1000, 9999))
    ours = f"Wetstraat {house}, {code} Brussel"
    styles = {
        "fr": "rue de la Loi {house}, {code} Bruxelles",
        "de": "Wetstraat {house}, {code} Brüssel",
        "en": "Wetstraat {house}, {code} Brussels",
    }
    theirs = styles[sample.locale]
    wrong = (other_figure(house, chance), code) if chance.random() < 0.5 else (house, other_figure(code, chance))  # noqa: PLR2004 - half of them
    return remarked(sample, ours, theirs.format(house=house, code=code), theirs.format(house=wrong[0], code=wrong[1]))


def other_figure(figures: str, chance: Random) -> str:
    """Return a number with one figure changed, and no nought in front of others."""
    at = chance.randrange(len(figures))
    least = "1" if at == 0 and len(figures) > 1 else "0"
    new = chance.choice([figure for figure in "0123456789" if figure >= least and figure != figures[at]])
    return figures[:at] + new + figures[at + 1 :]


def _with_other_figure(text: str, chance: Random) -> str:
    at = chance.choice([place for place, character in enumerate(text) if character.isdigit()])
    return text[:at] + str((int(text[at]) + chance.randrange(1, 10)) % 10) + text[at + 1 :]
