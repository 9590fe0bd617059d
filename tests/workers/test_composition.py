"""What a worker process is made of, by the queues that it takes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from celery import current_app

from service.config import Settings
from service.dispatch import CLOCK, DELIVERY, DRAFTING, QUEUES
from workers import composition
from workers.app import make_celery


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    chosen = Settings(
        secret_key="a secret key for tests only",  # type: ignore[arg-type]
        var_dir=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'desk.db'}",
    )
    monkeypatch.setattr(composition, "load_settings", lambda: chosen)
    before = current_app._get_current_object()  # type: ignore[attr-defined]
    composition.let_go()
    yield chosen
    composition.parts().desk.database.dispose()
    composition.let_go()
    before.set_current()


@pytest.mark.parametrize(
    ("queues", "behind"),
    [((CLOCK, DELIVERY), False), ((DRAFTING,), True), (QUEUES, True)],
    ids=["publishes and delivers", "drafts", "does both"],
)
def test_only_who_drafts_asks_for_its_turn_behind_the_others(
    settings: Settings, queues: Sequence[str], *, behind: bool
) -> None:
    make_celery(settings).amqp.queues.select(queues)

    with composition.parts().desk.database.writing():
        pass

    assert [] != list(settings.var_dir.glob("desk.db-turn"))
    assert behind == bool(list(settings.var_dir.glob("desk.db-drafters-turn")))
