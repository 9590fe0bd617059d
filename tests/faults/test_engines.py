"""Fault 20: the engine hangs, fails, or answers wrongly. No text of it stands that is none, and no person's is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.operations.review import edit_unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.faults.noting import Noted
from tests.faults.working import work_off, work_once, working
from tests.operations.making import submit, text_of
from tests.operations.steps import act, states
from tests.servers.base import Behaviour
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.engines.patience import patience_for
from workers.engines.libretranslate import LibreTranslate

TEXT = """Nieuwe brug over de Leie

De gemeente opent op 14 mei 2026 een nieuwe brug over de Leie. Meer op https://brug.example/nieuw of bij An Peeters.

De brug kostte 25 miljoen euro.
"""
BEHAVIOURS = ("hang", "http_500", "rate_limited", "merged", "split", "dropped", "swapped", "lost_token", "markup")


@pytest.mark.fault(20, "an engine that fails in nine ways", "nothing wrong is kept, a person goes on")
@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_an_engine_that_fails(
    desk: Desk, people: People, clock: StillClock, noted: Noted, tmp_path: Path, behaviour: str
) -> None:
    release_id = submit(desk, people.author, text=TEXT, targets=("fr",))
    noted.accepted[release_id] = TEXT
    with LibreTranslateServer() as server:
        engine = LibreTranslate(server.url, None, patience=patience_for(behaviour))
        server.behave(behaviour)
        with working(desk, tmp_path, engine):
            work_once()
            clock.forward(seconds=11)
            work_once()
        first = text_of(desk, release_id, "fr").units
        act(desk, people.reviewer, edit_unit, release_id, "fr", first[0].id, row_version=None, target="Un pont")
        noted.edits.append((first[0].id, "Un pont"))
        server.behave(Behaviour.WELL)
        with working(desk, tmp_path, LibreTranslate(server.url, None)):
            work_off(clock, minutes=6)

    units = text_of(desk, release_id, "fr").units
    assert {"fr": "in_review"} == states(desk, release_id)
    assert "Un pont" == units[0].target
    assert all(unit.target for unit in units)
    assert not [unit.target for unit in (*first, *units) if "<b>" in unit.target or "[X" in unit.target]
    assert all("https://brug.example/nieuw" in unit.target for unit in units if "https" in unit.target)
    assert any("https://brug.example/nieuw" in unit.target for unit in units)
