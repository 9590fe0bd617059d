"""How the web server is set up: what a page costs beside the page itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from service.cli.webserver import GARBAGE_AFTER, OPTIONS, WebServer, look_for_garbage_less


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_there_at_the_start_is_never_searched_and_pages_seldom() -> None:
    kept = [object() for _ in range(10)]

    look_for_garbage_less(None)

    assert gc.get_freeze_count() > len(kept)
    assert gc.get_threshold()[0] == GARBAGE_AFTER
    assert gc.isenabled()


def test_an_address_may_carry_a_long_sentence() -> None:
    server = WebServer(dict(OPTIONS))

    assert 8190 == server.cfg.limit_request_line
