"""The term base at a hundred thousand terms: how long it loads, what is kept of it costs, and a release is searched."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from itertools import islice, product
from time import perf_counter
from typing import TypeVar

from benchmarks.memory.desks import desk_at, new_database
from benchmarks.rows import Row
from service.domain.concepts import TermDraft
from service.domain.term_base import TermBase
from service.domain.term_files import FiledConcept
from service.domain.terms import SourceTerm, TargetTerm
from service.domain.text import CodedText
from service.operations.term_import import AT_ONCE, TermImport
from service.queries.term_bases import term_base
from service.uow import Desk

_T = TypeVar("_T")
TERMS = 100_000
LETTERS = 5_000
TIMES = 20
SEED = 20_260_301

_FIRST = (
    "lucht zee brand haven vlieg energie water klimaat jeugd zorg spoor weg woning land bos dijk veer markt bank school"
    " kust vracht grens post vis wind zand rivier metro fiets"
)
_LINKED = (
    "bewaking beheer toezicht vervoer verkeer handel onderzoek controle steun bouw keuring opvang planning vorming"
    " meting aanpak hulp inning zuivering veiling"
)
_LAST = "dienst plan fonds raad commissie wet norm heffing premie akkoord kantoor register centrum loket project"
_BEFORE = ["", "federale ", "gewestelijke ", "nieuwe ", "tijdelijke ", "Europese ", "lokale ", "verplichte "]
_AFTER = ["", " voor kinderen", " van de regering", " in de zomer", " (BIS)", " zonder vergunning"]
_OTHER = (
    "De minister legt vandaag voor aan de regering dat een volgend jaar wordt besproken met alle partners omdat het"
    " budget van 2,5 miljoen euro volgens de leden nog niet is goedgekeurd en de diensten meer tijd vragen"
)


def run() -> list[Row]:
    """Measure the search by itself, and what a process keeps of a desk's terms."""
    texts = list(islice(_texts(), TERMS))
    base, seconds = _timed(
        lambda: TermBase([SourceTerm(f"c{n}", text, (TargetTerm(f"t {n}"),)) for n, text in enumerate(texts)], "nl")
    )
    releases = [_release(texts, number) for number in range(TIMES)]
    _, first = _timed(lambda: base.find(releases[0]))
    found, times = 0, []
    for release in releases:
        hits, took = _timed(lambda release=release: base.find(release))  # type: ignore[misc]
        found += len(hits)
        times.append(took)
    rows = [
        Row(f"{TERMS:,} terms: sorted in", seconds, "s"),
        Row(f"release of {LETTERS:,} letters, {found // TIMES} terms in it: the very first", 1000 * first, "ms", 20),
        Row(f"release of {LETTERS:,} letters, median of {TIMES}", 1000 * statistics.median(times), "ms", 20),
        Row(f"release of {LETTERS:,} letters, the slowest", 1000 * max(times), "ms", 20),
    ]
    with new_database("SQLite") as url:
        desk = desk_at(url)
        rows += _kept(desk, texts)
        desk.database.dispose()
    return rows


def _kept(desk: Desk, texts: list[str]) -> list[Row]:
    filed = [_filed(number, text) for number, text in enumerate(texts)]

    def take() -> None:
        taking = TermImport()
        for first in range(0, len(filed), AT_ONCE):
            with desk.begin() as work:
                taking.take(work, filed[first : first + AT_ONCE])

    def ask() -> TermBase:
        with desk.read() as reading:
            return term_base(reading.session, "nl", "fr")

    _, taken = _timed(take)
    one, first = _timed(ask)
    again, second = _timed(ask)
    assert one is again
    assert len(one.terms) == TERMS
    return [
        Row(f"SQLite, {TERMS:,} concepts: taken in from a list", taken, "s"),
        Row("SQLite: the terms of a pair, asked for the first time", first, "s"),
        Row("SQLite: asked again, nothing has changed", 1000 * second, "ms", 20),
    ]


def _filed(number: int, text: str) -> FiledConcept:
    terms = TermDraft("nl", text), TermDraft("fr", f"terme {number}")
    return FiledConcept(number + 2, terms[0].key, terms)


def _texts() -> Iterator[str]:
    """Yield compounds of our own, most with words around them, in an order that is the same every time."""
    every = [
        f"{before}{first}{linked}s{last}{after}"
        for first, linked, last, before, after in product(
            _FIRST.split(), _LINKED.split(), _LAST.split(), _BEFORE, _AFTER
        )
    ]
    random.Random(SEED).shuffle(every)  # noqa: S311 - no secret is made of it
    yield from every


def _release(texts: list[str], number: int) -> CodedText:
    """Return a text as long as a long release, in which every twelfth word or so is a term."""
    chance = random.Random(SEED + number)  # noqa: S311 - no secret is made of it
    others = _OTHER.split()
    words: list[str] = []
    length = 0
    while length < LETTERS:
        word = chance.choice(texts) if chance.random() < 1 / 12 else chance.choice(others)
        words.append(word)
        length += len(word) + 1
    return CodedText(" ".join(words)[:LETTERS])


def _timed(act: Callable[[], _T]) -> tuple[_T, float]:
    before = perf_counter()
    result = act()
    return result, perf_counter() - before
