"""Reading, cutting and joining coded texts: strings with markers for their inline codes.

What a marker is, `text` tells. Everything here is tolerant: a target that a person is still typing may have
lost a marker or misplaced one, and that is for the checks to report and for the writers to mend.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from service.domain.text import CodedText, CodeKind, InlineCode

_MARKER = re.compile(r"\{(?P<close>/)?(?P<number>[1-9][0-9]{0,8})(?P<alone>/)?\}")


class TokenKind(StrEnum):
    """What a stretch of a coded text is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a coded text as it is written there; `code` for a marker, None for text."""

    kind: TokenKind
    text: str
    code: InlineCode | None = None


def parse_markers(coded: CodedText) -> list[Token]:
    """Return the text's tokens in order; joined together, their `text` is the whole again."""
    table = {code.id: code for code in coded.codes}
    tokens: list[Token] = []
    done = 0
    for found in _MARKER.finditer(coded.text) if table else ():
        code = table.get(int(found["number"]))
        if code is None or (found["close"] and found["alone"]):
            continue
        if found.start() > done:
            tokens.append(Token(TokenKind.TEXT, coded.text[done : found.start()]))
        tokens.append(Token(_kind(found), found[0], code))
        done = found.end()
    if done < len(coded.text):
        tokens.append(Token(TokenKind.TEXT, coded.text[done:]))
    return tokens


def plain(coded: CodedText) -> str:
    """Return the text without markers; a line break becomes a newline."""
    return "".join(_plain(token) for token in parse_markers(coded))


def markers(text: str, codes: Iterable[InlineCode]) -> tuple[str, ...]:
    """Return the markers in `text` that name one of `codes`, in the order of the text."""
    return tuple(token.text for token in parse_markers(CodedText(text, tuple(codes))) if token.code)


def codes_used(text: str, codes: Iterable[InlineCode]) -> tuple[InlineCode, ...]:
    """Return those of `codes` that a marker in `text` names, in the table's order."""
    codes = tuple(codes)
    if not codes:
        return ()
    used = {token.code.id for token in parse_markers(CodedText(text, codes)) if token.code}
    return tuple(code for code in codes if code.id in used)


def check_nesting(text: str, codes: Iterable[InlineCode]) -> tuple[str, ...]:
    """Return the markers that are out of place, in the order of the text; empty if all nest properly.

    Out of place are a closing marker that does not close the pair opened last, an opening marker that is
    never closed and a marker in the wrong form: `{1/}` for a pair, or `{1}` for a line break.
    """
    tokens = [token for token in parse_markers(CodedText(text, tuple(codes))) if token.code]
    wrong: set[int] = set()
    open_at: list[int] = []
    for at, token in enumerate(tokens):
        if (token.code is not None and token.code.kind is CodeKind.BREAK) != (token.kind is TokenKind.ALONE):
            wrong.add(at)
        elif token.kind is TokenKind.OPEN:
            open_at.append(at)
        elif token.kind is TokenKind.CLOSE:
            if open_at and tokens[open_at[-1]].code == token.code:
                open_at.pop()
            else:
                wrong.add(at)
    return tuple(tokens[at].text for at in sorted(wrong.union(open_at)))


def codes_written(text: str) -> tuple[InlineCode, ...]:
    """Return the codes that the markers in `text` may name, by their numbers, where no table tells which there are.

    A pair is bold: what it is stands in no marker. A number that is out of place anywhere names none; of two pairs that
    overlap, the one that opens first may be a code.
    """
    kinds: dict[int, CodeKind] = {}
    for found in _MARKER.finditer(text):
        if not (found["close"] and found["alone"]):
            kinds.setdefault(int(found["number"]), CodeKind.BREAK if found["alone"] else CodeKind.BOLD)
    codes = tuple(InlineCode(number, kind) for number, kind in sorted(kinds.items()))
    wrong: set[InlineCode] = set()
    open_codes: list[InlineCode] = []
    for token in parse_markers(CodedText(text, codes)):
        code = token.code
        if code is None or (token.kind is TokenKind.ALONE and code.kind is CodeKind.BREAK):
            continue
        if token.kind is TokenKind.OPEN and code.kind is not CodeKind.BREAK:
            open_codes.append(code)
        elif token.kind is TokenKind.CLOSE and code in open_codes:
            while (last := open_codes.pop()) != code:
                wrong.add(last)
        else:
            wrong.add(code)
    return tuple(code for code in codes if code not in wrong.union(open_codes))


def balanced(coded: CodedText) -> list[Token]:
    """Return the tokens with every pair closed in order, so that a writer can trust them.

    A closing marker without its opening one is left out, one that closes too early closes what stands inside
    it as well, and what is still open at the end is closed there. A line break in any form stands alone.
    """
    tokens: list[Token] = []
    open_codes: list[InlineCode] = []
    for token in parse_markers(coded):
        code = token.code
        if code is None:
            tokens.append(token)
        elif code.kind is CodeKind.BREAK:
            if token.kind is not TokenKind.CLOSE:
                tokens.append(Token(TokenKind.ALONE, alone(code), code))
        elif token.kind is TokenKind.OPEN and code not in open_codes:
            open_codes.append(code)
            tokens.append(token)
        elif token.kind is TokenKind.CLOSE and code in open_codes:
            while (last := open_codes.pop()) != code:
                tokens.append(Token(TokenKind.CLOSE, closing(last), last))
            tokens.append(token)
    tokens += [Token(TokenKind.CLOSE, closing(code), code) for code in reversed(open_codes)]
    return tokens


def split_coded(coded: CodedText, cuts: Sequence[int]) -> list[CodedText]:
    """Cut a coded text at `cuts`, ascending offsets into its plain text; return one piece more than cuts.

    A pair that spans a cut is closed before it and opened again behind it. At a cut, a closing marker stays
    with the piece before and an opening one goes with the piece behind. A pair with nothing in it is dropped.
    """
    pieces: list[CodedText] = []
    written: list[str] = []
    open_codes: list[InlineCode] = []
    pending = iter(cuts)
    cut = next(pending, None)
    at = 0

    def close_piece() -> None:
        nonlocal written, cut
        written += [closing(code) for code in reversed(open_codes)]
        pieces.append(_piece("".join(written), coded.codes))
        written = [opening(code) for code in open_codes]
        cut = next(pending, None)

    for token in parse_markers(coded):
        if token.kind is TokenKind.CLOSE:
            if token.code in open_codes:
                open_codes.remove(token.code)
            written.append(token.text)
            continue
        while cut is not None and cut <= at:
            close_piece()
        if token.code is None:
            start, end = 0, len(token.text)
            while cut is not None and cut < at + end:
                written.append(token.text[start : cut - at])
                start = cut - at
                close_piece()
            written.append(token.text[start:])
            at += end
        else:
            written.append(token.text)
            if token.kind is TokenKind.OPEN:
                open_codes.append(token.code)
            else:
                at += len(_plain(token))
    while cut is not None:
        close_piece()
    close_piece()
    return pieces


def join_coded(parts: Iterable[tuple[CodedText, str]]) -> CodedText:
    """Join pieces, each with the white space behind it; what `split_coded` reopened is one pair again."""
    table: dict[int, InlineCode] = {}
    written: list[Token] = []
    gap = ""
    for coded, next_gap in parts:
        table |= {code.id: code for code in coded.codes}
        piece = parse_markers(coded)
        _mend_seam(written, piece)
        written += [Token(TokenKind.TEXT, gap), *piece]
        gap = next_gap
    text = "".join(token.text for token in written) + gap
    return CodedText(text, codes_used(text, table.values()))


def free_numbers(text: str) -> Iterator[int]:
    """Yield the numbers that codes may bear in `text`: above any that its author put in braces."""
    taken = {int(found["number"]) for found in _MARKER.finditer(text)}
    first = max((number for number in taken if number < 100_000), default=0) + 1  # noqa: PLR2004 - see below
    # A larger number in braces would only make every marker long, so such a one is stepped over instead.
    return _without(taken, first)


def opening(code: InlineCode) -> str:
    """Return the marker that opens the pair."""
    return f"{{{code.id}}}"


def closing(code: InlineCode) -> str:
    """Return the marker that closes the pair."""
    return f"{{/{code.id}}}"


def alone(code: InlineCode) -> str:
    """Return the marker of a code that stands alone."""
    return f"{{{code.id}/}}"


def _without(taken: Container[int], first: int) -> Iterator[int]:
    return (number for number in count(first) if number not in taken)


def _kind(found: re.Match[str]) -> TokenKind:
    if found["close"]:
        return TokenKind.CLOSE
    return TokenKind.ALONE if found["alone"] else TokenKind.OPEN


def _plain(token: Token) -> str:
    if token.code is None:
        return token.text
    return "\n" if token.kind is TokenKind.ALONE and token.code.kind is CodeKind.BREAK else ""


def _piece(text: str, codes: tuple[InlineCode, ...]) -> CodedText:
    kept: list[Token] = []
    for token in parse_markers(CodedText(text, codes)):
        previous = kept[-1] if kept else None
        if (
            token.kind is TokenKind.CLOSE
            and previous is not None
            and previous.kind is TokenKind.OPEN
            and previous.code == token.code
        ):
            kept.pop()
        else:
            kept.append(token)
    text = "".join(token.text for token in kept)
    return CodedText(text, codes_used(text, codes))


def _mend_seam(before: list[Token], after: list[Token]) -> None:
    """Take away the markers that close a pair just before the gap and open the same pair just behind it."""
    while (
        before
        and after
        and before[-1].kind is TokenKind.CLOSE
        and after[0].kind is TokenKind.OPEN
        and before[-1].code == after[0].code
    ):
        before.pop()
        after.pop(0)
