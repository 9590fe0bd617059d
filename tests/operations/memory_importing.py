"""Units of a file for tests, taken in, and what the memory then holds."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.errors import Reason
from service.domain.memory_files import Filed, FiledTarget, FiledUnit, LeftOut
from service.domain.permissions import Actor
from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations.memory_import import Imported, MemoryImport
from service.queries.memory import Wanted, find_matches, offered_to
from service.uow import Desk

BOLD = (InlineCode(1, CodeKind.BOLD),)
UNITS: list[Filed] = [
    FiledUnit(
        5,
        CodedText("De {1}brug{/1} is open.", BOLD),
        (FiledTarget("fr", "Le {1}pont{/1} est ouvert."), FiledTarget("de", "Die {1}Brücke{/1} ist offen.")),
    ),
    FiledUnit(6, CodedText("Welkom."), (FiledTarget("fr", "Bienvenue."),)),
    LeftOut(7, Reason("empty", "The segment is empty.")),
]


def take(desk: Desk, actor: Actor, filed: Sequence[Filed], *, name: str = "old.tmx", source: str = "nl") -> Imported:
    taking = MemoryImport(source, name)
    for _ in taking.take_all(lambda: desk.begin(actor), filed):
        pass
    return taking.imported


def many(count: int, *, first: int = 0, locale: str = "fr") -> list[Filed]:
    return [
        FiledUnit(
            number,
            CodedText(f"De gemeente opent brug nummer{number} over de Leie{number % 7}."),
            (FiledTarget(locale, f"[{locale}] {number}"),),
        )
        for number in range(first, first + count)
    ]


def matches(desk: Desk, source: CodedText, target: str = "fr") -> list[tuple[str, int]]:
    with desk.read() as reading:
        offered = offered_to("rel_other", reading.now)
        found = find_matches(reading.session, Wanted(source), "nl", target, offered)
    return [(match.target, match.score) for match in found]
