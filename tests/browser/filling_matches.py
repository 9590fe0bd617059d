"""Sentences in the memory of an office of the browser tests that are like one of the release in review."""

from __future__ import annotations

from service.domain.memory_files import FiledTarget, FiledUnit
from service.domain.text import CodedText
from service.operations.memory_import import MemoryImport
from tests.browser.office import BrowserOffice

PAIRS = (
    (
        "De leeszaal krijgt 40 extra werkplekken.",
        "La salle de lecture comptera 40 places de travail supplémentaires.",
    ),
    (
        "De leeszaal krijgt geen extra werkplekken.",
        "La salle de lecture ne comptera pas de places de travail supplémentaires.",
    ),
)


def fill_matches(office: BrowserOffice) -> None:
    """Take in what a file of the city's archive holds."""
    taking = MemoryImport("nl", "stadsarchief")
    units = [
        FiledUnit(line, CodedText(source), (FiledTarget("fr", target),))
        for line, (source, target) in enumerate(PAIRS, 1)
    ]
    for _ in taking.take_all(lambda: office.desk.begin(office.people.admin), units):
        pass
