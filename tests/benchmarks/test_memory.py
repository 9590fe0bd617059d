from __future__ import annotations

from benchmarks.memory import BY_TRIGRAMS, TRIGRAMS_THERE, paced
from benchmarks.rows import Row


def test_what_has_a_target_in_time_is_told_at_the_pace_of_the_targets_machine() -> None:
    rows = [
        Row("lookup", 12.0, "ms", 10),
        Row("import", 150.0, "\u00b5s", 100),
        Row("without a target", 12.0, "ms"),
        Row("share", 0.4, "%", 0.5),
        Row(BY_TRIGRAMS, 2.0 * TRIGRAMS_THERE, "ms"),
    ]

    told = paced(rows)

    assert [Row("lookup, at that pace", 6.0, "ms", 10), Row("import, at that pace", 75.0, "\u00b5s", 100)] == told


def test_without_trigrams_no_pace_is_told() -> None:
    assert [] == paced([Row("lookup", 12.0, "ms", 10)])
