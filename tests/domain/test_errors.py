from __future__ import annotations

import pytest

from service.domain.errors import (
    Conflict,
    DeskError,
    Invalid,
    NotAllowed,
    NotFound,
    Reason,
    Refused,
    Stale,
    WrongState,
)


@pytest.mark.parametrize(
    "kind, status",
    [(Invalid, 422), (NotAllowed, 403), (Conflict, 409), (WrongState, 409)],
)
def test_each_kind_has_its_status(kind: type[DeskError], status: int) -> None:
    error = kind("code", "It costs %(price)s.", price="5 %")

    assert (status, "code", "It costs 5 %.") == (error.status, error.code, str(error))


def test_a_sentence_without_facts_keeps_its_signs() -> None:
    assert "100 % sure" == str(Conflict("code", "100 % sure"))


def test_nothing_is_told_of_what_was_not_found() -> None:
    error = NotFound()

    assert (404, {}, "There is nothing here under that address.") == (error.status, error.facts, str(error))


def test_a_refusal_tells_every_reason() -> None:
    reasons = (Reason("one", "First: %(n)d.", n=1), Reason("two", "Second."))

    error = Refused("closed", "Not yet.", reasons)

    assert 409 == error.status
    assert all(part in str(error) for part in ("Not yet.", "First: 1.", "Second."))


def test_a_stale_save_carries_both_texts() -> None:
    error = Stale("stale", "Somebody was first.", mine="mine", theirs="theirs", row_version=4)

    assert (412, "mine", "theirs", 4) == (error.status, error.mine, error.theirs, error.facts["row_version"])


def test_equal_reasons_are_equal() -> None:
    assert Reason("one", "A %(n)d", n=1) == Reason("one", "other words", n=1)
    assert Reason("one", "A %(n)d", n=1) != Reason("one", "A %(n)d", n=2)
    assert 1 == len({Reason("one", "A", n=1), Reason("one", "A", n=1)})
