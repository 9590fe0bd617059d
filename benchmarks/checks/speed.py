"""What the checks cost: a release, ten thousand units, a save at the desk, and a megabyte that means them ill."""

from __future__ import annotations

import re
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from unittest.mock import patch

from benchmarks.checks.release import LOCALES, sentences
from benchmarks.memory.desks import desk_at
from benchmarks.rows import Row
from service.domain.checks import Finding, run_checks
from service.domain.checks.too_long import LONGEST_CHECKED
from service.domain.permissions import Actor
from service.domain.text import CodedText
from service.operations import findings
from service.operations.review import edit_unit
from service.storage import migrate
from service.uow import Desk
from tests.desk_fixtures import make_people
from tests.operations.making import draft, submit, text_of

SEGMENTS = 31
UNITS = 10_000
TIMES = 7
RATIO = "\u00d7"
MEGABYTE = 1_000_000
HOSTILE = ".,;:!?…'\"()[]«»„“”‘’–-/%€\u00a0\u202f{}@#&*+=<>|\\ "  # noqa: RUF001 - marks are what it is made of
_WORD = re.compile(r"\w+")


def run() -> list[Row]:
    """Measure in one process, on one core."""
    release = [
        (CodedText(source), target, locale)
        for source, targets in sentences(SEGMENTS)
        for locale, target in targets.items()
    ]
    _checked(release)  # the first run compiles and caches
    whole = min(_seconds(lambda: _checked(release)) for _ in range(TIMES))
    read = min(_seconds(lambda: _read(release)) for _ in range(TIMES))
    many = [
        (CodedText(source), targets[LOCALES[number % len(LOCALES)]], LOCALES[number % len(LOCALES)])
        for number, (source, targets) in enumerate(sentences(UNITS))
    ]
    seconds = _seconds(lambda: _checked(many))
    slowest = max(_seconds(lambda pair=pair: _checked([pair])) for pair in release)  # type: ignore[misc]
    return [
        Row(f"{SEGMENTS} segments {RATIO} {len(LOCALES)} languages: all checks", 1000 * whole, "ms"),
        Row("the same ÷ reading its words", whole / read, RATIO),
        Row("the slowest of its units", 1000 * slowest, "ms", 5),
        Row(f"units a second and core, over {UNITS:,}", UNITS / seconds, ""),
        Row("save of a unit ÷ the same without checks", _save_ratio(), RATIO, 1.5),
        Row(
            f"{LONGEST_CHECKED:,} characters of hostile punctuation",
            _seconds(lambda: _hostile(LONGEST_CHECKED)),
            "s",
            1,
        ),
        Row("1 MB of it in one unit, which is too long", _seconds(lambda: _hostile(MEGABYTE)), "s", 1),
    ]


def _checked(units: list[tuple[CodedText, str, str]]) -> int:
    return sum(
        len(run_checks(source, target, source_locale="nl", target_locale=locale)) for source, target, locale in units
    )


def _read(units: list[tuple[CodedText, str, str]]) -> int:
    return sum(len(_WORD.findall(source.text)) + len(_WORD.findall(target)) for source, target, _ in units)


def _hostile(length: int) -> None:
    chance = Random(1)  # noqa: S311 - a sample
    text = "".join(chance.choices(HOSTILE, k=length))
    run_checks(CodedText(text), text[::-1], source_locale="nl", target_locale="fr")


def _seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def _save_ratio() -> float:
    """Save every unit of a release in turns with the checks and without; return the ratio of the medians."""
    with _desk() as desk:
        people = make_people(desk)
        rows = list(sentences(SEGMENTS))
        body = "\n\n".join(source for source, _ in rows)
        release_id = submit(desk, people.author, text=f"Een titel van een bericht\n\n{body}")
        draft(desk, release_id, "fr")
        units = text_of(desk, release_id, "fr").units
        times: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(4 * TIMES):
            for place, (unit, (_, targets)) in enumerate(zip(units[1:], rows, strict=False)):
                checked = (turn // 2 + place) % 2 == 0
                text = f"Ainsi, {targets['fr']}" if turn % 2 else targets["fr"]
                times[checked].append(_save(desk, people.reviewer, release_id, unit.id, text, checked=checked))
        return statistics.median(times[True]) / statistics.median(times[False])


def _save(desk: Desk, reviewer: Actor, release_id: str, unit_id: str, text: str, *, checked: bool) -> float:
    def nothing(*_: object, **__: object) -> tuple[Finding, ...]:
        return ()

    def save() -> None:
        with desk.begin(reviewer) as work:
            edit_unit(work, release_id, "fr", unit_id, row_version=None, target=text)

    if checked:
        return _seconds(save)
    with patch.object(findings, "run_checks", nothing):
        return _seconds(save)


@contextmanager
def _desk() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'desk.db'}"
        migrate.upgrade(url)
        desk = desk_at(url)
        try:
            yield desk
        finally:
            desk.database.dispose()
