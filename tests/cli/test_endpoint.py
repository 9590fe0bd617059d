from __future__ import annotations

import json
from pathlib import Path

from service.config import load_settings
from service.queries.deliveries import endpoint
from service.uow import open_desk
from tests.cli.conftest import Perstolk


def test_a_receiver_is_told_as_json_alone(perstolk: Perstolk, var_dir: Path) -> None:
    options = ("--event", "release.published", "--event", "version.drafted", "--internal")
    done = perstolk("endpoint", "add", "http://127.0.0.1:9/hooks", *options)

    made = json.loads(done.stdout)
    desk = open_desk(load_settings())
    with desk.read() as reading:
        kept = endpoint(reading.session, made["id"]).endpoint
    desk.database.dispose()
    assert made["secret"].startswith("whsec_")
    assert made["secret"] == desk.vault.unlock(kept.secret)
    assert (["release.published", "version.drafted"], False) == (kept.events, kept.public)


def test_a_range_is_sent_again(perstolk: Perstolk) -> None:
    made = json.loads(perstolk("endpoint", "add", "http://127.0.0.1:9/hooks").stdout)

    nothing = perstolk("endpoint", "replay", made["id"], "--since", "2026-03-02T12:00")
    wrong = perstolk("endpoint", "replay", made["id"], "--first", "3")

    assert (0, "0\n") == (nothing.exit_code, nothing.stdout)
    assert (1, "") == (wrong.exit_code, wrong.stdout)
    assert "Say from when on" in wrong.stderr


def test_an_address_inside_is_refused(perstolk: Perstolk) -> None:
    done = perstolk("endpoint", "add", "http://10.0.0.1/hooks")

    assert 1 == done.exit_code
    assert "" == done.stdout
