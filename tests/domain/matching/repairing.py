"""What is repaired in tests: a sentence, what is wanted in its place, and the target of the first."""

from __future__ import annotations

from service.domain.matching.repair import Repaired, repair
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm
from service.domain.text import CodedText

BASE = TermBase(
    [
        SourceTerm("one", "Fedict", do_not_translate=True),
        *(SourceTerm(name, name, do_not_translate=True) for name in ("OLAF", "EPPO", "BELSPO", "NASA")),
        SourceTerm("other", "Fedasil", do_not_translate=True),
        SourceTerm("long", "Open Lucht", do_not_translate=True),
        SourceTerm("longer", "Groot Plein", do_not_translate=True),
        SourceTerm("office", "FOD", (TargetTerm("SPF"),)),
    ],
    "nl",
)


def mended(source: str | CodedText, wanted: str | CodedText, target: str, locale: str) -> Repaired | None:
    before, after = (CodedText(text) if isinstance(text, str) else text for text in (source, wanted))
    return repair(after, before, target, pair=("nl", locale), find_terms=BASE.find)


LOCALES = ("fr", "de", "en")
