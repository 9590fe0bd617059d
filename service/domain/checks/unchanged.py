"""The check for a target that nobody translated: the source over again, a part of it, or another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.word_lists import STOP_WORDS
from service.domain.errors import N_
from service.domain.locales import language_of
from service.domain.quotations import quotations_of

LEAST_WORDS = 3  # in small letters, in what is copied
COPIED_WORDS = 4  # in a row
COPIED_STOP_WORDS = 2  # of the source's language, among those
VOTING_WORDS = 4
LEAST_HITS = 3
LEAD = 2

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S++|(?<![\w.+-])[\w.+-]{1,64}+@\S++")
_FOREIGN = {
    "nl": N_("The translation is in Dutch."),
    "fr": N_("The translation is in French."),
    "de": N_("The translation is in German."),
    "en": N_("The translation is in English."),
}


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A copied source is an error once it has `LEAST_WORDS` words in lower case: names and titles may stay.

    So are four words of it in a row with two of the short ones that every sentence has, and a text whose short words
    are another language's. What the source has in that language itself is quoted, and stays.
    """

    code: str = "untranslated"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding over what was not translated."""
        here, there = language_of(pair.source_locale), language_of(pair.target_locale)
        if here == there:
            return
        quoted = _elected(_lower_words(pair.source_blanked), here)
        found = None if quoted else _unchanged(pair) or _copied(pair, here, there)
        found = found or _foreign(pair, there, quoted)
        if found is not None:
            template, source_span, target_span = found
            yield Finding(self.code, self.severity, template, {}, source_span, target_span)


def _unchanged(pair: Pair) -> tuple[str, Span | None, Span] | None:
    """Return what is told of a target that is the source over again."""
    source = pair.source_plain.split()
    if source != pair.target_plain.split():
        return None
    words = _WORD.findall(_without_addresses(pair.source_plain))
    if sum(word.islower() for word in words) < LEAST_WORDS:
        return None
    template = N_("The translation is the same as the source.")
    return template, Span(0, len(pair.source.text)), Span(0, len(pair.target))


def _copied(pair: Pair, here: str, there: str) -> tuple[str, Span | None, Span] | None:
    """Return what is told of a target that has a piece of the source in it; the longest one counts."""
    short = STOP_WORDS.get(here, frozenset()) - STOP_WORDS.get(there, frozenset())
    target = _lower_words(pair.target_blanked)
    if sum(word in short for word in target) < COPIED_STOP_WORDS:
        return None
    source = _lower_words(pair.source_blanked)
    shared = sorted(_shared(source, target), reverse=True)
    if not shared:
        return None
    ours, theirs = (
        list(_WORD.finditer(_without_addresses(text))) for text in (pair.source_blanked, pair.target_blanked)
    )
    for length, at, beside in shared:
        run = theirs[at : at + length]
        small = [word[0] for word in run if word[0].islower()]
        is_sentence = len(small) >= LEAST_WORDS and sum(word in short for word in small) >= COPIED_STOP_WORDS
        span = Span(run[0].start(), run[-1].end())
        if is_sentence and not _is_quoted(pair, span):
            template = N_("A part of the source was left untranslated.")
            return template, Span(ours[beside].start(), ours[beside + length - 1].end()), span
    return None


def _shared(source: Sequence[str], target: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the rows of words that both have: how many, where in the target, and where in the source."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(source) - COPIED_WORDS + 1):
        places.setdefault(tuple(source[at : at + COPIED_WORDS]), at)
    at = 0
    while at <= len(target) - COPIED_WORDS:
        beside = places.get(tuple(target[at : at + COPIED_WORDS]))
        if beside is None:
            at += 1
            continue
        length = COPIED_WORDS
        while target[at + length : at + length + 1] == source[beside + length : beside + length + 1] != []:
            length += 1
        yield length, at, beside
        at += length


def _is_quoted(pair: Pair, span: Span) -> bool:
    """Tell whether the words stand in a quotation: the title of a book, a motto."""
    quotations = quotations_of(pair.target_blanked, pair.target_addresses).pairs
    return any(one.opening < span.start and span.end <= one.closing for one in quotations)


def _foreign(pair: Pair, there: str, quoted: str | None) -> tuple[str, Span | None, Span] | None:
    """Return what is told of a target in another language than its own, by a vote of the short words.

    A title that the target quotes as it is has no vote where other words do.
    """
    if there not in STOP_WORDS:
        return None
    tongue = _elected(_lower_words(pair.target_blanked), there)
    if tongue is None or tongue == quoted:
        return None
    votes = _votes(_lower_words(_unquoted(pair)))
    if votes[there] > votes[tongue]:
        return None
    return _FOREIGN[tongue], None, Span(0, len(pair.target))


def _unquoted(pair: Pair) -> str:
    """Return the target without its quotations."""
    kept, at = [], 0
    for one in quotations_of(pair.target_blanked, pair.target_addresses).pairs:
        if one.opening >= at:
            kept.append(pair.target_blanked[at : one.opening])
            at = one.closing
    return " ".join([*kept, pair.target_blanked[at:]])


def _elected(words: Sequence[str], own: str) -> str | None:
    """Return the language that has more of the words than the text's own, by a lead that leaves no doubt."""
    if len(words) < VOTING_WORDS:
        return None
    votes = _votes(words)
    tongue = max((other for other in votes if other != own), key=votes.__getitem__)
    return tongue if votes[tongue] >= max(LEAST_HITS, votes.get(own, 0) + LEAD) else None


def _votes(words: Sequence[str]) -> dict[str, int]:
    return {tongue: sum(word in short for word in words) for tongue, short in STOP_WORDS.items()}


def _lower_words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_without_addresses(text))]


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(lambda found: " " * len(found[0]), text)
