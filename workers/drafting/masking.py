"""Masking: inline codes and spans that must not change travel as `[X0X]` tokens and come back as what they were.

Engines keep such tokens whole, though they may space them or change their brackets. One lost, doubled or
invented makes the answer of its segment useless; that is told here, and nowhere repaired.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.inline import TokenKind, check_nesting, markers, parse_markers
from service.domain.text import CodedText

LINE_MARK_BASE = 1000  # a segment has fewer tokens than that; the marks of lines are numbered from here

# Engines widen the brackets for Chinese and Japanese, and write the Cyrillic letter for the Latin one.
TOKEN = re.compile(r"[\[\uff3b\u3010]\s*[Xx\u0425\u0445]\s*(\d{1,4})\s*[Xx\u0425\u0445]\s*[\]\uff3d\u3011]")

_PROTECTED = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?()\[\]'\u2019])
    | (?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)
    | (?P<place>%\(\w+\)[sd] | \$\{\w+\} | \{\{\s*\w+\s*\}\} | \{\w+\})
    | (?P<token>[\[\uff3b\u3010]\s*[Xx\u0425\u0445]\s*\d{1,4}\s*[Xx\u0425\u0445]\s*[\]\uff3d\u3011])
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Span:
    """What one token stands for, and how it stood in the source: was there white space at its sides?"""

    original: str
    kind: TokenKind
    space_before: bool
    space_after: bool


@dataclass(frozen=True, slots=True)
class Masked:
    """A text ready for an engine; `lead` and `tail` are the white space around it, which engines strip."""

    text: str
    spans: tuple[Span, ...]
    source: CodedText
    lead: str = ""
    tail: str = ""

    @property
    def has_letters(self) -> bool:
        """Is there anything to translate, apart from what is protected?"""
        return _LETTER.search(TOKEN.sub(" ", self.text)) is not None


class TokenFault(Exception):  # noqa: N818 - it names the answer's fault, not an error of ours
    """The tokens of an answer are not those of its source: lost, doubled, invented or misplaced."""

    def __init__(self, reason: str) -> None:
        """Keep the code."""
        super().__init__(reason)
        self.reason = reason


def token(number: int) -> str:
    """Return the token of that number."""
    return f"[X{number}X]"


def token_counts(text: str) -> Counter[int]:
    """Count the tokens in a text by their numbers."""
    return Counter(int(found[1]) for found in TOKEN.finditer(text))


def mask(source: CodedText, protected: Sequence[tuple[int, int]] = ()) -> Masked:
    """Replace markers, addresses, placeholders and protected spans by tokens, numbered from 0 in the text's order.

    `protected` are (start, end) in the coded text; one that a marker cuts apart is left to the engine.
    """
    stretches: list[tuple[str, TokenKind]] = []
    begin = 0
    for part in parse_markers(source):
        if part.code is not None:
            stretches.append((part.text, part.kind))
        else:
            done = 0
            for start, end in _kept_spans(part.text, begin, protected):
                stretches.append((part.text[done:start], TokenKind.TEXT))
                stretches.append((part.text[start:end], TokenKind.ALONE))
                done = end
            stretches.append((part.text[done:], TokenKind.TEXT))
        begin += len(part.text)
    stretches = [stretch for stretch in stretches if stretch[0]]

    whole = "".join(text for text, _ in stretches)
    written: list[str] = []
    spans: list[Span] = []
    at = 0
    for text, kind in stretches:
        if kind is TokenKind.TEXT:
            written.append(text)
        else:
            end = at + len(text)
            written.append(token(len(spans)))
            spans.append(Span(text, kind, whole[max(at - 1, 0) : at].isspace(), whole[end : end + 1].isspace()))
        at += len(text)
    masked = "".join(written)
    inner = masked.strip()
    lead = masked[: len(masked) - len(masked.lstrip())]
    return Masked(inner, tuple(spans), source, lead, masked[len(lead) + len(inner) :])


def _kept_spans(text: str, begin: int, protected: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of a stretch that stay as they are; where two overlap, the one that begins first."""
    found = [match.span() for match in _PROTECTED.finditer(text)]
    found += [(start - begin, end - begin) for start, end in protected if begin <= start < end <= begin + len(text)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def restore(masked: Masked, answer: str) -> str:
    """Return the answer with each token replaced by what it stands for; raise `TokenFault` if they are not whole."""
    counts = token_counts(answer)
    wanted = range(len(masked.spans))
    if any(number not in wanted for number in counts) or markers(answer, masked.source.codes):
        raise TokenFault("invented_token")
    if any(counts[number] > 1 for number in wanted):
        raise TokenFault("doubled_token")
    if any(not counts[number] for number in wanted):
        raise TokenFault("lost_token")
    written: list[str] = []
    done = 0
    for found in TOKEN.finditer(answer):
        _join(written, answer[done : found.start()])
        span = masked.spans[int(found[1])]
        done = _place(written, span, answer, found.end())
    _join(written, answer[done:])
    text = "".join(written).strip()
    if check_nesting(text, masked.source.codes) != check_nesting(masked.source.text, masked.source.codes):
        raise TokenFault("misplaced_token")
    return masked.lead + text + masked.tail


def _join(written: list[str], text: str) -> None:
    """Add a stretch of text as it is."""
    if text:
        written.append(text)


def _place(written: list[str], span: Span, answer: str, end: int) -> int:
    """Write what the token stands for, with the white space that its kind wants; return where to read on.

    Inside a pair, white space that the source did not have goes; outside, what the engine swallowed comes back.
    """
    before = written[-1] if written else ""
    if span.kind is TokenKind.CLOSE and not span.space_before and before.rstrip() != before:
        written[-1] = before.rstrip()
    elif span.space_before and before[-1:].isalnum():
        written.append(" ")
    written.append(span.original)
    rest = answer[end:]
    if span.kind is TokenKind.OPEN and not span.space_after:
        return end + len(rest) - len(rest.lstrip())
    if span.space_after and rest[:1].isalnum():
        written.append(" ")
    return end
