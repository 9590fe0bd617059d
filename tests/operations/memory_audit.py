"""Whether the memory is whole: everything that follows from its units and texts is worked out anew and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from service.domain.matching.bundles import FULL, OPEN, unpacked
from service.domain.matching.identities import approved_identity, context_of, filed_as
from service.domain.matching.postings import Ranking, posting_keys
from service.domain.matching.tokens import code_string, tokens_of
from service.domain.segmentation import source_hash
from service.domain.text import CodedText
from service.operations.memory_filing import NOT_FILED
from service.queries.memory_rankings import rankings
from service.queries.texts import codes_of, version_text
from service.storage.models import (
    MemoryBundle,
    MemoryPosting,
    MemoryRanking,
    MemorySource,
    MemoryUnit,
    MemoryUnlisted,
    Release,
    Version,
)

REMEMBERED = ("approved", "published")


def audit_memory(session: Session) -> None:
    """Fail where a unit is doubled, a text and the memory do not say the same, or `audit_filing` does."""
    audit_filing(session)
    _audit_units(session, session.scalars(select(MemoryUnit)).all())


def audit_filing(session: Session) -> None:
    """Fail where a source is without units, filed otherwise than it must be, or neither listed nor noted."""
    sources = session.scalars(select(MemorySource)).all()
    assert {source.id for source in sources} == set(session.scalars(select(MemoryUnit.source_id)))
    assert _postings(session, sources) == filed(session)
    _audit_list(session, {source.id for source in sources})


def filed(session: Session) -> Counter[tuple[int, int]]:
    """Return the postings that stand, by themselves or in bundles, and fail where a bundle is not as it must be."""
    loose = session.execute(select(MemoryPosting.key, MemoryPosting.source_id))
    found: Counter[tuple[int, int]] = Counter((row.key, row.source_id) for row in loose)
    for row in session.execute(select(MemoryBundle.key, MemoryBundle.first_id, MemoryBundle.source_ids)):
        numbers = unpacked(row.source_ids).tolist()
        assert row.first_id in (OPEN, numbers[0])
        assert len(numbers) == FULL if row.first_id else 0 < len(numbers) <= FULL
        found.update((row.key, number) for number in numbers)
    return found


def remembered(session: Session, version: Version) -> Counter[tuple[str, str]]:
    """Return the identities of the units that an approved version must have, with their targets."""
    release = session.get_one(Release, version.release_id)
    written = version_text(session, version)
    hashes = ["", *(segment.source_hash for segment in written.segments), ""]
    pair = release.source_locale, version.locale
    found: dict[str, str] = {}
    for place, unit in enumerate(written.units):
        context = context_of(hashes[place], hashes[place + 2])
        if unit.target:
            found.setdefault(approved_identity(pair, hashes[place + 1], version.id, context), unit.target)
    return Counter(found.items())


def _postings(session: Session, sources: Sequence[MemorySource]) -> Counter[tuple[int, int]]:
    """Return the postings that must stand, each once."""
    lists = {(row.source_locale, row.version): row.words for row in session.scalars(select(MemoryRanking))}
    expected: Counter[tuple[int, int]] = Counter()
    for source in sources:
        coded = CodedText(source.source, codes_of(source.codes))
        assert filed_as(source_hash(coded)) == source.source_hash
        if source.ranking == NOT_FILED:
            continue
        tokens = tokens_of(coded)
        assert code_string(tokens) == source.tokens
        assert source.ranking in {each.version for each in rankings(session, source.source_locale)}
        words = lists[source.source_locale, source.ranking] if source.ranking else []
        keys = posting_keys(tokens, source.source_locale, Ranking.of(source.ranking, words))
        expected.update((key, source.id) for key in keys)
    return expected


def _audit_list(session: Session, sources: set[int]) -> None:
    """Fail where the search knows a source that is gone, or one that it does not know is not noted."""
    key = "rowid" if session.get_bind().dialect.name == "sqlite" else "source_id"
    listed = set(session.execute(text(f"SELECT {key} FROM memory_text")).scalars())  # noqa: S608 - a name of ours
    noted = set(session.scalars(select(MemoryUnlisted.source_id)))
    used = set(session.scalars(select(MemoryUnit.source_id).where(MemoryUnit.retired_at.is_(None))))
    assert (set(), set()) == (listed - sources, listed & noted)
    assert used <= listed | noted


def _audit_units(session: Session, units: Sequence[MemoryUnit]) -> None:
    """Fail where a unit of a text stands twice, or an approved version and the memory do not say the same."""
    approved = [unit for unit in units if unit.version_id is not None]
    places = Counter((unit.source_id, unit.version_id, unit.context) for unit in approved)
    assert [] == [place for place, times in places.items() if times > 1]
    for version in session.scalars(select(Version)):
        mine = Counter((unit.identity, unit.target) for unit in approved if unit.version_id == version.id)
        if version.state in REMEMBERED:
            assert remembered(session, version) == mine
        else:  # what was published stays until its correction is approved
            assert all(unit.public for unit in approved if unit.version_id == version.id)
