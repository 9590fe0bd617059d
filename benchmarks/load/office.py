"""The desk that is put under load, with its people, their tokens and its endpoints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load.sizes import Sizes
from service.cli.acting import COMMAND_LINE
from service.config import SECRET_KEY_FILE, Settings
from service.dispatch import NullDispatcher
from service.operations.accounts import add_user
from service.operations.endpoints import add_endpoint
from service.operations.tokens import issue_token
from service.uow import Desk, open_desk
from tests.journeys.steps import DeskProcesses, EmbeddedDesk, ScaledDesk

ONE_OF_EACH = {"author": "author", "editor": "reviewer", "approver": "reviewer", "publisher": "publisher"}
PUBLISHED = ("release.published",)


def reviewers(count: int) -> list[str]:
    """Name the reviewers."""
    return [f"reviewer-{number}" for number in range(1, count + 1)]


@contextmanager
def running(folder: Path, engine_url: str, sizes: Sizes) -> Iterator[DeskProcesses]:
    """Run a desk: by `perstolk run`, or in processes of its own on the PostgreSQL that the sizes name."""
    desk: EmbeddedDesk | ScaledDesk
    if sizes.database_url:
        desk = ScaledDesk(folder, engine_url, sizes.database_url)
    else:
        desk = EmbeddedDesk(folder, engine_url)
    del desk.settings["PERSTOLK_RETRY_SCALE"]  # an office's own waits, not those of the tests
    try:
        desk.start()
        yield desk
    finally:
        desk.stop()


@contextmanager
def inside(processes: DeskProcesses) -> Iterator[Desk]:
    """Give the desk as one more process of it would have it, for what no load is made of."""
    key = processes.settings.get("PERSTOLK_SECRET_KEY") or (processes.var_dir / SECRET_KEY_FILE).read_text().strip()
    settings = Settings(
        secret_key=key,  # type: ignore[arg-type]
        var_dir=processes.var_dir,
        database_url=processes.database_url,
        webhook_allow_networks="127.0.0.0/8",  # type: ignore[arg-type]
    )
    desk = open_desk(settings, dispatcher=NullDispatcher())
    try:
        yield desk
    finally:
        desk.database.dispose()


def add_people(desk: Desk, count: int) -> dict[str, str]:
    """Add one person for each part and so many reviewers; return their tokens by name."""
    roles = ONE_OF_EACH | dict.fromkeys(reviewers(count), "reviewer")
    tokens = {}
    with desk.begin(COMMAND_LINE) as work:
        for name, role in roles.items():
            user = add_user(work, email=f"{name}@office.example", name=name, roles=[role])
            _, tokens[name] = issue_token(work, user_id=user.id, name="load")
    return tokens


def add_endpoints(desk: Desk, urls: Iterable[str]) -> list[str]:
    """Add an endpoint for each address, which hears of publications; return their ids."""
    with desk.begin(COMMAND_LINE) as work:
        return [add_endpoint(work, desk.vault, url=url, events=PUBLISHED)[0].id for url in urls]
