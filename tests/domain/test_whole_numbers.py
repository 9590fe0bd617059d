from __future__ import annotations

import pytest

from service.domain.whole_numbers import MOST_DIGITS, whole_number


@pytest.mark.parametrize(
    "written, number",
    [
        ("0", 0),
        ("000", 0),
        ("7", 7),
        ("00019999", 19_999),
        ("0" * 5_000 + "7", 7),
        ("9" * MOST_DIGITS, 10**MOST_DIGITS - 1),
    ],
)
def test_a_number_is_read_whatever_zeros_stand_before_it(written: str, number: int) -> None:
    assert number == whole_number(written)


@pytest.mark.parametrize(
    "written",
    ["", " 7", "7\n", "-7", "+7", "1_0", "7.0", "1e2", "²", "٧", "７", "𝟕", "9" * (MOST_DIGITS + 1), "9" * 5_000],
)
def test_anything_else_is_none(written: str) -> None:
    assert whole_number(written) is None


def test_who_looks_for_fewer_digits_gets_no_more() -> None:
    assert [999, None] == [whole_number(written, most_digits=3) for written in ("00999", "1000")]
