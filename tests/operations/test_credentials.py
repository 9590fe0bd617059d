from __future__ import annotations

from argon2 import Type, extract_parameters

from service.operations import credentials

# As the module has them: for every test they are others, of little effort.
HASHER, NOBODYS_HASH = credentials.HASHER, credentials.NOBODYS_HASH


def test_a_password_takes_at_least_the_effort_that_owasp_asks_for() -> None:
    parameters = extract_parameters(HASHER.hash("a bridge over the river Leie"))

    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 47_104  # KiB
    assert parameters.time_cost >= 1


def test_who_has_no_account_waits_as_long_as_who_has_one() -> None:
    known = HASHER.hash("a bridge over the river Leie")

    assert extract_parameters(known) == extract_parameters(NOBODYS_HASH)


def test_no_password_is_that_of_nobody() -> None:
    assert not credentials.is_right(None, "")
    assert not credentials.is_right(None, "a bridge over the river Leie")
