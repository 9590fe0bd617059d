"""Reading lists of terms in tests."""

from __future__ import annotations

import io

from service.domain.term_files import FiledConcept
from service.formats.terms_csv import read_terms

LOCALES = ("nl", "fr", "de", "en")


def read(text: str | bytes, locales: tuple[str, ...] = LOCALES, others: tuple[str, ...] = ()) -> list[FiledConcept]:
    return read_terms(io.BytesIO(text.encode() if isinstance(text, str) else text), locales, others=others)
