"""Bundles of sources that are filed under one key: numbers of four bytes, so that thousands are read at once.

Each key has one open bundle that grows, and behind it full ones that are called by their first number. A full one is
small enough to stay on its page: larger values are kept elsewhere by both databases, and read twice as slowly.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

FULL = 200  # sources: 800 bytes
OPEN = 0  # the number of no source
BYTES = 4
MOST = 2 ** (8 * BYTES) - 1
_SIZE = FULL * BYTES


def packed(source_ids: NDArray[np.int64]) -> bytes:
    """Return numbers as a bundle keeps them; raise `OverflowError` for one that has more than 32 bits."""
    if source_ids.size and source_ids.max() > MOST:
        raise OverflowError
    return source_ids.astype("<u4").tobytes()


def unpacked(bundles: bytes) -> NDArray[np.uint32]:
    """Return the numbers of one bundle or several, one behind another."""
    return np.frombuffer(bundles, dtype="<u4")


def most_shared(numbers: NDArray[np.uint32], *, least: int, most: int) -> NDArray[np.int64]:
    """Return the numbers that come at least so often, those first that come most often, and of these the highest.

    Nearly all come once: whatever is not found again `least - 1` places on in their order is left out before the rest
    is counted.
    """
    ordered = np.sort(numbers)
    again = ordered[least - 1 :]
    again = again[again == ordered[: again.size]]
    starts = np.flatnonzero(np.append(True, again[1:] != again[:-1])) if again.size else again
    times = np.diff(np.append(starts, again.size)).astype(np.int64)
    found: NDArray[np.int64] = np.sort((times << 8 * BYTES) | again[starts])[::-1][:most]
    found &= MOST
    return found


def is_open(numbers: bytes) -> bool:
    """Tell whether these numbers are one bundle, which still may grow; others are to be `cut`."""
    return len(numbers) <= _SIZE


def cut(numbers: bytes) -> list[tuple[int, bytes]]:
    """Return the bundles that hold these numbers, by what they are called: the open one first."""
    if is_open(numbers):
        return [(OPEN, numbers)]
    whole = (len(numbers) - 1) // _SIZE * _SIZE
    full = [numbers[start : start + _SIZE] for start in range(0, whole, _SIZE)]
    return [(OPEN, numbers[whole:]), *((int.from_bytes(each[:BYTES], "little"), each) for each in full)]


def without(numbers: bytes, gone: Collection[int]) -> bytes:
    """Return numbers without some of them."""
    kept = np.frombuffer(numbers, dtype="<u4")
    return kept[~np.isin(kept, list(gone))].tobytes()
