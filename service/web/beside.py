"""What stands beside a unit to help who writes: the memory's matches and the terms in its source, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from service.domain.errors import N_
from service.domain.inline import parse_markers, plain
from service.domain.matching.matches import Match, MatchKind
from service.domain.matching.offers import PENALTIES
from service.domain.matching.scoring import Band, band
from service.domain.terms import TermHit, TermStatus
from service.domain.text import CodedText
from service.queries.review import UnitRow
from service.queries.term_bases import term_base
from service.queries.terms import concepts_by_id
from service.queries.texts import codes_of
from service.queries.unit_matches import origins_of, unit_matches
from service.storage.models import Release
from service.uow import Reading
from service.web.formatting import day_words, difference
from service.web.identity import actor
from service.web.language import gettext, plural, told
from service.web.versions import VersionPage

KINDS = {
    MatchKind.CONTEXT: N_("the same sentence between the same neighbours"),
    MatchKind.EXACT: N_("the same sentence"),
}
BANDS = {
    Band.CONTEXT: KINDS[MatchKind.CONTEXT],
    Band.EXACT: KINDS[MatchKind.EXACT],
    Band.ALMOST: N_("almost the same"),
    Band.HIGH: N_("much alike"),
    Band.MIDDLE: N_("alike"),
    Band.LOW: N_("alike in part"),
}
AGAINST = {
    "machine": N_("Nobody has confirmed this very sentence: %(points)s less."),
    "import": N_("It came from a file: %(points)s less."),
    "older_than_term": N_("The term base has changed since it was approved: %(points)s less."),
}
WARNINGS = {
    "polarity": N_("One of the two sentences says “not”, the other does not."),
    "numbers": N_("The two sources state other numbers, dates or addresses; no draft is filled with this."),
}


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """A match in words: `remarks` count against it, `mended` tells what was replaced in its target."""

    n: int
    it: Match
    likeness: str
    difference: Markup | None
    target: CodedText
    warnings: tuple[str, ...]
    mended: tuple[str, ...]
    remarks: tuple[str, ...]
    origin: Release | None
    dated: str
    same: bool


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term in a source: as it stands there, and what it is called in the unit's language."""

    concept: str
    text: str
    preferred: str
    admitted: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    do_not_translate: bool
    hint: bool
    authority: str

    @property
    def insertable(self) -> tuple[str, ...]:
        """What may be put into the text: the official term first, never one that is out of use or forbidden."""
        return tuple(dict.fromkeys(text for text in (self.preferred, *self.admitted) if text))


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that stands beside one unit; `source` is its source with the terms in it marked."""

    matches: tuple[ShownMatch, ...]
    terms: tuple[ShownTerm, ...]
    source: Markup

    @property
    def said(self) -> str:
        """What to say aloud: how many matches there are, and how good the best is; nothing where there is none."""
        if not self.matches:
            return ""
        count = plural("%(num)d match", "%(num)d matches", len(self.matches))
        best = self.matches[0]
        return str(gettext("%(count)s; the best: %(score)s %%, %(likeness)s", **_best(count, best)))


def _best(count: str, match: ShownMatch) -> dict[str, object]:
    return {"count": count, "score": match.it.score, "likeness": match.likeness}


def load_beside(reading: Reading, page: VersionPage, row: UnitRow) -> Beside:
    """Look a unit's source up in the memory and in the term base, for who reads the page."""
    session = reading.session
    source = CodedText(row.segment.source, codes_of(row.segment.codes))
    found = unit_matches(session, actor(), page.release, page.version, reading.now, unit_id=row.unit.id)
    matches = found.get(row.unit.id, [])
    origins = origins_of(session, actor(), matches)
    hits = term_base(session, page.release.source_locale, page.version.locale).find(source)
    concepts = concepts_by_id(session, {hit.term.concept for hit in hits})
    authorities = {name: concept.concept.authority for name, concept in concepts.items()}
    return Beside(
        tuple(_shown(n, match, source, row, origins) for n, match in enumerate(matches, 1)),
        tuple(_term(hit, authorities.get(hit.term.concept, "")) for hit in _each_once(hits)),
        marked_terms(source, hits),
    )


def _shown(n: int, match: Match, source: CodedText, row: UnitRow, origins: dict[str, Release]) -> ShownMatch:
    theirs, ours = plain(match.source), plain(source)
    return ShownMatch(
        n,
        match,
        told(KINDS[match.kind] if match.kind in KINDS else BANDS[band(match.score)]),
        None if theirs == ours else difference(theirs, ours),
        CodedText(match.target, source.codes),
        tuple(told(WARNINGS.get(code, code)) for code in match.warnings),
        tuple(
            str(gettext("“%(before)s” replaced by “%(after)s”", before=each.before, after=each.after))
            for each in match.mendings
        ),
        tuple(told(AGAINST.get(code, code), {"points": PENALTIES.get(code, "?")}) for code in match.penalties),
        origins.get(match.release_id or ""),
        _dated(match),
        match.target == row.unit.target,
    )


def _dated(match: Match) -> str:
    """Return of when a match is: what came from a file bears the file's date."""
    if match.approved_at is None:
        return ""
    day = day_words(match.approved_at)
    return str(gettext("approved on %(day)s", day=day) if match.release_id else gettext("of %(day)s", day=day))


def _each_once(hits: Sequence[TermHit]) -> Iterable[TermHit]:
    return {(hit.term.concept, hit.text): hit for hit in reversed(hits)}.values()


def marked_terms(source: CodedText, hits: Sequence[TermHit]) -> Markup:
    """Return a coded text with its markers set apart and its terms marked; terms that overlap are marked as one."""
    places: list[tuple[int, int]] = []
    for start, end in sorted((hit.start, hit.end) for hit in hits):
        if places and start < places[-1][1]:
            places[-1] = places[-1][0], max(end, places[-1][1])
        else:
            places.append((start, end))
    parts: list[Markup] = []
    done = 0
    for start, end in places:
        parts += [
            _written(source, done, start),
            Markup('<mark class="term">{}</mark>').format(_written(source, start, end)),
        ]
        done = end
    return Markup("").join((*parts, _written(source, done, len(source.text))))


def _written(source: CodedText, start: int, end: int) -> Markup:
    """Return a stretch of a coded text, markers that begin in it whole."""
    parts: list[Markup] = []
    place = 0
    for token in parse_markers(source):
        if token.code is None:
            parts.append(escape(token.text[max(0, start - place) : max(0, end - place)]))
        elif start <= place < end:
            parts.append(Markup('<bdi class="marker">{}</bdi>').format(token.text))
        place += len(token.text)
    return Markup("").join(parts)


def _term(hit: TermHit, authority: str) -> ShownTerm:
    it = hit.term
    others = [
        (target.text, target.status.value)
        for target in it.targets
        if target.status in {TermStatus.DEPRECATED, TermStatus.FORBIDDEN}
    ]
    return ShownTerm(
        it.concept, hit.text, it.preferred, it.admitted, tuple(others), it.do_not_translate, hit.compound, authority
    )
