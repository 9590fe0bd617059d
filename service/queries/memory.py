"""What the memory offers: to a draft, to an editor, and to somebody who looks a sentence up.

What was published is offered everywhere. What was approved is offered to other releases too, unless it is secret: the
texts of a release that is confidential or under embargo stay with their own release until they are published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from service.domain.asked_texts import read_like, ways_to_read
from service.domain.drafts import DraftSegment, MemoryMatch
from service.domain.matching.identities import filed_as
from service.domain.matching.matches import Match, MatchKind
from service.domain.matching.offers import Standing, offer
from service.domain.matching.scoring import EXACT, FILLED_FROM, SHOWN_FROM
from service.domain.permissions import Actor
from service.domain.segmentation import source_hash
from service.domain.term_base import TermBase
from service.domain.terms import TermHit
from service.domain.text import CodedText
from service.queries.memory_candidates import alike_sources, candidates_for, equal_sources
from service.queries.memory_reading import Found, Offered
from service.queries.term_bases import term_base
from service.queries.visibility import PEOPLE, visible_to
from service.storage.models import Concept, MemoryUnit, Release

SHOWN = 5
LOOKED_AT_FOR_A_DRAFT = 3
LOOKED_AT = 4  # matches that are made an offer for each that is shown: mending may change their order


@dataclass(frozen=True, slots=True)
class Wanted:
    """A segment that matches are looked for: its source, and what stands for its neighbours ("" for any)."""

    source: CodedText
    context: str = ""


_OPEN_RELEASE = exists().where(
    Release.id == MemoryUnit.release_id,
    Release.confidential.is_(False),
    or_(Release.embargo_at.is_(None), Release.embargo_at <= bindparam("moment", type_=Release.embargo_at.type)),
)
_OFFERED = or_(MemoryUnit.public, MemoryUnit.release_id == bindparam("asking"), _OPEN_RELEASE)


def offered_to(release_id: str, now: datetime) -> Offered:
    """Return what a release's drafts are offered at a moment."""
    return Offered(_OFFERED, {"asking": release_id, "moment": now})


def shown_beside(release_id: str, now: datetime, actor: Actor) -> Offered:
    """Return what a release's editor is offered at a moment: of what drafts are offered, what that person may find."""
    return Offered(_shown_to(actor), offered_to(release_id, now).values)


def found_by(actor: Actor) -> Offered:
    """Return what a person is offered who looks a sentence up: all that they may find."""
    return Offered(readable_by(actor))


@lru_cache(PEOPLE)
def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `MemoryUnit` for what a person may find: what is public, or of releases that they see."""
    return or_(MemoryUnit.public, exists().where(Release.id == MemoryUnit.release_id, visible_to(actor)))


@lru_cache(PEOPLE)
def _shown_to(actor: Actor) -> ColumnElement[bool]:
    return and_(_OFFERED, readable_by(actor))


def find_matches(
    session: Session,
    wanted: Wanted,
    source_locale: str,
    target_locale: str,
    offered: Offered,
    *,
    limit: int = SHOWN,
) -> list[Match]:
    """Return what the memory has for a segment, the best first; each different target once."""
    pair = source_locale, target_locale
    return _Lookup(session, *pair, offered).matches(wanted, limit=limit)


def find_as_written(
    session: Session,
    text: str,
    source_locale: str,
    target_locale: str,
    offered: Offered,
    *,
    limit: int = SHOWN,
) -> list[Match]:
    """Return what the memory has for a text as a person writes it, whose markers do not tell what its codes are.

    It is read in each way in which the memory has that very text; where it has none, as what is most like it.
    """
    ways = ways_to_read(text)
    lookup = _Lookup(session, source_locale, target_locale, offered)
    if len(ways) == 1:
        return lookup.matches(Wanted(ways[0]), limit=limit)
    lookup.read_equal(map(Wanted, ways))
    there = [way for way in ways if lookup.has_equal(way)]
    if not there:
        like = lookup.matches(Wanted(ways[0]), limit=limit)
        if not like:
            return []
        most = max(like, key=lambda match: match.source.text == ways[0].text)
        there = [read_like(ways[0], most.source)]
    found: dict[str, Match] = {}
    units: set[int] = set()
    for match in sorted((match for way in there for match in lookup.matches(Wanted(way), limit=limit)), key=_order):
        if match.unit_id not in units:
            found.setdefault(match.target, match)
        units.add(match.unit_id)
    return list(found.values())[:limit]


def matches_of(
    session: Session,
    wanted: Mapping[str, Wanted],
    source_locale: str,
    target_locale: str,
    offered: Offered,
    *,
    limit: int = SHOWN,
) -> dict[str, list[Match]]:
    """Return what the memory has for each of many segments; the equal ones are read together, equal segments once."""
    lookup = _Lookup(session, source_locale, target_locale, offered)
    lookup.read_equal(wanted.values())
    found: dict[Wanted, list[Match]] = {}
    for each in wanted.values():
        if each not in found:
            found[each] = lookup.matches(each, limit=limit)
    return {name: found[each] for name, each in wanted.items()}


def draft_matches(
    session: Session,
    segments: Sequence[DraftSegment],
    source_locale: str,
    target_locale: str,
    offered: Offered,
    *,
    unlike: Collection[str] = (),
) -> dict[str, MemoryMatch]:
    """Return the best match of each segment that may fill its draft: 85 and more, and nothing that says the opposite.

    Targets in `unlike` are not wanted.
    """
    lookup = _Lookup(session, source_locale, target_locale, offered)
    lookup.read_equal([Wanted(segment.source, segment.context) for segment in segments])
    found: dict[str, MemoryMatch] = {}
    for segment in segments:
        for match in lookup.matches(Wanted(segment.source, segment.context), limit=LOOKED_AT_FOR_A_DRAFT, enough=1):
            if match.score >= FILLED_FROM and not match.warnings and match.target not in unlike:
                found[segment.unit_id] = MemoryMatch(match.target, match.score, match.mendings)
                break
    return found


class _Lookup:
    """One pair of languages, looked up for one segment or many."""

    def __init__(self, session: Session, source_locale: str, target_locale: str, offered: Offered) -> None:
        self._session = session
        self._pair = source_locale, target_locale
        self._offered = offered
        self._equal: dict[str, list[Found]] = {}
        self._asked: set[Wanted] = set()
        self._changed: dict[str, datetime] = {}

    def read_equal(self, wanted: Iterable[Wanted]) -> None:
        """Read the units of exactly these sources together."""
        asked: dict[str, set[str]] = {}
        for each in set(wanted) - self._asked:
            self._asked.add(each)
            asked.setdefault(filed_as(source_hash(each.source)), set()).add(each.context)
        self._equal |= equal_sources(self._session, asked, *self._pair, self._offered)

    def has_equal(self, source: CodedText) -> bool:
        """Tell whether one of the sources that were read is exactly this."""
        return filed_as(source_hash(source)) in self._equal

    def matches(self, wanted: Wanted, *, limit: int, enough: int | None = None) -> list[Match]:
        """Return the best matches; so many equal ones as are `enough` (`limit`) spare the search for what is alike."""
        name, candidates = filed_as(source_hash(wanted.source)), None
        if wanted not in self._asked:
            candidates = candidates_for(self._session, wanted.source, self._pair[0], source_hash=name)
            if candidates.has_equal:
                self.read_equal([wanted])
        found = _different(self._equal.get(name, ()), wanted.context)
        if len({each.target for each in found}) < (enough or limit):
            found += alike_sources(self._session, wanted.source, *self._pair, self._offered, candidates=candidates)
        if not found:
            return []
        terms = term_base(self._session, *self._pair, stamp=found[-1].terms_stamp)
        hits = terms.find(wanted.source) if terms.terms else ()
        offers = [self._offer(wanted, each, terms, hits) for each in found[: LOOKED_AT * limit]]
        best: dict[str, Match] = {}
        for match in sorted(offers, key=_order):
            if match.score >= SHOWN_FROM:
                best.setdefault(match.target, match)
        return list(best.values())[:limit]

    def _offer(self, wanted: Wanted, found: Found, terms: TermBase, hits: Sequence[TermHit]) -> Match:
        kind = MatchKind.FUZZY
        if found.score == EXACT:
            in_context = bool(wanted.context) and wanted.context == found.context
            kind = MatchKind.CONTEXT if in_context else MatchKind.EXACT
        match = Match(
            found.unit_id,
            found.source,
            found.target,
            found.score,
            kind,
            collection=found.collection,
            release_id=found.release_id,
            revision=found.revision,
            approved_by=found.approved_by,
            approved_at=found.approved_at,
        )
        standing = Standing(found.origin == "import", found.confirmed, self._newer(found, hits))
        return offer(wanted.source, match, pair=self._pair, find_terms=terms.find, standing=standing)

    def _newer(self, found: Found, hits: Sequence[TermHit]) -> tuple[TermHit, ...]:
        """Return the hits whose concepts were changed after a unit was approved."""
        new = {hit.term.concept for hit in hits} - self._changed.keys()
        if new:
            rows = self._session.execute(select(Concept.id, Concept.updated_at).where(Concept.id.in_(new)))
            self._changed.update((row.id, row.updated_at) for row in rows)
        return tuple(hit for hit in hits if self._changed.get(hit.term.concept, found.approved_at) > found.approved_at)


def _different(equal: Sequence[Found], context: str) -> list[Found]:
    """Return what differs in its target or in what counts for it, the newest of each; those in the context first."""
    kept: dict[tuple[object, ...], Found] = {}
    for each in sorted(equal, key=lambda each: each.context != context):
        kept.setdefault((each.target, each.origin, each.confirmed, each.context == context), each)
    return list(kept.values())


def _order(match: Match) -> tuple[int, float, int]:
    """Return by what matches are sorted: the best first, of equal ones the newest."""
    return -match.score, -(match.approved_at.timestamp() if match.approved_at else 0.0), -match.unit_id
