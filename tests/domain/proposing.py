"""Versions that people worked on, in a few words, and the terms that they propose."""

from __future__ import annotations

from service.domain.term_base import TermBase
from service.domain.term_proposals import Edit, term_proposals
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

CODES = (InlineCode(1, CodeKind.BOLD),)
Row = tuple[str, str, str]  # source, draft, text
KEPT = ""  # in place of a text: nobody changed the draft, nobody confirmed it
OPEN = "~"  # before a text: nobody confirmed it


def term(text: str, *targets: str, **more: bool) -> SourceTerm:
    """Return a term of which the first target is preferred; a mark before another says how that stands."""
    marks = {"+": TermStatus.ADMITTED, "-": TermStatus.FORBIDDEN}
    listed = tuple(TargetTerm(target.lstrip("+-"), marks.get(target[0], TermStatus.PREFERRED)) for target in targets)
    return SourceTerm(text, text, listed, **more)


def proposed(rows: tuple[Row, ...], terms: tuple[SourceTerm, ...] = (), locale: str = "fr") -> list[tuple[str, str]]:
    """Return what is proposed after the first row's edit, as (source, term)."""
    base = TermBase(terms, "nl")
    edits = []
    for text, draft, target in rows:
        source = CodedText(text, CODES)
        settled = target != KEPT and not target.startswith(OPEN)
        edits.append(Edit(source, draft, target.removeprefix(OPEN) or draft, base.find(source), settled=settled))
    return [(it.source, it.after) for it in term_proposals(edits, "nl", locale)[0]]


COUNCIL = (term("gemeenteraad", "conseil municipal", "+conseil de la commune", "-mairie"),)
DECIDES: Row = (
    "Vandaag beslist de gemeenteraad over het park.",
    "Le conseil municipal décide aujourd’hui du parc.",
    "Le conseil communal décide aujourd’hui du parc.",
)
READING: Row = (
    "De werkplekken zijn gratis.",
    "Les espaces de bureau sont gratuits.",
    "Les bureaux partagés sont gratuits.",
)
MORE: Row = (
    "Er komen zestig werkplekken bij.",
    "Il y aura soixante espaces de bureau.",
    "Il y aura soixante bureaux partagés.",
)
