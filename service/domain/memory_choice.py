"""Which languages of a file are taken in; the texts of others are left out, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from service.domain.errors import N_, Reason
from service.domain.memory_files import Filed, LeftOut


def only_in(filed: Iterable[Filed], locales: Collection[str]) -> Iterator[Filed]:
    """Yield what a file brings in these locales, and what is left out: for its own reasons, or as a text in others."""
    for one in filed:
        if isinstance(one, LeftOut):
            yield one
            continue
        wanted = tuple(target for target in one.targets if target.locale in locales)
        if wanted:
            yield replace(one, targets=wanted)
        for target in one.targets:
            if target.locale not in locales:
                yield LeftOut(one.line, _not_yours(), target.locale)


def _not_yours() -> Reason:
    return Reason("not_your_language", N_("Texts in this language are for its own reviewers to take in."))
