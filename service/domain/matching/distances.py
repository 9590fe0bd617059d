"""What it takes to make one segment of another, token by token: for one pair, and for many candidates at once.

A cost is a whole number of twentieths of a word, so that sums are exact. For many, the table of distances is worked out
for all of them together, a row at a time: what putting words in costs is subtracted before, so that the cheapest way
along a row is the least value so far. Those tables grow with the square of a segment's length, and a segment may have
twenty thousand characters: of one that is longer than any sentence, a way is taken that is found in C.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from service.domain.matching.tokens import Kind, Token, code_string

WORD = 20
_WORD = Kind.WORD
LONGEST = 400  # tokens
_WEIGHTS = (WORD, WORD, WORD, 10, 7)  # of each `Kind`: words, numbers, addresses, codes, marks
_OTHER_OF_A_KIND = (WORD, 10, 10, 5, 4)
_OTHER_KIND = WORD
_OTHER_CAPITALS = 3
_LIKE_WORD = 10
_LIKE_WORD_LETTERS = 5
_LIKE_WORD_SHARE = 0.75
_NEVER = 10_000  # more than a token weighs
_Costs: TypeAlias = NDArray[np.int16]  # of `LONGEST` tokens: at most 8,000, and half the bytes are quicker by a fifth
_WEIGHT_OF, _OTHERS_COST = np.array(_WEIGHTS, dtype=np.int16), np.array(_OTHER_OF_A_KIND, dtype=np.int16)


def weight(tokens: Iterable[Token]) -> int:
    """Return what a segment weighs: the cost of putting all of it in."""
    return sum([_WEIGHTS[token.kind] for token in tokens])


def distance(one: Sequence[Token], other: Sequence[Token]) -> int:
    """Return the cost of the cheapest way from one to the other; what both have at their ends is left out.

    Where one is longer than `LONGEST`, it is that of a way which may cost more.
    """
    if max(len(one), len(other)) > LONGEST:
        return _one_way(one, other)
    start, end, last = 0, len(one), len(other)
    while start < min(end, last) and one[start].text == other[start].text:
        start += 1
    while end > start and last > start and one[end - 1].text == other[last - 1].text:
        end, last = end - 1, last - 1
    theirs = [(token, _WEIGHTS[token.kind]) for token in other[start:last]]
    row = list(accumulate((each for _, each in theirs), initial=0))
    for mine in one[start:end]:
        leave_out = _WEIGHTS[mine.kind]
        next_row = [row[0] + leave_out]
        for (token, put_in), above, diagonal in zip(theirs, row[1:], row, strict=False):
            changed = diagonal if token.text == mine.text else diagonal + _other(mine, token)
            next_row.append(min(next_row[-1] + put_in, above + leave_out, changed))
        row = next_row
    return row[-1]


def distances(one: Sequence[Token], others: Sequence[Sequence[Token]]) -> list[int]:
    """Return the `distance` of one segment to each of the others, one at least."""
    if max(len(one), *map(len, others)) > LONGEST:
        return [distance(one, other) for other in others]
    distinct = list({token.text: token for tokens in others for token in tokens}.values())
    numbers = {token.text: number for number, token in enumerate(distinct)}
    table = np.full((max(map(len, others)), len(others)), -1)  # a column for each segment; it ends where there is none
    for column, tokens in enumerate(others):
        table[: len(tokens), column] = [numbers[token.text] for token in tokens]
    put_in = np.append(_weights(distinct), np.int16(0))
    changes = (_changed(one, distinct, numbers) - put_in)[:, table]
    row: _Costs = np.zeros((len(table) + 1, len(others)), dtype=np.int16)
    before, here = row[:-1], row[1:]
    for by_change, leave_out in zip(changes, _weights(one), strict=True):
        np.add(by_change, before, out=by_change)
        np.add(row, leave_out, out=row)
        np.minimum(here, by_change, out=here)
        np.minimum.accumulate(row, axis=0, out=row)
    found: list[int] = (row[-1] + put_in[table].sum(axis=0)).tolist()
    return found


def _weights(tokens: Sequence[Token]) -> _Costs:
    return _WEIGHT_OF[[token.kind for token in tokens]]


def _one_way(one: Sequence[Token], other: Sequence[Token]) -> int:
    """Return the cost of the way that changes the fewest tokens, whatever they weigh."""
    cost = 0
    for move in Levenshtein.opcodes(code_string(one), code_string(other)):
        mine, theirs = one[move.src_start : move.src_end], other[move.dest_start : move.dest_end]
        if len(mine) == len(theirs):
            changes = zip(mine, theirs, strict=True)
            different = [pair for pair in changes if pair[0].text != pair[1].text]
            cost += sum(min(_other(*pair), weight(pair)) for pair in different)
        else:
            cost += weight(mine) + weight(theirs)
    return cost


def _changed(one: Sequence[Token], distinct: Sequence[Token], numbers: dict[str, int]) -> _Costs:
    """Return what each token of a segment costs for each of the distinct ones, and in a last column for none."""
    kinds = np.array([token.kind for token in distinct])
    costs = np.full((len(one), len(distinct) + 1), _NEVER, dtype=np.int16)
    own = np.array([token.kind for token in one]).reshape(-1, 1)
    costs[:, :-1] = np.where(own == kinds, _OTHERS_COST[kinds], _OTHER_KIND)
    _mark_like_words(costs, one, distinct)
    for place, token in enumerate(one):
        same = numbers.get(token.text)
        if same is not None:
            costs[place, same] = 0
    return costs


def _mark_like_words(costs: _Costs, one: Sequence[Token], distinct: Sequence[Token]) -> None:
    """Write down what another form of a word costs, or the same one with other capitals."""
    columns: dict[str, list[int]] = {}
    for column, token in enumerate(distinct):
        if token.kind is _WORD:
            columns.setdefault(token.key, []).append(column)
    rows = [(place, token.key) for place, token in enumerate(one) if token.kind is _WORD]
    for row, key in rows:
        for column in columns.get(key, ()):
            costs[row, column] = _OTHER_CAPITALS
    rows = [each for each in rows if len(each[1]) >= _LIKE_WORD_LETTERS]
    theirs = [key for key in columns if len(key) >= _LIKE_WORD_LETTERS]
    if not rows or not theirs:
        return
    alike = process.cdist(
        [key for _, key in rows],
        theirs,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=_LIKE_WORD_SHARE,
        dtype=np.float64,
    )
    for found, other in np.argwhere(alike).tolist():
        row, key = rows[found]
        cost = _other_word(key, theirs[other])
        for column in columns[theirs[other]]:
            costs[row, column] = cost


def _other(one: Token, other: Token) -> int:
    if one.kind is not other.kind:
        return _OTHER_KIND
    if one.kind is not _WORD:
        return _OTHER_OF_A_KIND[one.kind]
    return _other_word(one.key, other.key)


@lru_cache(maxsize=100_000)
def _other_word(one: str, other: str) -> int:
    if one == other:
        return _OTHER_CAPITALS
    shortest, longest = sorted((len(one), len(other)))
    if shortest < _LIKE_WORD_LETTERS or shortest < _LIKE_WORD_SHARE * longest:
        return WORD
    alike = 1 - Levenshtein.distance(one, other) / longest >= _LIKE_WORD_SHARE
    return _LIKE_WORD if alike else WORD
