"""Errors in marks: links and mail addresses, inline codes, quotation marks, brackets, spaces."""

# ruff: noqa: RUF001 - typographic marks are what is planted

from __future__ import annotations

import re
from random import Random

from benchmarks.checks.planting.base import Plant, chosen, damage, places, put, remarked, with_remark
from benchmarks.checks.texts import Sample
from service.domain.text import CodedText, CodeKind, InlineCode

_SEE = {"fr": "voir", "de": "siehe", "en": "see"}
_WRITE = {"fr": "écrivez à", "de": "schreiben Sie an", "en": "write to"}
_PAGES = ("nieuws/{}", "pers/2026/{}", "campagne?ref={}", "{}.pdf", "thema/energie/{}")
_BRACKET = re.compile(r"[()\[\]]")
_SPACE = re.compile(r"(?<=\w) (?=\w)")
_NO_BREAK = re.compile(r"[\u00a0\u202f](?=[;:!?»%])|(?<=«)[\u00a0\u202f]")
_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]{3,}(?![\w’'-])")
_QUOTED = {
    "fr": re.compile(r"«[\u00a0\u202f]?(?P<said>[^«»]{3,200}?)[\u00a0\u202f]?»"),
    "de": re.compile(r"„(?P<said>[^„“”]{3,200}?)“"),
    "en": re.compile(r"[\"“](?P<said>[^\"“”]{3,200}?)[\"”]"),
}
_FOREIGN = {
    "fr": (("„", "“"), ("“", "”")),
    "de": (("«\u00a0", "\u00a0»"), ("“", "”")),
    "en": (("„", "“"), ("«\u00a0", "\u00a0»"), ("„", "”")),
}


def lost_link(sample: Sample, chance: Random) -> Plant:
    """Give both sides an address of the web and leave it out of the target."""
    ours, theirs = _addresses(sample.locale, chance)
    damaged = {"fr": "voir le site", "de": "siehe die Website", "en": "see the website"}[sample.locale]
    return remarked(sample, f"zie {ours}", f"{_SEE[sample.locale]} {theirs}", damaged)


def wrong_link(sample: Sample, chance: Random) -> Plant:
    """Give both sides an address of the web and let it lead elsewhere in the target."""
    ours, theirs = _addresses(sample.locale, chance)
    at = chance.choice([at for at, character in enumerate(theirs) if character.isdigit()])
    other = chance.choice(
        (
            theirs[:at] + str((int(theirs[at]) + 3) % 10) + theirs[at + 1 :],
            theirs[: theirs.rindex("/")],
            theirs.replace("news.example.be", "new.example.be"),
            theirs.replace("example.be", "example.com"),
        )
    )
    see = _SEE[sample.locale]
    return remarked(sample, f"zie {ours}", f"{see} {theirs}", f"{see} {other}")


def _addresses(locale: str, chance: Random) -> tuple[str, str]:
    page = chance.choice(_PAGES).format(chance.randrange(100, 10_000))
    whole = f"https://news.example.be/{{}}/{page}" if chance.random() < 0.5 else f"https://news.example.be/{page}"  # noqa: PLR2004 - half of them
    return whole.format("nl"), whole.format(locale)


def wrong_mail(sample: Sample, chance: Random) -> Plant:
    """Give both sides a mail address and lose a letter of it, or all of it, in the target."""
    name = chance.choice(("press", "contact", "woordvoerder", "an.peeters"))
    address = f"{name}@desk.example.be"
    write = _WRITE[sample.locale]
    at = chance.randrange(1, len(name))
    lost = {"fr": "écrivez-nous", "de": "schreiben Sie uns", "en": "write to us"}[sample.locale]
    damaged = lost if chance.random() < 0.3 else f"{write} {address[:at]}{address[at + 1 :]}"  # noqa: PLR2004 - some of them
    return remarked(sample, f"mail naar {address}", f"{write} {address}", damaged)


def lost_code(sample: Sample, chance: Random) -> Plant | None:
    """Set a word of both sides in bold, and lose a marker, or both, in the target."""
    coded = _coded(sample, chance, 1)
    if coded is None:
        return None
    source, target = coded
    lost = chance.choice((("{1}",), ("{/1}",), ("{1}", "{/1}")))
    damaged = target
    for marker in lost:
        damaged = damaged.replace(marker, "")
    return Plant(source, target, damaged, added=True)


def swapped_codes(sample: Sample, chance: Random) -> Plant | None:
    """Set two words of both sides in bold and as a link, and let markers change places so that they nest no more."""
    coded = _coded(sample, chance, 2)
    if coded is None:
        return None
    source, target = coded
    one, other = chance.choice((("{/1}", "{/2}"), ("{1}", "{2}"), ("{1}", "{/1}"), ("{2}", "{/2}")))
    damaged = target.replace(one, "\0").replace(other, one).replace("\0", other)
    return Plant(source, target, damaged, added=True)


def _coded(sample: Sample, chance: Random, count: int) -> tuple[CodedText, str] | None:
    """Return both sides with some of their words in codes of their own."""
    if sample.source.codes or "{" in sample.source.text + sample.target:
        return None
    sides = []
    for text in (sample.source.text, sample.target):
        words = places(_WORD, text)
        if len(words) < count:
            return None
        picked = sorted(chance.sample(words, count), key=lambda found: found.start())
        coded = text
        for number, found in reversed(list(enumerate(picked, 1))):
            coded = put(coded, found, f"{{{number}}}{found[0]}{{/{number}}}")
        sides.append(coded)
    table = (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.LINK, "https://news.example.be/"))
    return CodedText(sides[0], table[:count]), sides[1]


def wrong_quotes(sample: Sample, chance: Random) -> Plant | None:
    """Set what is quoted in the marks of another language."""
    return _quoted(sample, chance, *chance.choice(_FOREIGN[sample.locale]))


def straight_quotes(sample: Sample, chance: Random) -> Plant | None:
    """Set what is quoted in the marks of a typewriter."""
    return _quoted(sample, chance, '"', '"')


def _quoted(sample: Sample, chance: Random, opening: str, closing: str) -> Plant | None:
    found = chosen(places(_QUOTED[sample.locale], sample.target), chance)
    return damage(sample, found, f"{opening}{found['said']}{closing}") if found else None


def lost_bracket(sample: Sample, chance: Random) -> Plant:
    """Leave a bracket out; where there is none, both sides are given a remark in brackets."""
    found = chosen(places(_BRACKET, sample.target), chance)
    plant = damage(sample, found, "")
    if plant:
        return plant
    number = chance.randrange(2, 10)
    ours = f"zie bijlage {number}"
    annex = {"fr": "voir annexe", "de": "siehe Anlage", "en": "see annex"}[sample.locale]
    theirs = f"{annex} {number}"
    whole = with_remark(sample.target, theirs)
    lost = chance.choice((f"({theirs}", f"{theirs})"))
    return Plant(
        CodedText(with_remark(sample.source.text, ours), sample.source.codes),
        whole,
        whole.replace(f"({theirs})", lost),
        added=True,
    )


def double_space(sample: Sample, chance: Random) -> Plant | None:
    """Write a space twice."""
    return damage(sample, chosen(places(_SPACE, sample.target), chance), "  ")


def missing_space(sample: Sample, chance: Random) -> Plant | None:
    """Leave the space out that French has beside a mark."""
    return _other_space(sample, chance, "")


def breaking_space(sample: Sample, chance: Random) -> Plant | None:
    """Write a plain space where French has one that no line breaks at."""
    return _other_space(sample, chance, " ")


def _other_space(sample: Sample, chance: Random, instead: str) -> Plant | None:
    return damage(sample, chosen(places(_NO_BREAK, sample.target), chance), instead) if sample.locale == "fr" else None
