"""Cutting blocks into sentences, the segments that are translated one by one.

A title, kicker or heading is one segment whatever its punctuation; in the other blocks a mark that can end a
sentence is a candidate, and the rules of the language refuse it or let it cut. The tables are in
`segmentation_rules`. Every step reads the text once and looks only a bounded way back and ahead, so time
grows with length alone.
"""

# ruff: noqa: RUF001 - the typographic marks are the rules

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from service.domain.inline import codes_used, plain, split_coded
from service.domain.segmentation_rules import Rules, rules_for
from service.domain.text import BlockKind, CodedText, Document, Segment

# Marks, then what may close behind them (quotation marks, brackets, a footnote's number), then white space;
# or a line break. The look behind lets a run of marks begin a match only once, so that no stretch is read again
# and again. (No possessive quantifier over a group: before Python 3.11.5 it matches wrongly.)
_CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<marks>[.!?…]++)(?:[\"'”’“»«›‹)\]}]|[ \u00a0\u202f](?=»))*"
    r"(?:\[[0-9]{1,3}\]|[¹²³⁴-⁹])?(?=\s)"
    r"|\n\s*+"
)
_OPENED = re.compile(r"(?:[-–—•]?\s{0,2}[\"'“”„«»‹›‘’‚(\[¿¡]?){0,4}")
_DUTCH_SMALL = re.compile(r"['’‘`][stknrm](?=[\s\-])")  # 's avonds and 't gaat start a sentence
_URL = re.compile(r"https?://|www\.")
_GOING_ON = ",;:.!?)]}/»”"
_END_OF_LINE = ".!?…:;"
_WORD_BREAK = re.compile(r"[\s\"“”„«»()\[\]/'’‘–—]+")
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)*[^\W\d_]")
_LETTER_BEFORE = re.compile(r"[^\W\d_]\.")
_NUMBERING = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*")
_ORDINAL = re.compile(r"[0-9]{1,2}|[IVX]{1,6}")
_WORD_CHARACTERS = 40  # how far back the word before a mark is looked for, and the first word behind it ahead

_QUOTING = re.compile(
    r"[\"“”„«»()\[\]]|(?<!\w)[‘'](?![stknrm][\s\-]|\d)(?=\S)|(?<=[\w.!?…,])[’'](?!\w)"
)  # an apostrophe within a word, before a year or in 's avonds is none of these
_PARTNERS = {'"': '"', "»": "«", "«": "»", "“": "„", "”": "“„”", ")": "(", "]": "[", "’": "‘"}
_ONLY_CLOSING = ")]’"
_BEFORE_CLOSING = ".!?…,"
_DEEPEST = 8  # quotation marks and brackets that are followed into each other
LONGEST_QUOTATION = 300  # characters; a longer one, or one that fills its block, is cut into its sentences

_WHOLE = {BlockKind.TITLE, BlockKind.KICKER, BlockKind.HEADING}


_NO_CUTS: Mapping[str, Sequence[int]] = {}


def segment_document(
    document: Document,
    locale: str,
    *,
    abbreviations: Collection[str] = (),
    cuts: Mapping[str, Sequence[int]] = _NO_CUTS,
) -> tuple[Segment, ...]:
    """Return the segments of every block in order, the title's first; see `segment_block`.

    `cuts` tells by `block_hash` where people want a block cut, in place of the rules.
    """
    return tuple(
        Segment(number, source, gap)
        for number, block in enumerate(document.blocks)
        for source, gap in segment_block(
            block.content,
            block.kind,
            locale,
            abbreviations=abbreviations,
            begins=cuts.get(block_hash(block.content)) if cuts else None,
        )
    )


def segment_block(
    content: CodedText,
    kind: BlockKind,
    locale: str,
    *,
    abbreviations: Collection[str] = (),
    begins: Sequence[int] | None = None,
) -> list[tuple[CodedText, str]]:
    """Cut a block into its sentences, each with the white space that follows it ("" after the last).

    A line break between two sentences stands in the gap as a newline; `compose` makes it a break again.
    `abbreviations` are an office's own, with or without their full stop; they never end a sentence. With `begins`,
    offsets into the plain text, the segments but the first begin there and nowhere else; an offset at which no word
    begins is passed over. A title, kicker or heading is not cut even so.
    """
    text = plain(content)
    if not text.strip():
        return []
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    own = frozenset(word.casefold().rstrip(".") for word in abbreviations)
    cuts = [first]
    if kind not in _WHOLE:
        found = _sentence_ends(text[:last], rules_for(locale), own) if begins is None else _asked(text[:last], begins)
        for end, start in found:
            if end > cuts[-1]:
                cuts += [end, start]
    cuts.append(last)
    pieces = split_coded(content, cuts)[1:-1]
    gaps = [plain(piece) for piece in pieces[1::2]]
    return list(zip(pieces[::2], [*gaps, ""], strict=True))


def normalise_source(text: str) -> str:
    """Return `text` as memory and revisions compare it: NFC, trimmed, each run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def source_hash(coded: CodedText) -> str:
    """Return the SHA-256 of a segment's normalised text with its markers and what they are, in hexadecimal.

    Equal hashes mean that a target of the one serves the other as it stands: same words, same case, same
    markers. Where a link leads is no part of it.
    """
    codes = " ".join(f"{code.id}:{code.kind}" for code in codes_used(coded.text, coded.codes))
    return hashlib.sha256(f"{normalise_source(coded.text)}\n{codes}".encode()).hexdigest()


def block_hash(content: CodedText) -> str:
    """Return the SHA-256 of a block's plain text as it stands, in hexadecimal: what a person's cuts belong to."""
    return hashlib.sha256(plain(content).encode()).hexdigest()


def is_whole(kind: BlockKind) -> bool:
    """Tell whether a block of the kind is one segment whatever it says."""
    return kind in _WHOLE


def _asked(text: str, begins: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where the segments end and begin that a person asked for."""
    for start in sorted(set(begins)):
        if 0 < start < len(text) and text[start - 1].isspace() and not text[start].isspace():
            yield _before_white(text, start), start


def _sentence_ends(text: str, rules: Rules, own: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where each sentence but the last ends, and where the next one starts."""
    quotations = _quotations(text)
    inside = next(quotations, None)
    begin = 0
    for found in _CANDIDATE.finditer(text):
        if found["marks"] is None:
            end, start = _before_white(text, found.start()), found.end()
            ends = _starts_line(text, end, start)
        else:
            end, start = found.end(), _after_white(text, found.end())
            while inside is not None and inside[1] < end:
                inside = next(quotations, None)
            quoted = inside is not None and inside[0] < found.start()
            ends = not quoted and _ends(text, _Candidate(begin, found.start(), found["marks"], start), rules, own)
        if ends and begin < end and start < len(text):
            yield end, start
            begin = start


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mark that may end a sentence: where that began, the mark stands, and the next would start."""

    begin: int
    at: int
    marks: str
    start: int


def _ends(text: str, candidate: _Candidate, rules: Rules, own: frozenset[str]) -> bool:
    follows = _follows(text, candidate.start)
    if follows is _Follows.NOTHING_NEW or candidate.marks != ".":
        return follows is not _Follows.NOTHING_NEW
    word, before = _words_before(text, candidate)
    lowered = "" if _is_acronym(word) else word.casefold()
    if (lowered in rules.never and not _is_initial(word)) or word in rules.never or word.casefold() in own:
        return False
    if lowered.endswith(rules.never_ending) or _is_apart(word, before) or _is_numbering(text, word, candidate):
        return False
    if lowered in rules.may and not _is_initial(word):
        return follows is _Follows.UPPER
    if lowered in rules.before_digit and not _is_initial(word):
        return follows is not _Follows.DIGIT
    if lowered in rules.before_starter or (rules.ordinals and _ORDINAL.fullmatch(word) and not before.isdigit()):
        return _next_word(text, candidate.start) in rules.starters
    if _INITIALS.fullmatch(word) and (word[-1].isupper() or "." in word):
        return len(word) == 1 and before in rules.letter_nouns
    return True


def _is_acronym(word: str) -> bool:
    """Whether a word is one of capitals alone, such as VS, which is never the abbreviation `vs.`."""
    return len(word) > 1 and word.isalpha() and word.isupper()


def _is_apart(word: str, before: str) -> bool:
    """Whether a letter and the one before it are an abbreviation written apart, such as `d. h.`."""
    return len(word) == 1 and word.islower() and _LETTER_BEFORE.fullmatch(before) is not None


def _is_numbering(text: str, word: str, candidate: _Candidate) -> bool:
    """Whether a number opens its sentence, or a point of a list in it: 1 behind a colon, any behind a semicolon."""
    start = candidate.at - len(word)
    end = _before_white(text, start)
    opens = start == candidate.begin or text[end - 1 : end] == ";" or (text[end - 1 : end] == ":" and word == "1")
    return opens and _NUMBERING.fullmatch(word) is not None


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


class _Follows(Enum):
    """What the text goes on with after a mark."""

    UPPER = 1
    DIGIT = 2
    SIGN = 3
    NOTHING_NEW = 4


def _follows(text: str, start: int) -> _Follows:
    if _DUTCH_SMALL.match(text, start):
        return _Follows.UPPER
    if _URL.match(text, start):
        return _Follows.SIGN
    opened = _OPENED.match(text, start)
    first, second = _two_characters(text, opened.end() if opened else start)
    if first.isupper() or first.istitle() or (first.islower() and second.isupper()):  # names such as eBay
        return _Follows.UPPER
    if first.isdigit():
        return _Follows.DIGIT
    if not first or first.isalpha() or first in _GOING_ON:
        return _Follows.NOTHING_NEW
    return _Follows.SIGN


def _two_characters(text: str, at: int) -> tuple[str, str]:
    return text[at : at + 1], text[at + 1 : at + 2]


def _starts_line(text: str, end: int, start: int) -> bool:
    """Whether a line break parts two sentences or lines, rather than the words of one."""
    return text[end - 1 : end] in _END_OF_LINE or _follows(text, start) is not _Follows.NOTHING_NEW


def _words_before(text: str, candidate: _Candidate) -> tuple[str, str]:
    """Return the word that the mark stands behind, and the one before it in lower case."""
    window = text[max(candidate.begin, candidate.at - _WORD_CHARACTERS) : candidate.at]
    words = _WORD_BREAK.split(window)
    return words[-1], words[-2].casefold() if len(words) > 1 else ""


def _next_word(text: str, start: int) -> str:
    words = _WORD.search(text[start : start + _WORD_CHARACTERS])
    return words[0].casefold() if words else ""


def _after_white(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _before_white(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the outermost quotations and brackets in which no sentence ends, in order."""
    first, last = _after_white(text, 0), len(text.rstrip(" .!?…\u00a0")) - 1
    until = -1
    for opened, closed in sorted(_pairs(text)):
        whole = opened == first and closed == last
        if opened > until and not whole and closed - opened <= LONGEST_QUOTATION:
            until = closed
            yield opened, closed


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the quotation marks and brackets that belong together; what is never closed does not count."""
    stack: list[tuple[str, int]] = []
    for found in _QUOTING.finditer(text):
        sign, at = found[0], found.start()
        if sign == "'":
            sign = "’" if at and (text[at - 1].isalnum() or text[at - 1] in _BEFORE_CLOSING) else "‘"
        partners = _PARTNERS.get(sign, "")
        partner = next((n for n in range(len(stack) - 1, -1, -1) if stack[n][0] in partners), None)
        if partner is not None:
            yield stack[partner][1], at
            del stack[partner:]
        elif sign not in _ONLY_CLOSING:
            stack.append((sign, at))
            del stack[:-_DEEPEST]
