"""Tables with a Dutch source and its French, German and English in one row, read as one pair a language."""

from __future__ import annotations

from collections.abc import Iterable

LOCALES = ("fr", "de", "en")


def in_each(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """Return (locale, source, target) for every column of every row; an empty column is left out."""
    return [(locale, row[0], target) for row in rows for locale, target in zip(LOCALES, row[1:], strict=True) if target]
