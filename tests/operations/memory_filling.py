"""Thousands of sentences in the memory, in one transaction, as if somebody had approved them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, cast

from sqlalchemy import Table, true

from service.domain.matching.identities import imported_identity
from service.domain.segmentation import source_hash
from service.domain.text import CodedText
from service.operations.memory_filing import Filed, file_sources, lock_memory, unlist
from service.queries.memory_reading import Offered
from service.storage.bulk import write_rows
from service.storage.models import MemoryUnit
from service.uow import Desk
from tests.press_sentences import sentence

LOCALES = ("fr", "de", "en")
EVERYTHING = Offered(true())


def locales_of(number: int) -> tuple[str, ...]:
    """Return the locales in which a sentence has a target: a third of them have all, the others one."""
    place = number % len(LOCALES)
    return (LOCALES[place],) if place else LOCALES


def fill(desk: Desk, numbers: Iterable[int], *, source_locale: str = "nl", **facts: Any) -> None:
    """Put the sentences of these numbers in, in the locales that each is for."""
    put_in(
        desk,
        [(sentence(n), locale, f"[{locale}] {sentence(n)}") for n in numbers for locale in locales_of(n)],
        source_locale=source_locale,
        **facts,
    )


def put_in(
    desk: Desk,
    pairs: Sequence[tuple[str, str, str]],
    *,
    source_locale: str = "nl",
    contexts: Sequence[str] = ("",),
    **facts: Any,
) -> None:
    """Put sources with a locale and a target in, once for each context; `facts` are columns of all of them."""
    filed = {source: Filed(source_hash(CodedText(source)), CodedText(source)) for source, _, _ in pairs}
    with desk.begin() as work:
        lock_memory(work.session)
        ids = file_sources(work, source_locale, filed.values())
        given = {
            "origin": "approved",
            "collection": "",
            "approved_at": work.now,
            "confirmed": True,
            "public": True,
            "row_version": 1,
            **facts,
        }
        units: dict[str, tuple[object, ...]] = {}
        for (source, locale, target), context in product(pairs, contexts):
            place = f"{context} {given.get('release_id')} {given['approved_at']}"
            identity = imported_identity((source_locale, locale), filed[source].source_hash, place, target)
            units[identity] = (identity, ids[filed[source].source_hash], locale, target, context, *given.values())
        columns = ("identity", "source_id", "target_locale", "target", "context", *given)
        write_rows(work.session, cast("Table", MemoryUnit.__table__), columns, units.values())
        unlist(work.session, set(ids.values()))
