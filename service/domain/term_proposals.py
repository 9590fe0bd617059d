"""Terms that follow from an edit: “always … for …?”, asked seldom, and only where there is little doubt.

Two things are certain enough. A term stands in the source, and what the term base has for it was replaced. Or the same
words were replaced by the same others in two different sentences, and only one name or compound of their sources can
be what they stand for. Who confirmed the old words elsewhere has said that it is not always so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.inline import plain
from service.domain.locales import language_of
from service.domain.term_keys import has_capital
from service.domain.term_pieces import Piece, cut_pieces
from service.domain.term_swaps import ARTICLES, Comparison, Swap
from service.domain.terms import TermHit
from service.domain.text import CodedText

TWICE = 2
COMPOUND_LETTERS = 9
_LONGEST_NAME = 4
_INSIDE_NAMES = frozenset({"van", "de", "der", "den", "en", "voor"})
_SENTENCE_ENDS = frozenset('.!?:;\u201c\u201d\u00ab\u00bb"')
_NO_NOUN_ENDS = ("lijk", "lijke", "ig", "ige", "isch", "ische", "baar", "bare", "end", "ende", "eerd", "eerde", "eren")


@dataclass(frozen=True, slots=True)
class Edit:
    """A unit with its draft and its present text; `hits` are the terms in its source.

    `settled` tells that a person confirmed the text. Units that nobody changed belong here too: they tell against.
    """

    source: CodedText
    draft: str
    target: str
    hits: tuple[TermHit, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class TermProposal:
    """That `source`, a term of `concept` if that is there, be always called `after`, where a draft said `before`."""

    source: str
    before: str
    after: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A phrase of a source that may be what was named otherwise."""

    text: str
    concept: str | None = None
    is_name: bool = False


@dataclass(slots=True)
class _Read:
    """An edit, read once."""

    edit: Edit
    source: str
    comparison: Comparison
    swaps: list[Swap] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return self.edit.settled and self.edit.draft != self.edit.target

    def said(self, words: str) -> bool:
        """Tell whether the draft had these words."""
        return any(self.comparison.places(words, in_target=False))

    def says(self, words: str) -> bool:
        """Tell whether the present text has them."""
        return any(self.comparison.places(words, in_target=True))


def term_proposals(edits: Sequence[Edit], source_locale: str, target_locale: str) -> list[tuple[TermProposal, ...]]:
    """Return what follows from each of a version's units, in their order; most have nothing."""
    source_language, language = (language_of(locale) for locale in (source_locale, target_locale))
    read = [_read(edit, language) for edit in edits]
    found: list[tuple[TermProposal, ...]] = []
    for one in read:
        proposals = [] if not one.changed else [*_of_terms(one, read), *_of_repeats(one, read, source_language)]
        found.append(tuple({(each.source, each.after.casefold()): each for each in reversed(proposals)}.values()))
    return found


def _read(edit: Edit, language: str) -> _Read:
    draft, target = (plain(CodedText(text, edit.source.codes)) for text in (edit.draft, edit.target))
    read = _Read(edit, plain(edit.source), Comparison(draft, target, language))
    read.swaps = list(read.comparison.swaps()) if read.changed else []
    return read


def _of_terms(one: _Read, everywhere: Sequence[_Read]) -> Iterator[TermProposal]:
    """Yield terms of the source whose preferred term was replaced."""
    for hit in dict.fromkeys(one.edit.hits):
        if not _is_sure(hit, one.edit.hits):
            continue
        before = hit.term.preferred
        swap = one.comparison.swap_of(before)
        if swap is None or _is_known(swap.after.text, hit) or _is_kept(hit, before, everywhere):
            continue
        after = swap.after.text
        if has_capital(swap.before.text[:1]) and not has_capital(before[:1]):
            after = after[:1].lower() + after[1:]
        yield TermProposal(hit.term.text, before, after, hit.term.concept)


def _is_sure(hit: TermHit, hits: Iterable[TermHit]) -> bool:
    """Tell whether a hit is the term itself, the only one in its place, with something to be replaced."""
    alone = all(other.term.concept == hit.term.concept for other in hits if other.start == hit.start)
    return hit.exact and alone and not hit.term.do_not_translate and bool(hit.term.preferred)


def _is_known(after: str, hit: TermHit) -> bool:
    """Tell whether the office has said of these words already how they stand, whatever it said."""
    return after.casefold() in {target.text.casefold() for target in hit.term.targets}


def _is_kept(hit: TermHit, before: str, everywhere: Sequence[_Read]) -> bool:
    """Tell whether somebody confirmed the old term elsewhere."""
    return any(
        read.edit.settled and read.says(before)
        for read in everywhere
        if any(other.term.concept == hit.term.concept for other in read.edit.hits)
    )


def _of_repeats(one: _Read, everywhere: Sequence[_Read], source_language: str) -> Iterator[TermProposal]:
    """Yield what was replaced alike in two sentences, where one phrase of their sources alone can be meant."""
    for swap in one.swaps:
        before, after = swap.before.text, swap.after.text
        alike = [(read, found) for read in everywhere for found in read.swaps if _same(found, swap)]
        sources = {read.source.casefold() for read, _ in alike}
        if len(sources) < TWICE or _is_part_of_more(alike) or _is_taken_back(swap, everywhere):
            continue
        phrases = [set(_candidates(read, source_language)) for read, _ in alike]
        common = {phrase for phrase in set.intersection(*phrases) if _may_be(phrase, before, alike, everywhere)}
        if len(common) != 1:
            continue
        candidate = common.pop()
        if not (candidate.is_name or _is_noun(alike)) or _is_confirmed(candidate, before, everywhere):
            continue
        inner = next((found for _, found in alike if found.after.first > 0), swap)
        yield TermProposal(candidate.text, before, inner.after.text or after, candidate.concept)


def _same(one: Swap, other: Swap) -> bool:
    return (one.before.text.casefold(), one.after.text.casefold()) == (
        other.before.text.casefold(),
        other.after.text.casefold(),
    )


def _is_part_of_more(alike: Sequence[tuple[_Read, Swap]]) -> bool:
    """Tell whether the new words have the same neighbour each time: then the name may be longer than what changed."""
    befores, afters = zip(*(read.comparison.around(swap.after) for read, swap in alike), strict=True)
    return any(len(set(words)) == 1 and words[0] for words in (befores, afters))


def _is_taken_back(swap: Swap, everywhere: Sequence[_Read]) -> bool:
    """Tell whether the opposite was done somewhere, or the old words became something else."""
    old, new = swap.before.text.casefold(), swap.after.text.casefold()
    pairs = {(each.before.text.casefold(), each.after.text.casefold()) for read in everywhere for each in read.swaps}
    return (new, old) in pairs or any(before == old and after != new for before, after in pairs)


def _may_be(phrase: _Candidate, before: str, alike: Sequence[tuple[_Read, Swap]], everywhere: Sequence[_Read]) -> bool:
    """Tell whether a phrase may be what was called `before`: it stands nowhere as it is, nor where none said so."""
    if any(read.says(phrase.text) for read, _ in alike):
        return False
    return not any(_has(read.source, phrase.text) and read.edit.draft and not read.said(before) for read in everywhere)


def _is_confirmed(phrase: _Candidate, before: str, everywhere: Sequence[_Read]) -> bool:
    return any(read.edit.settled and read.says(before) and _has(read.source, phrase.text) for read in everywhere)


def _has(source: str, phrase: str) -> bool:
    return phrase.casefold() in source.casefold()


def _is_noun(alike: Sequence[tuple[_Read, Swap]]) -> bool:
    """Tell whether the new words are used as a noun: with an article, or in German with a capital."""
    language = alike[0][0].comparison.language
    if language == "de":
        return all(
            has_capital(word.split()[-1][:1]) for _, swap in alike for word in (swap.before.text, swap.after.text)
        )
    return language in ARTICLES and any(read.comparison.has_article(swap.after) for read, swap in alike)


def _candidates(read: _Read, language: str) -> Iterator[_Candidate]:
    """Yield the terms, names and compounds of a source."""
    covered = {piece.text.casefold() for hit in read.edit.hits for piece in cut_pieces(hit.text)}
    for hit in read.edit.hits:
        if hit.exact and not hit.term.do_not_translate:
            yield _Candidate(hit.term.text, hit.term.concept, is_name=has_capital(hit.term.text))
    pieces = list(cut_pieces(read.source))
    yield from (_Candidate(name, is_name=True) for name in _names(pieces) if name.casefold() not in covered)
    for place, piece in enumerate(pieces if language == "nl" else ()):
        word = piece.text.lower() if _begins(pieces, place) else piece.text
        if _is_compound(word) and word not in covered:
            yield _Candidate(word)


def _is_compound(word: str) -> bool:
    participle = word.startswith("ge") and word.endswith(("d", "t", "de", "te"))
    return len(word) >= COMPOUND_LETTERS and word.islower() and not participle and not word.endswith(_NO_NOUN_ENDS)


def _begins(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether a word owes its capital to the beginning of a sentence."""
    return (place == 0 or pieces[place - 1].text in _SENTENCE_ENDS) and not has_capital(pieces[place].text[1:])


def _names(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the rows of words that are written with a capital of their own."""
    row: list[str] = []
    for place, piece in enumerate([*pieces, Piece(0, 0, ".", is_word=False)]):
        capital = piece.is_word and has_capital(piece.text[:1]) and not _begins(pieces, place)
        if capital or (row and piece.text in _INSIDE_NAMES):
            row.append(piece.text)
            continue
        while row and row[-1] in _INSIDE_NAMES:
            row.pop()
        if 0 < len(row) <= _LONGEST_NAME:
            yield " ".join(row)
        row = []
