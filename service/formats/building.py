"""Making coded texts out of runs: stretches of text with the bold, italic and links that cover them.

Every reader collects runs and leaves the rest to this module: unwanted characters go, white space is
collapsed, codes are numbered and markers written. Which block a text becomes is the reader's own business and
`arranging`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from service.domain.characters import clean
from service.domain.inline import alone, closing, free_numbers, opening
from service.domain.text import CodedText, CodeKind, InlineCode

BREAK = "\u2028"  # how a run writes a line break; `clean` leaves none of an author's own in a text
LONGEST_HREF = 2000

_WHITE = re.compile(r"(\s+)")
_NO_BREAK = "\u00a0\u202f\u2007"
_UNSAFE_IN_HREF = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}\s]")
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """One bold, italic or link element of a source; two of the same kind are still two."""

    kind: CodeKind
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and the styles that cover it, the outermost first."""

    text: str
    styles: tuple[Style, ...] = ()


def one_line(text: str) -> str:
    """Return a title or another single line: cleaned and trimmed, white space as `coded` writes it."""
    return "".join(_white(part) if part.isspace() else part for part in _WHITE.split(clean(text))).strip()


def coded(runs: Iterable[Run]) -> CodedText:
    """Make one coded text of the runs; white space at its edges goes, and several line breaks become one."""
    return _coded([_single_break(piece) for piece in _trimmed(_pieces(runs))])


def coded_paragraphs(runs: Iterable[Run]) -> list[CodedText]:
    """As `coded`, but two line breaks in a row start another text; an empty one is left out."""
    paragraphs: list[list[Run]] = [[]]
    for piece in _pieces(runs):
        if piece.text.count(BREAK) > 1:
            paragraphs.append([])
        else:
            paragraphs[-1].append(piece)
    texts = (_coded(_trimmed(paragraph)) for paragraph in paragraphs)
    return [text for text in texts if text.text]


def safe_href(href: str) -> str | None:
    """Return a link's address if it leads to a web page or a mailbox, with its unsafe characters escaped."""
    href = href.strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    leads_somewhere = bool(parts.path) if scheme == "mailto" else bool(parts.hostname)
    if scheme not in _SCHEMES or not leads_somewhere or len(href) > LONGEST_HREF:
        return None
    return _UNSAFE_IN_HREF.sub(lambda found: quote(found[0], safe=""), clean(href))


def _pieces(runs: Iterable[Run]) -> list[Run]:
    """Cut runs into words and the white space between them, which bears the styles that its neighbours share.

    White space behind the last word is left out.
    """
    pieces: list[Run] = []
    white: list[str] = []
    for run in runs:
        for part in _WHITE.split(run.text):
            if part.isspace():
                white.append(part)
            elif part:
                if white:
                    shared = _common(pieces[-1].styles, run.styles) if pieces else ()
                    pieces.append(Run(_white("".join(white)), shared))
                    white = []
                pieces.append(Run(part, run.styles))
    return pieces


def _common(one: tuple[Style, ...], other: tuple[Style, ...]) -> tuple[Style, ...]:
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] is other[shared]:
        shared += 1
    return one[:shared]


def _white(text: str) -> str:
    """Return a run of white space as it is kept: its line breaks, or one no-break space, or one space."""
    if BREAK in text:
        return BREAK * text.count(BREAK)
    return text[0] if all(sign in _NO_BREAK for sign in text) else " "


def _single_break(piece: Run) -> Run:
    return Run(BREAK, piece.styles) if piece.text.startswith(BREAK) else piece


def _trimmed(pieces: Sequence[Run]) -> list[Run]:
    first, last = 0, len(pieces)
    while first < last and pieces[first].text.isspace():
        first += 1
    while last > first and pieces[last - 1].text.isspace():
        last -= 1
    return list(pieces[first:last])


def _coded(pieces: Sequence[Run]) -> CodedText:
    numbers = free_numbers("".join(piece.text for piece in pieces))
    written: list[str] = []
    codes: list[InlineCode] = []
    open_styles: tuple[Style, ...] = ()
    open_codes: list[InlineCode] = []
    for piece in [*pieces, Run("")]:
        kept = len(_common(open_styles, piece.styles))
        while len(open_codes) > kept:
            written.append(closing(open_codes.pop()))
        for style in piece.styles[kept:]:
            open_codes.append(InlineCode(next(numbers), style.kind, style.href))
            codes.append(open_codes[-1])
            written.append(opening(open_codes[-1]))
        open_styles = piece.styles
        if piece.text == BREAK:
            codes.append(InlineCode(next(numbers), CodeKind.BREAK))
            written.append(alone(codes[-1]))
        else:
            written.append(piece.text)
    return CodedText("".join(written), tuple(codes))
