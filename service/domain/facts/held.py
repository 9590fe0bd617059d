"""What became of each fact of a segment in one translation of it, and what the translation has too many."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.domain.acronyms import AcronymFound, AcronymsThere
from service.domain.facts.pairing import pair
from service.domain.facts.segment_text import FactHere, SegmentText, Stretch, is_shown
from service.domain.names_there import NameFound, NamesThere


class State(StrEnum):
    """What became of a fact in a translation; `awaited` where there is no translation yet."""

    SAME = "same"
    DIFFERENT = "different"
    MISSING = "missing"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a fact, which is None for one that only the target has."""

    fact: FactHere | None
    state: State
    there: FactHere | None = None


def outcomes(source: SegmentText, target: SegmentText) -> Iterator[Outcome]:
    """Yield what became of each fact of the source, then what only the target has."""
    yield from _statements(source, target)
    yield from _links(source, target)
    yield from _quotes(source, target)
    yield from _names(source, target)


def _statements(source: SegmentText, target: SegmentText) -> Iterator[Outcome]:
    held = pair(source.statements, target.statements)
    became: dict[int, Outcome] = {}
    for one, other in held.same:
        became.setdefault(one.start, Outcome(source.fact(one), State.SAME, target.fact(other)))
    extra = []
    for difference in held.differences:
        if difference.source is None:
            extra += [difference.target] if difference.target else []
            continue
        there = target.fact(difference.target) if difference.target else None
        state = State.DIFFERENT if there else State.MISSING
        became[difference.source.start] = Outcome(source.fact(difference.source), state, there)
    for one in source.statements:
        if is_shown(one):
            yield became.get(one.start) or Outcome(source.fact(one), State.MISSING)
    yield from (Outcome(None, State.DIFFERENT, target.fact(one)) for one in extra)


def _links(source: SegmentText, target: SegmentText) -> Iterator[Outcome]:
    """Pair the links that lead to the same, then those of the same page in another language, then what is left."""
    left, free = list(source.links), list(target.links)
    loose = {one.start: one.loose for text in (source, target) for one in text.addresses}
    for key_of in (_key, lambda fact: loose.get(fact.at.start, "")):
        places: dict[str, deque[FactHere]] = defaultdict(deque)
        for other in free:
            places[key_of(other)].append(other)
        still = []
        for one in left:
            key = key_of(one)
            if key and places.get(key):
                yield Outcome(one, State.SAME, places[key].popleft())
            else:
                still.append(one)
        taken = {id(other) for waiting in places.values() for other in waiting}
        left, free = still, [other for other in free if id(other) in taken]
    told = min(len(left), len(free))
    yield from (Outcome(one, State.DIFFERENT, free[at]) for at, one in enumerate(left[:told]))
    yield from (Outcome(one, State.MISSING) for one in left[told:])
    yield from (Outcome(None, State.DIFFERENT, other) for other in free[told:])


def _key(fact: FactHere) -> str:
    return fact.key


def _quotes(source: SegmentText, target: SegmentText) -> Iterator[Outcome]:
    """Pair quotations by their order: what is said in them is translated."""
    for at, one in enumerate(source.quotes):
        if at < len(target.quotes):
            yield Outcome(one, State.SAME, target.quotes[at])
        else:
            yield Outcome(one, State.MISSING)


def _names(source: SegmentText, target: SegmentText) -> Iterator[Outcome]:
    """Look for each name and acronym; one that is not found may be translated."""
    texts = target.blanked, target.locale, source.blanked, source.locale
    if source.names:
        names = NamesThere(*texts)
        yield from (_named(fact, names.find(name)) for fact, name in source.names)
    if source.acronyms:
        acronyms = AcronymsThere(*texts)
        yield from (_named(fact, acronyms.find(acronym)) for fact, acronym in source.acronyms)


def _named(fact: FactHere, found: NameFound | AcronymFound | None) -> Outcome:
    if found is None:
        return Outcome(fact, State.MISSING)
    there = FactHere(fact.kind, fact.key, Stretch(found.start, found.end, found.text))
    return Outcome(fact, State.SAME if found.exact else State.DIFFERENT, there)
