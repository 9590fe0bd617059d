from __future__ import annotations

from service.domain.checks.described import ALL_CHECKS, DESCRIPTIONS


def test_every_check_is_described_and_nothing_else_is() -> None:
    codes = [check.code for check in ALL_CHECKS]

    assert sorted(codes) == sorted(DESCRIPTIONS)
    assert len(codes) == len(set(codes))


def test_a_check_has_a_name_and_does_something_in_a_sentence() -> None:
    wrong = {
        code
        for code, described in DESCRIPTIONS.items()
        if not described.name or described.name.endswith(".") or not described.does.endswith(".")
    }

    assert set() == wrong
