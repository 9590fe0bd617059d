from __future__ import annotations

import pytest

from service.domain.errors import Conflict
from service.storage.base import ID_LENGTH, new_id
from service.storage.vault import Vault

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_a_secret_is_locked_and_unlocked() -> None:
    vault = Vault("key one")

    locked = vault.lock(SECRET)

    assert SECRET not in locked
    assert SECRET == vault.unlock(locked)


def test_an_older_key_still_unlocks_after_a_new_one_came() -> None:
    locked = Vault("old key").lock(SECRET)

    assert SECRET == Vault("new key", "old key").unlock(locked)


def test_a_lost_key_is_told_as_such() -> None:
    locked = Vault("old key").lock(SECRET)

    with pytest.raises(Conflict) as refusal:
        Vault("new key").unlock(locked)

    assert "lost_key" == refusal.value.code


def test_ids_name_their_kind_and_do_not_repeat() -> None:
    ids = {new_id("rel") for _ in range(2000)}

    assert 2000 == len(ids)
    assert all(one.startswith("rel_") and len(one) <= ID_LENGTH for one in ids)
