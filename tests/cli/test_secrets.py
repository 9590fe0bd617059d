from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.config import load_settings
from service.queries.deliveries import endpoint
from service.storage.vault import Vault
from service.uow import open_desk
from tests.cli.conftest import Perstolk

OLD, NEW = "the key of last year 1", "the key of this year 2"
HOOK = "http://127.0.0.1:9/hooks"


def kept(endpoint_id: str) -> str:
    """Return an endpoint's secret as it lies in the database."""
    desk = open_desk(load_settings())
    with desk.read() as reading:
        locked = endpoint(reading.session, endpoint_id).endpoint.secret
    desk.database.dispose()
    return locked


def test_secrets_survive_a_change_of_the_key(
    perstolk: Perstolk, var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert var_dir.is_dir()
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", OLD)
    made = json.loads(perstolk("endpoint", "add", HOOK).stdout)
    before = kept(made["id"])
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", NEW)
    monkeypatch.setenv("PERSTOLK_OLD_SECRET_KEYS", f"a key of long ago, {OLD}")

    assert made["secret"] == open_desk(load_settings()).vault.unlock(before)
    first = perstolk("secrets", "renew")
    again = perstolk("secrets", "renew")

    assert (0, "1 secrets are locked with the present key.\n") == (first.exit_code, first.stderr)
    assert (0, "0 secrets are locked with the present key.\n") == (again.exit_code, again.stderr)
    assert made["secret"] == Vault(NEW).unlock(kept(made["id"]))


def test_a_secret_whose_key_is_gone_is_named_and_left(perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", OLD)
    made = json.loads(perstolk("endpoint", "add", HOOK).stdout)
    before = kept(made["id"])
    monkeypatch.setenv("PERSTOLK_SECRET_KEY", NEW)

    done = perstolk("secrets", "renew")

    assert 1 == done.exit_code
    assert made["id"] in done.stderr
    assert before == kept(made["id"])
