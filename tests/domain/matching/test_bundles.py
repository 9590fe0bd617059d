from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.domain.matching.bundles import MOST, most_shared


@given(st.lists(st.integers(1, 9) | st.integers(MOST - 3, MOST), max_size=60), st.integers(1, 3), st.integers(1, 8))
def test_what_is_shared_most_stands_first_and_the_newest_of_it(numbers: list[int], least: int, most: int) -> None:
    counts = Counter(numbers)
    often = sorted(((times, number) for number, times in counts.items() if times >= least), reverse=True)

    found = most_shared(np.array(numbers, dtype=np.uint32), least=least, most=most)

    assert [number for _, number in often[:most]] == found.tolist()
